"""What we owe to partners, from its turn to the last word about it; each step is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongsuot.domain.exchange import (
    Acknowledged,
    Aside,
    CannotTell,
    Done,
    Doubtful,
    Failed,
    Line,
    NotTaken,
    Outcome,
    Parcel,
    Patience,
    Refused,
    Step,
    Taken,
    Unavailable,
    after,
    digest,
)
from thongsuot.domain.exchange.outcome import Asked
from thongsuot.domain.messages import hash_of
from thongsuot.records import exchange
from thongsuot.records import messages as records

_STEPS: dict[type, Step] = {
    Acknowledged: Step.ACKNOWLEDGED,
    Refused: Step.REFUSED,
    Failed: Step.FAILED,
    Unavailable: Step.UNAVAILABLE,
    Doubtful: Step.DOUBTFUL,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One message that was tried: how it ended, and what went over the wire.

    `asked` is what the partner said before, where it was asked.
    """

    parcel: Parcel
    outcome: Outcome
    at: datetime
    request: bytes = b""
    answer: bytes = b""
    asked: Asked | None = None


@transaction.atomic
def take(partner: str, *, at: datetime, lease: timedelta, limit: int) -> tuple[Parcel, ...]:
    """The messages whose turn it is, ours alone until the lease ends; each begins in the ledger.

    A message whose content is not what was fixed at the fact is set aside and never sent.
    """
    parcels = records.claim(partner, at=at, until=at + lease, limit=limit)
    sound = tuple(p for p in parcels if hash_of(p.payload) == p.payload_hash)
    changed = [p for p in parcels if p not in sound]
    lines = [_line(p, Step.BEGUN, at, request=p.payload_hash) for p in sound]
    if changed:
        told = Aside("payload_changed")
        records.settle([(p, told) for p in changed], at=at)
        lines += [_line(p, Step.SET_ASIDE, at, told=told.reason) for p in changed]
    exchange.enter(lines)
    return sound


@transaction.atomic
def note(attempts: Sequence[Attempt], *, patience: Patience, at: datetime) -> tuple[int, int, int]:
    """Note how attempts ended; how many are done, are tried later, were set aside."""
    results = [
        (a.parcel, after(a.outcome, attempt=a.parcel.attempt, patience=patience)) for a in attempts
    ]
    records.settle(results, at=at)
    lines = [line for a in attempts for line in _told(a)]
    aside = [(parcel, then) for parcel, then in results if isinstance(then, Aside)]
    lines += [_line(parcel, Step.SET_ASIDE, at, told=then.reason) for parcel, then in aside]
    exchange.enter(lines)
    done = sum(isinstance(then, Done) for _, then in results)
    return done, len(results) - done - len(aside), len(aside)


@transaction.atomic
def give_back(parcels: Iterable[Parcel], *, until: datetime) -> None:
    """Give back what was taken and never tried, because the partner is away."""
    records.release(parcels, until=until)


def _told(attempt: Attempt) -> tuple[Line, ...]:
    parcel, outcome = attempt.parcel, attempt.outcome
    asked = _asked(attempt)
    if isinstance(attempt.asked, Taken):
        return (asked,)
    step = _line(
        parcel,
        _STEPS[type(outcome)],
        attempt.at,
        request=digest(attempt.request),
        answer=digest(attempt.answer),
        told=_words(outcome),
    )
    return (asked, step) if attempt.asked else (step,)


def _asked(attempt: Attempt) -> Line:
    match attempt.asked:
        case Taken(reference):
            told = f"taken {reference}".strip()
        case NotTaken():
            told = "not taken"
        case CannotTell(reason):
            told = f"cannot tell: {reason}"
        case None:
            told = ""
    return _line(attempt.parcel, Step.ASKED, attempt.at, told=told)


def _words(outcome: Outcome) -> str:
    match outcome:
        case Acknowledged(reference):
            return reference
        case Refused(code, reason):
            return f"{code}: {reason}" if code else reason
        case _:
            return outcome.reason


def _line(
    parcel: Parcel, step: Step, at: datetime, *, request: str = "", answer: str = "", told: str = ""
) -> Line:
    return Line(
        partner=parcel.partner,
        step=step,
        at=at,
        message=parcel.number,
        dossier=parcel.dossier,
        request=request,
        answer=answer,
        told=told[:300],
    )
