"""How each dossier counts in a report: once received, once resolved or still open, never both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Outcome, Status
from thongsuot.domain.reporting.windows import last_day
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM


class FactKind(StrEnum):
    """What happened to a dossier, as far as a report counts it."""

    RECEIVED = "received"
    DUE = "due"
    WAITS = "waits"
    RESUMED = "resumed"
    EXTENDED = "extended"
    PASSED = "passed"
    TAKEN_BACK = "taken_back"  # a custody that lengthened the term, and no longer does
    TOLD = "told"  # how another system says that it stands; its last word goes before the others
    ENDED = "ended"


# By the names under which events are stored: which kind of fact each is, about which pause, and
# how the work ended by it. Whoever counts set by set reads the same table.
FACTS_OF: Final[Mapping[str, tuple[FactKind, str, Outcome | None]]] = {
    "received": (FactKind.RECEIVED, "", None),
    "arrived": (FactKind.DUE, "", None),
    "due_accepted": (FactKind.DUE, "", None),
    "supplement_asked": (FactKind.WAITS, "supplement", None),
    "supplement_received": (FactKind.RESUMED, "supplement", None),
    "financial_duty_raised": (FactKind.WAITS, "financial_duty", None),
    "financial_duty_settled": (FactKind.RESUMED, "financial_duty", None),
    "incident_began": (FactKind.WAITS, "incident", None),
    "incident_ended": (FactKind.RESUMED, "incident", None),
    "opinion_asked": (FactKind.WAITS, "opinion", None),
    "opinion_given": (FactKind.RESUMED, "opinion", None),
    "apologised": (FactKind.EXTENDED, "", None),
    "custody_passed": (FactKind.PASSED, "", None),
    "progress_reported": (FactKind.TOLD, "", None),
    "refused": (FactKind.ENDED, "", Outcome.REFUSED),
    "stopped": (FactKind.ENDED, "", Outcome.WITHDRAWN),
    "result_issued": (FactKind.ENDED, "", Outcome.GRANTED),
    "taken_by_system": (FactKind.ENDED, "", Outcome.MOVED),
}


# What the applicant is waited for, by the status that another system told.
WAITED_FOR: Final[Mapping[str, str]] = {
    Status.WAITING_SUPPLEMENT.value: "supplement",
    Status.WAITING_PAYMENT.value: "financial_duty",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a report counts by: when it happened, when we knew."""

    kind: FactKind
    occurred_at: datetime
    recorded_at: datetime
    due_at: datetime | None = None
    office: str = ""
    about: str = ""  # which pause begins or ends
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What of a dossier never changes, and by which it is put into a row of a report."""

    received_at: datetime
    is_online: bool
    procedure: str
    procedure_version: int
    system: str
    is_interlinked: bool  # opened under another dossier, which is counted


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a dossier stands from a moment on, until the next stretch; the last one stays.

    `due_at` is the appointment, moved only by pauses; `extended_to` is what came of an extension.
    `known_at` is when the last of the facts behind it was recorded.
    """

    from_at: datetime
    known_at: datetime
    office: str
    due_at: datetime | None
    extended_to: datetime | None
    is_waiting: bool
    ended_at: datetime | None
    outcome: Outcome | None


class Compare(StrEnum):
    """Whether an end is held against its appointment by the day or by the moment."""

    DAYS = "days"
    MOMENTS = "moments"


class Intake(StrEnum):
    """How a dossier came into a window: columns (4), (5), (6) of II.06."""

    ONLINE = "online"
    OTHER = "other"  # at the counter or by post
    BEFORE = "before"


class Result(StrEnum):
    """How a dossier stands when a window ends: columns (8)–(10), (12), (13) of II.06."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"


@dataclass(frozen=True, slots=True)
class Counting:
    """The dated definitions by which dossiers are counted; all of them in `data/reports`.

    `withdrawn` is the column of what the applicant took back, `waiting` of what stands still.
    """

    compare: Compare
    withdrawn: Result
    waiting: Result
    without_due: Result
    counts_interlinked: bool
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The place of one dossier in a window; `extended` is its result by the extended moment."""

    intake: Intake
    result: Result
    extended: Result


