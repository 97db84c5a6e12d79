"""On which address the web server may listen, and that only one runs in a folder."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thongsuot.running import trouble

NEXT_PORTS = 20


def choose(host: str, wanted: int, *, is_fixed: bool) -> int:
    """The wanted port, or the next free one where the operator did not ask for just this.

    Refused (CannotStart): the port is taken; the address is not this machine's.
    """
    for port in range(wanted, wanted + (1 if is_fixed else NEXT_PORTS)):
        if _is_free(host, port):
            return port
    raise trouble.port_taken(host, wanted)


def row(host: str, wanted: int, many: int, *, is_fixed: bool) -> int:
    """The first of `many` free ports side by side, from the wanted one on or just there.

    Refused (CannotStart): the row is taken.
    """
    for first in range(wanted, wanted + many * (1 if is_fixed else NEXT_PORTS), many):
        if all(_is_free(host, port) for port in range(first, first + many)):
            return first
    raise trouble.row_taken(wanted)


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there now."""
    try:
        with socket.create_connection((reached_at(host), port), timeout=1):
            return True
    except OSError:
        return False


def reached_at(host: str) -> str:
    """The name under which this machine reaches a listening address."""
    return "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound


@contextmanager
def only_one(var: Path, address: str) -> Iterator[None]:
    """Holds the folder for this run, and leaves the address there for a second one to find.

    Refused (CannotStart): another run holds it.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise trouble.already_running(lock.read()) from None
        os.truncate(lock.fileno(), 0)
        lock.write(address)
        lock.flush()
        yield


def _is_free(host: str, port: int) -> bool:
    try:
        (family, kind, protocol, _, at), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except socket.gaierror:
        raise trouble.no_such_host(host) from None
    with socket.socket(family, kind, protocol) as tried:
        # Connections of a server that has just ended must not make its port look taken.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(at)
        except OSError:
            return False
    return True
