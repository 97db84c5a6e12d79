"""Reminders of what is to be reported: before the deadline, when it has passed, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM, NoCalendarForYear, WorkCalendar

# What should have been said longer ago than this is not said any more.
STALE = timedelta(days=3)


class ReminderKind(StrEnum):
    """What a reminder says."""

    BEFORE = "before"
    LATE = "late"
    UNDATED = "undated"  # the window is over, and no letter says by when it is due


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """So many hours before a deadline and after it, while valid; of a series, or "" of all others."""

    key: str
    series: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: by which name it is kept once, when its turn is, what it says."""

    name: str
    kind: ReminderKind
    at: datetime


def reminders(
    rule: ReminderRule,
    *,
    deadline: datetime | None,
    over_at: datetime | None,
    calendar: WorkCalendar | None = None,
) -> tuple[Reminder, ...]:
    """What is said of a deadline, in the order of its moments.

    One before the deadline that would fall on a day off comes on the last working day, when it
    is read. Without a deadline it is said once, when the window is over, that none is given.
    """
    if deadline is None:
        found = [Reminder("undated", ReminderKind.UNDATED, over_at)] if over_at else []
        return tuple(found)
    made = [
        Reminder(f"before-{hours}", ReminderKind.BEFORE, _read(deadline, hours, calendar))
        for hours in rule.before
    ]
    made += [
        Reminder(f"late-{hours}", ReminderKind.LATE, deadline + timedelta(hours=hours))
        for hours in rule.after
    ]
    return tuple(sorted(made, key=lambda one: (one.at, one.kind is ReminderKind.LATE)))


def turn(planned: Iterable[Reminder], *, at: datetime) -> Reminder | None:
    """Whose turn it is: the last one whose moment has come, unless that is long ago."""
    come = [one for one in planned if one.at <= at]
    if not come or come[-1].at <= at - STALE:
        return None
    return come[-1]


def is_day_off(day: date, calendar: WorkCalendar | None) -> bool:
    """Whether nobody works on a day, as far as its year is known."""
    try:
        return calendar is not None and not calendar.is_working_day(day)
    except NoCalendarForYear:
        return False


def _read(deadline: datetime, hours: int, calendar: WorkCalendar | None) -> datetime:
    moment = deadline - timedelta(hours=hours)
    day = moment.astimezone(VIETNAM).date()
    if calendar is None or not is_day_off(day, calendar):
        return moment
    while is_day_off(day, calendar):
        day -= timedelta(days=1)
    return calendar.opening_of(day)
