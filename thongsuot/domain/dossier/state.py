"""How a dossier stands: the fold of its events, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import Pause, PauseKind
from thongsuot.domain.dossier import events as e
from thongsuot.domain.files import StoredFile


class Status(StrEnum):
    """The ten statuses that the national portal knows."""

    REGISTERED = "1"
    RECEIVED = "2"
    NOT_RECEIVED = "3"
    PROCESSING = "4"
    WAITING_SUPPLEMENT = "5"
    WAITING_PAYMENT = "6"
    WITHDRAWN = "7"
    STOPPED = "8"
    FINISHED = "9"
    RETURNED = "10"


class Outcome(StrEnum):
    """How the work ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_RECEIVED = "not_received"
    MOVED = "moved"  # here: another system carries it on


@dataclass(frozen=True, slots=True)
class OpenPause:
    """A pause that has begun and not ended; `about` tells opinions apart."""

    kind: PauseKind
    start: datetime
    about: int = 0


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """An opinion that another body still owes."""

    number: int
    of: str
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A file, or a result by its number, that stands for a paper.

    `origin` is another dossier, `store` the body that keeps it in the electronic document store.
    """

    paper: str
    file: StoredFile | None
    origin: str = ""
    number: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the applicant was asked to bring, and what came of it; None while nothing came."""

    asked_at: datetime
    missing: tuple[str, ...]
    reason: str
    due_before: datetime | None
    answered_at: datetime | None = None
    papers: tuple[str, ...] = ()
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the rules need to know about a dossier at one moment."""

    version: int
    code: str
    procedure: str
    procedure_version: int
    procedure_name: str
    process_version: str
    case: str
    channel: Channel
    applicant: e.Applicant
    place: e.PlaceGiven
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
    promised_at: datetime | None
    due_at: datetime | None
    home_system: str
    identifiers: tuple[e.Identifier, ...]
    parent: str
    stage: str
    status: Status
    office: str
    papers: tuple[e.PaperGiven, ...] = ()
    extended_to: datetime | None = None
    extended_at: datetime | None = None
    extensions: int = 0
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    assignee: str = ""
    pauses: tuple[Pause, ...] = ()
    open_pauses: tuple[OpenPause, ...] = ()
    opinions_open: tuple[OpenOpinion, ...] = ()
    opinions_asked: int = 0
    opinions_of: tuple[str, ...] = ()  # everybody who was ever asked
    handlers: tuple[str, ...] = ()  # whose proposal lies before the leader
    endorsers: tuple[str, ...] = ()  # who agreed first, where two people decide
    endorsed_draft: str = ""
    drafts: tuple[StoredFile, ...] = ()
    drafters: tuple[str, ...] = ()
    approved_draft: str = ""
    stage_since: datetime | None = None
    supplements: tuple[Supplement, ...] = ()
    is_decided: bool = False
    result_number: str = ""
    is_handed_over: bool = False
    handed_over_at: datetime | None = None
    children: tuple[str, ...] = ()
    digitised: tuple[str, ...] = ()
    scans: tuple[Scan, ...] = ()
    unscanned: tuple[e.ScanExcepted, ...] = ()
    fees: tuple[e.FeeCollected, ...] = ()
    standing: str = "on_time"
    reported_by: str = ""
    offered_to: str = ""  # the name of the system to which it is on its way
    held_by: str = ""  # the name of the system where it lives since
    held_link: str = ""  # where to find it there
    transferable_at: datetime | None = None  # since when nothing keeps it at the counter

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes the applicant something."""
        return self.ended_at is None and self.outcome is None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.open_pauses)


_NAMES = tuple(field.name for field in fields(Dossier))
_values = attrgetter(*_NAMES)

# Every event makes one copy, and replaying is most of what acts and checks do: this copy takes
# half the time of the standard one, which walks the definitions of fifty fields. It is typed
# as that one.
if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(dossier, /, **changes):
        return Dossier(**(dict(zip(_NAMES, _values(dossier), strict=True)) | changes))


