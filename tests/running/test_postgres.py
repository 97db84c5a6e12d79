"""The embedded server: started by the first, stopped by the last, and hard to kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.running.servers import PROGRAMS, ask, kill, server_in
from thongsuot.running import binaries, places, postgres
from thongsuot.running.processes import serving, wait_until
from thongsuot.running.trouble import CannotStart

USE = """
import pathlib, sys
from thongsuot.running import postgres
with postgres.ensure(pathlib.Path(sys.argv[1]), programs=sys.argv[2]) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""


def test_the_server_runs_while_it_is_used_and_is_gone_afterwards(folder: Path) -> None:
    with server_in(folder / "var") as server:
        answer = ask(server, "SELECT 6 * 7")
        data = server.place.data

    assert answer == "42"
    assert serving(data) == []
    assert server.pid is None


def test_it_is_safe_against_power_cuts_and_closed_to_the_network(var: Path) -> None:
    with postgres.ensure(var, programs=PROGRAMS) as server:
        settings = {name: ask(server, f"SHOW {name}") for name in ("fsync", "listen_addresses")}
        checksums = ask(server, "SHOW data_checksums")

    assert settings == {"fsync": "on", "listen_addresses": ""}
    assert checksums == "on"
    assert server.place.socket.stat().st_mode & 0o777 == 0o700


def test_only_a_server_for_tests_gives_up_safety_for_speed(var: Path) -> None:
    with server_in(var) as server:
        assert ask(server, "SHOW fsync") == "off"


def test_it_knows_the_lower_case_of_vietnamese_letters(var: Path) -> None:
    with server_in(var) as server:
        assert ask(server, "SELECT lower('ĐỖ THỊ ỪNG')") == "đỗ thị ừng"


def test_what_was_written_is_there_at_the_next_start(var: Path) -> None:
    with server_in(var) as server:
        server.create_database("province")
        ask(server, "CREATE TABLE office AS SELECT 'Mường Kim' AS name", "province")

    with server_in(var) as server:
        assert ask(server, "SELECT name FROM office", "province") == "Mường Kim"


def test_the_one_who_leaves_first_does_not_stop_it_under_the_other(var: Path) -> None:
    with server_in(var) as server:
        with server_in(var) as same:
            assert same.pid == server.pid

        assert ask(server, "SELECT 1") == "1"


def test_the_last_of_two_processes_stops_it(var: Path) -> None:
    with server_in(var) as server:
        other = subprocess.Popen(
            [sys.executable, "-c", USE, var, PROGRAMS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout
        assert int(other.stdout.readline()) == server.pid

    still_runs = server.pid is not None
    other.communicate(timeout=60)

    assert still_runs
    assert server.pid is None


def test_killed_at_work_it_starts_again_with_everything_that_was_committed(var: Path) -> None:
    with postgres.ensure(var, programs=PROGRAMS) as server:
        ask(server, "CREATE TABLE kept AS SELECT 1 AS one")
        killed = kill(server)

        server.revive()

        assert server.pid not in {None, killed}
        assert ask(server, "SELECT one FROM kept") == "1"


def test_killed_while_a_query_runs_it_waits_for_what_is_left_of_it(var: Path) -> None:
    with server_in(var) as server:
        busy = psycopg.connect(server.address.url("postgres"))
        busy.execute("SELECT 1")
        kill(server)

        server.revive()

        busy.close()
        assert ask(server, "SELECT 1") == "1"


@pytest.mark.parametrize("left", [str(os.getpid()), "-7", ""], ids=["mine", "none", "empty"])
def test_what_a_killed_server_left_behind_is_not_taken_for_a_server(var: Path, left: str) -> None:
    with server_in(var) as server:
        place = server.place
    for name in (place.data / "postmaster.pid", place.socket / f"{places.SOCKET_NAME}.lock"):
        name.write_text(f"{left}\n{place.data}\n")
        os.chown(name, place.account.uid, place.account.gid)

    with server_in(var) as server:
        assert ask(server, "SELECT 1") == "1"


def test_a_zombie_under_the_old_number_is_no_server(var: Path) -> None:
    with server_in(var) as server:
        place = server.place
    zombie = subprocess.Popen(["true"])
    (place.data / "postmaster.pid").write_text(f"{zombie.pid}\n")

    with server_in(var) as server:
        assert ask(server, "SELECT 1") == "1"
    zombie.wait()


def test_a_first_start_cut_short_is_made_anew(var: Path) -> None:
    with server_in(var) as server:
        place = server.place
    place.data.rename(place.home / "data.unfinished")
    (place.home / "data.unfinished" / "PG_VERSION").unlink()

    with server_in(var) as server:
        assert ask(server, "SELECT 1") == "1"


@pytest.mark.parametrize(
    "name", ["it's một đường dẫn", "n" * 150], ids=["quote, space and accents", "too long"]
)
def test_the_folder_may_have_any_name(folder: Path, name: str) -> None:
    with server_in(folder / name) as server:
        answer = ask(server, "SELECT 1")
    if server.place.socket.parent != server.place.home:
        server.place.socket.rmdir()

    assert answer == "1"


def test_the_operators_own_postgresql_settings_do_not_reach_it(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGPORT", "1")

    with server_in(var) as server:
        assert server.pid is not None


def test_ctrl_c_during_use_stops_it_too(var: Path) -> None:
    with pytest.raises(KeyboardInterrupt), server_in(var) as server:
        os.kill(os.getpid(), signal.SIGINT)

    assert wait_until(lambda: serving(server.place.data) == [], seconds=5)


def test_ctrl_c_during_the_start_leaves_nothing_behind(folder: Path, var: Path) -> None:
    real, slow = binaries.find(PROGRAMS), folder / "slow"
    slow.mkdir()
    for name in ("postgres", "initdb"):
        (slow / name).symlink_to(real / name)
    (slow / "pg_ctl").write_text(f'#!/bin/sh\n{real}/pg_ctl "$@"; touch started; sleep 60\n')
    (slow / "pg_ctl").chmod(0o755)
    starting = subprocess.Popen([sys.executable, "-c", USE, var, slow], stderr=subprocess.PIPE)
    assert wait_until((var / "postgres" / "started").exists, seconds=20)

    starting.send_signal(signal.SIGINT)

    assert b"KeyboardInterrupt" in starting.communicate(timeout=20)[1]
    assert serving(var / "postgres" / "data") == []


def test_programs_that_cannot_start_end_in_a_sentence_with_the_log(var: Path) -> None:
    with server_in(var) as server:
        place = server.place
    with (place.data / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")

    with (
        pytest.raises(CannotStart, match="no_such_setting"),
        server_in(var),
    ):
        pass
