"""What is killed in tests: processes, PostgreSQL, and how to wait until it is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

from django.db import DatabaseError, connection, connections

from tests import life
from thongsuot.domain.refusal import Refusal

PATIENCE = 60.0


def acknowledges(*, only_what_is_written: bool) -> None:
    """Have the tests' database keep what it acknowledges, as the product's does, or be quick."""
    change = "SET synchronous_commit = 'on'" if only_what_is_written else "RESET synchronous_commit"
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} {change}")
    connections.close_all()


def is_back() -> bool:
    """Whether PostgreSQL answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connections.close_all()
        return False
    return True


def wait_for(until: Callable[[], bool]) -> None:
    """Wait until something holds, not for ever."""
    ends = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


class Counter(Thread):
    """A counter that goes on receiving; what it was told is kept is acknowledged."""

    def __init__(self, *, every: float = 0.02) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self._ends = Event()
        self._every = every

    def run(self) -> None:
        """Receive until stopped, whatever happens to the server."""
        while not self._ends.is_set():
            try:
                self.acknowledged.append(life.received().code)
            except (DatabaseError, Refusal):
                connections.close_all()
            time.sleep(self._every)
        connections.close_all()

    def stop(self) -> None:
        """Close the counter."""
        self._ends.set()
        self.join()
