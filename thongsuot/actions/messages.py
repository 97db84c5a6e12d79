"""What we owe to partners, from its turn to the last word about it; each step is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongsuot.actions import links
from thongsuot.actions.dossier import telling
from thongsuot.domain.duties import Person, Right
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
from thongsuot.domain.messages import UNWORDED, hash_of
from thongsuot.domain.refusal import Refusal as RuleRefusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange
from thongsuot.records import messages as records
from thongsuot.words import reading

LONGEST_REASON = 300

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

    What one of very many facts makes us owe is worded now, and fixed from here on. A message
    whose content is not what was fixed is set aside and never sent.
    """
    claimed = records.claim(partner, at=at, until=at + lease, limit=limit)
    parcels = tuple(p if p.payload_hash != UNWORDED else telling.worded(p) for p in claimed)
    records.word(new for old, new in zip(claimed, parcels, strict=True) if new is not old)
    sound = tuple(p for p in parcels if hash_of(p.payload) == p.payload_hash)
    changed = [p for p in parcels if p not in sound]
    lines = [_line(p, Step.BEGUN, at, request=p.payload_hash) for p in sound]
    if changed:
        told = Aside("payload_changed")
        records.settle([(p, told) for p in changed], at=at)
        lines += [_line(p, Step.SET_ASIDE, at, told=told.reason) for p in changed]
    exchange.enter(lines)
    return links.addressed(sound, at=at)


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


@transaction.atomic
def replay(numbers: Sequence[int], *, reason: object, by: Person, at: datetime) -> tuple[int, ...]:
    """Owe messages again that were set aside; which ones.

    Raises NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    rows = records.replay(numbers, at=at)
    _enter(rows, Step.REPLAYED, why, by, at)
    return tuple(row.pk for row in rows)


@transaction.atomic
def replay_since(partner: str, *, since: datetime, reason: object, by: Person, at: datetime) -> int:
    """Owe a partner once more what it acknowledged since a moment; how many messages.

    Only one whose connection says that the same twice does no harm. Raises TwiceHarms,
    NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    connected = exchange.connection_of(partner, at=at)
    if connected is None or connected.settings.get("send_in_doubt") is not True:
        raise TwiceHarms("partner", partner=partner)
    rows = records.owe_again(partner, since=since, at=at)
    _enter(rows, Step.REPLAYED, why, by, at)
    return len(rows)


@transaction.atomic
def skip(*, number: int, reason: object, by: Person, at: datetime) -> None:
    """Decide that a message is not owed any more: those after it go on.

    Raises NoSuchMessage, NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    row = records.waiting_for_people(number)
    records.skip(row, at=at)
    _enter([row], Step.SKIPPED, why, by, at)


@transaction.atomic
def mend(
    *, number: int, payload: Mapping[str, object], reason: object, by: Person, at: datetime
) -> None:
    """Change what a message says, and owe it again; what it said before is kept.

    It goes on speaking of the same fact of the same dossier. Raises NoSuchMessage,
    MendedElsewhere, NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    row = records.waiting_for_people(number)
    for name in ("code", "seq"):
        if payload.get(name) != row.payload.get(name):
            raise MendedElsewhere(name, given=str(payload.get(name, "")))
    records.mend(row, payload, reason=why, by=by.account, at=at)
    _enter([row], Step.EDITED, why, by, at)


class TwiceHarms(RuleRefusal):
    """What a partner has is never sent to it again, unless it tells a repetition itself."""

    code = "twice_harms"


class MendedElsewhere(RuleRefusal):
    """A message that is mended may not become one about something else."""

    code = "message_mended_elsewhere"


def _why(reason: object, by: Person, at: datetime) -> str:
    duties = access.duties(by.account)
    duties.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())
    return reading.text("reason", reason, longest=LONGEST_REASON)


def _enter(
    rows: Sequence[records.OutboxRow], step: Step, why: str, by: Person, at: datetime
) -> None:
    by_partner: dict[str, list[Line]] = {}
    for row in rows:
        line = Line(
            partner=row.partner,
            step=step,
            at=at,
            message=row.pk,
            dossier=row.dossier.code,
            told=why,
            by=by.account,
        )
        by_partner.setdefault(row.partner, []).append(line)
    for lines in by_partner.values():
        exchange.enter(lines)


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