def replay(entries: Iterable[e.Entry]) -> Dossier | None:
    """The dossier that these events make; None when there are none."""
    dossier: Dossier | None = None
    version = 0
    for version, entry in enumerate(entries, 1):
        if dossier is None or not _only_counts(entry.event):
            dossier = _evolved(dossier, entry, version)
    if dossier is None or dossier.version == version:
        return dossier
    return replace(dossier, version=version)


def _only_counts(event: e.Event) -> bool:
    """Whether an event tells history and changes nothing: old systems tell many of these."""
    return type(event) is e.ProgressReported and not event.status


def evolve(dossier: Dossier | None, entry: e.Entry) -> Dossier:
    """The dossier after one more event."""
    return _evolved(dossier, entry, dossier.version + 1 if dossier else 1)


def _evolved(dossier: Dossier | None, entry: e.Entry, version: int) -> Dossier:
    event = entry.event
    if isinstance(event, (e.Received, e.Declined)):
        if dossier is not None:
            raise ValueError("a dossier begins once")
        return _received(event) if isinstance(event, e.Received) else _declined(event)
    if dossier is None:
        raise ValueError(f"{e.name_of(event)} cannot be the first event of a dossier")
    after = _after(dossier, event, entry.occurred_at, version)
    if isinstance(event, e.DraftKept):
        after = replace(after, drafters=tuple(dict.fromkeys((*after.drafters, *_hands(entry)))))
    if isinstance(event, e.Proposed | e.Endorsed):
        after = _with_hands(after, event, _hands(entry))
    if after.stage != dossier.stage:
        after = replace(after, stage_since=entry.occurred_at)
    return after


def _hands(entry: e.Entry) -> tuple[str, ...]:
    """Who did it, and whose duty it was if they stood in for somebody."""
    return tuple(account for account in (entry.by, entry.on_behalf_of) if account)


def _with_hands(d: Dossier, event: e.Proposed | e.Endorsed, hands: tuple[str, ...]) -> Dossier:
    """A new proposal has new hands, and whoever agreed to the one before agrees anew."""
    if isinstance(event, e.Proposed):
        return replace(d, handlers=tuple(dict.fromkeys((*hands, d.assignee))), endorsers=())
    return replace(d, endorsers=hands, endorsed_draft=event.draft)


def _received(event: e.Received) -> Dossier:
    return Dossier(
        version=1,
        code=event.code,
        procedure=event.procedure,
        procedure_version=event.procedure_version,
        procedure_name=event.procedure_name,
        process_version=event.process_version,
        case=event.case,
        channel=event.channel,
        applicant=event.applicant,
        place=event.place,
        receiving_point=event.receiving_point,
        receiving_official=event.receiving_official,
        receiving_office=event.receiving_office,
        competent_office=event.competent_office,
        return_point=event.return_point,
        return_office=event.return_office,
        received_at=event.received_at,
        competent_received_at=event.competent_received_at,
        term=event.term,
        counts_from_next_day_after_15h=event.counts_from_next_day_after_15h,
        calendar_version=event.calendar_version,
        promised_at=event.promised_at,
        due_at=event.due_at,
        home_system=event.home_system,
        identifiers=event.identifiers,
        parent=event.parent,
        stage=event.stage,
        status=Status.RECEIVED,
        office=event.receiving_office,
        papers=event.papers,
        reported_by=event.reported_by,
        transferable_at=event.received_at,
        stage_since=event.received_at,
    )


def _declined(event: e.Declined) -> Dossier:
    return Dossier(
        version=1,
        code=event.code,
        procedure=event.procedure,
        procedure_version=event.procedure_version,
        procedure_name=event.procedure_name,
        process_version="",
        case=event.case,
        channel=event.channel,
        applicant=event.applicant,
        place=event.place,
        receiving_point=event.receiving_point,
        receiving_official=event.receiving_official,
        receiving_office=event.receiving_office,
        competent_office=event.receiving_office,
        return_point=event.receiving_point,
        return_office=event.receiving_office,
        received_at=event.received_at,
        competent_received_at=None,
        term="",
        counts_from_next_day_after_15h=False,
        calendar_version="",
        promised_at=None,
        due_at=None,
        home_system=event.home_system,
        identifiers=event.identifiers,
        parent="",
        stage="",
        status=Status.NOT_RECEIVED,
        office=event.receiving_office,
        papers=event.papers,
        ended_at=event.received_at,
        outcome=Outcome.NOT_RECEIVED,
        is_handed_over=True,  # the papers stayed with the applicant
    )


