"""A data folder that is not ours to open is refused with a sentence, and left as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running.servers import ask, server_in
from thongsuot import env
from thongsuot.running import places, postgres
from thongsuot.running.trouble import CannotStart

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another")


def made(var: Path) -> places.Place:
    """A cluster of ours, at rest."""
    with server_in(var) as server:
        return server.place


def refused(var: Path) -> str:
    """The sentence with which a start is refused."""
    with pytest.raises(CannotStart) as refusal, server_in(var):
        pass
    return str(refusal.value)


def test_a_folder_with_other_files_is_refused_and_not_touched(var: Path) -> None:
    data = made(var).data
    shutil.rmtree(data)
    data.mkdir()
    (data / "notes.txt").write_text("mine")
    os.chown(data, data.parent.stat().st_uid, data.parent.stat().st_gid)

    sentence = refused(var)

    assert "không phải do Thông Suốt tạo ra" in sentence
    assert [path.name for path in data.iterdir()] == ["notes.txt"]


def test_a_cluster_that_somebody_else_made_is_refused(var: Path) -> None:
    data = made(var).data
    (data / "made-by-thongsuot").unlink()

    assert "không phải do Thông Suốt tạo ra" in refused(var)


def test_a_server_of_somebody_else_is_not_stopped(var: Path) -> None:
    with server_in(var) as server:
        (server.place.data / "made-by-thongsuot").unlink()
        refused(var)

        assert server.pid is not None


@pytest.mark.parametrize("version", ["9.6", "14", "99"])
def test_data_of_another_version_is_refused_and_the_way_is_named(var: Path, version: str) -> None:
    data = made(var).data
    (data / "PG_VERSION").write_text(f"{version}\n")

    sentence = refused(var)

    assert f"PostgreSQL bản {version}" in sentence
    assert "thongsuot database dump" in sentence
    assert "thongsuot database restore" in sentence


@ROOT_ONLY
def test_data_of_another_account_is_refused(var: Path) -> None:
    data = made(var).data
    os.chown(data, 12345, 12345)

    assert "người dùng khác" in refused(var)


@ROOT_ONLY
def test_root_runs_it_as_an_ordinary_account(var: Path) -> None:
    with server_in(var) as server:
        runs_as = Path("/proc", str(server.pid)).stat().st_uid

    assert runs_as == server.place.account.uid != 0


@ROOT_ONLY
def test_where_that_account_cannot_reach_the_folder_the_data_lies_elsewhere(
    folder: Path, var: Path
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    with server_in(closed / "var") as server:
        answer = ask(server, "SELECT 1")

    assert answer == "1"
    assert server.place.home.parent == folder / "shared"
    closed.chmod(0o755)
    assert places.place(closed / "var").home == server.place.home


@ROOT_ONLY
def test_programs_behind_a_closed_door_are_copied_where_the_account_can_run_them(
    folder: Path,
) -> None:
    with postgres.ensure(folder / "var", fast=True) as server:
        wheel = server.programs.parents[1]
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)

    with postgres.ensure(
        folder / "var", fast=True, programs=str(closed / wheel.name / "pginstall" / "bin")
    ) as server:
        answer = ask(server, "SELECT 1")

    assert answer == "1"
    assert (folder / "shared") in server.programs.parents


@ROOT_ONLY
def test_the_operators_own_programs_behind_a_closed_door_are_refused(
    folder: Path, var: Path
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "bin").mkdir()
    for name in ("postgres", "initdb", "pg_ctl"):
        (closed / "bin" / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 17.1'\n")
        (closed / "bin" / name).chmod(0o755)

    with (
        pytest.raises(CannotStart, match="không vào được"),
        postgres.ensure(var, programs=str(closed / "bin")),
    ):
        pass


@ROOT_ONLY
def test_an_ordinary_user_runs_it_as_themselves(folder: Path) -> None:
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None:
        pytest.skip("no Python that an ordinary user may run")
    nobody = places.Account(65534, 65534)
    os.chown(folder, nobody.uid, nobody.gid)
    code = (
        "import os, sys, pathlib; from thongsuot.running import binaries, postgres\n"
        "with postgres.ensure(pathlib.Path(sys.argv[1]), programs=sys.argv[2]) as server:\n"
        "    print(os.stat(f'/proc/{server.pid}').st_uid)"
    )
    with server_in(folder / "root") as server:
        programs = server.programs

    ran = subprocess.run(
        [python, "-c", code, folder / "var", programs],
        cwd=folder,
        env={"PYTHONPATH": str(_copy_of_the_launcher(folder))},
        user=nobody.uid,
        group=nobody.gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.stdout.strip(), ran.stderr) == ("65534", "")


def _copy_of_the_launcher(folder: Path) -> Path:
    kept = folder / "code" / "thongsuot"
    shutil.copytree(env.ROOT / "thongsuot" / "running", kept / "running")
    (kept / "__init__.py").write_text("")
    return kept.parent
