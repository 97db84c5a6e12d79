"""A load that is killed, or whose PostgreSQL is, goes on and loses and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from tests import cast, rows
from tests.actions.test_migration import AT, TOLD_AT, assert_verified, read, signed
from tests.killing import PATIENCE, acknowledges, is_back, wait_for
from thongsuot.actions import migration
from thongsuot.actions.reconciliation import reconcile
from thongsuot.domain.migration.books import Books
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.migration import LegacyDossierRow, MigrationOutcomeRow

# Batches of five, so that most kills come between the first and the last of many.
LOAD = f"""
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
django.setup()
from datetime import datetime
from thongsuot.actions.migration import loading
from thongsuot.domain.duties import Person
loading.TOGETHER = 5
at = datetime.fromisoformat({AT.isoformat()!r})
loading.load({{run}}, by=Person("nhung", "Nhung"), at=at, processes={{processes}})
"""
DOSSIERS = 150
OF_LOADER, OF_POSTGRESQL, OF_HAND = "loader", "postgresql", "hand"


@pytest.fixture
def lasting(transactional_db: None) -> Iterator[None]:
    """The province in a database that keeps what it acknowledges, as the product's does."""
    acknowledges(only_what_is_written=True)
    rows.province()
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])
    yield
    acknowledges(only_what_is_written=False)


@pytest.mark.parametrize("killed", [OF_LOADER, OF_POSTGRESQL, OF_HAND])
def test_killed_while_it_loads_it_goes_on_and_its_books_are_balanced(
    lasting: None, environment: dict[str, str], tmp_path: Path, killed: str
) -> None:
    books = _loaded_between(environment, tmp_path, [killed, killed], seed=1)

    assert books.is_balanced


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(25))
def test_killed_two_hundred_times_nothing_is_lost_or_doubled(
    lasting: None, environment: dict[str, str], tmp_path: Path, seed: int
) -> None:
    kills = [OF_LOADER, OF_POSTGRESQL, OF_HAND] * 3

    books = _loaded_between(environment, tmp_path, kills, seed=seed)

    assert books.is_balanced


def _loaded_between(
    environment: dict[str, str], folder: Path, kills: list[str], *, seed: int
) -> Books:
    """The books of a load that was killed again and again; nothing is lost or doubled by then."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    file = folder / "xuat.csv"
    migration.generate(
        file, layout="mau-chung", dossiers=DOSSIERS, defects="all", seed=seed, told_at=TOLD_AT
    )
    run = signed(read(file, layout="mau-chung"))
    for killed in kills:
        _killed(environment, run, killed, after=chance.uniform(0.0, 0.3))

    books = migration.load(run, by=cast.NHUNG, at=AT, processes=2)

    kept = books.loaded + books.remarked
    assert DossierRow.objects.count() == LegacyDossierRow.objects.count() == kept
    ended = MigrationOutcomeRow.objects.filter(run=run, is_rehearsal=False)
    assert ended.count() == ended.values("number").distinct().count() == books.read
    found = reconcile(f"export:{file}", "records", level=ReconcileLevel.MEANING, at=AT)
    assert found.is_equal, found.differences
    assert_verified()
    return books


def _killed(environment: dict[str, str], run: int, what: str, *, after: float) -> None:
    """A load in a process of its own is killed at some moment, or its server is."""
    loader = subprocess.Popen(
        [sys.executable, "-c", LOAD.format(run=run, processes=2)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: loader.poll() is not None or _backend_of_loader() is not None)
        time.sleep(after)
        backend = _backend_of_loader()
        if what == OF_POSTGRESQL and backend is not None:
            with suppress(ProcessLookupError):
                os.kill(backend, signal.SIGKILL)  # the server starts anew with all its processes
        hands = _hands_of(loader.pid)
        if what == OF_HAND:
            for hand in hands[:1]:
                with suppress(ProcessLookupError):
                    os.kill(hand, signal.SIGKILL)
            assert loader.wait(timeout=PATIENCE) == 0  # it prepares the rest by itself
    finally:
        loader.kill()
        loader.wait()
    wait_for(lambda: not any(map(_lives, hands)))
    connections.close_all()
    wait_for(is_back)


def _hands_of(loader: int) -> list[int]:
    """The processes that prepare rows for a load."""
    try:
        text = Path(f"/proc/{loader}/task/{loader}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in text.split()]


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _backend_of_loader() -> int | None:
    """The process of PostgreSQL that writes for a load."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE '%%records_migration%%' AND pid <> pg_backend_pid() LIMIT 1"
        )
        row = cursor.fetchone()
        return int(row[0]) if row else None
    return None