def _after(d: Dossier, event: e.Later, at: datetime, step: int) -> Dossier:  # noqa: PLR0911, PLR0912, PLR0915 - one arm for each event, so that a forgotten one fails the type check
    match event:
        case e.Digitised():
            return replace(_with_scan(d, Scan(event.paper, event.file)), version=step)
        case e.ScanExcepted():
            others = tuple(one for one in d.unscanned if one.paper != event.paper)
            return replace(d, version=step, unscanned=(*others, event))
        case e.PaperReused():
            scan = Scan(event.paper, event.file, event.from_dossier, event.number)
            return replace(_with_scan(_with_paper(d, event.paper), scan), version=step)
        case e.PaperFetched():
            scan = Scan(event.paper, event.file, number=event.number, store=event.body)
            return replace(_with_scan(_with_paper(d, event.paper), scan), version=step)
        case e.Forwarded():
            return replace(d, version=step, stage=event.stage, office=event.to_office)
        case e.Arrived():
            return replace(
                d,
                version=step,
                competent_received_at=event.competent_received_at,
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
            )
        case e.Assigned():
            return replace(
                d,
                version=step,
                stage=event.stage,
                assignee=event.official,
                status=_working(d.status),
            )
        case e.OpinionAsked():
            opened = _opened(d, PauseKind.OPINION, at, event.opinion) if event.stops_clock else d
            return replace(
                opened,
                version=step,
                opinions_open=(
                    *d.opinions_open,
                    OpenOpinion(event.opinion, event.of, event.answer_by),
                ),
                opinions_of=tuple(dict.fromkeys((*d.opinions_of, event.of))),
                opinions_asked=max(d.opinions_asked, event.opinion),
            )
        case e.OpinionGiven():
            still = tuple(o for o in d.opinions_open if o.number != event.opinion)
            closed = _closed(d, PauseKind.OPINION, at, event.opinion)
            return replace(
                closed,
                version=step,
                opinions_open=still,
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
            )
        case e.DraftKept():
            return replace(d, version=step, drafts=(*d.drafts, event.file), endorsers=())
        case e.Proposed():
            return replace(d, version=step, stage=event.stage, status=_working(d.status))
        case e.Endorsed():
            return replace(d, version=step)
        case e.Approved():
            return replace(
                d, version=step, stage=event.stage, is_decided=True, approved_draft=event.draft
            )
        case e.SentBack():
            return replace(
                d,
                version=step,
                stage=event.stage,
                office=event.to_office,
                is_decided=False,
                approved_draft="",
                endorsers=(),
                transferable_at=at,
            )
        case e.SupplementAsked():
            paused = _opened(d, PauseKind.SUPPLEMENT, at)
            return replace(
                paused,
                version=step,
                supplements=(
                    *d.supplements,
                    Supplement(at, event.missing, event.reason, d.due_at),
                ),
                status=Status.WAITING_SUPPLEMENT,
            )
        case e.SupplementReceived():
            back = _closed(d, PauseKind.SUPPLEMENT, at)
            return replace(
                back,
                version=step,
                papers=(*d.papers, *event.papers),
                supplements=_answered(d.supplements, event, at),
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
                status=_resumed(back),
            )
        case e.Refused():
            return replace(
                _all_closed(d, at),
                version=step,
                stage=event.stage,
                office=d.return_office,
                status=Status.FINISHED,
                outcome=Outcome.REFUSED,
                ended_at=at,
            )
        case e.Stopped():
            return replace(
                _all_closed(d, at),
                version=step,
                office=d.return_office,
                status=Status.WITHDRAWN,
                outcome=Outcome.WITHDRAWN,
                ended_at=at,
            )
        case e.FinancialDutyRaised():
            paused = _opened(d, PauseKind.FINANCIAL_DUTY, at)
            return replace(paused, version=step, status=_resumed(paused))
        case e.FinancialDutySettled():
            back = _closed(d, PauseKind.FINANCIAL_DUTY, at)
            return replace(
                back,
                version=step,
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
                status=_resumed(back),
            )
        case e.FeeCollected():
            return replace(d, version=step, fees=(*d.fees, event))
        case e.IncidentBegan():
            return replace(_opened(d, PauseKind.SYSTEM_INCIDENT, at), version=step)
        case e.IncidentEnded():
            closed = _closed(d, PauseKind.SYSTEM_INCIDENT, at)
            return replace(
                closed, version=step, due_at=event.due_at, standing=_standing(d, event.due_at)
            )
        case e.Apologised():
            if event.extended_to is None:
                return replace(d, version=step)
            return replace(
                d,
                version=step,
                extended_to=event.extended_to,
                extended_at=at,
                extensions=d.extensions + 1,
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
            )
        case e.ResultIssued():
            return replace(
                _all_closed(d, at),
                version=step,
                stage=event.stage,
                office=d.return_office,
                status=Status.FINISHED,
                outcome=Outcome.GRANTED,
                result_number=event.number,
                ended_at=at,
            )
        case e.HandedOver():
            status = Status.RETURNED if d.outcome is Outcome.GRANTED else d.status
            return replace(
                d,
                version=step,
                stage=event.stage,
                status=status,
                is_handed_over=True,
                handed_over_at=at,
            )
        case e.ProcessChanged():
            return replace(
                d, version=step, process_version=event.process_version, stage=event.stage
            )
        case e.CustodyPassed():
            return _moved_clock(
                replace(
                    d,
                    version=step,
                    office=event.to_office,
                    competent_office=event.competent_office,
                    return_office=event.return_office,
                    return_point=event.return_point,
                    assignee=event.assignee,
                ),
                event,
                at,
            )
        case e.ProgressReported():
            return replace(_reported(d, event, at), version=step)
        case e.OfferedToSystem():
            return replace(d, version=step, offered_to=event.system_name)
        case e.ReturnedBySystem():
            return replace(d, version=step, offered_to="")
        case e.TakenBySystem():
            return replace(
                d,
                version=step,
                offered_to="",
                identifiers=_known_as(d, event),
                held_by=event.system_name,
                held_link=event.link,
                outcome=Outcome.MOVED,
                ended_at=at,
                is_handed_over=True,  # the applicant gets the result from there
            )
        case e.DueAccepted():
            return replace(
                d,
                version=step,
                due_at=event.due_at,
                standing=_standing(d, event.due_at),
                calendar_version=event.calendar_version,
            )
        case e.ChildOpened():
            return replace(d, version=step, children=(*d.children, event.child))
        case e.NoticeSent():
            return replace(d, version=step)
        case e.BecameNear():
            return replace(d, version=step, standing="near")
        case e.BecameLate():
            return replace(d, version=step, standing="late")
        case _:
            assert_never(event)


