"""A body is reminded before a deadline and after it, each once, and never by what is long past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from tests import cast
from thongsuot.domain.reporting.reminders import ReminderKind, ReminderRule, reminders, turn
from thongsuot.domain.spans import Span

RULE = ReminderRule("usual", "", (72, 24, 2), (0, 24), Span(date(2020, 12, 15), None), "thử")
SUNDAY = cast.moment("2026-01-04 11:00")
OVER = cast.moment("2026-01-04 11:00")


def test_a_deadline_that_no_letter_gives_is_told_once_when_the_window_is_over() -> None:
    told = reminders(RULE, deadline=None, over_at=OVER)

    assert [(one.kind, one.at) for one in told] == [(ReminderKind.UNDATED, OVER)]
    assert reminders(RULE, deadline=None, over_at=None) == ()


def test_what_should_have_been_said_long_ago_is_not_said_any_more() -> None:
    told = reminders(RULE, deadline=SUNDAY, over_at=OVER)

    assert turn(told, at=SUNDAY + timedelta(days=30)) is None
    assert turn(told, at=SUNDAY - timedelta(days=30)) is None


def test_after_a_pause_only_what_holds_now_is_said() -> None:
    told = reminders(RULE, deadline=SUNDAY, over_at=OVER)

    late = turn(told, at=SUNDAY + timedelta(minutes=1))
    near = turn(told, at=SUNDAY - timedelta(hours=1))
    assert late is not None and near is not None
    assert (late.name, near.name) == ("late-0", "before-2")


@given(some.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1)))  # noqa: DTZ001 - given a zone below
def test_before_a_deadline_nobody_is_told_late_and_after_it_nobody_is_told_early(
    naive: datetime,
) -> None:
    at = naive.replace(tzinfo=SUNDAY.tzinfo)

    found = turn(reminders(RULE, deadline=SUNDAY, over_at=OVER), at=at)

    if found is not None:
        assert (found.kind is ReminderKind.LATE) == (at >= SUNDAY)
        assert found.at <= at
