"""A worker that is killed in the middle of a job loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from django.db import connection, connections
from procrastinate.exceptions import AlreadyEnqueued

from tests import life, rows
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.workers import tasks

WORKER = (sys.executable, "-m", "thongsuot.cli.main", "procrastinate", "worker")
PATIENCE = 60.0


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """The province, and a queue in which nothing of another test is left."""
    rows.province()
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts workers, and leaves none behind."""
    started: list[subprocess.Popen[bytes]] = []

    def worker(*options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([*WORKER, *options], env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield worker
    for process in started:
        process.kill()
        process.wait()


def test_a_killed_workers_job_is_done_by_the_next_one(
    queue: None, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    code = life.received().code  # late for months by the real clock

    with _held(code):
        job = tasks.notice_due.defer()
        first = start()
        _wait(lambda: _status(job) == "doing" and _is_someone_waiting())
        first.send_signal(signal.SIGKILL)
        first.wait()
    _wait(lambda: not _is_someone_waiting())
    assert (_status(job), _events(code)) == ("doing", ["received"])

    _grow_old()
    with suppress(AlreadyEnqueued):  # its own schedule may have been faster
        tasks.retry_stalled.defer()
    second = start("--one-shot")
    second.wait(PATIENCE)

    assert _status(job) != "doing"
    assert _events(code) == ["received", "became_late"]
    assert DossierRow.objects.get().standing == "late"


def test_a_stopped_worker_ends_its_job_first(
    queue: None, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    code = life.received().code

    with _held(code):
        job = tasks.notice_due.defer()
        worker = start("--shutdown-graceful-timeout", "30")
        _wait(lambda: _status(job) == "doing" and _is_someone_waiting())
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.5)
    worker.wait(PATIENCE)

    assert _status(job) == "succeeded"
    assert _events(code) == ["received", "became_late"]


class _held:  # noqa: N801 - reads as a word
    """The row of a dossier is in somebody else's hands meanwhile."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __enter__(self) -> None:
        settings = connections["default"].settings_dict
        self._other = psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            user=settings["USER"],
            dbname=settings["NAME"],
        )
        self._other.execute(
            "SELECT 1 FROM records_dossierrow WHERE code = %s FOR UPDATE", [self._code]
        )

    def __exit__(self, *_: object) -> None:
        self._other.rollback()
        self._other.close()


def _status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def _events(code: str) -> list[str]:
    found = EventRow.objects.filter(dossier__code=code).order_by("version")
    return list(found.values_list("name", flat=True))


def _is_someone_waiting() -> bool:
    """Whether somebody waits for a row that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def _grow_old() -> None:
    """As if the worker had been silent for an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'"
        )


def _wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)
