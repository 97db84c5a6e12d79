"""The reasons of a deadline: where the clock started, what stopped it, why the end was moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thongsuot.domain.deadline.pauses import Pause
from thongsuot.domain.deadline.rules import CountingRules, RuleKey
from thongsuot.domain.deadline.terms import Unit
from thongsuot.domain.deadline.trace import Trace
from thongsuot.domain.refusal import Fact
from thongsuot.domain.spans import Span, cover
from thongsuot.domain.workdays.days import DayStatus
from thongsuot.domain.workdays.table import DAY, MINUTE


class ReasonCode(StrEnum):
    """What may be said about how a due moment came about."""

    STARTS_AT_RECEIPT = "starts_at_receipt"
    STARTS_AT_OPENING = "starts_at_opening"
    STARTS_AFTER_BREAK = "starts_after_break"
    STARTS_AFTER_CLOSING = "starts_after_closing"
    STARTS_AFTER_DAY_OFF = "starts_after_day_off"
    STARTS_AFTER_15H = "starts_after_15h"
    TERM = "term"
    PAUSED = "paused"
    PAUSE_BEFORE_START = "pause_before_start"
    PAUSE_AFTER_DUE = "pause_after_due"
    END_ON_DAY_OFF = "end_on_day_off"
    END_BEFORE_OPENING = "end_before_opening"
    END_IN_BREAK = "end_in_break"
    END_AFTER_CLOSING = "end_after_closing"
    RESTS_ON_PROJECTED = "rests_on_projected"
    RESTS_ON_UNCHECKED = "rests_on_unchecked"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the count, the facts of it, and the source of its rule."""

    code: ReasonCode
    facts: Mapping[str, Fact]
    source: str


def reasons(
    trace: Trace, pauses: Sequence[Pause], rules: CountingRules, after_15h: int | None
) -> tuple[Reason, ...]:
    """Every step from the receipt to the due moment, in order."""
    return (
        _start(trace, rules, after_15h),
        _term(trace, rules),
        *_pauses(trace, pauses, rules),
        *_moves(trace, rules),
        *_doubts(trace),
    )


