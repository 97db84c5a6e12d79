"""A term laid on time, and how pauses make it grow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from thongsuot.domain.deadline.pauses import Stretch
from thongsuot.domain.deadline.terms import Term, Unit
from thongsuot.domain.workdays.table import DAY, HOUR, Axis, DayTable

# Looked up once: members of an enumeration are slow to reach, and this is the inner loop.
_WORKING_DAY, _WORKING_HOUR = Unit.WORKING_DAY, Unit.WORKING_HOUR
_HOUR, _DAY = Unit.HOUR, Unit.DAY
_DAYS_IN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def axis_of(unit: Unit, table: DayTable) -> Axis | None:
    """The axis of office time on which this unit is counted, if it is one of office time."""
    if unit is _WORKING_DAY:
        return table.days
    return table.hours if unit is _WORKING_HOUR else None


def grown(axis: Axis, position: int, paused: Sequence[Stretch], since: int = 0) -> tuple[int, int]:
    """The end on the axis after its pauses, and how many of them moved it.

    A pause counts when it begins before `since` or before the end as grown so far.
    """
    for used, (begins, ends) in enumerate(paused):
        if begins >= axis.end:
            return position, used
        from_position = axis.position(begins)
        if begins >= since and from_position >= position:
            return position, used
        position += axis.position(ends) - from_position
    return position, len(paused)


def grown_in_real_time(
    table: DayTable, end: int, paused: Sequence[Stretch], moment: int
) -> tuple[int, int]:
    """The end in real time after its pauses, and how many of them moved it.

    A pause counts when it begins before the moment that is due so far.
    """
    for used, (begins, ends) in enumerate(paused):
        if begins >= moment:
            return end, used
        end += ends - begins
        moment = table.settle(end)
    return end, len(paused)


def added(table: DayTable, start: int, term: Term) -> int:
    """The start plus a term in real hours, calendar days or months."""
    if term.unit is _DAY:
        return start + term.halves // 2 * DAY
    if term.unit is _HOUR:
        return start + term.halves * HOUR // 2
    return start + _days_of_months(table, start, term.halves // 2) * DAY


def _days_of_months(table: DayTable, start: int, months: int) -> int:
    """How many days these months last, clipped to the last day of the month they end in."""
    index = start // DAY
    day = table.midnights[index]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > table.last.year:
        raise table.unknown(year)
    last = 29 if month == 1 and _is_leap(year) else _DAYS_IN[month]
    return (date(year, month + 1, min(day.day, last)) - table.first).days - index


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
