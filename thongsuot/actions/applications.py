"""The counter answers online applications: received as any dossier, or refused with one notice."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from thongsuot.actions import dossier as dossiers
from thongsuot.actions.dossier.papers import add_scans
from thongsuot.actions.files import Upload
from thongsuot.domain.applications import (
    Application,
    ApplicationState,
    NoSuchApplication,
    complete_notice,
    require_waiting,
    to_check_by,
)
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.submission import Submission
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import applications as records
from thongsuot.records import calendar, catalogue, directory
from thongsuot.words import reading

KIND = "application"
HOURS = "online_check_working_hours"
AGAIN_AFTER = timedelta(minutes=15)
# What no waiting mends: only somebody who asks has it tried again.
FOR_GOOD = frozenset({"host", "large"})
FETCHED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """The counter that answers: who, where, when."""

    by: Person
    point: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperToFetch:
    """A paper that came as an address: of which application, in which place, from whom."""

    application: int
    place: int
    partner: str
    url: str


def take_in(arrival: Arrival, at: datetime) -> str:
    """Keep an application that came, to be checked in time; its dossier, if it was received.

    Filed anew while nobody has answered, it replaces what was there; afterwards nothing changes.
    Raises FieldNeeded, FieldTooLong, BadField, ProcedureCodeMalformed, NoSuchProcedure,
    NoSuchOffice, NoPolicyForDay.
    """
    known = records.of_code(arrival.partner, reading.text("code", arrival.body.get("code")))
    if known and known.state != ApplicationState.WAITING:
        return known.dossier
    application = _read(arrival, at)
    records.keep(known, application, arrival, papers=_papers(arrival.body))
    return ""


def to_fetch(*, at: datetime) -> tuple[PaperToFetch, ...]:
    """The papers of applications that wait, whose content lies elsewhere and whose turn it is."""
    found = (
        PaperToFetch(row.pk, place, row.partner, str(paper["url"]))
        for row in records.lacking_papers()
        for place, paper in enumerate(row.papers)
        if records.is_elsewhere(paper) and _is_due(paper, at)
    )
    return tuple(islice(found, FETCHED_AT_ONCE))


@transaction.atomic
def note_fetched(paper: PaperToFetch, *, content: bytes, why: str, at: datetime) -> None:
    """Keep the content that was fetched, or why it was not; nothing where it was filed anew."""
    row = records.find(paper.application, lock=True)
    kept = row.papers[paper.place] if paper.place < len(row.papers) else {}
    if row.state != ApplicationState.WAITING or kept.get("url") != paper.url:
        return
    kept["why"], kept["tried_at"] = why, at.isoformat()
    kept["base64"] = base64.b64encode(content).decode()
    row.save(update_fields=["papers"])


@transaction.atomic
def fetch_again(*, number: int, desk: Desk) -> None:
    """Have the papers that are not here fetched once more, whatever kept them away.

    Raises NoSuchApplication, ApplicationAnswered.
    """
    row, _ = _waiting(number, desk)
    for paper in row.papers:
        paper.pop("tried_at", None)
        paper.pop("why", None)
    row.save(update_fields=["papers"])


def _is_due(paper: Mapping[str, Any], at: datetime) -> bool:
    tried = paper.get("tried_at")
    if not tried:
        return True
    is_over = datetime.fromisoformat(tried) + AGAIN_AFTER <= at
    return is_over and paper.get("why") not in FOR_GOOD


@transaction.atomic
def accept(*, number: int, given: Mapping[str, object], desk: Desk) -> Dossier:
    """Receive an application as a dossier, with the identity and the papers that came.

    `given` is what the counter adds: `case`, `place`. What is told back goes out at once, with
    everything that is owed of the dossier.
    Raises NoSuchApplication, ApplicationAnswered, what `receive` and `add_scans` raise.
    """
    row, application = _waiting(number, desk)
    dossier = dossiers.receive(request=_request(application, given, desk), by=desk.by, at=desk.at)
    for name, content in records.contents(row):
        upload = Upload(name, _decoded(content))
        dossier = add_scans(
            code=dossier.code,
            paper=name,
            uploads=[upload],
            is_checked=True,
            by=desk.by,
            at=desk.at,
        )
    records.settle(row, ApplicationState.ACCEPTED, dossier.code, by=desk.by, at=desk.at)
    return dossier


@transaction.atomic
def refuse(*, number: int, reason: object, missing: object, desk: Desk) -> Dossier:
    """Do not receive an application, and say everything that it lacks in one notice.

    Raises NoSuchApplication, ApplicationAnswered, FieldNeeded, FieldTooLong, what `decline` raises.
    """
    row, application = _waiting(number, desk)
    why = reading.text("reason", reason, longest=1000)
    lacking: Sequence[str] = reading.lines("missing", missing) if missing else ()
    dossier = dossiers.decline(
        request=_request(application, {}, desk),
        reason=complete_notice(why, lacking),
        by=desk.by,
        at=desk.at,
    )
    records.settle(row, ApplicationState.REFUSED, dossier.code, by=desk.by, at=desk.at)
    return dossier


def _waiting(number: int, desk: Desk) -> tuple[records.ApplicationRow, Application]:
    row = records.find(number, lock=True)
    application = row.value()
    on = desk.at.astimezone(VIETNAM).date()
    if not desk.point or application.office not in directory.answered_at(desk.point, on=on):
        raise NoSuchApplication("application", given=number)
    require_waiting(application)
    return row, application


def _request(
    application: Application, given: Mapping[str, object], desk: Desk
) -> dossiers.Reception:
    def text(name: str) -> str:
        raw = given.get(name)
        return reading.text(name, raw, longest=300) if raw else ""

    return dossiers.Reception(
        procedure=ProcedureCode.parse(application.procedure),
        submission=Submission(
            applicant=application.applicant,
            place=e.PlaceGiven(text("place"), ""),
            channel=Channel.ONLINE,
            received_at=desk.at,
            case=text("case"),
            papers=tuple(e.PaperGiven(name, copies=1) for name in application.papers),
            identifiers=(e.Identifier(application.partner, application.code),),
        ),
        receiving_point=desk.point,
        competent_office=text("competent_office"),
    )


def _read(arrival: Arrival, at: datetime) -> Application:
    body = arrival.body
    submitted_at = min(reading.moment("submitted_at", body.get("submitted_at")), at)
    on = submitted_at.astimezone(VIETNAM).date()
    code = reading.parsed("procedure", ProcedureCode.parse, body.get("procedure"))
    procedure = catalogue.procedure(code, on=on)
    office = directory.office(reading.text("office", body.get("office"), longest=40), on=on)
    hours = calendar.number(HOURS, on=on)
    name = office.code.canonical
    return Application(
        partner=arrival.partner,
        code=reading.text("code", body.get("code"), longest=80),
        procedure=procedure.code.base,
        procedure_name=procedure.name,
        office=name,
        applicant=_applicant(reading.named("applicant", body.get("applicant"))),
        papers=tuple(name for name, _, _ in _papers(body)),
        submitted_at=submitted_at,
        came_at=at,
        check_by=to_check_by(calendar.calendar(office=name), submitted_at, hours=hours),
        state=ApplicationState.WAITING,
    )


def _applicant(given: Mapping[str, object]) -> e.Applicant:
    def text(name: str) -> str:
        raw = given.get(name)
        return reading.text(f"applicant.{name}", raw, longest=300) if raw else ""

    return e.Applicant(
        name=reading.text("applicant.name", given.get("name"), longest=300),
        number=text("number"),
        phone=text("phone"),
        email=text("email"),
        address=text("address"),
        kind=e.ApplicantKind(text("kind") or e.ApplicantKind.PERSON),
        representative=text("representative"),
    )


def _papers(body: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """The papers that came, each under a name of its own, with its content or where that lies."""
    names: dict[str, tuple[str, str]] = {}
    for paper in body.get("papers") or ():
        name = reading.text("papers", paper.get("name"), longest=300)
        while name in names:
            name = f"{name} (bản khác)"
        names[name] = str(paper.get("base64") or ""), str(paper.get("url") or "")
    return tuple((name, content, url) for name, (content, url) in names.items())


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return b""  # an empty file is refused with its sentence
