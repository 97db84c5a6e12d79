"""What partners send is taken in once each, or kept in quarantine with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from thongsuot.actions import applications, documents, land_steps, postal, remote
from thongsuot.actions.enquiries import take_payment
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import Arrival, Line, Step
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange
from thongsuot.records.messages import InboxRow, NoSuchArrival
from thongsuot.words import reading
from thongsuot.words.refusals import sentence

CAME, TAKEN_IN, QUARANTINED, DROPPED = "came", "taken_in", "quarantined", "dropped"

Take = Callable[[Arrival, datetime], str]
Read = Callable[[Arrival], Arrival]

# What is made of an arrival, by its kind: it returns the dossier that it concerns, or refuses.
# A change of this table is a change of what partners may do here.
TAKERS: dict[str, Take] = {
    remote.KIND: remote.take_in,
    "payment": take_payment,
    "postal": postal.take_move,
    "document": documents.take_document,
    "document_status": documents.take_document_word,
    applications.KIND: applications.take_in,
    land_steps.KIND: land_steps.take_in,
}


class ArrivalUnreadable(Refusal):
    """What came is no message of the partner's that we know how to read."""

    code = "arrival_unreadable"
    kind = Kind.MALFORMED


class KindNotTaken(Refusal):
    """A partner sent something that nothing here takes."""

    code = "arrival_kind_unknown"
    kind = Kind.UNKNOWN


@transaction.atomic
def take_in(arrival: Arrival, *, at: datetime, read: Read | None = None) -> str:
    """Take in what a partner sent; whether it was taken in, came before, or is in quarantine.

    The same key comes to effect once, however often it arrives. What cannot be understood is
    kept as it came, with the reason, and only then does the partner hear that we have it.
    `read` turns the partner's own words into neutral ones; what is kept are the partner's.
    """
    row, is_new = _kept(arrival, at, is_raw=read is not None)
    if is_new:
        _settle(row, arrival, at, read)
    return row.state


@transaction.atomic
def keep(arrival: Arrival, *, at: datetime) -> bool:
    """Keep what a partner pushed, in its own words, to be read soon; whether it is new."""
    _, is_new = _kept(arrival, at, is_raw=True)
    return is_new


@transaction.atomic
def understand(number: int, read: Read, *, at: datetime) -> str:
    """Read what was kept and make of it what it asks for; how it stands now, "" if it is gone."""
    rows = InboxRow.objects.select_for_update(skip_locked=True)
    row = rows.filter(pk=number, state=CAME).first()
    if row is None:
        return ""
    _settle(row, _arrival(row), at, read)
    return row.state


def unread(partner: str, *, limit: int) -> tuple[int, ...]:
    """What a partner sent and nobody has read yet, the oldest first."""
    rows = InboxRow.objects.filter(partner=partner, state=CAME).order_by("pk")
    return tuple(rows.values_list("pk", flat=True)[:limit])


def partners_unread() -> tuple[str, ...]:
    """Whose messages wait to be read."""
    rows = InboxRow.objects.filter(state=CAME).order_by("partner")
    return tuple(rows.values_list("partner", flat=True).distinct())


def strangers(arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """Those of a partner's list that it did not show before."""
    if not arrivals:
        return ()
    rows = InboxRow.objects.filter(
        partner=arrivals[0].partner, key__in=[one.key for one in arrivals]
    )
    known = set(rows.values_list("key", flat=True))
    return tuple(one for one in arrivals if one.key not in known)


@transaction.atomic
def try_again(*, number: int, by: Person, at: datetime) -> str:
    """Try once more what is in quarantine, after its cause was mended; how it stands now.

    What is in the partner's own words waits until its connector has read it anew.
    Raises NoSuchArrival, NotYourRight.
    """
    _require(by, at)
    row = _in_quarantine(number)
    if not row.is_raw:
        _settle(row, _arrival(row), at, None)
        return row.state
    row.state = CAME
    row.save(update_fields=["state"])
    exchange.enter([_line(row, Step.REPLAYED, at, by=by.account)])
    return row.state


@transaction.atomic
def drop(*, number: int, reason: object, by: Person, at: datetime) -> None:
    """Decide that nothing is made of an arrival; it stays, with the reason and the name.

    Raises NoSuchArrival, NotYourRight, FieldNeeded, FieldTooLong.
    """
    _require(by, at)
    row = _in_quarantine(number)
    row.state, row.reason = DROPPED, reading.text("reason", reason, longest=300)
    row.settled_at = at
    row.save(update_fields=["state", "reason", "settled_at"])
    exchange.enter([_line(row, Step.DROPPED, at, by=by.account)])


def _kept(arrival: Arrival, at: datetime, *, is_raw: bool) -> tuple[InboxRow, bool]:
    row, is_new = InboxRow.objects.select_for_update().get_or_create(
        partner=arrival.partner,
        key=arrival.key,
        defaults={
            "kind": arrival.kind,
            "body": dict(arrival.body),
            "state": CAME if is_raw else QUARANTINED,
            "said_at": arrival.said_at,
            "came_at": at,
            "is_raw": is_raw,
        },
    )
    if not is_new:
        row.times += 1
        row.save(update_fields=["times"])
    exchange.enter([_line(row, Step.ARRIVED if is_new else Step.REPEATED, at)])
    return row, is_new


def _arrival(row: InboxRow) -> Arrival:
    return Arrival(row.partner, row.key, row.kind, row.body, row.said_at)


def _settle(row: InboxRow, arrival: Arrival, at: datetime, read: Read | None) -> None:
    try:
        with transaction.atomic():
            neutral = read(arrival) if read else arrival
            row.kind = neutral.kind
            row.dossier = _taker(neutral)(neutral, at)
    except Refusal as refusal:
        row.state, row.reason = QUARANTINED, sentence(refusal)[:300]
    else:
        row.state, row.reason, row.settled_at = TAKEN_IN, "", at
    row.save(update_fields=["kind", "state", "reason", "dossier", "settled_at"])
    step = Step.TAKEN_IN if row.state == TAKEN_IN else Step.QUARANTINED
    exchange.enter([_line(row, step, at)])


def _taker(arrival: Arrival) -> Take:
    taker = TAKERS.get(arrival.kind)
    if taker is None:
        raise KindNotTaken("kind", given=arrival.kind, partner=arrival.partner)
    return taker


def _in_quarantine(number: int) -> InboxRow:
    rows = InboxRow.objects.select_for_update()
    row = rows.filter(pk=number, state=QUARANTINED).first()
    if row is None:
        raise NoSuchArrival("arrival", given=number)
    return row


def _require(by: Person, at: datetime) -> None:
    duties = access.duties(by.account)
    duties.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())


def _line(row: InboxRow, step: Step, at: datetime, *, by: str = "") -> Line:
    return Line(
        partner=row.partner,
        step=step,
        at=at,
        message=row.pk,
        dossier=row.dossier,
        told=row.reason or row.key,
        by=by,
    )
