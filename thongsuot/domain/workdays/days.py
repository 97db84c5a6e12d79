"""What a calendar is made of: special days and opening hours, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span

VIETNAM = timezone(timedelta(hours=7))
MONDAY_TO_FRIDAY = frozenset(range(5))
NOON = time(12)

Intervals = tuple[tuple[time, time], ...]


class HoursMalformed(Refusal):
    """Opening hours are intervals of whole minutes, in order, none running into the next."""

    code = "hours_malformed"
    kind = Kind.MALFORMED


class HoursMissing(Refusal):
    """A working day needs opening hours in force on it."""

    code = "hours_missing"
    kind = Kind.MALFORMED


class HoursOverlap(Refusal):
    """On one day of the week only one set of opening hours can be in force."""

    code = "hours_overlap"
    kind = Kind.MALFORMED


class HalfDayWithoutHours(Refusal):
    """A half day says its hours, or which half of the day is worked."""

    code = "half_day_without_hours"
    kind = Kind.MALFORMED


class DayGivenTwice(Refusal):
    """A calendar says one thing about a day."""

    code = "day_given_twice"
    kind = Kind.MALFORMED


class DayStatus(StrEnum):
    """How sure an entry of the calendar is."""

    OFFICIAL = "official"
    LAW = "law"
    OFFICIAL_CHECK = "official_check"  # announced, but its text has not been seen
    PROJECTED = "projected"  # computed from the law; the announcement is not out


class DayKind(StrEnum):
    """What makes a day unlike its day of the week."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    WORKING_SATURDAY = "working_saturday"
    HALF_DAY = "half_day"  # with the hours worked
    HALF_DAY_MORNING = "half_day_morning"  # only the morning is worked
    HALF_DAY_AFTERNOON = "half_day_afternoon"  # only the afternoon is worked

    @property
    def is_off(self) -> bool:
        """Whether nobody works on such a day."""
        return self in (DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAP_OFF)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One special day of a calendar, with who says so.

    Refuses: HoursMalformed, HalfDayWithoutHours.
    """

    day: date
    kind: DayKind
    name: str
    status: DayStatus
    source: str
    hours: Intervals | None = None

    def __post_init__(self) -> None:
        if self.hours is not None:
            require_order(self.hours)
        elif self.kind is DayKind.HALF_DAY:
            raise HalfDayWithoutHours(day=self.day.isoformat())


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours an office keeps on these days of the week, as long as they are in force.

    Refuses: HoursMalformed.
    """

    valid: Span
    intervals: Intervals
    source: str
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def __post_init__(self) -> None:
        require_order(self.intervals)


@dataclass(frozen=True, slots=True)
class DayNote:
    """What the calendar says about one day, and who says so."""

    day: date
    working: bool
    why: str  # a DayKind, "working_day" or "weekend"
    name: str
    source: str
    status: DayStatus | None
    hours: Intervals

    @property
    def is_projected(self) -> bool:
        """Whether the day is only computed, its announcement not being out."""
        return self.status is DayStatus.PROJECTED

    @property
    def needs_check(self) -> bool:
        """Whether the text that makes it special has still to be seen."""
        return self.status is DayStatus.OFFICIAL_CHECK


def require_order(intervals: Sequence[tuple[time, time]]) -> None:
    """Opening hours must be readable from morning to evening.

    Refuses: HoursMalformed.
    """
    moments = [moment for interval in intervals for moment in interval]
    whole = all(m.second == 0 and m.microsecond == 0 and m.tzinfo is None for m in moments)
    forward = all(opens < closes for opens, closes in intervals)
    apart = all(left[1] <= right[0] for left, right in pairwise(intervals))
    if not (moments and whole and forward and apart):
        given = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in intervals)
        raise HoursMalformed(given=given)


def morning(intervals: Intervals) -> Intervals:
    """The part of the hours before noon."""
    return tuple((opens, min(closes, NOON)) for opens, closes in intervals if opens < NOON)


def afternoon(intervals: Intervals) -> Intervals:
    """The part of the hours from noon on."""
    return tuple((max(opens, NOON), closes) for opens, closes in intervals if closes > NOON)
