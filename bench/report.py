"""What a measurement was made on, so that two of them can be compared."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "wal_level")


@dataclass(frozen=True, slots=True)
class Times:
    """How long each of many equal pieces of work took, and all of them together."""

    each: Sequence[float]
    together: float

    def __add__(self, other: Times) -> Times:
        return Times((*self.each, *other.each), self.together + other.together)

    @property
    def rate(self) -> float:
        """Pieces of work a second."""
        return len(self.each) / self.together

    def share(self, share: float) -> float:
        """The milliseconds within which this share of the pieces was done."""
        return sorted(self.each)[min(int(share * len(self.each)), len(self.each) - 1)] * 1000

    def line(self, name: str) -> str:
        """A line of the report."""
        return (
            f"  {name:<28}{self.rate:>9,.0f} a second   "
            f"p50 {self.share(0.5):6.2f} ms   p95 {self.share(0.95):6.2f} ms"
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor, here and in the server: unlike the clock, no neighbour adds to them."""

    python: float
    server: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.python - other.python, self.server - other.server)

    def __str__(self) -> str:
        return f"processor: Python {self.python:.1f} s, PostgreSQL {self.server:.1f} s"


def spent() -> Spent:
    """What this process and its connection's server process have taken of the processors so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(map(int, told[11:13]))  # user and system time
    return Spent(time.process_time(), ticks / os.sysconf("SC_CLK_TCK"))


def served() -> float:
    """Seconds of processor that all of the server has taken so far, those of ended processes too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    server = _stat(pid)[1]
    running = [told for told in map(_stat, _processes()) if told[1] == server]
    ended = _stat(int(server))[13:15]
    ticks = sum(map(int, ended)) + sum(int(one) for told in running for one in told[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]


def _stat(pid: int) -> list[str]:
    """What the kernel tells of a process, from its state on; nothing of one that just ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return [""] * 16


def machine() -> str:
    """The interpreter, the processors, and how busy they are with other things."""
    busy = os.getloadavg()[0]
    return f"Python {platform.python_version()}, {os.cpu_count()} processors, load {busy:.1f}"


def postgres() -> str:
    """The server's version and the settings that decide what a commit costs."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        found = []
        for name in SETTINGS:
            cursor.execute("SELECT current_setting(%s)", [name])
            found.append(f"{name} {cursor.fetchone()[0]}")
    return f"PostgreSQL {version}: {', '.join(found)}"


def sizes(*tables: str) -> str:
    """How many rows lie in each table, and how much room the database takes."""
    with connection.cursor() as cursor:
        counts = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names
            counts.append(f"{cursor.fetchone()[0]:,} {table.removeprefix('records_')}")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return f"{', '.join(counts)}, {cursor.fetchone()[0]} in all"
