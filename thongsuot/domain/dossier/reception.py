"""The counter: a dossier comes in, or does not, and goes to the body that resolves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Term, due
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.reasons import Phrase, forbid_reorganisation
from thongsuot.domain.dossier.refusals import (
    AlreadyArrived,
    ApplicantNeeded,
    AppointmentInThePast,
    AppointmentNeeded,
    AppointmentNotAllowed,
    LateEntryNeedsReason,
    NotDigitisable,
    ReceivedInTheFuture,
)
from thongsuot.domain.dossier.standing import require_open
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.domain.workflow import Act, Process


@dataclass(frozen=True, slots=True)
class Counter:
    """Where and by whom a dossier is taken in, and where its result is collected."""

    receiving_point: str
    receiving_official: str
    receiving_office: str
    competent_office: str
    return_point: str
    return_office: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What came over the counter: who wants what, how, when, with which papers."""

    applicant: e.Applicant
    place: e.PlaceGiven
    channel: Channel
    received_at: datetime
    case: str = ""
    papers: tuple[e.PaperGiven, ...] = ()
    identifiers: tuple[e.Identifier, ...] = ()
    parent: str = ""
    late_entry_reason: str = ""
    appointment: datetime | None = None
    appointment_basis: str = ""


def receive(
    submission: Submission,
    *,
    code: str,
    counter: Counter,
    procedure: Procedure,
    process: Process,
    calendar: WorkCalendar,
    policies: Policies,
    home_system: str,
    at: datetime,
) -> e.Received:
    """Take a dossier in and give its appointment.

    Received at the competent body, its clock runs at once; received elsewhere, the
    appointment assumes that the transfer takes all the time it may.
    Raises ApplicantNeeded, ReceivedInTheFuture, LateEntryNeedsReason, AppointmentNeeded,
    AppointmentNotAllowed, AppointmentInThePast, NoSuchCase, NoSuchChannel, NoCalendarForYear.
    Source: NĐ 118/2025 Đ.17.
    """
    check_submission(submission, at=at)
    term = procedure.term_for(submission.case, submission.channel)
    arrived = counter.receiving_office == counter.competent_office
    start = submission.received_at
    if not arrived:
        start = transfer_until(submission.received_at, calendar, policies)
    promised = _appointment(submission, procedure, term, start, calendar)
    return e.Received(
        code=code,
        procedure=procedure.code.base,
        procedure_version=procedure.version,
        procedure_name=procedure.name,
        process_version=process.key,
        case=submission.case,
        channel=submission.channel,
        applicant=submission.applicant,
        place=submission.place,
        receiving_point=counter.receiving_point,
        receiving_official=counter.receiving_official,
        receiving_office=counter.receiving_office,
        competent_office=counter.competent_office,
        return_point=counter.return_point,
        return_office=counter.return_office,
        received_at=submission.received_at,
        competent_received_at=submission.received_at if arrived else None,
        term=str(term) if term else "",
        counts_from_next_day_after_15h=procedure.counts_from_next_day_after_15h,
        calendar_version=calendar.version,
        promised_at=promised,
        due_at=promised,
        stage=process.start.key,
        home_system=home_system,
        identifiers=submission.identifiers,
        papers=submission.papers,
        parent=submission.parent,
        late_entry_reason=submission.late_entry_reason,
        appointment_basis=submission.appointment_basis,
    )


def decline(
    submission: Submission,
    *,
    code: str,
    counter: Counter,
    procedure: Procedure,
    reason: str,
    phrases: tuple[Phrase, ...],
    home_system: str,
    at: datetime,
) -> e.Declined:
    """Do not take the dossier in, with a written reason; a reorganisation is none.

    Raises ApplicantNeeded, ReasonNeeded, ReorganisationIsNoReason.
    """
    check_submission(submission, at=at)
    forbid_reorganisation(
        reason,
        phrases=phrases,
        on=at.date(),
        about_reorganisation=procedure.about_reorganisation,
    )
    return e.Declined(
        code=code,
        procedure=procedure.code.base,
        procedure_version=procedure.version,
        procedure_name=procedure.name,
        channel=submission.channel,
        applicant=submission.applicant,
        place=submission.place,
        receiving_point=counter.receiving_point,
        receiving_official=counter.receiving_official,
        receiving_office=counter.receiving_office,
        received_at=submission.received_at,
        reason=reason,
        home_system=home_system,
    )


