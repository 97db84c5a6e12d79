"""What we owe to partners, from its turn to the last word about it; each step is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongsuot.actions import links, notices
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
    Next,
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
from thongsuot.records import access, errands, exchange
from thongsuot.records import messages as records
from thongsuot.records import notices as letters
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
    until = at + lease
    claimed = records.claim(partner, at=at, until=until, limit=limit)
    worded = tuple(p if p.payload_hash != UNWORDED else telling.worded(p) for p in claimed)
    records.word(new for old, new in zip(claimed, worded, strict=True) if new is not old)
    parcels = (*worded, *errands.claim(partner, at=at, until=until, limit=limit))
    is_sound = {p.number: hash_of(p.payload) == p.payload_hash for p in parcels}
    sound = tuple(p for p in parcels if is_sound[p.number])
    changed = [p for p in parcels if not is_sound[p.number]]
    lines = [_line(p, Step.BEGUN, at, request=p.payload_hash) for p in sound]
    if changed:
        told = Aside("payload_changed")
        _settle([(p, told) for p in changed], at)
        lines += [_line(p, Step.SET_ASIDE, at, told=told.reason) for p in changed]
    exchange.enter(lines)
    return links.addressed(sound, at=at)


@transaction.atomic
def note(attempts: Sequence[Attempt], *, patience: Patience, at: datetime) -> tuple[int, int, int]:
    """Note how attempts ended; how many are done, are tried later, were set aside.

    A letter to the applicant that is done is also an event of its dossier.
    """
    results = [(a.parcel, _after(a, patience)) for a in attempts]
    gone = letters.unsent(p for p, then in results if isinstance(then, Done) and _is_letter(p))
    _settle(results, at)
    notices.note_sent(gone, at=at)
    lines = [line for a in attempts for line in _told(a)]
    aside = [(parcel, then) for parcel, then in results if isinstance(then, Aside)]
    lines += [_line(parcel, Step.SET_ASIDE, at, told=then.reason) for parcel, then in aside]
    exchange.enter(lines)
    done = sum(isinstance(then, Done) for _, then in results)
    return done, len(results) - done - len(aside), len(aside)


@transaction.atomic
def give_back(parcels: Iterable[Parcel], *, until: datetime) -> None:
    """Give back what was taken and never tried, because the partner is away."""
    given = list(parcels)
    records.release([one for one in given if not errands.is_errand(one)], until=until)
    errands.give_back([one for one in given if errands.is_errand(one)], until=until)


@transaction.atomic
def replay(numbers: Sequence[int], *, reason: object, by: Person, at: datetime) -> tuple[int, ...]:
    """Owe messages again that were set aside; which ones. Errands have negative numbers.

    Raises NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    found = [
        *map(_held, records.replay([one for one in numbers if one > 0], at=at)),
        *map(_held, errands.replay([-one for one in numbers if one < 0], at=at)),
    ]
    _enter(found, Step.REPLAYED, why, by, at)
    return tuple(one.number for one in found)


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
    found = [_held(row) for row in records.owe_again(partner, since=since, at=at)]
    _enter(found, Step.REPLAYED, why, by, at)
    return len(found)


@transaction.atomic
def skip(*, number: int, reason: object, by: Person, at: datetime) -> None:
    """Decide that a message or an errand is not owed any more: those after it go on.

    Raises NoSuchMessage, NoSuchErrand, NotYourRight, FieldNeeded, FieldTooLong.
    """
    why = _why(reason, by, at)
    if number < 0:
        errand = errands.waiting_for_people(-number)
        errands.skip(errand, at=at)
        _enter([_held(errand)], Step.SKIPPED, why, by, at)
        return
    row = records.waiting_for_people(number)
    records.skip(row, at=at)
    _enter([_held(row)], Step.SKIPPED, why, by, at)


def give_up(row: records.OutboxRow, *, why: str, by: str, at: datetime) -> None:
    """A message that its partner refused is not owed any more, in the caller's transaction."""
    records.skip(row, at=at)
    held = _held(row)
    line = Line(
        partner=held.partner,
        step=Step.SKIPPED,
        at=at,
        message=held.number,
        dossier=held.about,
        told=why[:LONGEST_REASON],
        by=by,
    )
    exchange.enter([line])


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
    _enter([_held(row)], Step.EDITED, why, by, at)


class TwiceHarms(RuleRefusal):
    """What a partner has is never sent to it again, unless it tells a repetition itself."""

    code = "twice_harms"


class MendedElsewhere(RuleRefusal):
    """A message that is mended may not become one about something else."""

    code = "message_mended_elsewhere"


def _is_letter(parcel: Parcel) -> bool:
    return parcel.partner == letters.PARTNER and not errands.is_errand(parcel)


def _settle(results: Sequence[tuple[Parcel, Next]], at: datetime) -> None:
    """Messages of dossiers and errands are kept apart, and delivered alike."""
    records.settle([one for one in results if not errands.is_errand(one[0])], at=at)
    errands.settle([one for one in results if errands.is_errand(one[0])], at=at)


def _why(reason: object, by: Person, at: datetime) -> str:
    duties = access.duties(by.account)
    duties.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())
    return reading.text("reason", reason, longest=LONGEST_REASON)


@dataclass(frozen=True, slots=True)
class _Held:
    """What people decide on, as the ledger names it."""

    partner: str
    number: int
    about: str


def _held(row: records.OutboxRow | errands.ErrandRow) -> _Held:
    if isinstance(row, errands.ErrandRow):
        told = row.parcel()
        return _Held(told.partner, told.number, told.dossier)
    return _Held(row.partner, row.pk, row.dossier.code)


def _enter(found: Sequence[_Held], step: Step, why: str, by: Person, at: datetime) -> None:
    by_partner: dict[str, list[Line]] = {}
    for one in found:
        line = Line(
            partner=one.partner,
            step=step,
            at=at,
            message=one.number,
            dossier=one.about,
            told=why,
            by=by.account,
        )
        by_partner.setdefault(one.partner, []).append(line)
    for lines in by_partner.values():
        exchange.enter(lines)


def _after(attempt: Attempt, patience: Patience) -> Next:
    return after(
        attempt.outcome,
        attempt=attempt.parcel.attempt,
        patience=patience,
        was_in_doubt=isinstance(attempt.asked, CannotTell),
    )


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
