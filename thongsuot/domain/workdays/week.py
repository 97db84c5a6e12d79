"""Which hours are worked on which day: the office's week, changed by the special days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from thongsuot.domain.workdays.days import (
    CalendarDay,
    DayGivenTwice,
    DayKind,
    HalfDayWithoutHours,
    HoursMissing,
    HoursOverlap,
    Intervals,
    OfficeHours,
    afternoon,
    morning,
)


@dataclass(frozen=True)
class Weeks:
    """The hours of an office week by week, and the days that are unlike the others.

    Refuses: DayGivenTwice.
    """

    hours: tuple[OfficeHours, ...]
    days: tuple[CalendarDay, ...]

    @cached_property
    def special(self) -> dict[date, CalendarDay]:
        """The special days by their date."""
        special: dict[date, CalendarDay] = {}
        for day in self.days:
            if day.day in special:
                raise DayGivenTwice(day=day.day.isoformat())
            special[day.day] = day
        return special

    def worked(self, day: date) -> Intervals:
        """The hours worked on this day; none on a day off.

        Refuses: HoursMissing, HoursOverlap, HalfDayWithoutHours.
        """
        special = self.special.get(day)
        usual = self.usual(day)
        if special is None:
            return usual
        if special.kind.is_off:
            return ()
        return special.hours or _part(special, usual or self._first_of_the_week(day))

    def usual(self, day: date) -> Intervals:
        """The hours of this day of the week, were it not special.

        Refuses: HoursMissing, HoursOverlap.
        """
        return self._on(day, day.weekday())

    def source(self, day: date) -> str:
        """Who says which hours are in force on this day."""
        return next((row.source for row in self.hours if day in row.valid), "")

    def _first_of_the_week(self, day: date) -> Intervals:
        weekdays = (weekday for row in self.hours if day in row.valid for weekday in row.weekdays)
        return self._on(day, min(weekdays, default=0))

    def _on(self, day: date, weekday: int) -> Intervals:
        valid = [row for row in self.hours if day in row.valid]
        if not valid:
            raise HoursMissing(day=day.isoformat())
        found = [row.intervals for row in valid if weekday in row.weekdays]
        if len(found) > 1:
            raise HoursOverlap(day=day.isoformat())
        return found[0] if found else ()


def _part(special: CalendarDay, usual: Intervals) -> Intervals:
    match special.kind:
        case DayKind.HALF_DAY_MORNING:
            worked = morning(usual)
        case DayKind.HALF_DAY_AFTERNOON:
            worked = afternoon(usual)
        case _:
            worked = usual
    if not worked:
        raise HalfDayWithoutHours(day=special.day.isoformat())
    return worked
