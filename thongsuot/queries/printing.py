"""The papers that go out: each filled from the events of its dossier, in the form of its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from thongsuot.domain.directory import Office
from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import forms, press, values
from thongsuot.paper.forms import Form
from thongsuot.paper.sheets import Sheet, sheet
from thongsuot.paper.values import Timeliness
from thongsuot.queries import access, directory
from thongsuot.queries import dossier as dossiers
from thongsuot.records import catalogue, contacts
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.words import papers as words
from thongsuot.words.labels import CHANNEL
from thongsuot.words.screens import money

Kind = TypeVar("Kind", bound=e.Event)


class NothingToSay(Refusal):
    """The dossier has not come to what this paper tells of."""

    code = "nothing_to_say"


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier with its events and the names of whom they speak of."""

    dossier: Dossier
    entries: tuple[Entry, ...]
    offices: dict[str, Office]
    names: dict[str, str]
    points: dict[str, str]
    places: dict[str, str]

    def office(self, code: str) -> str:
        """An office's name."""
        found = self.offices.get(code)
        return found.name if found else code

    def last(self, kind: type[Kind]) -> tuple[Kind, Entry] | None:
        """The last event of a kind."""
        found = [(one.event, one) for one in self.entries if isinstance(one.event, kind)]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Printable:
    """A dossier of which a paper is wanted, and whether it has one."""

    code: str
    applicant: str
    procedure: str
    is_known: bool
    has_paper: bool


def kinds(told: Sequence[str]) -> tuple[str, ...]:
    """The papers that a dossier with these events has to say, in the order of its life."""
    found = set(told)
    return tuple(kind for kind, needs in _NEEDS.items() if (not needs or needs in found) and found)


def pdf(
    code: str, kind: str, *, account: str, at: datetime, reading: ReadingToken
) -> tuple[str, bytes]:
    """A paper of a dossier as PDF, and the name of its file.

    Raises NoSuchDossier, NotYoursToSee, NothingToSay, NoFormInForce, and what the press refuses.
    """
    entries, dossier = dossiers.read(code, account=account, at=at, reading=reading)
    if kind not in _MAKERS:
        raise NothingToSay("form", given=kind, code=code)
    paper, on = _MAKERS[kind](_known(dossier, entries), at)
    made = sheet(paper)
    return f"{kind}-{dossier.code}.pdf", press.pdf(form_of(made.form, on), [made], at=at)


def several(
    codes: Iterable[str], kind: str, *, account: str, at: datetime, readings: Sequence[ReadingToken]
) -> tuple[str, bytes]:
    """One kind of paper of several dossiers in one PDF, each in the form of its own day.

    Raises as `pdf`.
    """
    if kind not in _MAKERS:
        raise NothingToSay("form", given=kind, code="")
    sheets: list[tuple[Form, Sheet]] = []
    for code, reading in zip(codes, readings, strict=True):
        entries, dossier = dossiers.read(code, account=account, at=at, reading=reading)
        paper, on = _MAKERS[kind](_known(dossier, entries), at)
        made = sheet(paper)
        sheets.append((form_of(made.form, on), made))
    return f"{kind}.pdf", press.together(sheets, at=at)


def printable(
    codes: Sequence[str], kind: str, *, account: str, at: datetime
) -> tuple[Printable, ...]:
    """Which of these dossiers have one kind of paper to print, in the order asked for.

    Raises NothingToSay where there is no such kind.
    """
    if kind not in _MAKERS:
        raise NothingToSay("form", given=kind, code="")
    seen = dossiers.offices_of(account, at)
    rows = {row.code: row for row in DossierRow.objects.filter(code__in=codes).defer("search")}
    told: dict[str, list[str]] = {}
    events = EventRow.objects.filter(dossier__code__in=codes).values_list("dossier__code", "name")
    for code, name in events:
        told.setdefault(code, []).append(name)
    return tuple(_printable(code, kind, rows.get(code), told.get(code, []), seen) for code in codes)


def _printable(
    code: str, kind: str, row: DossierRow | None, told: Sequence[str], seen: frozenset[str]
) -> Printable:
    if row is None or not seen & {
        "",
        row.office,
        row.competent_office,
        row.receiving_office,
        row.return_office,
    }:
        return Printable(code, "", "", is_known=False, has_paper=False)
    return Printable(
        code, row.applicant_name, row.procedure_name, is_known=True, has_paper=kind in kinds(told)
    )


