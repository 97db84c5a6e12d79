"""A dossier held elsewhere is what its system said last; where we hold it too, both must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from thongsuot.domain.dossier import Status

# A partner's clock, and what it cuts off a moment, may differ from ours by so much.
TOLERANCE = timedelta(minutes=1)
OVER = frozenset({Status.FINISHED, Status.RETURNED, Status.STOPPED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class RemoteDossier:
    """A dossier as another system told of it at `said_at`; without its applicant."""

    partner: str
    code: str
    procedure: str
    status: Status
    raw_status: str
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    said_at: datetime
    field: str = ""
    channel: str = ""
    body: str = ""
    step: str = ""
    holder: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its system is done with it."""
        return self.ended_at is not None or self.status in OVER


@dataclass(frozen=True, slots=True)
class Held:
    """What we hold of the same dossier ourselves."""

    code: str
    procedure: str
    received_at: datetime
    due_at: datetime | None
    is_over: bool
    is_moved: bool = False  # handed to that system, which alone says how it goes on


class Aspect(StrEnum):
    """In what two systems disagree."""

    PROCEDURE = "procedure"
    RECEIVED = "received"
    DUE = "due"
    ENDED = "ended"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Divergence:
    """One thing told differently here and there; neither is changed by the other."""

    aspect: Aspect
    ours: str
    theirs: str


def is_newer(told: RemoteDossier, kept: RemoteDossier | None) -> bool:
    """Whether what is told comes after what is kept; a late message never undoes a later one."""
    return kept is None or told.said_at >= kept.said_at


def divergences(told: RemoteDossier, held: Held | None, *, place: str) -> Iterator[Divergence]:
    """In what a remote dossier disagrees with us; `place` is the partner that should have it.

    `place` is "" where the rules do not say. Local facts are compared, never overwritten.
    """
    if place not in ("", told.partner) and held is None:
        yield Divergence(Aspect.PLACE, place, told.partner)
    if held is None:
        return
    if held.procedure != told.procedure:
        yield Divergence(Aspect.PROCEDURE, held.procedure, told.procedure)
    if not _same(held.received_at, told.received_at):
        yield Divergence(Aspect.RECEIVED, _said(held.received_at), _said(told.received_at))
    if held.is_moved:
        return
    if not _same(held.due_at, told.due_at):
        yield Divergence(Aspect.DUE, _said(held.due_at), _said(told.due_at))
    if held.is_over != told.is_over:
        yield Divergence(Aspect.ENDED, _over(held.is_over), _over(told.is_over))


def _same(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < TOLERANCE


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _over(is_over: bool) -> str:
    return "over" if is_over else "open"
