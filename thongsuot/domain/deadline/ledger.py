"""The ledger of a deadline: each day counted or not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.deadline.growth import added, grown
from thongsuot.domain.deadline.pauses import Pause, PauseKind, Stretch
from thongsuot.domain.deadline.terms import Unit
from thongsuot.domain.deadline.trace import Trace
from thongsuot.domain.refusal import Fact
from thongsuot.domain.workdays.days import DayNote
from thongsuot.domain.workdays.table import DAY, MINUTE, Axis


class Why(StrEnum):
    """Why a day is counted, or is not."""

    COUNTED = "counted"
    WORKING_SATURDAY = "working_saturday"  # counted
    HALF_DAY = "half_day"  # counted: one working day whatever its hours
    CALENDAR_DAY = "calendar_day"  # counted, working or not
    START_DAY = "start_day"  # the clock starts during it
    AFTER_CLOSING = "after_closing"  # received too late in the day
    AFTER_15H = "after_15h"  # received at or after the hour from which the next day counts
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    SUPPLEMENT = "supplement"
    FINANCIAL_DUTY = "financial_duty"
    OPINION = "opinion"
    SYSTEM_INCIDENT = "system_incident"
    MOVED_HERE = "moved_here"  # the end was moved to it from a day off


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of the count: 1, one half or 0 of it counted; minutes for a term in hours."""

    day: date
    counted: float
    why: Why
    facts: Mapping[str, Fact]
    minutes: int | None = None


def ledger(trace: Trace, pauses: Sequence[Pause], after_15h: int | None) -> tuple[LedgerDay, ...]:
    """Every day from the receipt to the due moment; what is counted adds up to the term."""
    minutes = _minutes(trace) if trace.term.unit in (Unit.HOUR, Unit.WORKING_HOUR) else None
    counted = (
        _shares(trace) if minutes is None else {day: 2 for day, took in minutes.items() if took}
    )
    entries = []
    for day in range(trace.first_day, trace.last_day + 1):
        note = trace.calendar.describe(trace.date(day))
        halves = counted.get(day, 0)
        pause = _pause_on(trace, pauses, day)
        why = _why_counted(trace, note) if halves else _why_not(trace, day, note, pause, after_15h)
        took = None if minutes is None else minutes.get(day, 0)
        entries.append(LedgerDay(note.day, _in_days(halves), why, _facts(note, pause, why), took))
    return tuple(entries)


def _shares(trace: Trace) -> Mapping[int, int]:
    """How many halves of each day are counted: each step of the term falls on one day."""
    if trace.axis is not None:
        return _half_steps(trace, trace.axis)
    whole = (added(trace.table, trace.start, trace.term) - trace.start) // DAY
    steps = (_in_real_time(trace.start + k * DAY, trace.paused) for k in range(1, whole + 1))
    return Counter({step // DAY: 2 for step in steps})


def _half_steps(trace: Trace, axis: Axis) -> Mapping[int, int]:
    base = axis.position(trace.start)
    steps = (
        grown(axis, base + k * axis.half, trace.paused)[0] for k in range(1, trace.term.halves + 1)
    )
    return Counter(axis.moment(step) // DAY for step in steps)


def _in_real_time(end: int, paused: Sequence[Stretch]) -> int:
    for begins, ends in paused:
        if begins >= end:
            break
        end += ends - begins
    return end


def _minutes(trace: Trace) -> Mapping[int, int]:
    """How many minutes of each day are counted; together they are the term."""
    whole = trace.term.halves * 30
    minutes: dict[int, int] = {}
    ticks = reported = 0
    last_day = max(trace.raw - 1, trace.start) // DAY
    for day in range(trace.start_day, last_day + 1):
        ticks += _running(trace, max(day * DAY, trace.start), min((day + 1) * DAY, trace.raw))
        reached = whole if day == last_day else min(ticks // MINUTE, whole)
        minutes[day] = reached - reported
        reported = reached
    return minutes


def _running(trace: Trace, begins: int, ends: int) -> int:
    """For how long the clock ran between two moments of one day."""
    overlaps = ((max(begins, start), min(ends, end)) for start, end in trace.paused)
    still = sum(_length(trace, start, end) for start, end in overlaps if start < end)
    return _length(trace, begins, ends) - still


def _length(trace: Trace, begins: int, ends: int) -> int:
    if trace.axis is None:
        return ends - begins
    day, within = divmod(begins, DAY)
    return trace.table.elapsed(day, ends - day * DAY) - trace.table.elapsed(day, within)


def _pause_on(trace: Trace, pauses: Sequence[Pause], day: int) -> Pause | None:
    """The first pause that moved the end and stood on this day."""
    if not any(begins < (day + 1) * DAY and day * DAY < ends for begins, ends in trace.paused):
        return None
    standing = (
        pause
        for pause in sorted(pauses, key=lambda pause: pause.start)
        if trace.table.tick(pause.start) < (day + 1) * DAY
        and day * DAY < trace.table.tick(pause.end)
    )
    return next(standing, None)


def _why_counted(trace: Trace, note: DayNote) -> Why:
    if trace.term.unit.is_calendar or (trace.axis is None and not note.working):
        return Why.CALENDAR_DAY
    if note.why == Why.WORKING_SATURDAY:
        return Why.WORKING_SATURDAY
    return Why.HALF_DAY if note.why.startswith(Why.HALF_DAY) else Why.COUNTED


def _why_not(
    trace: Trace, day: int, note: DayNote, pause: Pause | None, after_15h: int | None
) -> Why:
    if day == trace.start_day:
        return Why.START_DAY
    off = None if note.working else Why(note.why)
    if day < trace.start_day:
        cut = after_15h is not None and trace.received % DAY >= after_15h
        return off or (Why.AFTER_15H if cut else Why.AFTER_CLOSING)
    if off and (trace.axis is not None or pause is None):
        return off
    return _WHY_PAUSED[pause.kind] if pause else Why.MOVED_HERE


def _facts(note: DayNote, pause: Pause | None, why: Why) -> Mapping[str, Fact]:
    facts: dict[str, Fact] = {}
    if note.status is not None:
        facts |= {"name": note.name, "source": note.source, "status": note.status.value}
    if pause is not None and why is _WHY_PAUSED[pause.kind]:
        facts |= {"from": pause.start.isoformat(), "to": pause.end.isoformat()}
    return facts


def _in_days(halves: int) -> float:
    return halves / 2 if halves % 2 else halves // 2


_WHY_PAUSED = {
    PauseKind.SUPPLEMENT: Why.SUPPLEMENT,
    PauseKind.FINANCIAL_DUTY: Why.FINANCIAL_DUTY,
    PauseKind.OPINION: Why.OPINION,
    PauseKind.SYSTEM_INCIDENT: Why.SYSTEM_INCIDENT,
}
