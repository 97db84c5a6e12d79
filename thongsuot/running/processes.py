"""What the system says of processes: which server lives, and what is only left of one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
# Looked up before any fork: loading a library between fork and exec may deadlock.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def serves(pid: int, data: Path) -> bool:
    """Whether this is a living PostgreSQL process of the data folder: no zombie, no stranger."""
    process = PROC / str(pid)
    if not PROC.exists():
        return _answers(pid)
    try:
        is_postgres = (process / "comm").read_text().strip() in {"postgres", "postmaster"}
        return is_postgres and (process / "cwd").readlink() == data.resolve()
    except OSError:
        return False


def serving(data: Path) -> list[int]:
    """Every living PostgreSQL process of the data folder."""
    return [pid for pid in _pids() if serves(pid, data)]


def wait_until(holds: Callable[[], bool], *, seconds: float) -> bool:
    """Whether it came true within the time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def die_with_parent() -> None:
    """Run in a child before it becomes its program: when the parent is gone, it is asked to end."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _pids() -> Iterator[int]:
    if PROC.exists():
        yield from (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
