"""The counter: a dossier comes in, or does not, and goes to the body that resolves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.deadline import Term, due
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import require_no_day_off
from thongsuot.domain.dossier.papers import require_scannable
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.reasons import Phrase, forbid_reorganisation
from thongsuot.domain.dossier.refusals import (
    AppointmentInThePast,
    AppointmentNeeded,
    AppointmentNotAllowed,
)
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.dossier.submission import Counter, Submission, check, require_authority
from thongsuot.domain.dossier.transfer import arrive, forward, transfer_until
from thongsuot.domain.workdays import VIETNAM, MomentWithoutZone, WorkCalendar
from thongsuot.domain.workflow import Process

__all__ = [
    "Counter",
    "Reported",
    "Submission",
    "arrive",
    "check",
    "decline",
    "digitise",
    "forward",
    "receive",
    "take_over",
    "transfer_until",
]


@dataclass(frozen=True, slots=True)
class Reported:
    """A dossier as another system tells it: its code and appointment are kept as told."""

    system: str
    code: str
    due_at: datetime


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
    Raises ApplicantNeeded, RepresentativeNeeded, ProxyPaperNeeded, ReceivedInTheFuture,
    LateEntryNeedsReason, AppointmentNeeded, AppointmentNotAllowed, AppointmentInThePast,
    DayOff, NoSuchCase, NoSuchChannel, NoCalendarForYear.
    Source: NĐ 118/2025 Đ.6, Đ.17.
    """
    check(submission, at=at)
    require_authority(submission)
    term = procedure.term_for(submission.case, submission.channel)
    arrived = counter.receiving_office == counter.competent_office
    start = submission.received_at
    if not arrived:
        start = transfer_until(submission.received_at, calendar, policies)
    return _received(
        submission,
        code=code,
        counter=counter,
        procedure=procedure,
        process=process,
        term=term,
        promised=_appointment(submission, procedure, term, start, calendar),
        competent_received_at=submission.received_at if arrived else None,
        calendar_version=calendar.version,
        home_system=home_system,
    )


def take_over(
    submission: Submission,
    *,
    reported: Reported,
    counter: Counter,
    procedure: Procedure,
    process: Process,
    calendar_version: str,
    home_system: str,
    at: datetime,
) -> e.Received:
    """Take over a dossier that another system received: code and appointment stay as reported.

    No calendar is asked, so one of a year that we do not know can be taken over too.
    Raises ApplicantNeeded, ReceivedInTheFuture, LateEntryNeedsReason, AppointmentInThePast,
    NoSuchCase, NoSuchChannel.
    """
    check(submission, at=at)
    if reported.due_at <= submission.received_at:
        raise AppointmentInThePast("due_at", given=reported.due_at.isoformat())
    told = _received(
        submission,
        code=reported.code,
        counter=counter,
        procedure=procedure,
        process=process,
        term=procedure.term_for(submission.case, submission.channel),
        promised=reported.due_at,
        competent_received_at=submission.received_at,
        calendar_version=calendar_version,
        home_system=home_system,
    )
    return replace(told, reported_by=reported.system)


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
    check(submission, at=at)
    forbid_reorganisation(
        reason,
        phrases=phrases,
        on=at.astimezone(VIETNAM).date(),
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
        case=submission.case,
        identifiers=submission.identifiers,
        papers=submission.papers,
        late_entry_reason=submission.late_entry_reason,
    )


def digitise(d: Dossier, *, paper: str, content_hash: str) -> e.Digitised:
    """Note that a paper of the dossier was scanned.

    Raises DossierEnded, NotDigitisable, PaperIsSecret.
    """
    require_scannable(d, paper)
    return e.Digitised(paper=paper, content_hash=content_hash)


def _received(
    submission: Submission,
    *,
    code: str,
    counter: Counter,
    procedure: Procedure,
    process: Process,
    term: Term | None,
    promised: datetime,
    competent_received_at: datetime | None,
    calendar_version: str,
    home_system: str,
) -> e.Received:
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
        competent_received_at=competent_received_at,
        term=str(term) if term else "",
        counts_from_next_day_after_15h=procedure.counts_from_next_day_after_15h,
        calendar_version=calendar_version,
        promised_at=promised,
        due_at=promised,
        stage=process.start.key,
        home_system=home_system,
        identifiers=submission.identifiers,
        papers=submission.papers,
        parent=submission.parent,
        late_entry_reason=submission.late_entry_reason,
        appointment_basis=submission.appointment_basis,
        aware_of=submission.aware_of,
    )


def _appointment(
    submission: Submission,
    procedure: Procedure,
    term: Term | None,
    start: datetime,
    calendar: WorkCalendar,
) -> datetime:
    if term is None:
        return _appointment_by_hand(submission, procedure, calendar)
    if submission.appointment is not None:
        raise AppointmentNotAllowed("appointment", term=str(term))
    flag = procedure.counts_from_next_day_after_15h
    return due(start, term, calendar, after_15h=flag).at


def _appointment_by_hand(
    submission: Submission, procedure: Procedure, calendar: WorkCalendar
) -> datetime:
    if submission.appointment is None or not submission.appointment_basis.strip():
        raise AppointmentNeeded("appointment", procedure=str(procedure.code))
    if submission.appointment.tzinfo is None:
        raise MomentWithoutZone("appointment", given=submission.appointment.isoformat())
    if submission.appointment <= submission.received_at:
        raise AppointmentInThePast("appointment", given=submission.appointment.isoformat())
    require_no_day_off("appointment", submission.appointment, calendar)
    return submission.appointment
