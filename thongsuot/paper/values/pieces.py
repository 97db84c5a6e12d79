"""The pieces that papers are made of, as plain text, days and moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Timeliness(StrEnum):
    """How a body handed the dossier on, measured against its own term."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper, under which number, where and on which day."""

    parent: str
    office: str
    place: str
    on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """An address on the web, printed as a square that a telephone reads."""

    url: str


@dataclass(frozen=True, slots=True)
class DossierLine:
    """The dossier that the paper is about, and where its owner may look it up."""

    code: str
    procedure: str
    lookup: Lookup
    book: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """The owner of the dossier, who speaks for it if it is an organisation, who brought it."""

    name: str
    address: str
    number: str = ""
    phone: str = ""
    email: str = ""
    proxy: str = ""
    representative: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One paper of the dossier, counted by what it is: original, certified copy, plain copy."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee or charge and what was paid of it, as the receipt says it."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """When something was received and when the answer is promised."""

    received_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, in which office held."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Handover:
    """One passing on of the dossier from one body to the next."""

    from_office: str
    from_official: str
    to_office: str
    to_official: str
    at: datetime
    outcome: Timeliness | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One dossier in the register."""

    code: str
    procedure: str
    sets: int
    owner: str
    address: str
    phone: str
    competent_office: str
    received_at: datetime
    due_at: datetime
    returned_at: datetime | None = None
    return_by: str = ""
    receiver: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One dossier among several that a person brought together."""

    code: str
    procedure: str
    owner: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result that passes from one hand to another."""

    code: str
    procedure: str
    result: str
    owner: str
    address: str
    fee: str = ""
    by_post: bool = False


@dataclass(frozen=True, slots=True)
class CustodyCount:
    """How many dossiers of one procedure pass, and how many of them are late or wait."""

    procedure: str
    dossiers: int
    late: int
    paused: int


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One dossier that passes from one body to another."""

    code: str
    procedure: str
    owner: str
    due_at: datetime | None
    by_fallback: bool = False


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a report: its number, its title and the group above it."""

    number: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A row of a report: its number among its like, its name, how far it is set in, its figures."""

    ordinal: str
    name: str
    depth: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What used to be done elsewhere, and where it is done now."""

    what: str
    now_at: str