def _answered(
    asked: tuple[Supplement, ...], event: e.SupplementReceived, at: datetime
) -> tuple[Supplement, ...]:
    """The last supplement asked for, with what the applicant brought."""
    names = tuple(paper.name for paper in event.papers)
    last = [
        Supplement(s.asked_at, s.missing, s.reason, s.due_before, at, names, event.due_at)
        for s in asked[-1:]
    ]
    return (*asked[:-1], *last)


def _with_scan(d: Dossier, scan: Scan) -> Dossier:
    known = scan.paper in d.digitised
    names = d.digitised if known else (*d.digitised, scan.paper)
    kept = (*d.scans, scan) if scan.file or scan.origin else d.scans
    return replace(d, digitised=names, scans=kept)


def _with_paper(d: Dossier, name: str) -> Dossier:
    known = any(paper.name == name for paper in d.papers)
    return d if known else replace(d, papers=(*d.papers, e.PaperGiven(name)))


def _standing(d: Dossier, due_at: datetime) -> str:
    """What was noted stays only as long as the due moment does."""
    return d.standing if due_at == d.due_at else "on_time"


def _moved_clock(d: Dossier, event: e.CustodyPassed, at: datetime) -> Dossier:
    """The same dossier, due later by the legal basis of a plan, or without what that added."""
    if event.due_at is None:
        return d
    return replace(
        d,
        extended_to=event.extended_to if event.is_undo else event.due_at,
        extended_at=event.extended_at if event.is_undo else at,
        due_at=event.due_at,
        standing=_standing(d, event.due_at),
    )


