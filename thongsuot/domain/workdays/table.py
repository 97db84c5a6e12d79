"""A run of known years laid out day by day, so that counting is arithmetic and never a walk.

Moments are ticks (microseconds) since the first midnight of the run. Two axes measure office
time: working days, where every working day is one whatever its hours, and office hours.
A moment outside office hours lies where the office last closed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import lcm
from typing import Protocol

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays.days import VIETNAM

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MINUTES = tuple(timedelta(minutes=minute) for minute in range(24 * 60))

Session = tuple[int, int]
Unknown = Callable[[int], Refusal]


class Axis(Protocol):
    """A way to measure office time exactly, in whole numbers."""

    half: int  # half a unit (half a working day, half an hour)
    end: int  # the first moment that is no longer known

    def position(self, tick: int) -> int:
        """Where this moment lies on the axis."""

    def moment(self, position: int) -> int:
        """The first moment at this position, rounded down to the minute."""


class DayTable:
    """Every day of a run of years: its opening hours and what was worked before it."""

    __slots__ = (
        "days",
        "end",
        "epoch",
        "first",
        "hours",
        "last",
        "length",
        "midnights",
        "open_before",
        "opens_next",
        "sessions",
        "unknown",
        "working_before",
        "working_days",
    )

    def __init__(
        self, first: date, sessions: Sequence[tuple[Session, ...]], unknown: Unknown
    ) -> None:
        self.first = first
        self.last = first + timedelta(days=len(sessions) - 1)
        self.end = len(sessions) * DAY
        self.unknown = unknown
        self.sessions = tuple(sessions)
        self.length = tuple(sum(closes - opens for opens, closes in day) for day in sessions)
        self.working_days = tuple(i for i, length in enumerate(self.length) if length)
        self.working_before = (0, *accumulate(1 if length else 0 for length in self.length))
        self.open_before = (0, *accumulate(self.length))
        self.opens_next = self._openings()
        self.epoch = datetime(first.year, first.month, first.day, tzinfo=VIETNAM)
        self.midnights = tuple(self.epoch + timedelta(days=i) for i in range(len(sessions)))
        self.days: Axis = DayAxis(self)
        self.hours: Axis = HourAxis(self)

    def _openings(self) -> tuple[int, ...]:
        """For each day, when the office opens first on that day or later (-1: not known)."""
        opening, openings = -1, []
        for i in range(len(self.sessions) - 1, -1, -1):
            if self.length[i]:
                opening = i * DAY + self.sessions[i][0][0]
            openings.append(opening)
        return (*reversed(openings), -1)

    def tick(self, moment: datetime) -> int:
        """The moment in ticks; it may lie outside the run."""
        passed = moment - self.epoch
        return passed.days * DAY + passed.seconds * SECOND + passed.microseconds

    def moment(self, tick: int) -> datetime:
        """The moment of these ticks of the run, down to the minute."""
        day, within = divmod(tick, DAY)
        return self.midnights[day] + MINUTES[within // MINUTE]

    def day(self, tick: int) -> date:
        """The day in which these ticks fall."""
        return self.first + timedelta(days=tick // DAY)

    def known(self, day: int) -> int:
        """The same day number, if the run holds it; refuses by its year otherwise."""
        if 0 <= day < len(self.sessions):
            return day
        raise self.unknown((self.first + timedelta(days=day)).year)

    def beyond(self) -> Refusal:
        """The refusal for a count that runs past the last known year."""
        return self.unknown((self.first + timedelta(days=len(self.sessions))).year)

    def worked(self, number: int) -> int:
        """The day number of the working day with this number, counted from nought."""
        if 0 <= number < len(self.working_days):
            return self.working_days[number]
        raise self.beyond() if number >= 0 else self.unknown(self.first.year - 1)

    def start(self, tick: int, next_day_from: int | None = None) -> int:
        """When the clock starts for a receipt in the run; closing time is inside hours."""
        day, within = divmod(tick, DAY)
        if next_day_from is None or within < next_day_from:
            for opens, closes in self.sessions[day]:
                if within <= closes:
                    return tick if within >= opens else day * DAY + opens
        opening = self.opens_next[day + 1]
        if opening < 0:
            raise self.beyond()
        return opening

    def settle(self, tick: int) -> int:
        """An end in real time, moved off days without work and then into office hours."""
        day, within = divmod(tick, DAY)
        if not self.length[self.known(day)]:
            opening = self.opens_next[day]
            if opening < 0:
                raise self.beyond()
            day = opening // DAY
        last = 0
        for opens, closes in self.sessions[day]:
            if within <= closes:
                return day * DAY + max(within, opens)
            last = closes
        return day * DAY + last

    def elapsed(self, day: int, within: int) -> int:
        """Office time already past on this day."""
        past = 0
        for opens, closes in self.sessions[day]:
            if within <= opens:
                break
            past += (within if within < closes else closes) - opens
        return past

    def after(self, day: int, down: int, up: int) -> int:
        """The minute at which this much office time of the day is past, before a break.

        `down` and `up` are the same exact time, rounded to ticks both ways.
        """
        for opens, closes in self.sessions[day]:
            open_for = closes - opens
            if up <= open_for:
                tick = day * DAY + opens + down
                return tick - tick % MINUTE
            up -= open_for
            down -= open_for
        raise AssertionError("more office time than the day has")


class DayAxis:
    """Working days: those before the moment's day, plus the share of that day's hours past."""

    __slots__ = ("_before", "_rate", "_scale", "_table", "end", "half")

    def __init__(self, table: DayTable) -> None:
        self._table = table
        self.end = table.end
        # Twice the common multiple of all lengths: halves and shares are whole numbers.
        self._scale = 2 * lcm(*{length for length in table.length if length})
        self._rate = tuple(self._scale // length if length else 0 for length in table.length)
        self._before = tuple(worked * self._scale for worked in table.working_before)
        self.half = self._scale // 2

    def position(self, tick: int) -> int:
        day, within = divmod(tick, DAY)
        if not 0 <= tick < self.end:
            self._table.known(day)
        return self._before[day] + self._table.elapsed(day, within) * self._rate[day]

    def moment(self, position: int) -> int:
        table = self._table
        scale = self._scale
        worked, share = divmod(position, scale)
        if not share:  # the end of a day, not the opening of the next
            worked, share = worked - 1, scale
        day = table.worked(worked)
        down, rest = divmod(share * table.length[day], scale)
        return table.after(day, down, down + 1 if rest else down)


class HourAxis:
    """Office hours, one after the other."""

    __slots__ = ("_open_after", "_table", "end", "half")

    def __init__(self, table: DayTable) -> None:
        self._table = table
        self.end = table.end
        self._open_after = tuple(table.open_before[day + 1] for day in table.working_days)
        self.half = HOUR // 2

    def position(self, tick: int) -> int:
        table = self._table
        day, within = divmod(tick, DAY)
        return table.open_before[table.known(day)] + table.elapsed(day, within)

    def moment(self, position: int) -> int:
        table = self._table
        day = table.worked(bisect_left(self._open_after, position) if position > 0 else -1)
        past = position - table.open_before[day]
        return table.after(day, past, past)
