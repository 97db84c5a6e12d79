"""What lies in the tree beside the code is whole, current, and names no place it came from."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from thongsuot import env

VENDOR = env.ROOT / "thongsuot" / "web" / "static" / "vendor"
# What only tests use lies beside them.
FOLDERS = sorted([*VENDOR.iterdir(), *(env.ROOT / "tests" / "journeys" / "vendor").iterdir()])
LOCKS = sorted((env.ROOT / "requirements").glob("*.lock"))
TASKS = "setup run worker test test-domain check fix seed demo docs migrate doctor bench soak clean"


def test_the_page_of_settings_is_current() -> None:
    page = (env.ROOT / "docs" / "settings.md").read_text()

    assert page == env.rendered(), "run `make docs`"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_files_of_other_projects_are_as_they_were_fetched(folder: Path) -> None:
    noted = {
        name.removeprefix("./"): digest
        for digest, name in (
            line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()
        )
    }
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }

    assert files == noted
    assert any(name.upper().startswith(("LICENSE", "LICENCE")) for name in files)


def test_styles_and_scripts_point_to_no_map_that_is_not_shipped() -> None:
    files = [path for path in VENDOR.rglob("*") if path.suffix in {".css", ".js"}]

    assert files
    assert not [path for path in files if "sourceMappingURL" in path.read_text()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_by_hash_and_names_no_address(lock: Path) -> None:
    text = lock.read_text()

    pinned = re.findall(r"^[\w.\[\]-]+==", text, flags=re.MULTILINE)

    assert 0 < len(pinned) <= text.count("--hash=sha256:")
    assert "://" not in text
    assert "--index" not in text


def test_the_developers_lock_agrees_with_the_one_that_runs() -> None:
    runtime, developer = (
        set(re.findall(r"^\S+==\S+", (env.ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("runtime.lock", "dev.lock")
    )

    assert runtime
    assert runtime <= developer


def test_make_alone_lists_every_task() -> None:
    listed = subprocess.run(
        ["make"], cwd=env.ROOT, capture_output=True, text=True, check=True
    ).stdout

    names = re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE)

    assert set(TASKS.split()) <= set(names)
