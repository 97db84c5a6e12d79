"""A work calendar knows, for some years, when an office is open and why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays.days import (
    VIETNAM,
    CalendarDay,
    DayNote,
    DayStatus,
    Intervals,
    OfficeHours,
)
from thongsuot.domain.workdays.table import DAY, HOUR, MINUTE, SECOND, DayTable, Session
from thongsuot.domain.workdays.week import Weeks


class NoCalendarForYear(Refusal):
    """A day was needed in a year that the calendar does not know."""

    code = "no_calendar_for_year"
    kind = Kind.UNKNOWN


class MomentWithoutZone(Refusal):
    """A moment says its time zone; a wall-clock time alone is not a moment."""

    code = "moment_without_zone"
    kind = Kind.MALFORMED


class WorkCalendar:
    """The working days and hours of an office in the given years.

    Refuses: DayGivenTwice, HoursOverlap, HoursMissing, HalfDayWithoutHours.
    """

    __slots__ = ("_notes", "_tables", "_weeks", "version", "years")

    def __init__(
        self,
        *,
        version: str,
        days: Iterable[CalendarDay],
        hours: Iterable[OfficeHours],
        years: Iterable[int],
    ) -> None:
        self.version = version
        self.years = frozenset(years)
        self._weeks = Weeks(tuple(hours), tuple(d for d in days if d.day.year in self.years))
        self._notes: dict[date, DayNote] = {}
        self._tables = tuple(
            DayTable(date(run[0], 1, 1), self._sessions(run), self._unknown)
            for run in _runs(sorted(self.years))
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkCalendar):
            return NotImplemented
        return (self.version, self.years, self._weeks) == (
            other.version,
            other.years,
            other._weeks,
        )

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"WorkCalendar({self.version!r})"

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment is inside office hours; closing time itself is.

        Refuses: NoCalendarForYear, MomentWithoutZone.
        """
        table, tick = self.locate(moment)
        day, within = divmod(tick, DAY)
        return any(opens <= within <= closes for opens, closes in table.sessions[day])

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while the office is open, otherwise when it opens next.

        Refuses: NoCalendarForYear, MomentWithoutZone.
        """
        table, tick = self.locate(moment)
        start = table.start(tick)
        return moment.astimezone(VIETNAM) if start == tick else table.moment(start)

    def back(self, moment: datetime, *, hours: int) -> datetime:
        """The moment this many office hours earlier.

        Refuses: NoCalendarForYear, MomentWithoutZone.
        """
        table, tick = self.locate(moment)
        return table.moment(table.hours.moment(table.hours.position(tick) - hours * HOUR))

    def ahead(self, moment: datetime, *, hours: int) -> datetime:
        """The moment this many office hours later.

        Refuses: NoCalendarForYear, MomentWithoutZone.
        """
        table, tick = self.locate(moment)
        return table.moment(table.hours.moment(table.hours.position(tick) + hours * HOUR))

    def opening_of(self, day: date) -> datetime:
        """When the office opens on this day, or on the next working day if it rests.

        Refuses: NoCalendarForYear.
        """
        table, index = self._working_from(day)
        return table.moment(index * DAY + table.sessions[index][0][0])

    def closing_of(self, day: date) -> datetime:
        """When the office closes on this day, or on the next working day if it rests.

        Refuses: NoCalendarForYear.
        """
        table, index = self._working_from(day)
        return table.moment(index * DAY + table.sessions[index][-1][1])

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day at all.

        Refuses: NoCalendarForYear.
        """
        table, index = self._find(day)
        return table.length[index] > 0

    def working_days_between(self, first: date, end: date) -> int:
        """How many working days there are from `first` up to but not including `end`.

        Refuses: NoCalendarForYear.
        """
        if end <= first:
            return 0
        table, index = self._find(first)
        last = table.known((end - table.first).days - 1)
        return table.working_before[last + 1] - table.working_before[index]

    def working_day_after(self, day: date, steps: int) -> date:
        """The steps-th working day after this day (before it, when steps is negative).

        No step gives the day itself, or the next working day if the office rests on it.

        Refuses: NoCalendarForYear.
        """
        table, index = self._find(day)
        worked = table.working_before[index + 1] - 1 if steps > 0 else table.working_before[index]
        return table.day(table.worked(worked + steps) * DAY)

    def next_working_day(self, day: date) -> date:
        """The first working day after this day.

        Refuses: NoCalendarForYear.
        """
        return self.working_day_after(day, 1)

    def describe(self, day: date) -> DayNote:
        """Whether and why the office works or rests on this day, and who says so.

        Refuses: NoCalendarForYear.
        """
        note = self._notes.get(day)
        if note is None:
            note = self._notes[day] = self._note(day)
        return note

    def doubtful(self, during: Span, status: DayStatus) -> tuple[date, ...]:
        """The days in this span that work or rest only by an entry of this status, in order."""
        return tuple(
            day
            for day, entry in sorted(self._weeks.special.items())
            if entry.status is status
            and day in during
            and self._weeks.worked(day) != self._weeks.usual(day)
        )

    def locate(self, moment: datetime) -> tuple[DayTable, int]:
        """The laid-out years that hold this moment, and its ticks there.

        Refuses: NoCalendarForYear, MomentWithoutZone.
        """
        if moment.tzinfo is None:
            raise MomentWithoutZone(given=moment.isoformat())
        for table in self._tables:
            passed = moment - table.epoch
            if 0 <= passed.days < len(table.sessions):
                return table, passed.days * DAY + passed.seconds * SECOND + passed.microseconds
        raise self._unknown(_year_in_vietnam(moment))

    def _find(self, day: date) -> tuple[DayTable, int]:
        for table in self._tables:
            if table.first <= day <= table.last:
                return table, (day - table.first).days
        raise self._unknown(day.year)

    def _note(self, day: date) -> DayNote:
        table, index = self._find(day)
        hours = tuple((_time(opens), _time(closes)) for opens, closes in table.sessions[index])
        special = self._weeks.special.get(day)
        if special is not None:
            why, status = special.kind.value, special.status
            return DayNote(day, bool(hours), why, special.name, special.source, status, hours)
        why = "working_day" if hours else "weekend"
        return DayNote(day, bool(hours), why, "", self._weeks.source(day), None, hours)

    def _working_from(self, day: date) -> tuple[DayTable, int]:
        table, index = self._find(day)
        return table, table.worked(table.working_before[index])

    def _unknown(self, year: int) -> NoCalendarForYear:
        return NoCalendarForYear(year=year, version=self.version)

    def _sessions(self, run: Sequence[int]) -> list[tuple[Session, ...]]:
        first, end = date(run[0], 1, 1), date(run[-1] + 1, 1, 1)
        days = (first + timedelta(days=i) for i in range((end - first).days))
        return [_ticks(self._weeks.worked(day)) for day in days]


def _runs(years: Sequence[int]) -> list[list[int]]:
    """Years without a gap between them, together."""
    numbered = groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])
    return [[year for _, year in run] for _, run in numbered]


def _ticks(intervals: Intervals) -> tuple[Session, ...]:
    return tuple((_tick(opens), _tick(closes)) for opens, closes in intervals)


def _tick(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * MINUTE


def _time(tick: int) -> time:
    hour, minute = divmod(tick // MINUTE, 60)
    return time(hour, minute)


def _year_in_vietnam(moment: datetime) -> int:
    try:
        return moment.astimezone(VIETNAM).year
    except OverflowError:  # at the very ends of the calendar
        return moment.year
