"""What comes over the counter: who wants what, how, when, with which papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import (
    ApplicantNeeded,
    LateEntryNeedsReason,
    ReceivedInTheFuture,
)
from thongsuot.domain.workdays import MomentWithoutZone


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

    Raises ApplicantNeeded, MomentWithoutZone, ReceivedInTheFuture, LateEntryNeedsReason.
    """
    if not submission.applicant.name.strip():
        raise ApplicantNeeded("applicant.name")
    received_at = submission.received_at
    if received_at.tzinfo is None:
        raise MomentWithoutZone("received_at", given=received_at.isoformat())
    if received_at > at:
        raise ReceivedInTheFuture("received_at", given=received_at.isoformat(), now=at.isoformat())
    if received_at < at and not submission.late_entry_reason.strip():
        raise LateEntryNeedsReason("late_entry_reason", given=received_at.isoformat())