def check_submission(submission: Submission, *, at: datetime) -> None:
    """Raises ApplicantNeeded, ReceivedInTheFuture, LateEntryNeedsReason."""
    if not submission.applicant.name.strip():
        raise ApplicantNeeded("applicant.name")
    if submission.received_at > at:
        raise ReceivedInTheFuture(
            "received_at", given=submission.received_at.isoformat(), now=at.isoformat()
        )
    if submission.received_at < at and not submission.late_entry_reason.strip():
        raise LateEntryNeedsReason("late_entry_reason", given=submission.received_at.isoformat())


def transfer_until(received_at: datetime, calendar: WorkCalendar, policies: Policies) -> datetime:
    """The latest moment at which a dossier received elsewhere reaches the competent body.

    The same working day, or the next working morning when received late in the day.
    Source: NĐ 118/2025 Đ.18.2 as amended by NĐ 309/2026.
    """
    taken = calendar.next_opening(received_at)
    if taken.time() >= policies.transfer_next_morning_from:
        return calendar.opening_of(calendar.next_working_day(taken.date()))
    return calendar.closing_of(taken.date())


def forward(
    d: Dossier, *, process: Process, at: datetime, calendar: WorkCalendar, policies: Policies
) -> e.Forwarded:
    """Send the dossier to the body that resolves; a late transfer is recorded as late.

    Raises DossierEnded, NoSuchMove.
    """
    require_open(d)
    move = process.move(Act.FORWARD, d.stage)
    late = at > transfer_until(d.received_at, calendar, policies)
    return e.Forwarded(to_office=d.competent_office, stage=move.target, is_late=late)


def arrive(d: Dossier, *, at: datetime, calendar: WorkCalendar) -> e.Arrived:
    """Confirm that the competent body has the dossier: its clock starts.

    Raises DossierEnded, AlreadyArrived. Source: NĐ 309/2026 Đ.8.3.
    """
    require_open(d)
    if d.competent_received_at is not None or d.office != d.competent_office:
        raise AlreadyArrived("dossier", code=d.code)
    moment = d.due_at or at
    if d.term:
        moment = due(
            at,
            Term.parse(d.term),
            calendar,
            pauses=d.pauses,
            after_15h=d.counts_from_next_day_after_15h,
        ).at
    return e.Arrived(competent_received_at=at, due_at=moment)


def digitise(d: Dossier, *, paper: str, content_hash: str) -> e.Digitised:
    """Note that a paper of the dossier was scanned. Raises NotDigitisable."""
    if paper not in {given.name for given in d.papers}:
        raise NotDigitisable("paper", given=paper)
    return e.Digitised(paper=paper, content_hash=content_hash)


def _appointment(
    submission: Submission,
    procedure: Procedure,
    term: Term | None,
    start: datetime,
    calendar: WorkCalendar,
) -> datetime:
    if term is None:
        return _appointment_by_hand(submission, procedure)
    if submission.appointment is not None:
        raise AppointmentNotAllowed("appointment", term=str(term))
    flag = procedure.counts_from_next_day_after_15h
    return due(start, term, calendar, after_15h=flag).at


def _appointment_by_hand(submission: Submission, procedure: Procedure) -> datetime:
    if submission.appointment is None or not submission.appointment_basis.strip():
        raise AppointmentNeeded("appointment", procedure=str(procedure.code))
    if submission.appointment <= submission.received_at:
        raise AppointmentInThePast("appointment", given=submission.appointment.isoformat())
    return submission.appointment
