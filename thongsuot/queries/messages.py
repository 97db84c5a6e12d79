"""What we owe to whom, since when, what waits for people, and whether the ledgers hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Manager, Min, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.exchange import Fault, Step, faults
from thongsuot.domain.exchange.ledger import BEGINNING
from thongsuot.domain.looks import ReadingToken
from thongsuot.queries import access
from thongsuot.records import exchange
from thongsuot.records.dossier import DossierRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import ControlTotalRow, LedgerRow
from thongsuot.records.messages import (
    InboxRow,
    NoSuchMessage,
    OutboxRow,
    PartnerRow,
    PayloadBeforeRow,
)
from thongsuot.records.searching import holding
from thongsuot.words.exchange import PARTNER

PAGE = 100
FOUND_AT_MOST = 2_000
MARKED_AT_MOST = 10_000


class Owed(StrEnum):
    """How a message stands."""

    WAITING = "waiting"
    DOUBT = "doubt"  # it left, and nobody knows whether it arrived
    ASIDE = "aside"
    ACKNOWLEDGED = "acknowledged"
    SKIPPED = "skipped"


_UNSENT = Q(sent_at=None)
_STANDS: Mapping[Owed, Q] = {
    Owed.WAITING: _UNSENT & Q(set_aside_at=None),
    Owed.DOUBT: _UNSENT & Q(set_aside_at=None) & (Q(is_doubtful=True) | Q(is_leased=True)),
    Owed.ASIDE: _UNSENT & Q(set_aside_at__isnull=False),
    Owed.ACKNOWLEDGED: Q(sent_at__isnull=False, is_skipped=False),
    Owed.SKIPPED: Q(is_skipped=True),
}


# Messages owed and what comes are numbered apart; these steps are of what comes.
_COMING = tuple(
    step.value
    for step in (Step.ARRIVED, Step.REPEATED, Step.QUARANTINED, Step.TAKEN_IN, Step.DROPPED)
)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """How it stands with one partner: messages of dossiers and errands together."""

    partner: str
    waiting: int
    doubtful: int
    aside: int
    acknowledged: int
    skipped: int
    quarantined: int
    oldest: datetime | None
    ever: int = 0
    name: str = ""
    errands_waiting: int = 0
    errands_aside: int = 0

    @property
    def owed(self) -> int:
        """How much is owed in all; with what was acknowledged and skipped, all that ever was."""
        return self.waiting + self.aside

    @property
    def messages_waiting(self) -> int:
        """How many messages of dossiers wait to be sent."""
        return self.waiting - self.errands_waiting

    @property
    def messages_aside(self) -> int:
        """How many messages of dossiers wait for people."""
        return self.aside - self.errands_aside

    @property
    def difference(self) -> int:
        """How many are neither acknowledged, skipped, waiting nor set aside: none."""
        return self.ever - self.acknowledged - self.skipped - self.waiting - self.aside


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a ledger."""

    number: int
    step: str
    at: datetime
    told: str
    by: str
    partner: str = ""
    message: int = 0
    dossier: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """What we and a partner each count of one day."""

    partner: str
    day: date
    name: str
    ours: int
    theirs: int

    @property
    def differs(self) -> bool:
        """Whether people must look why."""
        return self.ours != self.theirs


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of messages is narrowed to; what is empty does not."""

    state: Owed | None = None
    partner: str = ""
    kind: str = ""
    search: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message owed, without what it says."""

    number: int
    partner: str
    dossier: str
    seq: int
    kind: str
    event: str
    state: Owed
    owed_at: datetime
    attempts: int
    next_try_at: datetime | None
    settled_at: datetime | None
    reason: str
    reference: str


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """Some messages, and after which number the next page begins (0 at the end)."""

    lines: tuple[MessageLine, ...]
    next: int


