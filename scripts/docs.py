"""Write the pages of documentation that come from the code, or check that they are current."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import django
import yaml

from thongsuot import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
django.setup()

from thongsuot.api.v1.root import api  # noqa: E402 - only once Django is set up


def contract() -> str:
    """The OpenAPI file of version 1."""
    document = json.loads(json.dumps(api.get_openapi_schema()))
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100))


def rights() -> str:
    """Who may call what, from the matrix that the tests hold the addresses to."""
    matrix = tomllib.loads((env.ROOT / "tests" / "architecture" / "rights.toml").read_text())
    who = ("anonymous", *_named(["everyone"], matrix["groups"]))
    rows = (
        (f"{method} `{address}`", set(_named(told[method]["may"], matrix["groups"])))
        for address, told in matrix["routes"].items()
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if method in told
    )
    body = "".join(
        f"| {call} | {' | '.join('✓' if w in may else '' for w in who)} |\n" for call, may in rows
    )
    rule = "|---" * (len(who) + 1)
    return f"# Rights\n\nMade by `make docs` from `tests/architecture/rights.toml`; what a role may do to one dossier also depends on its office, its procedure, the day and the dossier's stage.\n\n| | {' | '.join(who)} |\n{rule}|\n{body}"


def _named(names: list[str], groups: dict[str, list[str]]) -> list[str]:
    return [
        found
        for name in names
        for found in (_named(groups[name], groups) if name in groups else [name])
    ]


DOCS = env.ROOT / "docs"
PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "settings.md": env.rendered,
    DOCS / "openapi.yaml": contract,
    DOCS / "rights.md": rights,
}


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