def fact_of(entry: Entry) -> Fact | None:
    """What a report counts of an event; None of most."""
    event, at = entry.event, entry.occurred_at
    found = FACTS_OF.get(e.name_of(event))
    if found is None:
        return None
    kind, about, outcome = found
    match event:
        case e.OpinionAsked() if not event.stops_clock:
            return None
        case e.Apologised() if event.extended_to is None:
            return None
        case e.OpinionAsked() | e.OpinionGiven():
            about = f"{about}{event.opinion}"
        case e.Received():
            at = event.received_at
        case e.CustodyPassed() if event.is_undo and event.due_at is not None:
            kind = FactKind.TAKEN_BACK
            known = entry.recorded_at
            return Fact(kind, at, known, event.extended_to, event.competent_office)
        case e.ProgressReported():
            return told(event, at, entry.recorded_at)
    due_at, office = getattr(event, "due_at", None), getattr(event, "competent_office", "")
    return Fact(kind, at, entry.recorded_at, due_at, office, about, outcome)


def told(event: e.ProgressReported, at: datetime, known_at: datetime) -> Fact | None:
    """What a report counts of another system's word; None of a line of its history."""
    if not event.status:
        return None
    outcome = Outcome(event.outcome) if event.outcome else None
    if outcome is not None and event.ended_at is not None:
        at = event.ended_at
    return Fact(
        FactKind.TOLD,
        at,
        known_at,
        event.due_at,
        about=WAITED_FOR.get(event.status, ""),
        outcome=outcome,
    )


def reckoned(event: e.Received) -> Reckoned:
    """What of a reception a report puts into its rows."""
    return Reckoned(
        received_at=event.received_at,
        is_online=event.channel is Channel.ONLINE,
        procedure=event.procedure,
        procedure_version=event.procedure_version,
        system=event.home_system,
        is_interlinked=bool(event.parent),
    )


def stretches(facts: Iterable[Fact]) -> tuple[Stretch, ...]:
    """The life of a dossier as reports count it, in order; none where it was never received.

    Facts are taken as they happened, and as they were recorded where they happened together.
    """
    in_order = sorted(_last_word(facts), key=lambda fact: (fact.occurred_at, fact.recorded_at))
    if not any(fact.kind is FactKind.RECEIVED for fact in in_order):
        return ()
    life: list[Stretch] = []
    waits: set[str] = set()
    for fact in _reception_first(in_order):
        before = life[-1] if life else None
        if before is not None and before.ended_at is not None:
            break  # what comes after the end counts nowhere
        if fact.kind is FactKind.WAITS:
            waits.add(fact.about)
        elif fact.kind is FactKind.RESUMED:
            waits.discard(fact.about)
        elif fact.kind is FactKind.TOLD:
            waits = (waits - {*WAITED_FOR.values()}) | ({fact.about} - {""})
        after = _first(fact) if before is None else _after(before, fact, is_waiting=bool(waits))
        if before is not None and before.from_at == after.from_at:
            life.pop()
        life.append(after)
    return tuple(life)