@dataclass(frozen=True, slots=True)
class BeforeLine:
    """What a message said before people mended it."""

    payload: Mapping[str, Any]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, and what it said before it was mended."""

    payload: Mapping[str, Any]
    before: tuple[BeforeLine, ...]


def require_exchange(by: Person, *, on: date) -> None:
    """Only who keeps the systems of the whole province sees the exchange. Raises NotYourRight."""
    if "" not in access.holding(by, Right.SYSTEMS, on=on):
        raise NotYourRight("by", person=by.name, right=Right.SYSTEMS.value)


def partners() -> dict[str, str]:
    """The names of the partners, by code."""
    return dict(PartnerRow.objects.order_by("code", "id").values_list("code", "name"))


def names() -> dict[str, str]:
    """The names of all that are owed something: the partners, and the post office."""
    return PARTNER | partners()


def standing() -> tuple[PartnerLine, ...]:
    """How it stands with each partner that we owe or that sent us something."""
    kept = InboxRow.objects.filter(state="quarantined").values("partner").annotate(n=Count("id"))
    held = {row["partner"]: row["n"] for row in kept}
    messages_of, errands_of = _counts(OutboxRow.objects), _counts(ErrandRow.objects)
    known = names()
    lines = []
    for partner in sorted({*messages_of, *errands_of, *held}):
        of = [told[partner] for told in (messages_of, errands_of) if partner in told]
        both = {name: sum(told[name] for told in of) for name in ("ever", *Owed)}
        own = errands_of.get(partner, {})
        lines.append(
            PartnerLine(
                partner=partner,
                waiting=both[Owed.WAITING],
                doubtful=both[Owed.DOUBT],
                aside=both[Owed.ASIDE],
                acknowledged=both[Owed.ACKNOWLEDGED],
                skipped=both[Owed.SKIPPED],
                quarantined=held.get(partner, 0),
                oldest=min((told["oldest"] for told in of if told["oldest"]), default=None),
                ever=both["ever"],
                name=known.get(partner, partner),
                errands_waiting=own.get(Owed.WAITING, 0),
                errands_aside=own.get(Owed.ASIDE, 0),
            )
        )
    return tuple(lines)


def _counts(rows: Manager[OutboxRow] | Manager[ErrandRow]) -> dict[str, dict[str, Any]]:
    """How what is owed stands, by partner."""
    told = rows.values("partner").annotate(
        ever=Count("id"),
        **{state.value: Count("id", filter=stands) for state, stands in _STANDS.items()},
        oldest=Min("owed_at", filter=_UNSENT),
    )
    return {row["partner"]: dict(row) for row in told}


def messages(sought: Sought, *, after: int = 0, limit: int = PAGE) -> MessagesPage:
    """A page of messages: what is settled the newest first, else the oldest first."""
    is_settled = sought.state in (None, Owed.ACKNOWLEDGED, Owed.SKIPPED)
    rows = _sought(sought)
    if after:
        rows = rows.filter(id__lt=after) if is_settled else rows.filter(id__gt=after)
    found = list(rows.order_by("-id" if is_settled else "id")[: limit + 1])
    following = found[limit - 1].pk if len(found) > limit else 0
    return MessagesPage(tuple(_line(row) for row in found[:limit]), following)


def aside(sought: Sought, *, limit: int) -> tuple[int, ...]:
    """The numbers of messages set aside among those sought, the oldest first."""
    rows = _sought(sought).filter(_STANDS[Owed.ASIDE]).order_by("id")
    return tuple(rows.values_list("id", flat=True)[:limit])


def counted(sought: Sought) -> dict[Owed, int]:
    """How many of the messages sought stand how."""
    told = _sought(sought).aggregate(
        **{state.value: Count("id", filter=stands) for state, stands in _STANDS.items()}
    )
    return {state: told[state.value] for state in Owed}


def message(number: int) -> MessageLine:
    """One message, without what it says. Raises NoSuchMessage."""
    return _line(_row(number))


def content(number: int, *, reading: ReadingToken) -> Content:
    """What a message says, the look at its dossier logged. Raises NoSuchMessage."""
    row = _row(number)
    reading.require(row.dossier.code)
    before = PayloadBeforeRow.objects.filter(message=row).order_by("id")
    return Content(row.payload, tuple(BeforeLine(b.payload, b.reason, b.by, b.at) for b in before))


def differences(
    before: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """Where two contents differ: the place, what stood there, what stands there now."""
    was, stands = dict(_flat(before)), dict(_flat(now))
    places = dict.fromkeys([*was, *stands])
    return tuple(
        (place, was.get(place, ""), stands.get(place, ""))
        for place in places
        if was.get(place) != stands.get(place)
    )


def ledger_of(number: int, *, partner: str) -> tuple[LedgerLine, ...]:
    """Everything that happened with one message owed, in order."""
    rows = LedgerRow.objects.filter(partner=partner, message=number).exclude(step__in=_COMING)
    return tuple(_ledger_line(row) for row in rows.order_by("number"))


def ledger_of_arrival(number: int, *, partner: str) -> tuple[LedgerLine, ...]:
    """Everything that happened with one thing that came, in order."""
    rows = LedgerRow.objects.filter(partner=partner, message=number, step__in=_COMING)
    return tuple(_ledger_line(row) for row in rows.order_by("number"))


def ledger(
    *, partner: str = "", search: str = "", before: int = 0, limit: int = PAGE
) -> tuple[tuple[LedgerLine, ...], int]:
    """Lines of the ledgers, the newest first, and before which the next page begins (0: end)."""
    rows = LedgerRow.objects.order_by("-id")
    if partner:
        rows = rows.filter(partner=partner)
    if search:
        rows = rows.filter(_of(search))
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: limit + 1])
    following = found[limit - 1].pk if len(found) > limit else 0
    return tuple(_ledger_line(row) for row in found[:limit]), following


def totals(*, partner: str = "", limit: int = 30) -> tuple[TotalLine, ...]:
    """The figures of the last days on both sides, the newest first."""
    rows = ControlTotalRow.objects.order_by("-day", "partner", "name")
    if partner:
        rows = rows.filter(partner=partner)
    return tuple(TotalLine(r.partner, r.day, r.name, r.ours, r.theirs) for r in rows[:limit])


def verify(partner: str = "") -> tuple[Fault, ...]:
    """Where the ledgers do not hold: a line edited, removed, moved, or cut off; none when sound."""
    heads = exchange.heads()
    # A chain whose head is gone has lines that nothing vouches for.
    known = {*heads, *LedgerRow.objects.values_list("partner", flat=True).distinct()}
    wanted = [partner] if partner else sorted(known)
    beginning = (0, BEGINNING)
    return tuple(
        fault
        for one in wanted
        for fault in faults(one, exchange.ledger(one), head=heads.get(one, beginning))
    )


def _sought(sought: Sought) -> QuerySet[OutboxRow]:
    rows = (
        OutboxRow.objects.select_related("dossier")
        .defer("payload")
        .annotate(event=KeyTextTransform("event", "payload"))
    )
    if sought.state:
        rows = rows.filter(_STANDS[sought.state])
    exact = {"partner": sought.partner, "kind": sought.kind}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if sought.search:
        dossiers = DossierRow.objects.filter(holding(sought.search)).order_by("-id")
        wanted = Q(dossier__in=list(dossiers.values_list("pk", flat=True)[:FOUND_AT_MOST]))
        if sought.search.isdecimal() and len(sought.search) <= 15:
            wanted |= Q(pk=int(sought.search))
        rows = rows.filter(wanted)
    if sought.marked:
        rows = rows.filter(pk__in=_marked(sought.marked))
    return rows


def _marked(reason: str) -> list[int]:
    """The messages that were owed again for the same reason."""
    lines = LedgerRow.objects.filter(step=Step.REPLAYED.value, told=reason).order_by("-id")
    return list(lines.values_list("message", flat=True)[:MARKED_AT_MOST])


def _of(search: str) -> Q:
    wanted = Q(dossier__icontains=search.replace(" ", ""))
    if search.isdecimal() and len(search) <= 15:
        wanted |= Q(message=int(search))
    return wanted


def _row(number: int) -> OutboxRow:
    row = _sought(Sought()).filter(pk=number).first()
    if row is None:
        raise NoSuchMessage("message", given=number)
    return row


def _line(row: OutboxRow) -> MessageLine:
    return MessageLine(
        number=row.pk,
        partner=row.partner,
        dossier=row.dossier.code,
        seq=row.seq,
        kind=row.kind,
        event=getattr(row, "event", "") or "",
        state=_state(row),
        owed_at=row.owed_at,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        settled_at=row.sent_at or row.set_aside_at,
        reason=row.last_error,
        reference=row.reference,
    )


def _state(row: OutboxRow) -> Owed:
    if row.is_skipped:
        return Owed.SKIPPED
    if row.sent_at:
        return Owed.ACKNOWLEDGED
    if row.set_aside_at:
        return Owed.ASIDE
    return Owed.DOUBT if row.is_doubtful or row.is_leased else Owed.WAITING


def _ledger_line(row: LedgerRow) -> LedgerLine:
    return LedgerLine(
        row.number,
        row.step,
        row.at,
        row.told,
        row.by,
        row.partner,
        row.message,
        row.dossier,
        row.digest,
    )


def _flat(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    parts: Iterable[tuple[object, object]]
    if isinstance(value, Mapping) and value:
        parts = value.items()
    elif isinstance(value, list | tuple) and value:
        parts = enumerate(value, 1)
    else:
        yield place, "" if value is None else str(value)
        return
    for name, part in parts:
        yield from _flat(part, f"{place}.{name}" if place else str(name))
