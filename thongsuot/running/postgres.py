"""The embedded PostgreSQL runs while somebody uses it: the first starts it, the last stops it."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import quote

from thongsuot.running import binaries, cluster, places, trouble
from thongsuot.running.places import Place
from thongsuot.running.processes import serves, serving, wait_until

PORT = 5432
# After kill -9 the server's children need a moment to notice.
PATIENCE_SECONDS = 10
STOP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Address:
    """Where a client finds the server."""

    host: str
    port: int
    user: str

    def url(self, database: str) -> str:
        """The address as one line, for DATABASE_URL."""
        host = quote(self.host, safe="")
        return f"postgresql://{self.user}@/{database}?host={host}&port={self.port}"


@dataclass(frozen=True, slots=True)
class Server:
    """A server in use by this process."""

    place: Place
    programs: Path
    fast: bool

    @property
    def address(self) -> Address:
        return Address(str(self.place.socket), PORT, cluster.USER)

    @property
    def pid(self) -> int | None:
        """The server's process, if it lives; a zombie or a reused number is no server."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        return pid if serves(pid, self.place.data) else None

    def start(self) -> None:
        """Start it if it is not running, also over the remains of one that was killed.

        Refused (CannotStart): the folder is not ours to open, or PostgreSQL itself says no.
        """
        cluster.make_or_check(self.place, self.programs, fast=self.fast)
        if self.pid is not None:
            return
        cluster.configure(self.place, fast=self.fast)
        self._clear_remains()
        try:
            started = self._run_start()
        except BaseException:  # interrupted: what has begun to start is stopped again
            self.stop()
            raise
        if started.returncode != 0:
            raise trouble.server_failed("khởi động", self.place.log, cluster.tail(self.place.log))

    def _run_start(self) -> CompletedProcess[str]:
        return cluster.run(
            [
                self.programs / "pg_ctl",
                *("start", "--silent", "--wait", "--timeout", "60"),
                *("--pgdata", self.place.data, "--log", self.place.log),
            ],
            self.place,
        )

    def stop(self) -> None:
        """Stop it in good order; one that does not hear is stopped at once, and recovers later."""
        for order in (signal.SIGINT, signal.SIGQUIT):
            pid = self.pid
            if pid is None:
                return
            with suppress(ProcessLookupError):
                os.kill(pid, order)
            wait_until(lambda: self.pid is None, seconds=STOP_SECONDS)

    def revive(self) -> None:
        """Start it again if it died under us."""
        if self.pid is None:
            with _changing(self.place):
                self.start()

    def create_database(self, name: str) -> None:
        """Make an empty database of this name; one that is there stays as it is."""
        here = ("--host", self.place.socket, "--port", str(PORT), "--username", cluster.USER)
        cluster.run(
            [self.programs / "createdb", *here, "--template", "template0", name], self.place
        )

    def _clear_remains(self) -> None:
        """Remove what a killed server left, but only when nothing of it lives any more.

        PostgreSQL would take a zombie, or a stranger under the same number, for its old self.
        """
        data = self.place.data
        if not wait_until(lambda: not serving(data), seconds=PATIENCE_SECONDS):
            raise trouble.still_alive(data, serving(data))
        for left in (data / "postmaster.pid", self.place.socket / f"{places.SOCKET_NAME}.lock"):
            left.unlink(missing_ok=True)


def address(var: Path) -> Address:
    """Where the server of this working folder is found while it runs."""
    return Address(str(places.place(var).socket), PORT, cluster.USER)


@contextmanager
def ensure(var: Path, *, programs: str = "", fast: bool = False) -> Iterator[Server]:
    """A running server for as long as the block lasts, shared with every other process.

    Refused (CannotStart): no programs, or a folder that is not ours to open.
    """
    place = places.place(var)
    places.make_private(place.home, place.account)
    found = binaries.reachable(binaries.find(programs), place.account)
    server = Server(place, found, fast)
    in_use = places.open_private(place.home / "in-use.lock", place.account)
    try:
        with _changing(place):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            server.start()
        # Only a server that we may open is ours to stop.
        try:
            yield server
        finally:
            _leave(server, in_use)
    finally:
        os.close(in_use)


def _leave(server: Server, in_use: int) -> None:
    """Stop the server unless somebody else still uses it."""
    with _changing(server.place), suppress(BlockingIOError):
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop()


@contextmanager
def _changing(place: Place) -> Iterator[None]:
    """One at a time may start or stop the server."""
    lock = places.open_private(place.home / "change.lock", place.account)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
