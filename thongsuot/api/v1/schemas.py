"""The shapes of what is sent and answered, as the OpenAPI file shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Fact = str | int | float | bool | None | list[str]
Channel = Literal["in_person", "online", "post"]


class Exact(Schema):
    """Nothing besides what is named."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class ApplicantIn(Exact):
    """Whose dossier it is."""

    name: str = Field(max_length=200)
    kind: Literal["person", "organisation", ""] = Field(
        "", description="empty: an organisation where the number is a tax number, else a person"
    )
    number: str = Field("", max_length=20, description="personal, tax or passport number")
    representative: str = Field("", max_length=200, description="who speaks for an organisation")
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=120)
    address: str = Field("", max_length=300)
    proxy: str = Field("", max_length=200, description="who brought it for them")
    proxy_paper: str = Field(
        "", max_length=300, description="the written authority, unless it is among the papers"
    )
    proxy_exception: str = Field("", max_length=300, description="by which rule none is needed")


class PaperIn(Exact):
    """A paper that came with the dossier."""

    name: str
    originals: int = 0
    copies: int = 0


class IdentifierIn(Exact):
    """A code by which another system knows the dossier."""

    system: str = Field(max_length=40)
    code: str = Field(max_length=80)


class ReceptionIn(Exact):
    """A dossier as the counter enters it; what is left out is derived, or refused."""

    procedure: str = Field(examples=["1.001193"])
    applicant: ApplicantIn
    case: str = ""
    channel: Channel = "in_person"
    place: str = Field("", description="code of the commune")
    papers: list[PaperIn | str] = Field(default=[])
    identifiers: list[IdentifierIn] = Field(default=[])
    receiving_point: str = Field("", description="empty: the account's own counter")
    competent_office: str = Field("", description="empty: derived where only one can be")
    return_point: str = Field("", description="empty: the receiving point")
    received_at: str = Field("", description="empty: now; without a zone, time of Viet Nam")
    late_entry_reason: str = Field("", description="needed when received_at is in the past")
    appointment: str = Field("", description="only where the law gives no term")
    appointment_basis: str = ""
    parent: str = Field("", description="the dossier under which this one is opened")
    aware_of: list[str] = Field(default=[], description="the like dossiers that were looked at")
    reused: list[str] = Field(
        default=[], description="the papers taken from what the province holds of the applicant"
    )


class TakingIn(ReceptionIn):
    """A dossier that is taken in, and what its official was shown before."""

    held_shown: bool = Field(
        False, description="the papers that the province holds of the applicant were looked at"
    )


class DeclineIn(ReceptionIn):
    """A dossier that the counter does not take in, and why."""

    reason: str


class MoveIn(Exact):
    """One move on a dossier with its fields."""

    move: str = Field(examples=["assign", "propose", "approve", "hand_over"])
    fields: dict[str, Any] = Field(default={}, examples=[{"official": "thuly.binhlu"}])
    seen_version: int | None = Field(None, description="refused when it is no longer the last")


class RefusalOut(Exact):
    """Why the rules say no."""

    code: str
    message: str
    where: str
    facts: dict[str, Fact]


class ProblemOut(Exact):
    """A problem (RFC 9457) with the refusal that every door tells."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    refusal: RefusalOut | None = None


class LedgerDayOut(Exact):
    """A day of the clock: counted or not, and why."""

    day: date
    counted: float
    why: str
    minutes: int | None = None


class BecauseOut(Exact):
    """One step of the count with its source."""

    code: str
    text: str
    source: str


class DueOut(Exact):
    """A due moment with its reasons."""

    due: datetime
    starts: datetime
    term: str
    ledger: list[LedgerDayOut]
    because: list[BecauseOut]
    projected: list[date]
    to_check: list[date]


class EventOut(Exact):
    """One fact about a dossier."""

    version: int
    name: str
    occurred_at: datetime
    recorded_at: datetime
    by: str
    office: str
    source_system: str
    body: dict[str, Any]


class DossierOut(Schema):
    """A dossier as its events say it is."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")

    code: str
    version: int
    procedure: str
    procedure_name: str
    status: str
    stage: str
    office: str
    assignee: str
    channel: Channel
    received_at: datetime
    competent_received_at: datetime | None
    promised_at: datetime | None
    extended_to: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    is_open: bool
    events: list[EventOut]
    ledger: list[LedgerDayOut]
    because: list[BecauseOut]
    acts: list[str] = Field(default=[], description="what the caller may try now")


class DossierLineOut(Exact):
    """A dossier as a line of the register."""

    code: str
    version: int
    procedure: str
    procedure_name: str
    applicant: str
    channel: Channel
    status: str
    standing: str
    stage: str
    office: str
    assignee: str
    received_at: datetime
    promised_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    is_paused: bool


class DossiersOut(Exact):
    """A page of the register; `next` is given back as `after`, and is empty at the end."""

    dossiers: list[DossierLineOut]
    next: str


class ProcedureLineOut(Exact):
    """A procedure as a line of a list."""

    code: str
    name: str
    field: str
    levels: list[str]


class ProceduresOut(Exact):
    """A page of the catalogue; `next` is given back as `after`, and is empty at the end."""

    procedures: list[ProcedureLineOut]
    next: str


class ProcessKeyOut(Exact):
    """A version of a process as a line of a list; without a decision nobody approved it."""

    key: str
    name: str
    decision: str


class ProcessesOut(Exact):
    """A page of the processes; `next` as above."""

    processes: list[ProcessKeyOut]
    next: str


class ProcessOut(Schema):
    """A version of a process with its stages and ways."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")

    code: str
    version: int
    name: str
    stages: list[dict[str, Any]]
    moves: list[dict[str, Any]]


class OfficeLineOut(Exact):
    """A body as a line of a list."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    place: str
    is_provisional: bool


class OfficesOut(Exact):
    """A page of the bodies; `next` as above."""

    offices: list[OfficeLineOut]
    next: str


class ProcedureOut(Schema):
    """A procedure as a decision published it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")

    code: str
    name: str
    field: str
    levels: list[str]
    origin: str
    decision: str
    version: int
    terms: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    fees: list[dict[str, Any]]
