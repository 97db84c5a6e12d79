"""How a question to a partner stands, and which partners may be asked now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import ConnectionState, EnquiryKind, EnquiryState
from thongsuot.domain.exchange.enquiry import PARTNER, waited_for
from thongsuot.records import enquiries as records
from thongsuot.records import exchange
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.words import enquiries as words


@dataclass(frozen=True, slots=True)
class EnquiryLine:
    """A question as whoever put it sees it; `silent_since` is since when its partner is away."""

    number: int
    kind: EnquiryKind
    about: str
    state: EnquiryState
    said: str
    answer: Mapping[str, Any]
    asked_at: datetime
    answered_at: datetime | None
    silent_since: datetime | None

    @property
    def url(self) -> str:
        """The page to go on with, where the answer is one."""
        return str(self.answer.get("url", ""))

    @property
    def field(self) -> str:
        """The field whose set-up was read, where the answer is one."""
        return str(self.answer.get("field", ""))

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.state is not EnquiryState.WAITING


def enquiry(number: int, *, account: str, at: datetime) -> EnquiryLine:
    """A question of somebody. Raises NoSuchEnquiry.

    One that waited longer than anybody does is as good as unanswered.
    """
    row = records.own(number, account)
    state = _state(row, at)
    is_away = state is EnquiryState.AWAY
    kind = EnquiryKind(row.kind)
    return EnquiryLine(
        number=row.pk,
        kind=kind,
        about=row.about,
        state=state,
        said=words.said(kind, state, row.answer),
        answer=row.answer,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        silent_since=records.silent_since(row.partner) if is_away else None,
    )


def askable(*, at: datetime) -> frozenset[EnquiryKind]:
    """What may be asked at this moment: whose partner is connected."""
    known = {
        row.partner for row in exchange.connected(at=at) if row.state != ConnectionState.FROZEN
    }
    return frozenset(kind for kind, partner in PARTNER.items() if partner in known)


def is_connected(partner: str, *, at: datetime) -> bool:
    """Whether a partner may be asked at this moment."""
    row = exchange.connection_of(partner, at=at) if partner else None
    return row is not None and row.state != ConnectionState.FROZEN


@dataclass(frozen=True, slots=True)
class StoreOffer:
    """A paper that the electronic document store holds, by its place in the answer."""

    place: int
    title: str
    number: str
    body: str

    @property
    def key(self) -> str:
        """Its place as a form names it."""
        return str(self.place)


@dataclass(frozen=True, slots=True)
class FetchLine:
    """A paper that was to be taken from the store into a dossier, and what came of it."""

    said: str
    asked_at: datetime


def store_offers(line: EnquiryLine | None) -> tuple[StoreOffer, ...]:
    """The papers of an answer; none where it is no such answer."""
    if line is None or line.kind is not EnquiryKind.PAPERS:
        return ()
    offers = line.answer.get("offers", ())
    return tuple(
        StoreOffer(place, one["title"], one["number"], one["body"])
        for place, one in enumerate(offers)
    )


def fetches(code: str, *, at: datetime) -> tuple[FetchLine, ...]:
    """What is on its way, or did not come, from the store into a dossier; the newest first."""
    rows = EnquiryRow.objects.filter(about=code, kind=EnquiryKind.PAPER_FILE.value)
    lines = (_fetch(row, at) for row in rows.order_by("-id")[:20])
    return tuple(line for line in lines if line)


def _fetch(row: EnquiryRow, at: datetime) -> FetchLine | None:
    state = _state(row, at)
    if state is EnquiryState.ANSWERED and "refused" not in row.answer:
        return None  # it stands among the papers
    return FetchLine(words.said(EnquiryKind.PAPER_FILE, state, row.answer), row.asked_at)


def _state(row: EnquiryRow, at: datetime) -> EnquiryState:
    state = EnquiryState(row.state)
    is_over = (
        state is EnquiryState.WAITING and row.asked_at + waited_for(EnquiryKind(row.kind)) < at
    )
    return EnquiryState.AWAY if is_over else state