def doubtful(trace: Trace, status: DayStatus) -> tuple[date, ...]:
    """The days of this status that the due moment rests on."""
    looked_at = [Span(trace.date(trace.first_day), trace.date(trace.last_day + 1))]
    if trace.axis is None:  # the days in between count whatever they are
        looked_at = [
            Span(trace.date(trace.first_day), trace.date(trace.start_day + 1)),
            Span(trace.date(trace.raw // DAY), trace.date(max(trace.raw, trace.end) // DAY + 1)),
        ]
    return tuple(day for span in cover(looked_at) for day in trace.calendar.doubtful(span, status))


def _start(trace: Trace, rules: CountingRules, after_15h: int | None) -> Reason:
    code = _start_code(trace, after_15h)
    key = {
        ReasonCode.STARTS_AT_RECEIPT: RuleKey.START,
        ReasonCode.STARTS_AFTER_15H: RuleKey.AFTER_15H,
    }.get(code, RuleKey.OUTSIDE_HOURS)
    note = trace.calendar.describe(trace.date(trace.first_day))
    facts = {
        "received": _iso(trace, trace.received),
        "starts": _iso(trace, trace.start),
        "day": note.why,
        "name": note.name,
    }
    return Reason(code, facts, rules.rule(key).source)


def _start_code(trace: Trace, after_15h: int | None) -> ReasonCode:
    day, within = divmod(trace.received, DAY)
    sessions = trace.table.sessions[day]
    if trace.start == trace.received:
        return ReasonCode.STARTS_AT_RECEIPT
    if not sessions:
        return ReasonCode.STARTS_AFTER_DAY_OFF
    if after_15h is not None and within >= after_15h:
        return ReasonCode.STARTS_AFTER_15H
    if within < sessions[0][0]:
        return ReasonCode.STARTS_AT_OPENING
    if trace.start_day == day:
        return ReasonCode.STARTS_AFTER_BREAK
    return ReasonCode.STARTS_AFTER_CLOSING


def _term(trace: Trace, rules: CountingRules) -> Reason:
    key = {
        Unit.WORKING_DAY: RuleKey.WORKING_DAYS,
        Unit.WORKING_HOUR: RuleKey.WORKING_HOURS,
    }.get(trace.term.unit, RuleKey.CALENDAR_END)
    facts = {"term": str(trace.term), "unit": trace.term.unit.value}
    return Reason(ReasonCode.TERM, facts, rules.rule(key).source)


def _pauses(trace: Trace, pauses: Sequence[Pause], rules: CountingRules) -> Iterator[Reason]:
    source = rules.rule(RuleKey.PAUSES).source
    for begins, ends in trace.paused:
        kinds = [pause.kind.value for pause in pauses if _within(trace, pause, begins, ends)]
        facts = _stretch(trace, begins, ends) | {"kinds": sorted(set(kinds))}
        yield Reason(ReasonCode.PAUSED, facts | _moved(trace, begins, ends), source)
    for pause in sorted(pauses, key=lambda pause: pause.start):
        begins, ends = trace.table.tick(pause.start), trace.table.tick(pause.end)
        if not any(_within(trace, pause, *stretch) for stretch in trace.paused):
            early = ends <= trace.start
            code = ReasonCode.PAUSE_BEFORE_START if early else ReasonCode.PAUSE_AFTER_DUE
            facts = _stretch(trace, begins, ends) | {"kinds": [pause.kind.value]}
            yield Reason(code, facts, source)


def _within(trace: Trace, pause: Pause, begins: int, ends: int) -> bool:
    """Whether the pause is part of this stretch."""
    return trace.table.tick(pause.start) < ends and begins < trace.table.tick(pause.end)


def _moved(trace: Trace, begins: int, ends: int) -> dict[str, Fact]:
    """By how much a pause moves the end: working days, or minutes."""
    if trace.axis is None:
        return {"minutes": (ends - begins) // MINUTE}
    moved = trace.axis.position(ends) - trace.axis.position(begins)
    if trace.term.unit is Unit.WORKING_DAY:
        hours = trace.table.hours
        worked = (hours.position(ends) - hours.position(begins)) // MINUTE
        return {"days": round(moved / (2 * trace.axis.half), 4), "worked": worked}
    return {"minutes": moved // MINUTE}


def _moves(trace: Trace, rules: CountingRules) -> Iterator[Reason]:
    """Why an end in real time is not where the term alone would put it."""
    if trace.axis is not None or trace.raw == trace.end:
        return
    source = rules.rule(RuleKey.CALENDAR_END).source
    facts: dict[str, Fact] = {"from": _iso(trace, trace.raw), "to": _iso(trace, trace.end)}
    day, within = divmod(trace.raw, DAY)
    if day != trace.last_day:
        note = trace.calendar.describe(trace.date(day))
        yield Reason(
            ReasonCode.END_ON_DAY_OFF, facts | {"day": note.why, "name": note.name}, source
        )
    due = trace.end % DAY
    if due < within:
        yield Reason(ReasonCode.END_AFTER_CLOSING, facts, source)
    elif due > within:
        opens = trace.table.sessions[trace.last_day][0][0]
        early = ReasonCode.END_BEFORE_OPENING if within < opens else ReasonCode.END_IN_BREAK
        yield Reason(early, facts, source)


def _doubts(trace: Trace) -> Iterator[Reason]:
    for status, code in (
        (DayStatus.PROJECTED, ReasonCode.RESTS_ON_PROJECTED),
        (DayStatus.OFFICIAL_CHECK, ReasonCode.RESTS_ON_UNCHECKED),
    ):
        days = doubtful(trace, status)
        if days:
            facts: Mapping[str, Fact] = {"days": [day.isoformat() for day in days]}
            yield Reason(code, facts, trace.calendar.describe(days[0]).source)


def _stretch(trace: Trace, begins: int, ends: int) -> dict[str, Fact]:
    return {"from": _iso(trace, begins), "to": _iso(trace, ends)}


def _iso(trace: Trace, tick: int) -> str:
    """The moment in words of a machine; it may lie outside the known years."""
    moment = trace.table.epoch + timedelta(microseconds=tick)
    return moment.isoformat(timespec="minutes")
