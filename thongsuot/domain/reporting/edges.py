"""An edge is a moment as a letter names it: “thứ Sáu 15:00”, “hết 14/6”, “15/12 năm trước”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM, WorkCalendar

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_A_DAY = timedelta(days=1)
_LEAP_FREE = 2023

_NAMED = re.compile(
    r"(?P<whole>hết )?"
    r"(?:(?P<weekday>" + "|".join(name.lower() for name in WEEKDAYS) + r")"
    r"|(?:ngày )?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4})|(?P<before> năm trước))?)"
    r"(?: (?P<hour>\d{1,2})(?::|h)(?P<minute>\d{2}))?"
)


class EdgeMalformed(Refusal):
    """A moment of a window or a deadline is not written in a way that we know."""

    code = "edge_malformed"
    kind = Kind.MALFORMED


class Cycle(StrEnum):
    """How often a window comes again."""

    WEEK = "week"
    YEAR = "year"
    ONCE = "once"


class Shift(StrEnum):
    """Where an edge goes that falls on a day off: nowhere, unless a rule says so."""

    STAYS = "stays"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Edge:
    """A moment that comes again each week or each year, or only once."""

    weekday: int | None = None
    day: int = 0
    month: int = 0
    year: int = 0
    is_year_before: bool = False
    is_whole_day: bool = False  # the day itself still belongs to what ends here
    at: time = time()

    @classmethod
    def parse(cls, text: str) -> Edge:
        """The edge of these words. Raises EdgeMalformed."""
        found = _NAMED.fullmatch(" ".join(text.lower().split()))
        if found is None:
            raise EdgeMalformed("edge", given=text)
        told = found.groupdict()
        try:
            at = time(int(told["hour"] or 0), int(told["minute"] or 0))
            if told["weekday"]:
                names = [name.lower() for name in WEEKDAYS]
                edge = cls(weekday=names.index(told["weekday"]), at=at)
            else:
                day, month, year = int(told["day"]), int(told["month"]), int(told["year"] or 0)
                date(year or _LEAP_FREE, month, day)
                edge = cls(
                    day=day, month=month, year=year, is_year_before=bool(told["before"]), at=at
                )
        except ValueError:
            raise EdgeMalformed("edge", given=text) from None
        if told["whole"] and told["hour"]:
            raise EdgeMalformed("edge", given=text)
        return replace(edge, is_whole_day=bool(told["whole"]))

    def __str__(self) -> str:
        whole = "hết " if self.is_whole_day else ""
        if self.weekday is not None:
            named = WEEKDAYS[self.weekday]
        else:
            named = f"{self.day}/{self.month}"
            named += f"/{self.year:04}" if self.year else ""
            named += " năm trước" if self.is_year_before else ""
        return f"{whole}{named}" + (f" {self.at:%H:%M}" if self.at != time() else "")

    @property
    def cycle(self) -> Cycle:
        """How often it comes again."""
        if self.weekday is not None:
            return Cycle.WEEK
        return Cycle.ONCE if self.year else Cycle.YEAR

    def day_of(self, around: date) -> date:
        """The day on which it falls in the week or the year of a day."""
        if self.weekday is not None:
            return around + timedelta(days=self.weekday - around.weekday())
        return date(self.year or around.year - self.is_year_before, self.month, self.day)

    def moment(self, around: date, *, shift: Shift, calendar: WorkCalendar | None) -> datetime:
        """The moment in the week or the year of a day, moved off days off where a rule says so.

        Raises NoCalendarForYear where it may have to move.
        """
        day = _shifted(self.day_of(around), shift, calendar)
        return datetime.combine(day + _A_DAY * self.is_whole_day, self.at, VIETNAM)


def _shifted(day: date, shift: Shift, calendar: WorkCalendar | None) -> date:
    if shift is Shift.STAYS or calendar is None:
        return day
    step = _A_DAY if shift is Shift.LATER else -_A_DAY
    while not calendar.is_working_day(day):
        day += step
    return day