def _reported(d: Dossier, event: e.ProgressReported, at: datetime) -> Dossier:
    """The same dossier as another system says that it stands; what it did not tell stays."""
    if not event.status or d.outcome is Outcome.MOVED:
        return d
    status = Status(event.status)
    outcome = Outcome(event.outcome) if event.outcome else None
    told = d
    if event.due_at:  # from what it told last, only pauses that come after count
        standing = _standing(d, event.due_at)
        told = replace(
            d, extended_to=event.due_at, extended_at=at, due_at=event.due_at, standing=standing
        )
    return replace(
        _all_closed(told, at) if outcome else _waiting_for(told, _WAITS.get(status), at),
        status=status,
        stage=event.stage or d.stage,
        office=event.office or d.office,
        assignee=event.assignee or d.assignee,
        ended_at=event.ended_at,
        outcome=outcome,
        is_handed_over=event.is_handed_over,
        handed_over_at=event.handed_over_at,
        result_number=event.result_number or d.result_number,
        drafts=(*d.drafts, *(one for one in event.results if one not in d.drafts)),
        approved_draft=event.results[0].sha256 if event.results else d.approved_draft,
    )


def _known_as(d: Dossier, event: e.TakenBySystem) -> tuple[e.Identifier, ...]:
    """The codes of a dossier, with the one that its new system gave it."""
    new = e.Identifier(event.system, event.known_as)
    return d.identifiers if not new.code or new in d.identifiers else (*d.identifiers, new)


_WAITS = {
    Status.WAITING_SUPPLEMENT: PauseKind.SUPPLEMENT,
    Status.WAITING_PAYMENT: PauseKind.FINANCIAL_DUTY,
}


def _waiting_for(d: Dossier, kind: PauseKind | None, at: datetime) -> Dossier:
    """The applicant is waited for in this way, or in none."""
    for pause in d.open_pauses:
        if pause.kind in _WAITS.values() and pause.kind is not kind:
            d = _closed(d, pause.kind, at, pause.about)
    is_known = any(pause.kind is kind for pause in d.open_pauses)
    return _opened(d, kind, at) if kind and not is_known else d


def _working(status: Status) -> Status:
    return Status.PROCESSING if status is Status.RECEIVED else status


def _resumed(d: Dossier) -> Status:
    """The status that the pauses still open leave."""
    waiting = {pause.kind for pause in d.open_pauses}
    if PauseKind.SUPPLEMENT in waiting:
        return Status.WAITING_SUPPLEMENT
    if PauseKind.FINANCIAL_DUTY in waiting:
        return Status.WAITING_PAYMENT
    return Status.PROCESSING


def _opened(d: Dossier, kind: PauseKind, at: datetime, about: int = 0) -> Dossier:
    return replace(d, open_pauses=(*d.open_pauses, OpenPause(kind, at, about)))


def _closed(d: Dossier, kind: PauseKind, at: datetime, about: int = 0) -> Dossier:
    mine = [p for p in d.open_pauses if p.kind is kind and p.about == about]
    if not mine:
        return d
    others = tuple(p for p in d.open_pauses if p not in mine)
    ended = tuple(Pause(p.start, at, p.kind) for p in mine if p.start < at)
    return replace(d, open_pauses=others, pauses=(*d.pauses, *ended), transferable_at=at)


def _all_closed(d: Dossier, at: datetime) -> Dossier:
    for pause in d.open_pauses:
        d = _closed(d, pause.kind, at, pause.about)
    return replace(d, opinions_open=()) if d.opinions_open else d
