"""A switch that is killed, or whose PostgreSQL is, goes on and loses and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, connections

from tests import life, rows, switches
from tests.killing import Counter, acknowledges, is_back, wait_for
from thongsuot.actions.reorganisation import switching
from thongsuot.queries import balance as queries
from thongsuot.records import dossier as dossiers
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import EventRow

# Batches of three, so that most kills come between the first and the last of many.
SWITCH = f"""
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
django.setup()
from datetime import datetime
from thongsuot.actions.reorganisation import switching
switching.BATCH = 3
switching.switch(key={switches.PLAN.id!r}, at=datetime.fromisoformat({switches.AT.isoformat()!r}))
"""
OPEN = 30
OF_WORKER, OF_POSTGRESQL = "worker", "postgresql"


@pytest.fixture
def lasting(transactional_db: None) -> Iterator[None]:
    """The province in a database that keeps what it acknowledges, as the product's does.

    The server of the tests acknowledges before it has written, to be quick: killed, it would
    lose its last words.
    """
    acknowledges(only_what_is_written=True)
    rows.province()
    yield
    acknowledges(only_what_is_written=False)


@pytest.mark.parametrize("killed", [OF_WORKER, OF_POSTGRESQL])
def test_killed_while_a_counter_receives_it_ends_in_the_same_state(
    lasting: None, environment: dict[str, str], killed: str
) -> None:
    _survives(environment, [killed], seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(25))
def test_killed_two_hundred_times_it_ends_in_the_same_state(
    lasting: None, environment: dict[str, str], seed: int
) -> None:
    _survives(environment, [OF_WORKER, OF_POSTGRESQL] * 4, seed=seed)


def _survives(environment: dict[str, str], kills: list[str], *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(OPEN):
        life.received()
    switches.approved()
    counter = Counter()
    counter.start()
    try:
        for killed in kills:
            _killed(environment, killed, after=chance.uniform(0.0, 0.4))
    finally:
        counter.stop()

    switching.switch(key=switches.PLAN.id, at=switches.AT)
    switching.catch_up(switches.PLAN.id, at=switches.AT)

    _nothing_is_lost_or_doubled(counter.acknowledged)


def _killed(environment: dict[str, str], what: str, *, after: float) -> None:
    """A switch in a process of its own is killed at some moment, or its server is."""
    worker = subprocess.Popen(
        [sys.executable, "-c", SWITCH], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: worker.poll() is not None or _backend_of(worker) is not None)
        time.sleep(after)
        backend = _backend_of(worker)
        if what == OF_POSTGRESQL and backend is not None:
            with suppress(ProcessLookupError):
                os.kill(backend, signal.SIGKILL)  # the server starts anew with all its processes
    finally:
        worker.kill()
        worker.wait()
    connections.close_all()
    wait_for(is_back)


def _backend_of(worker: subprocess.Popen[bytes]) -> int | None:
    """The process of PostgreSQL that writes for a switch."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE '%%records_censusrow%%' AND pid <> pg_backend_pid() LIMIT 1"
        )
        found = cursor.fetchone()
        return int(found[0]) if found else None
    connections.close_all()
    return None


def _nothing_is_lost_or_doubled(acknowledged: list[str]) -> None:
    passed = set(
        CensusRow.objects.filter(fate=Fate.PASSED.value).values_list("dossier__code", flat=True)
    )
    assert acknowledged
    assert set(acknowledged) <= passed
    custody = EventRow.objects.filter(name="custody_passed")
    assert custody.count() == custody.values("dossier").distinct().count() == len(passed)
    for one, events in dossiers.each_with_events():
        assert dossiers.differences(one, events) == []
        assert one.office == switches.NEW
    assert queries.balance(switches.PLAN.id, on=switches.DAY).closes
