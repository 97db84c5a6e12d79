"""A question that somebody waits for: put to a partner now, answered within seconds or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from thongsuot.domain.exchange.outcome import Outcome


class EnquiryKind(StrEnum):
    """What partners are asked while somebody waits."""

    PERSON = "person"  # is this person known to the population database
    PAPERS = "papers"  # what the electronic document store holds of a person
    PAPER_FILE = "paper_file"  # one of these papers
    PAYMENT = "payment"  # a page on which a fee is paid
    PAYMENT_STATE = "payment_state"  # whether it was paid
    SET_UP = "set_up"  # how a ministry has set up a field


# Who is asked; of how a field is set up, whoever runs the system that takes it.
PARTNER: Mapping[EnquiryKind, str] = {
    EnquiryKind.PERSON: "population",
    EnquiryKind.PAPERS: "document_store",
    EnquiryKind.PAPER_FILE: "document_store",
    EnquiryKind.PAYMENT: "payment",
    EnquiryKind.PAYMENT_STATE: "payment",
}
# Nobody waits longer: what was not asked by then is not asked any more.
_WAITED_FOR = timedelta(minutes=1)
_READ_FOR = timedelta(minutes=10)


def waited_for(kind: EnquiryKind) -> timedelta:
    """How long somebody waits for an answer: at a counter a minute, for a whole set-up longer."""
    return _READ_FOR if kind is EnquiryKind.SET_UP else _WAITED_FOR


class EnquiryState(StrEnum):
    """How an enquiry stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    REFUSED = "refused"  # the partner understood and does not answer this
    AWAY = "away"  # no answer came: the work goes on without it


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One question, as a connector gets it; `by` and `office` are who asks, for the partner's log."""

    number: int
    partner: str
    kind: EnquiryKind
    asked: Mapping[str, Any]
    by: str
    office: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a partner answered, in our words."""

    answer: Mapping[str, Any]


Reply = Told | Outcome


class Verdict(StrEnum):
    """What the population database makes of a name and a number; nothing else of it is kept.

    Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (only what is needed).
    """

    AGREES = "agrees"
    SPELLED_OTHERWISE = "spelled_otherwise"  # the same letters with other accents
    DIFFERS = "differs"
    UNKNOWN = "unknown"


def verdict(name: str, registered: str) -> Verdict:
    """Whether a name as typed is that which is registered; "" says that nobody is."""
    if not registered.strip():
        return Verdict.UNKNOWN
    if _letters(name) == _letters(registered):
        return Verdict.AGREES
    if bare(name) == bare(registered):
        return Verdict.SPELLED_OTHERWISE
    return Verdict.DIFFERS


def bare(name: str) -> str:
    """A name in capitals, without accents and blanks."""
    apart = unicodedata.normalize("NFD", name.upper().replace("Đ", "D"))
    return "".join(sign for sign in apart if sign.isalpha() and not unicodedata.combining(sign))


def _letters(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