def _last_word(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Of what another system told of a dossier, only its last word counts.

    Where an earlier word stood, the later one is what we know: so that a report which was made
    before it came is not taken for one that knew it.
    """
    listed = list(facts)
    words = [fact for fact in listed if fact.kind is FactKind.TOLD]
    last = max(reversed(words), key=lambda fact: fact.recorded_at, default=None)
    for fact in listed:
        if last is None or fact.kind is not FactKind.TOLD or fact is last:
            yield fact
        else:
            yield Fact(FactKind.DUE, fact.occurred_at, last.recorded_at)


def _reception_first(facts: list[Fact]) -> list[Fact]:
    """Nothing happens to a dossier before it is received, even where clocks differ."""
    first = next(fact for fact in facts if fact.kind is FactKind.RECEIVED)
    return [first, *(fact for fact in facts if fact.kind is not FactKind.RECEIVED)]


def _first(fact: Fact) -> Stretch:
    return Stretch(
        fact.occurred_at, fact.recorded_at, fact.office, fact.due_at, None, False, None, None
    )


def _after(before: Stretch, fact: Fact, *, is_waiting: bool) -> Stretch:
    due_at, extended_to = _dues(before, fact)
    is_over = fact.outcome is not None
    at = max(before.from_at, fact.occurred_at)
    return Stretch(
        from_at=at,
        known_at=max(before.known_at, fact.recorded_at),
        office=fact.office or before.office,
        due_at=due_at,
        extended_to=extended_to,
        is_waiting=is_waiting and not is_over,
        ended_at=at if is_over else None,
        outcome=fact.outcome,
    )


def _dues(before: Stretch, fact: Fact) -> tuple[datetime | None, datetime | None]:
    """The appointment and the extended moment after a fact.

    An extension leaves the appointment; a pause after it moves both by as much.
    """
    if fact.kind is FactKind.TAKEN_BACK:
        return before.due_at, fact.due_at
    if fact.due_at is None:
        return before.due_at, before.extended_to
    if fact.kind in (FactKind.EXTENDED, FactKind.PASSED):
        return before.due_at, fact.due_at
    if before.extended_to is None or before.due_at is None:
        return fact.due_at, before.extended_to
    return before.due_at + (fact.due_at - before.extended_to), fact.due_at


def at_cut_off(life: Iterable[Stretch], cut_off: datetime) -> Stretch | None:
    """The stretch that a cut-off sees: made of what happened before it; None before reception."""
    seen = None
    for stretch in life:
        if stretch.from_at >= cut_off:
            break
        seen = stretch
    return seen


def counted(
    dossier: Reckoned, seen: Stretch, *, start: datetime, end: datetime, counting: Counting
) -> Counted | None:
    """The place of a dossier in the window from `start` to `end`, of which it sees this stretch.

    None where it had ended before the window, is counted with the dossier above it, or was
    taken by another system, by whose last word it is told apart: nothing is counted twice.
    Source: TT 01/2020/TT-VPCP, Biểu II.06; definitions: data/reports.
    """
    if dossier.is_interlinked and not counting.counts_interlinked:
        return None
    if seen.ended_at is not None and seen.ended_at < start:
        return None
    if seen.outcome is Outcome.MOVED:
        return None
    if dossier.received_at < start:
        intake = Intake.BEFORE
    else:
        intake = Intake.ONLINE if dossier.is_online else Intake.OTHER
    by_appointment = _result(seen, seen.due_at, end, counting)
    by_extension = _result(seen, seen.extended_to or seen.due_at, end, counting)
    return Counted(intake, by_appointment, by_extension)


def _result(seen: Stretch, due_at: datetime | None, end: datetime, counting: Counting) -> Result:
    if seen.ended_at is None:
        return _open_result(seen, due_at, end, counting)
    if seen.outcome is Outcome.WITHDRAWN:
        return counting.withdrawn
    if due_at is None:
        return counting.without_due
    if counting.compare is Compare.DAYS:
        return _compared(_day(seen.ended_at), _day(due_at))
    return _compared(seen.ended_at, due_at)


def _open_result(
    seen: Stretch, due_at: datetime | None, end: datetime, counting: Counting
) -> Result:
    if seen.is_waiting:
        return counting.waiting
    if due_at is None:
        return Result.OPEN_IN_TIME
    by_day = counting.compare is Compare.DAYS
    is_late = _day(due_at) < last_day(end) if by_day else due_at < end
    return Result.OPEN_LATE if is_late else Result.OPEN_IN_TIME


def _compared(ended: date, due: date) -> Result:
    if ended == due:
        return Result.ON_TIME
    return Result.EARLY if ended < due else Result.LATE


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
