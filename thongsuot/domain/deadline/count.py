"""Counting a term from a receipt to the moment it is due, in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from thongsuot.domain.deadline.deadline import Deadline
from thongsuot.domain.deadline.growth import added, axis_of, grown, grown_in_real_time
from thongsuot.domain.deadline.pauses import Pause, stretches
from thongsuot.domain.deadline.rules import DEFAULT_RULES, CountingRules
from thongsuot.domain.deadline.terms import Term, Unit
from thongsuot.domain.workdays.calendar import WorkCalendar
from thongsuot.domain.workdays.days import VIETNAM


def due(
    received_at: datetime,
    term: Term,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    after_15h: bool = False,
    rules: CountingRules = DEFAULT_RULES,
) -> Deadline:
    """When a dossier received at this moment is due; `after_15h` if its procedure says so.

    Refuses: MomentWithoutZone, NoCalendarForYear.
    Source: NĐ 118/2025/NĐ-CP Điều 17 khoản 3; the counting rules cite theirs.
    """
    table, received = calendar.locate(received_at)
    start = table.start(received, rules.next_day_tick if after_15h else None)
    axis = axis_of(term.unit, table)
    if axis is not None:
        position = axis.position(start) + term.halves * axis.half
        if pauses:
            position, _ = grown(axis, position, stretches(pauses, table, start))
        end = axis.moment(position)
    else:
        raw = added(table, start, term)
        end = table.settle(raw)
        if pauses:
            raw, _ = grown_in_real_time(table, raw, stretches(pauses, table, start), end)
            end = table.settle(raw)
    return Deadline(table.moment(end), received_at, term, calendar, tuple(pauses), after_15h, rules)


def prolong(at: datetime, unit: Unit, calendar: WorkCalendar, pauses: Sequence[Pause]) -> datetime:
    """An appointment or an extended due moment, moved by the pauses that begin before it.

    Refuses: MomentWithoutZone, NoCalendarForYear.
    """
    table, tick = calendar.locate(at)
    paused = stretches(pauses, table, 0)
    axis = axis_of(unit, table)
    if axis is None:
        raw, used = grown_in_real_time(table, tick, paused, tick)
        return table.moment(table.settle(raw)) if used else at.astimezone(VIETNAM)
    position = axis.position(tick)
    moved, _ = grown(axis, position, paused, since=tick)
    return table.moment(axis.moment(moved)) if moved > position else at.astimezone(VIETNAM)
