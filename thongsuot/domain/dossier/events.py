"""What can happen to a dossier, each fact under a stable name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.files import StoredFile


class ApplicantKind(StrEnum):
    """Whether a dossier is a citizen's, or a business's or another organisation's."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose dossier it is, who speaks for an organisation, and who brought it for them.

    `proxy_paper` names the written authority of who brought it; `proxy_exception` says by which
    rule none is needed.
    """

    name: str
    number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    proxy: str = ""
    kind: ApplicantKind = ApplicantKind.PERSON
    representative: str = ""
    proxy_paper: str = ""
    proxy_exception: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code by which a system knows the dossier."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """The commune as the applicant gave it, and the one that stands there today."""

    given: str
    today: str


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A paper that came with the dossier."""

    name: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """The counter took the dossier in and gave an appointment."""

    code: str
    procedure: str
    procedure_version: int
    procedure_name: str
    process_version: str
    case: str
    channel: Channel
    applicant: Applicant
    place: PlaceGiven
    receiving_point: str
    receiving_official: str
    receiving_office: str
    competent_office: str
    return_point: str
    return_office: str
    received_at: datetime
    competent_received_at: datetime | None
    term: str
    counts_from_next_day_after_15h: bool
    calendar_version: str
    promised_at: datetime | None  # None: the system that reported it told no appointment
    due_at: datetime | None
    stage: str
    home_system: str
    identifiers: tuple[Identifier, ...] = ()
    papers: tuple[PaperGiven, ...] = ()
    parent: str = ""
    late_entry_reason: str = ""
    appointment_basis: str = ""
    reported_by: str = ""  # the other system whose appointment is kept as it reported it
    aware_of: tuple[str, ...] = ()  # the like dossiers that whoever received it had looked at


@dataclass(frozen=True, slots=True)
class Declined:
    """The counter did not take the dossier in, and said why in writing."""

    code: str
    procedure: str
    procedure_version: int
    procedure_name: str
    channel: Channel
    applicant: Applicant
    place: PlaceGiven
    receiving_point: str
    receiving_official: str
    receiving_office: str
    received_at: datetime
    reason: str
    home_system: str
    case: str = ""
    identifiers: tuple[Identifier, ...] = ()
    papers: tuple[PaperGiven, ...] = ()
    late_entry_reason: str = ""


@dataclass(frozen=True, slots=True)
class Digitised:
    """A paper was copied into the system; `checked` is what whoever scanned it vouches for."""

    paper: str
    content_hash: str = ""
    file: StoredFile | None = None
    checked: tuple[str, ...] = ()
    valid_until: date | None = None


class ScanException(StrEnum):
    """Why a paper is not scanned. Source: TT 03/2025/TT-VPCP Đ.5.2."""

    FILED_ELECTRONICALLY = "filed_electronically"
    PRESENTED_ONLY = "presented_only"
    OPINION_REPLY = "opinion_reply"
    SECRET = "secret"  # noqa: S105 - a state secret, no password


@dataclass(frozen=True, slots=True)
class ScanExcepted:
    """A paper is not scanned, for one of the reasons that the law gives."""

    paper: str
    why: ScanException
    basis: str


@dataclass(frozen=True, slots=True)
class PaperReused:
    """A paper that the province holds already was taken into this dossier."""

    paper: str
    file: StoredFile | None
    from_dossier: str
    from_office: str
    from_day: date
    number: str = ""  # of the result, where it is one


