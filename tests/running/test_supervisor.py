"""The supervisor keeps what it started alive, and leaves nothing when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from thongsuot import env
from thongsuot.running.processes import wait_until
from thongsuot.running.supervisor import Supervisor, Work, supervise
from thongsuot.running.trouble import CannotStart

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
# A service with a child of its own, as a web server has; both write down who they are.
FAMILY = "sleep 300 & echo $! $$ >> pids; wait"
ALONE = """
import pathlib, sys
from thongsuot.running.supervisor import Work, supervise
with supervise(pathlib.Path(sys.argv[1]), print) as system:
    system.prepare([Work("step", ("true",))])
    system.serve([Work("service", ("sh", "-c", sys.argv[2]))], keep=lambda: None)
"""


def shell(name: str, script: str) -> Work:
    """A small program."""
    return Work(name, ("sh", "-c", script))


def lives(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        state = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def family(folder: Path) -> list[int]:
    """The processes of the service, once both are there."""
    written = folder / "pids"
    assert wait_until(
        lambda: written.exists() and len(written.read_text().split()) >= 2, seconds=20
    )
    return [int(pid) for pid in written.read_text().split()]


def alone(folder: Path) -> subprocess.Popen[bytes]:
    """A supervisor in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", ALONE, folder, FAMILY], cwd=env.ROOT)


def test_steps_run_one_after_another(tmp_path: Path) -> None:
    with supervise(tmp_path, print) as system:
        system.prepare([shell("one", "sleep 0.1; echo 1 >> said"), shell("two", "echo 2 >> said")])

    assert (tmp_path / "said").read_text() == "1\n2\n"


def test_a_step_that_fails_ends_the_start_with_its_name(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotStart, match=r"Bước nạp dữ liệu không xong \(mã 3\)"),
        supervise(tmp_path, print) as system,
    ):
        system.prepare([shell("nạp dữ liệu", "exit 3"), shell("after", "touch after")])

    assert not (tmp_path / "after").exists()


def test_a_service_that_dies_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []

    def until_the_second_life() -> None:
        lived = tmp_path / "lives"
        system.is_stopping = lived.exists() and len(lived.read_text()) >= 2

    with supervise(tmp_path, said.append) as system:
        service = shell("web", "printf x >> lives; exit 7")
        system.serve([service], keep=until_the_second_life)

    assert "web vừa dừng (mã 7); đang chạy lại." in said


def test_one_that_dies_again_and_again_ends_everything(tmp_path: Path) -> None:
    quiet = Supervisor(tmp_path, lambda _: None)

    with pytest.raises(CannotStart, match="dừng quá nhiều lần"):
        quiet.serve([shell("web", "exit 1")], keep=lambda: None)

    quiet.end()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_no_process(tmp_path: Path, asked: signal.Signals) -> None:
    system = alone(tmp_path)
    pids = family(tmp_path)

    system.send_signal(asked)

    assert system.wait(timeout=30) == 0
    assert wait_until(lambda: not any(map(lives, pids)), seconds=5)


def test_what_does_not_listen_is_made_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thongsuot.running.supervisor.GRACE_SECONDS", 0.3)
    system = Supervisor(tmp_path, print)
    system.start([shell("deaf", "trap '' TERM; echo $$ $$ > pids; while :; do sleep 1; done")])
    pids = family(tmp_path)

    system.end()

    assert wait_until(lambda: not any(map(lives, pids)), seconds=5)


@LINUX_ONLY
def test_its_own_sudden_death_ends_its_services(tmp_path: Path) -> None:
    system = alone(tmp_path)
    *_, service = family(tmp_path)

    os.kill(system.pid, signal.SIGKILL)
    system.wait(timeout=10)

    assert wait_until(lambda: not lives(service), seconds=10)
    os.kill(family(tmp_path)[0], signal.SIGKILL)
