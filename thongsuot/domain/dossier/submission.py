"""What comes over the counter: who wants what, how, when, with which papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.dossier.refusals import (
    ApplicantNeeded,
    LateEntryNeedsReason,
    ProxyPaperNeeded,
    ReceivedInTheFuture,
    RepresentativeNeeded,
)
from thongsuot.domain.workdays import MomentWithoutZone

# A paper of this name is the written authority itself.
_AUTHORITY = ("uy", "quyen")


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
    aware_of: tuple[str, ...] = ()


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


def require_authority(submission: Submission) -> None:
    """Let pass who may bring the dossier: the applicant, or somebody with a written authority.

    The authority is a paper of the dossier, or is named by its number and day; where a law lets
    somebody do without, that rule is named instead.
    Raises RepresentativeNeeded, ProxyPaperNeeded. Source: NĐ 118/2025/NĐ-CP Đ.6.
    """
    who = submission.applicant
    if who.kind is e.ApplicantKind.ORGANISATION and not (who.representative or who.proxy):
        raise RepresentativeNeeded("applicant.representative")
    if not who.proxy or who.proxy_paper.strip() or who.proxy_exception.strip():
        return
    if not any(_is_authority(paper.name) for paper in submission.papers):
        raise ProxyPaperNeeded("applicant.proxy_paper", proxy=who.proxy)


def _is_authority(paper: str) -> bool:
    words = fold(paper)
    return any(words[at : at + 2] == _AUTHORITY for at in range(len(words)))
