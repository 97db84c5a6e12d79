"""What runs by itself: it notices, it forgets, and it may run twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django import app

from tests import cast, life, rows
from thongsuot.actions.access import Answer, answer_once
from thongsuot.actions.dossier import desk
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.workflow import Act
from thongsuot.records.access import IdempotencyRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.signing import AttemptRow, save_attempt
from thongsuot.workers import tasks
from thongsuot.workers.schedule import SCHEDULE

NEAR = cast.moment("2025-09-11 17:00")  # eight working hours before it is due
DUE = cast.moment("2025-09-15 08:00")
ANSWERED_AT = cast.MONDAY


class Clock:
    """The moment of every task."""

    at = cast.MONDAY


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(tasks, "now", lambda: clock.at)
    yield clock


@pytest.fixture
def province(db: None) -> None:
    rows.province()


def _events(code: str) -> list[str]:
    return list(
        EventRow.objects.filter(dossier__code=code)
        .order_by("version")
        .values_list("name", flat=True)
    )


def _run(clock: Clock, at: datetime) -> int:
    clock.at = at
    return tasks.notice_due.func()


def test_a_dossier_is_noticed_when_it_becomes_near_and_when_it_becomes_late(
    province: None, clock: Clock
) -> None:
    code = life.received().code
    minute = timedelta(minutes=1)

    counts = [_run(clock, at) for at in (NEAR - minute, NEAR, NEAR + minute, DUE, DUE + minute)]

    assert counts == [0, 1, 0, 0, 1]
    assert _events(code) == ["received", "became_near", "became_late"]
    assert DossierRow.objects.get().standing == "late"


def test_running_twice_changes_nothing(province: None, clock: Clock) -> None:
    code = life.received().code

    first, again = _run(clock, NEAR), _run(clock, NEAR)

    assert (first, again) == (1, 0)
    assert _events(code) == ["received", "became_near"]


def test_missing_a_night_loses_nothing(province: None, clock: Clock) -> None:
    codes = [life.received().code for _ in range(3)]

    noticed = _run(clock, DUE + timedelta(days=40))

    assert noticed == 3
    assert all(_events(code)[-1] == "became_late" for code in codes)
    assert set(DossierRow.objects.values_list("standing", flat=True)) == {"late"}


def test_a_dossier_that_waits_or_has_ended_is_left_alone(province: None, clock: Clock) -> None:
    waiting = life.assigned(life.received())
    life.do(waiting, Act.ASK_SUPPLEMENT, cast.TAM, missing=["Ảnh"], reason="Thiếu")
    life.issued(life.received())

    assert _run(clock, DUE + timedelta(days=1)) == 0


def test_a_dossier_that_cannot_be_judged_is_set_aside_and_holds_no_other_up(
    province: None, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = life.received(), life.received()
    at = DUE + timedelta(days=1)
    DossierRow.objects.filter(code=broken.code).update(next_check_at=NEAR - timedelta(days=9))
    kept = desk._notice

    def fail_for_one(code: str, moment: datetime) -> bool:
        if code == broken.code:
            raise NoSuchDossier("code", given=code)
        return kept(code, moment)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk, "_notice", fail_for_one)
        noticed = _run(clock, at)

    assert noticed == 1
    assert _events(sound.code)[-1] == "became_late"
    assert broken.code in caplog.text
    assert DossierRow.objects.get(code=broken.code).next_check_at == at + desk.SET_ASIDE_FOR


def test_old_answers_are_forgotten(province: None, clock: Clock) -> None:
    answer_once(
        account=cast.HOA.account,
        key="k",
        request=b"",
        at=ANSWERED_AT,
        act=lambda: Answer(200, "{}"),
    )

    clock.at = ANSWERED_AT + timedelta(days=31)

    assert tasks.forget_answers.func() == 1
    assert not IdempotencyRow.objects.exists()


def test_old_attempts_to_sign_in_are_forgotten(province: None, clock: Clock) -> None:
    save_attempt("hoa", address="::1", succeeded=False, at=ANSWERED_AT)
    save_attempt("hoa", address="::1", succeeded=True, at=ANSWERED_AT + timedelta(days=80))

    clock.at = ANSWERED_AT + timedelta(days=91)

    assert tasks.forget_attempts.func() == 1
    assert AttemptRow.objects.get().succeeded


def test_a_task_knows_arguments_that_only_the_next_release_sends(province: None) -> None:
    assert tasks.notice_due.func(timestamp=1, surprise="yes") == 0
    assert tasks.forget_answers.func(timestamp=1, surprise="yes") == 0
    assert tasks.forget_attempts.func(timestamp=1, surprise="yes") == 0


def test_every_line_of_the_schedule_has_a_reason() -> None:
    names = [line.task.name for line in SCHEDULE]

    assert len(names) == len(set(names))
    assert all(len(line.why.split()) > 5 for line in SCHEDULE)


def test_everything_of_the_schedule_is_known_to_the_workers() -> None:
    known = {line.task.name for line in SCHEDULE}

    plans = app.periodic_registry.periodic_tasks.values()
    planned = {plan.task.name for plan in plans if plan.croniter is not None}

    assert known == planned
