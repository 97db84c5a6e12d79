"""The whole system in one command: it answers, and Ctrl-C ends all of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.servers import PROGRAMS
from thongsuot import env
from thongsuot.running import ports
from thongsuot.running.processes import wait_until

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def system(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`thongsuot run` on a folder of its own, and where it writes."""
    port = ports.choose("127.0.0.1", 18_000, is_fixed=False)
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"THONGSUOT_VAR": str(folder / "var"), "THONGSUOT_PORT": str(port)}
    with (folder / "said").open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "thongsuot.cli.main", "run"],
            cwd=env.ROOT,
            env=kept | ours | {"PG_BIN_DIR": PROGRAMS},
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
        )
    yield running
    running.kill()
    running.wait()


def using(folder: Path) -> list[int]:
    """Every process that was started for this folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and process.name != str(os.getpid()):
            try:
                told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(folder) in told:
                found.append(int(process.name))
    return found


@LINUX_ONLY
def test_it_answers_with_a_province_in_it_and_ctrl_c_leaves_no_process(
    folder: Path, system: subprocess.Popen[str]
) -> None:
    said = folder / "said"
    assert wait_until(
        lambda: "đang chạy ở" in said.read_text() or system.poll() is not None, seconds=180
    )
    address = said.read_text().partition("đang chạy ở ")[2].split()[0]
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
        page = answer.read().decode()
    assert wait_until(lambda: "/_control" in said.read_text(), seconds=20)
    control = said.read_text().partition("lỗi của họ: ")[2].split()[0]
    with urllib.request.urlopen(control, timeout=10) as answer:  # noqa: S310 - our own address
        partners = json.load(answer)["partners"]
    together = using(folder)

    system.send_signal(signal.SIGINT)

    assert system.wait(timeout=60) == 0
    assert 'lang="vi"' in page
    assert "national_portal" in {partner["name"] for partner in partners}
    assert len(together) >= 4
    assert using(folder) == []
    assert "Đã dừng hết." in said.read_text()