@dataclass(frozen=True, slots=True)
class PaperFetched:
    """A paper was taken from the electronic document store, where `body` keeps it.

    `code` is the national code of its kind. Source: NĐ 309/2026/NĐ-CP Đ.2.
    """

    paper: str
    file: StoredFile
    body: str
    number: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The dossier left for another office or stage."""

    to_office: str
    stage: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """The competent body has the dossier in hand; from here its clock runs."""

    competent_received_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Assigned:
    """An official got the dossier to work on."""

    official: str
    stage: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Another body is asked; where the law says so the clock stops meanwhile."""

    opinion: int
    of: str
    question: str
    stops_clock: bool
    basis: str = ""
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """The other body answered."""

    opinion: int
    answer: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DraftKept:
    """A version of the decision's draft, as somebody brought it back from their editor."""

    file: StoredFile
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The handler laid a decision before the leader."""

    stage: str
    proposal: str
    without_opinions: str = ""  # why nothing is waited for


@dataclass(frozen=True, slots=True)
class Endorsed:
    """The first of the two people whom the process asks for agreed; the second decides."""

    note: str = ""
    without_opinions: str = ""
    draft: str = ""  # the digest of the version agreed to


@dataclass(frozen=True, slots=True)
class Approved:
    """The leader decided."""

    stage: str
    note: str = ""
    without_opinions: str = ""
    draft: str = ""  # the digest of the version decided on


@dataclass(frozen=True, slots=True)
class SentBack:
    """It has to be done again, where it came from; at the counter if that is the counter's."""

    stage: str
    reason: str
    to_office: str
    withdraws_decision: bool = False


class AskedAgain(StrEnum):
    """Why a paper is asked for that the province holds. Source: NĐ 309/2026/NĐ-CP Đ.2."""

    INCIDENT = "incident"
    INACCURATE = "inaccurate"


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """The applicant is asked, once and completely, for what is missing."""

    missing: tuple[str, ...]
    reason: str
    basis: str = ""
    asked_again_because: AskedAgain | None = None


