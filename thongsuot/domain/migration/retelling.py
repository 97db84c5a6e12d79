"""The facts of an old dossier as events of ours: with their own times, as the old system told them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.dossier import Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Outcome, Status
from thongsuot.domain.files import StoredFile
from thongsuot.domain.migration.legacy import FoundFile
from thongsuot.domain.workflow import Process, StageKind


@dataclass(frozen=True, slots=True)
class Supplement:
    """What an old system told of papers that were asked for."""

    asked_at: datetime
    reason: str
    received_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an old dossier's progress; `status` is ours, where a map says so."""

    at: datetime | None
    told: str
    by: str
    status: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an old dossier says, in our words; None and "" are what it did not say."""

    system: str
    code: str
    national_code: str
    procedure: Procedure
    office: str
    point: str
    channel: Channel
    applicant: e.Applicant
    place: e.PlaceGiven
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    status: Status
    status_told: str
    status_rule: str
    process: Process | None
    holder: str
    result_number: str
    reason: str
    supplement: Supplement | None
    steps: tuple[Step, ...]
    fees: tuple[e.FeeCollected, ...]
    files: tuple[FoundFile, ...]
    told_at: datetime
    at: datetime
    home_system: str
    calendar_version: str


NATIONAL_PORTAL = "national_portal"
RESULT = "result"  # the role of a file that is what the applicant got
_OUTCOMES = {
    Status.NOT_RECEIVED: Outcome.NOT_RECEIVED,
    Status.WITHDRAWN: Outcome.WITHDRAWN,
    Status.STOPPED: Outcome.REFUSED,
    Status.FINISHED: Outcome.GRANTED,
    Status.RETURNED: Outcome.GRANTED,
}
_STAGES = {
    Status.RECEIVED: StageKind.RECEPTION,
    Status.PROCESSING: StageKind.WORK,
    Status.WAITING_SUPPLEMENT: StageKind.WORK,
    Status.WAITING_PAYMENT: StageKind.WORK,
    Status.FINISHED: StageKind.HANDOVER,
}


def retold(f: Facts) -> tuple[Entry, ...]:
    """The events of an old dossier: its reception, what it told happened, how it stood last."""
    first: e.Received | e.Declined = _received(f)
    if f.status is Status.NOT_RECEIVED:
        first = _declined(f)
    between = sorted(_between(f), key=lambda pair: pair[1])
    events = [
        (first, f.received_at),
        *between,
        (_last(f), f.returned_at or f.ended_at or f.told_at),
    ]
    return tuple(
        Entry(event, at, f.at, by=f.system, office=f.office, source_system=f.system)
        for event, at in events
    )


def _received(f: Facts) -> e.Received:
    process = f.process if _stage(f) else None
    return e.Received(
        code=f.code,
        procedure=f.procedure.code.base,
        procedure_version=f.procedure.version,
        procedure_name=f.procedure.name,
        process_version=process.key if process else "",
        case="",
        channel=f.channel,
        applicant=f.applicant,
        place=f.place,
        receiving_point=f.point,
        receiving_official=f.system,
        receiving_office=f.office,
        competent_office=f.office,
        return_point=f.point,
        return_office=f.office,
        received_at=f.received_at,
        competent_received_at=f.received_at,
        term="",
        counts_from_next_day_after_15h=f.procedure.counts_from_next_day_after_15h,
        calendar_version=f.calendar_version,
        promised_at=f.due_at,
        due_at=f.due_at,
        stage=_stage(f),
        home_system=f.home_system,
        identifiers=_identifiers(f),
        papers=_papers(f),
        reported_by=f.system,
    )


def _declined(f: Facts) -> e.Declined:
    return e.Declined(
        code=f.code,
        procedure=f.procedure.code.base,
        procedure_version=f.procedure.version,
        procedure_name=f.procedure.name,
        channel=f.channel,
        applicant=f.applicant,
        place=f.place,
        receiving_point=f.point,
        receiving_official=f.system,
        receiving_office=f.office,
        received_at=f.received_at,
        reason=f.reason,
        home_system=f.home_system,
        identifiers=_identifiers(f),
        papers=_papers(f),
    )


def _identifiers(f: Facts) -> tuple[e.Identifier, ...]:
    own = e.Identifier(f.system, f.code)
    return (own, e.Identifier(NATIONAL_PORTAL, f.national_code)) if f.national_code else (own,)


def _papers(f: Facts) -> tuple[e.PaperGiven, ...]:
    names = dict.fromkeys(file.paper for file in f.files if file.role != RESULT)
    return tuple(e.PaperGiven(name) for name in names)


def _stage(f: Facts) -> str:
    """Where the work goes on, in the process that carries it here; "" where it is over."""
    wanted = _STAGES.get(f.status)
    if f.process is None or wanted is None:
        return ""
    found = (stage.key for stage in f.process.stages if stage.kind is wanted)
    return next(found, f.process.start.key)


def _between(f: Facts) -> Iterator[tuple[e.Later, datetime]]:
    for step in f.steps:
        told = e.ProgressReported(f.system, step.told, step.by)
        yield told, step.at or f.told_at
    if f.status is not Status.NOT_RECEIVED:
        yield from _supplement(f)
    for fee in f.fees:
        yield fee, f.told_at
    for file in f.files:
        if file.stored:
            yield e.Digitised(file.paper, file.stored.sha256, file.stored), f.at


def _supplement(f: Facts) -> Iterator[tuple[e.Later, datetime]]:
    told = f.supplement
    if told is None:
        return
    missing = (told.reason,) if told.reason else ()
    yield e.SupplementAsked(missing, told.reason), told.asked_at
    due_at = told.due_at or f.due_at
    if told.received_at and due_at and told.received_at >= told.asked_at:
        yield e.SupplementReceived((), due_at), told.received_at


def _last(f: Facts) -> e.ProgressReported:
    """How it stood when it was told; a dossier that was not taken in is told by its first event."""
    if f.status is Status.NOT_RECEIVED:
        return e.ProgressReported(f.system, f.status_told, rule=f.status_rule, reason=f.reason)
    outcome = _OUTCOMES.get(f.status)
    return e.ProgressReported(
        system=f.system,
        told=f.status_told,
        status=f.status.value,
        rule=f.status_rule,
        assignee=f.holder,
        due_at=_due_told_anew(f),
        ended_at=f.ended_at,
        handed_over_at=f.returned_at,
        is_handed_over=outcome is not None and f.status is not Status.FINISHED,
        outcome=outcome.value if outcome else "",
        result_number=f.result_number,
        reason=f.reason,
        results=_results(f) if outcome else (),
    )


def _results(f: Facts) -> tuple[StoredFile, ...]:
    return tuple(file.stored for file in f.files if file.stored and file.role == RESULT)


def _due_told_anew(f: Facts) -> datetime | None:
    """The appointment that the old system gave after a supplement, which replaces the first."""
    told = f.supplement
    return (told.due_at or f.due_at) if told and told.received_at else None