def joint_receipt(
    codes: Sequence[str], *, account: str, at: datetime, readings: Sequence[ReadingToken]
) -> tuple[str, bytes]:
    """One receipt for several dossiers that were handed in together. Raises as `pdf`."""
    known = [
        _known(dossier, entries)
        for code, reading in zip(codes, readings, strict=True)
        for entries, dossier in [dossiers.read(code, account=account, at=at, reading=reading)]
    ]
    first = known[0]
    received = _must(first, e.Received)[0]
    on = _day(received.received_at)
    proxies = {k.dossier.applicant.proxy for k in known}
    jointly = proxies.pop() if len(proxies) == 1 else ""
    name = jointly or words.LIST_OF.format(count=len(known))
    paper = values.BatchReceiptPaper(
        head=_head(first, received.receiving_office, on),
        addressee=values.Addressee(name, ""),
        lookup=values.Lookup(f"{settings.PUBLIC_URL}/tra-cuu"),
        point=_point(first, received.receiving_point),
        lines=tuple(_batch_line(k) for k in known),
        received_at=received.received_at,
        return_at=_point(first, received.return_point),
        submitted_by=jointly,
        received_by=first.names.get(received.receiving_official, received.receiving_official),
    )
    form = form_of("batch_receipt", on)
    return "phieu-tiep-nhan-nhieu.pdf", press.pdf(form, [sheet(paper)], at=at)


def _batch_line(k: Known) -> values.BatchLine:
    d = k.dossier
    due = d.promised_at or d.received_at
    return values.BatchLine(d.code, d.procedure_name, d.applicant.name, due)


def require_some(codes: Sequence[str]) -> None:
    """Raises NothingToPrint, TooManySheets: before anybody's data is looked at."""
    if not codes:
        raise press.NothingToPrint(form="receipt")
    if len(codes) > press.MOST_SHEETS:
        raise press.TooManySheets(count=len(codes), most=press.MOST_SHEETS)


def form_of(kind: str, on: date) -> Form:
    """The form of a paper that is in force on a day. Raises NoFormInForce."""
    return forms.choose(_forms(settings.DATA_DIR / "forms"), kind, on)


@cache
def _forms(folder: Path) -> tuple[Form, ...]:
    return forms.read(folder)


def _known(d: Dossier, entries: Sequence[Entry]) -> Known:
    codes = {d.office, d.competent_office, d.receiving_office, d.return_office}
    codes |= {one.office for one in entries}
    codes |= {one.event.of for one in entries if isinstance(one.event, e.OpinionAsked)}
    passed = [one.event for one in entries if isinstance(one.event, e.CustodyPassed)]
    codes |= {code for one in passed for code in (one.from_office, one.to_office)}
    codes |= {one.event.competent_office for one in entries if isinstance(one.event, e.Received)}
    offices = _offices(codes)
    parents = {str(one.parent) for one in offices.values() if one.parent} - set(offices)
    accounts = {one.by for one in entries} | {d.receiving_official, d.assignee}
    accounts |= {one.assignee for one in passed}
    offices |= _offices(parents)
    return Known(
        dossier=d,
        entries=tuple(entries),
        offices=offices,
        names=access.names(accounts),
        points=directory.counter_names({d.receiving_point, d.return_point}),
        places=directory.place_names({one.place for one in offices.values()}),
    )


def _offices(codes: set[str]) -> dict[str, Office]:
    rows = OfficeRow.objects.filter(code__in=codes).order_by("valid")
    return {row.code: row.value() for row in rows}


def _head(k: Known, office: str, on: date) -> values.Letterhead:
    own = k.offices.get(office)
    parent = k.office(own.parent.canonical) if own and own.parent else ""
    place = words.named_place(k.places.get(own.place, "")) if own else ""
    return values.Letterhead(parent=parent, office=k.office(office), place=place, on=on)


def _line(d: Dossier) -> values.DossierLine:
    lookup = values.Lookup(f"{settings.PUBLIC_URL}/tra-cuu?ma={d.code}")
    return values.DossierLine(d.code, d.procedure_name, lookup)


def _addressee(d: Dossier) -> values.Addressee:
    who = d.applicant
    return values.Addressee(
        name=who.name,
        address=who.address,
        number=who.number,
        phone=who.phone,
        email=who.email,
        proxy=who.proxy,
        representative=who.representative,
        authority=who.proxy_paper or who.proxy_exception,
    )


def _submitter(who: e.Applicant) -> str:
    """Who stood at the counter and signs."""
    return who.proxy or who.representative or who.name


def _point(k: Known, key: str) -> str:
    return k.points.get(key, key)


def _enclosures(papers: Iterable[e.PaperGiven]) -> tuple[values.Enclosure, ...]:
    return tuple(values.Enclosure(p.name, originals=p.originals, copies=p.copies) for p in papers)


