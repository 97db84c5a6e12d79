"""Write the pages of documentation that come from the code, or check that they are current."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from thongsuot import env

PAGES: dict[Path, Callable[[], str]] = {env.ROOT / "docs" / "settings.md": env.rendered}


def main(arguments: list[str]) -> int:
    """Write every page; with --check only name those that are not current."""
    stale = [page for page, render in PAGES.items() if not _says(page, render())]
    for page in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{page.relative_to(env.ROOT)} is not current: run `make docs`\n")
        else:
            page.write_text(PAGES[page]())
    return int("--check" in arguments and bool(stale))


def _says(page: Path, text: str) -> bool:
    return page.exists() and page.read_text() == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