@dataclass(frozen=True, slots=True)
class SupplementReceived:
    """What was missing came; the clock runs on."""

    papers: tuple[PaperGiven, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The competent body refuses in writing, with its reason."""

    reason: str
    basis: str
    stage: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The applicant does not want it any more."""

    reason: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class FinancialDutyRaised:
    """The applicant has to pay before work goes on."""

    amount: int
    what: str


@dataclass(frozen=True, slots=True)
class FinancialDutySettled:
    """The applicant paid."""

    receipt: str
    due_at: datetime


class Payment(StrEnum):
    """How a fee was paid."""

    CASH = "cash"
    TRANSFER = "transfer"
    PLATFORM = "platform"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class FeeCollected:
    """A fee was paid, or left to the applicant by a rule that exempts."""

    name: str
    amount: int
    how: Payment
    reference: str = ""
    receipt_series: str = ""
    receipt_number: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class IncidentBegan:
    """A system that the work needs is down, as its owner announced."""

    what: str
    announced_in: str


@dataclass(frozen=True, slots=True)
class IncidentEnded:
    """The system is back."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class Apologised:
    """The body apologised in writing; in time it may name one new day."""

    reason: str
    new_day: datetime
    extended_to: datetime | None
    due_at: datetime
    too_late: bool


@dataclass(frozen=True, slots=True)
class ResultIssued:
    """The result is signed and numbered; the work is done."""

    stage: str
    number: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The applicant has the result (or the refusal, or the papers back)."""

    stage: str
    to: str
    how: Channel


@dataclass(frozen=True, slots=True)
class ProcessChanged:
    """The running dossier was moved on purpose to another version of its process."""

    process_version: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class CustodyPassed:
    """A reorganisation gave the dossier to the body that carries on, or took that back.

    The clock does not notice; only where the plan names a basis does `due_at` say a later moment.
    Taken back, `due_at` is the moment without the plan, and `extended_to` what else had moved it.
    Source: NQ 190/2025/QH15 Đ.5, Đ.10.
    """

    plan: str
    operation: int
    rule: str
    from_office: str
    to_office: str
    competent_office: str
    return_office: str
    return_point: str
    assignee: str = ""  # who has it next, where the person went with the work
    is_fallback: bool = False
    is_undo: bool = False
    due_at: datetime | None = None
    basis: str = ""
    extended_to: datetime | None = None
    extended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProgressReported:
    """Another system told what had happened or how the dossier stood there, in its own words.

    Its words stay beside what they are here and the rule that says so. A moment that it did not
    tell stays unknown; without a status it is a line of history that changes nothing.
    """

    system: str
    told: str  # its own words: a status, or what was done
    by_there: str = ""
    status: str = ""
    rule: str = ""
    stage: str = ""
    office: str = ""
    assignee: str = ""
    due_at: datetime | None = None
    ended_at: datetime | None = None
    handed_over_at: datetime | None = None
    is_handed_over: bool = False
    outcome: str = ""
    result_number: str = ""
    reason: str = ""  # why it is told again: a newer export, a repair
    results: tuple[StoredFile, ...] = ()  # what came of it, the one that counts first


@dataclass(frozen=True, slots=True)
class OfferedToSystem:
    """The dossier is on its way to another system, as it stands; nobody acts on it meanwhile."""

    handover: int
    system: str
    system_name: str


@dataclass(frozen=True, slots=True)
class TakenBySystem:
    """Another system acknowledged the dossier: from here on it lives there."""

    handover: int
    system: str
    system_name: str
    known_as: str = ""  # what that system calls it
    link: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedBySystem:
    """Another system did not take the dossier: whoever held it goes on."""

    handover: int
    system: str
    system_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DueAccepted:
    """An official accepted the due moment that a changed calendar gives."""

    due_at: datetime
    calendar_version: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChildOpened:
    """An interlinked procedure was opened under this dossier."""

    child: str
    procedure: str


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A notice went out to the applicant by e-mail."""

    notice: str


@dataclass(frozen=True, slots=True)
class BecameNear:
    """The due moment came near."""


@dataclass(frozen=True, slots=True)
class BecameLate:
    """The due moment passed."""


Later = (
    Digitised
    | ScanExcepted
    | PaperReused
    | PaperFetched
    | Forwarded
    | Arrived
    | Assigned
    | OpinionAsked
    | OpinionGiven
    | DraftKept
    | Proposed
    | Endorsed
    | Approved
    | SentBack
    | SupplementAsked
    | SupplementReceived
    | Refused
    | Stopped
    | FinancialDutyRaised
    | FinancialDutySettled
    | FeeCollected
    | IncidentBegan
    | IncidentEnded
    | Apologised
    | ResultIssued
    | HandedOver
    | ProcessChanged
    | CustodyPassed
    | ProgressReported
    | OfferedToSystem
    | TakenBySystem
    | ReturnedBySystem
    | DueAccepted
    | ChildOpened
    | NoticeSent
    | BecameNear
    | BecameLate
)
Event = Received | Declined | Later

# Stored for ever: a name is never changed, never given to another event.
EVENTS: dict[str, type[Event]] = {
    "received": Received,
    "declined": Declined,
    "digitised": Digitised,
    "scan_excepted": ScanExcepted,
    "paper_reused": PaperReused,
    "paper_fetched": PaperFetched,
    "forwarded": Forwarded,
    "arrived": Arrived,
    "assigned": Assigned,
    "opinion_asked": OpinionAsked,
    "opinion_given": OpinionGiven,
    "draft_kept": DraftKept,
    "proposed": Proposed,
    "endorsed": Endorsed,
    "approved": Approved,
    "sent_back": SentBack,
    "supplement_asked": SupplementAsked,
    "supplement_received": SupplementReceived,
    "refused": Refused,
    "stopped": Stopped,
    "financial_duty_raised": FinancialDutyRaised,
    "financial_duty_settled": FinancialDutySettled,
    "fee_collected": FeeCollected,
    "incident_began": IncidentBegan,
    "incident_ended": IncidentEnded,
    "apologised": Apologised,
    "result_issued": ResultIssued,
    "handed_over": HandedOver,
    "process_changed": ProcessChanged,
    "custody_passed": CustodyPassed,
    "progress_reported": ProgressReported,
    "offered_to_system": OfferedToSystem,
    "taken_by_system": TakenBySystem,
    "returned_by_system": ReturnedBySystem,
    "due_accepted": DueAccepted,
    "child_opened": ChildOpened,
    "notice_sent": NoticeSent,
    "became_near": BecameNear,
    "became_late": BecameLate,
}
_NAMES = {kind: name for name, kind in EVENTS.items()}


def name_of(event: Event) -> str:
    """The stable name under which an event is stored."""
    return _NAMES[type(event)]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with when it happened, when we knew, who did it, where, and for whom."""

    event: Event
    occurred_at: datetime
    recorded_at: datetime
    by: str
    office: str
    source_system: str
    on_behalf_of: str = ""  # the absent one whose duty it was