def _receipt(k: Known, _: datetime) -> tuple[values.Paper, date]:
    d, first = k.dossier, _must(k, e.Received)[0]
    if first.promised_at is None:  # the system that reported it told no appointment
        raise NothingToSay("form", given="receipt", code=d.code)
    on = _day(first.received_at)
    return values.ReceiptPaper(
        head=_head(k, first.receiving_office, on),
        dossier=_line(d),
        addressee=_addressee(d),
        point=_point(k, first.receiving_point),
        enclosures=_enclosures(first.papers),
        sets=1,
        term=first.term,
        received_at=first.received_at,
        due_at=first.promised_at,
        return_at=_point(k, first.return_point),
        submitted_by=_submitter(d.applicant),
        received_by=k.names.get(first.receiving_official, first.receiving_official),
        fees=tuple(_fees(d)),
    ), on


def _fees(d: Dossier) -> Iterator[values.FeeLine]:
    """What was paid; before anything was, what the catalogue asks for by this channel."""
    for paid in d.fees:
        yield values.FeeLine(paid.name, _paid(paid))
    if d.fees:
        return
    version = catalogue.procedure_version(d.procedure, d.procedure_version)
    for asked in version.fees:
        if asked.channel is d.channel and asked.amount is not None:
            owed = words.unpaid(money(asked.amount)) if asked.amount else words.FREE
            yield values.FeeLine(asked.note or words.FEE, owed)


def _paid(fee: e.FeeCollected) -> str:
    return fee.basis if fee.how is e.Payment.EXEMPT else f"{money(fee.amount)}"


def _supplement(k: Known, _: datetime) -> tuple[values.Paper, date]:
    asked, entry = _must(k, e.SupplementAsked)
    on, by = _day(entry.occurred_at), k.names.get(entry.by, entry.by)
    return values.SupplementPaper(
        head=_head(k, entry.office, on),
        dossier=_line(k.dossier),
        addressee=_addressee(k.dossier),
        missing=tuple(values.Enclosure(name) for name in asked.missing),
        requests=(),
        reason=asked.reason,
        contact=by,
        contact_phone=_phone(entry.office, on),
        guided_by=by,
    ), on


def _phone(office: str, on: date) -> str:
    found = contacts.contact(office, on=on)
    return found.hotline if found else ""


def _signer(office: str, on: date) -> values.Signer:
    """Who heads an office, where just one does; else the name is left to be written."""
    heads = access.leaders(office, on=on)
    return values.Signer(words.SIGNER, heads[0] if len(heads) == 1 else "")


def _refusal(k: Known, _: datetime) -> tuple[values.Paper, date]:
    """The written refusal of the body that resolves, in the form by which dossiers are refused."""
    told, entry = _must(k, e.Refused)
    d, on = k.dossier, _day(entry.occurred_at)
    return values.DeclinePaper(
        head=_head(k, entry.office, on),
        dossier=_line(d),
        addressee=_addressee(d),
        point=_point(k, d.receiving_point),
        submitted_at=d.received_at,
        reasons=(told.reason, *((words.basis(told.basis),) if told.basis else ())),
        submitted_by=_submitter(d.applicant),
        received_by=k.names.get(entry.by, entry.by),
        refused_by=k.office(entry.office),
    ), on


def _decline(k: Known, _: datetime) -> tuple[values.Paper, date]:
    told, entry = _must(k, e.Declined)
    on = _day(told.received_at)
    return values.DeclinePaper(
        head=_head(k, told.receiving_office, on),
        dossier=_line(k.dossier),
        addressee=_addressee(k.dossier),
        point=_point(k, told.receiving_point),
        submitted_at=told.received_at,
        reasons=(told.reason,),
        submitted_by=_submitter(told.applicant),
        received_by=k.names.get(entry.by, entry.by),
    ), on


def _apology(k: Known, _: datetime) -> tuple[values.Paper, date]:
    told, entry = _must(k, e.Apologised)
    d, on = k.dossier, _day(entry.occurred_at)
    return values.ApologyPaper(
        head=_head(k, entry.office, on),
        dossier=_line(d),
        addressee=_addressee(d),
        office=k.office(entry.office),
        received_at=d.received_at,
        due_at=d.promised_at or told.due_at,
        reason=told.reason,
        new_due_at=told.extended_to or told.new_day,
        extension=words.UNTIL.format(day=f"{_day(told.extended_to or told.new_day):%d/%m/%Y}"),
        signer=_signer(entry.office, on),
        sent_to=words.SENT_TO,
    ), on


def _stop(k: Known, _: datetime) -> tuple[values.Paper, date]:
    told, entry = _must(k, e.Stopped)
    d, on = k.dossier, _day(entry.occurred_at)
    return values.StopPaper(
        head=_head(k, entry.office, on),
        dossier=_line(d),
        addressee=_addressee(d),
        office=k.office(entry.office),
        received_at=d.received_at,
        asked_at=entry.occurred_at,
        asked_by=CHANNEL[told.channel.value],
        reason=told.reason,
        bases=(),
        given_back=tuple(paper.name for paper in d.papers),
        fee_given_back="",
        signer=_signer(entry.office, on),
        sent_to=words.SENT_TO,
    ), on


