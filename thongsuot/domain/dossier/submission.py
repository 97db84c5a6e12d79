"""What comes over the counter: who wants what, how, when, with which papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import (
    ApplicantNeeded,
    LateEntryNeedsReason,
    ReceivedInTheFuture,
    TextTooLong,
)
from thongsuot.domain.workdays import MomentWithoutZone

# How much of each text a dossier keeps: enough for any name that a register holds.
LONGEST = {
    "applicant.name": 200,
    "applicant.number": 20,
    "applicant.phone": 20,
    "applicant.email": 120,
    "applicant.address": 300,
    "applicant.proxy": 200,
    "place": 5,
    "case": 300,
    "identifiers.system": 40,
    "identifiers.code": 80,
}


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
    """A request as it was handed in, before anybody looked into it."""

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


def check(submission: Submission, *, at: datetime) -> None:
    """Let pass what can be kept at all.

    Raises ApplicantNeeded, TextTooLong, MomentWithoutZone, ReceivedInTheFuture,
    LateEntryNeedsReason.
    """
    if not submission.applicant.name.strip():
        raise ApplicantNeeded("applicant.name")
    for field, text in _texts(submission):
        if len(text) > LONGEST[field]:
            raise TextTooLong(field, field=field, longest=LONGEST[field])
    received_at = submission.received_at
    if received_at.tzinfo is None:
        raise MomentWithoutZone("received_at", given=received_at.isoformat())
    if received_at > at:
        raise ReceivedInTheFuture("received_at", given=received_at.isoformat(), now=at.isoformat())
    if received_at < at and not submission.late_entry_reason.strip():
        raise LateEntryNeedsReason("late_entry_reason", given=received_at.isoformat())


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    applicant = submission.applicant
    yield "applicant.name", applicant.name
    yield "applicant.number", applicant.number
    yield "applicant.phone", applicant.phone
    yield "applicant.email", applicant.email
    yield "applicant.address", applicant.address
    yield "applicant.proxy", applicant.proxy
    yield "place", submission.place.given
    yield "case", submission.case
    for identifier in submission.identifiers:
        yield "identifiers.system", identifier.system
        yield "identifiers.code", identifier.code
