"""A worker makes one act on many; killed in the middle, the next one goes on where it was."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from tests import cast, life
from tests.workers.test_killed_worker import (
    PATIENCE,
    _grow_old,
    _held,
    _is_someone_waiting,
    _status,
    _wait,
    queue,
    start,
)
from thongsuot.actions import together
from thongsuot.domain.dossier import Dossier
from thongsuot.records.dossier import EventRow
from thongsuot.records.together import BulkLineRow, BulkRow
from thongsuot.workers import tasks

__all__ = ["queue", "start"]

Start = Callable[..., subprocess.Popen[bytes]]


def _begun(pair: list[Dossier]) -> int:
    return together.begin(
        act="claim",
        seen={each.code: each.version for each in pair},
        shared={},
        by=cast.TAM,
        office=cast.BAN_MAY,
        key="mot",
        at=cast.moment("2025-09-08 14:00"),
    )


def _states(run: int) -> list[str]:
    lines = BulkLineRow.objects.filter(run=run).order_by("number")
    return list(lines.values_list("state", flat=True))


def test_a_killed_worker_leaves_no_line_out_and_makes_none_twice(queue: None, start: Start) -> None:
    three = [life.forwarded(life.received()) for _ in range(3)]
    run = _begun(three)
    job = _job()

    with _held(three[1].code):
        first = start()
        _wait(lambda: _states(run)[0] == "done" and _is_someone_waiting())
        first.send_signal(signal.SIGKILL)
        first.wait()
    _wait(lambda: not _is_someone_waiting())
    assert _states(run) == ["done", "waiting", "waiting"]

    _grow_old()
    with suppress(AlreadyEnqueued):  # its own schedule may have been faster
        tasks.retry_stalled.defer()
    start("--one-shot").wait(PATIENCE)
    start("--one-shot").wait(PATIENCE)

    assert _status(job) == "succeeded"
    assert _states(run) == ["done", "done", "done"]
    assert BulkRow.objects.get().ended_at is not None
    claimed = EventRow.objects.filter(name="assigned").values_list("dossier__code", flat=True)
    assert sorted(claimed) == sorted(each.code for each in three)


def _job() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE task_name = %s", [together.TASK])
        (found,) = cursor.fetchone()
    return int(found)


@pytest.mark.usefixtures("db")
def test_the_task_takes_the_clock_for_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def moment() -> object:
        asked.append(None)
        return cast.MONDAY

    monkeypatch.setattr(tasks, "now", moment)
    monkeypatch.setattr(together, "do_next", lambda **_: len(asked) < 3)

    assert tasks.do_together.func(run=1, later="unknown") == 2
    assert len(asked) == 3