def _control(k: Known, at: datetime) -> tuple[values.Paper, date]:
    d = k.dossier
    asked = [one.event.of for one in k.entries if isinstance(one.event, e.OpinionAsked)]
    return values.ControlPaper(
        head=_head(k, d.receiving_office, _day(at)),
        dossier=_line(d),
        addressee=_addressee(d),
        received_at=d.received_at,
        due_at=d.due_at or d.received_at,
        competent_office=k.office(d.competent_office),
        cooperating_offices=tuple(k.office(code) for code in dict.fromkeys(asked)),
        handovers=tuple(_handovers(k)),
    ), _day(at)


def _handovers(k: Known) -> Iterable[values.Handover]:
    """Each passing on: from office to office, and from official to official within one."""
    holder, competent = k.dossier.receiving_office, ""
    for one in k.entries:
        match one.event:
            case e.Received(competent_office=body):
                competent = body
            case e.CustodyPassed():
                yield _passed(k, one, one.event, competent)
                holder, competent = one.event.to_office, one.event.competent_office
            case e.Forwarded(to_office=to, is_late=is_late):
                note = words.HANDED_LATE if is_late else ""
                outcome = Timeliness.LATE if is_late else Timeliness.ON_TIME
                yield replace(_handover(k, one, holder, to, note=note), outcome=outcome)
                holder = to
            case e.Assigned(official=official, reason=reason):
                yield _handover(k, one, one.office, one.office, official=official, note=reason)
            case e.SentBack(to_office=to, reason=reason):
                yield _handover(k, one, one.office, to, note=reason)
                holder = to
            case e.ResultIssued() | e.Refused():
                done = _handover(k, one, one.office, k.dossier.return_office)
                yield replace(done, outcome=_outcome(k.dossier, one.occurred_at))


def _passed(k: Known, entry: Entry, event: e.CustodyPassed, competent: str) -> values.Handover:
    """A passing by a reorganisation: no official gave it, the plan did; both bodies are named."""
    pair = (event.from_office, event.to_office)
    if event.from_office == event.to_office:  # at a counter that goes on; another body resolves
        pair = (competent, event.competent_office)
    note = words.reorganised(event.plan, is_undo=event.is_undo, basis=event.basis)
    made = _handover(k, entry, *pair, official=event.assignee, note=note)
    return replace(made, from_official="")


def _outcome(d: Dossier, at: datetime) -> Timeliness | None:
    """How the resolving body did against the due moment: late, on its day, or on a day before."""
    if d.due_at is None:
        return None
    if at > d.due_at:
        return Timeliness.LATE
    return Timeliness.ON_TIME if _day(at) == _day(d.due_at) else Timeliness.EARLY


def _handover(
    k: Known, entry: Entry, sender: str, taker: str, *, official: str = "", note: str = ""
) -> values.Handover:
    return values.Handover(
        from_office=k.office(sender),
        from_official=k.names.get(entry.by, entry.by),
        to_office=k.office(taker),
        to_official=k.names.get(official, official),
        at=entry.occurred_at,
        note=note,
    )


def _result_handover(k: Known, _: datetime) -> tuple[values.Paper, date]:
    told, entry = _must(k, e.ResultIssued)
    d, on = k.dossier, _day(entry.occurred_at)
    line = values.ResultLine(
        code=d.code,
        procedure=d.procedure_name,
        result=told.number,
        owner=d.applicant.name,
        address=d.applicant.address,
    )
    return values.ResultHandoverPaper(
        head=_head(k, entry.office, on),
        from_office=k.office(entry.office),
        to_office=k.office(d.return_office),
        at=entry.occurred_at,
        lines=(line,),
        given_by=k.names.get(entry.by, entry.by),
        taken_by="",
    ), on


def _must(k: Known, kind: type[Kind]) -> tuple[Kind, Entry]:
    found = k.last(kind)
    if found is None:
        raise NothingToSay("form", given=kind.__name__, code=k.dossier.code)
    return found


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


_MAKERS: dict[str, Callable[[Known, datetime], tuple[values.Paper, date]]] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "decline": _decline,
    "refusal": _refusal,
    "apology": _apology,
    "stop": _stop,
    "control": _control,
    "result_handover": _result_handover,
}
# By which event a dossier comes to have something to say.
_NEEDS: dict[str, str] = {
    "receipt": "received",
    "decline": "declined",
    "supplement": "supplement_asked",
    "apology": "apologised",
    "refusal": "refused",
    "stop": "stopped",
    "result_handover": "result_issued",
    "control": "received",
}
