"""The steps of one count, worked out again when somebody asks why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.deadline.growth import added, axis_of, grown, grown_in_real_time
from thongsuot.domain.deadline.pauses import Pause, Stretch, stretches
from thongsuot.domain.deadline.terms import Term
from thongsuot.domain.workdays.calendar import WorkCalendar
from thongsuot.domain.workdays.table import DAY, Axis, DayTable


@dataclass(frozen=True, slots=True)
class Trace:
    """One count from receipt to due moment, in ticks of its table."""

    calendar: WorkCalendar
    table: DayTable
    axis: Axis | None
    term: Term
    received: int
    start: int
    paused: Sequence[Stretch]  # the pauses that moved the end, without overlap
    raw: int  # the end before it is moved off days without work (real time only)
    end: int

    @property
    def first_day(self) -> int:
        """The number of the day of receipt."""
        return self.received // DAY

    @property
    def start_day(self) -> int:
        """The number of the day on which the clock starts."""
        return self.start // DAY

    @property
    def last_day(self) -> int:
        """The number of the day on which it is due."""
        return self.end // DAY

    def date(self, day: int) -> date:
        """The date of a day number."""
        return self.table.day(day * DAY)


def trace(
    calendar: WorkCalendar,
    received_at: datetime,
    term: Term,
    pauses: Sequence[Pause],
    next_day_from: int | None,
) -> Trace:
    """Count again, keeping every step."""
    table, received = calendar.locate(received_at)
    start = table.start(received, next_day_from)
    axis = axis_of(term.unit, table)
    given = stretches(pauses, table, start)
    if axis is not None:
        position = axis.position(start) + term.halves * axis.half
        position, used = grown(axis, position, given)
        raw = end = axis.moment(position)
    else:
        raw = added(table, start, term)
        raw, used = grown_in_real_time(table, raw, given, table.settle(raw))
        end = table.settle(raw)
    return Trace(calendar, table, axis, term, received, start, given[:used], raw, end)
