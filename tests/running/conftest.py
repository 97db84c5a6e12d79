"""Working folders that any account of the machine can reach, and that leave nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.running.servers import server_in
from thongsuot.running import binaries, places
from thongsuot.running.processes import serving


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder; the machine's shared one is never touched."""
    with _reachable_folder() as made:
        for module in (places, binaries):
            monkeypatch.setattr(module, "SHARED", made / "shared")
        yield made


@pytest.fixture(scope="session")
def used_before() -> Iterator[Path]:
    """What the system leaves in its folder after a first run; made once, as it takes a while."""
    with _reachable_folder() as made:
        with server_in(made / "var"):
            pass
        yield made / "var"


@pytest.fixture
def var(folder: Path, used_before: Path) -> Path:
    """A folder in which the system ran before."""
    subprocess.run(["cp", "-a", used_before, folder / "var"], check=True)
    return folder / "var"


@contextmanager
def _reachable_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="thongsuot-test-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        for data in made.rglob("postgres/data"):
            for pid in serving(data):  # left by a test that failed
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        shutil.rmtree(made)
