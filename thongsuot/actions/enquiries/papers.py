"""The counter asks the electronic document store what it holds of a person, and takes a paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongsuot.actions.dossier.keeping import day_of, require_duty
from thongsuot.actions.dossier.papers import take_from_store
from thongsuot.actions.enquiries.people import person_of
from thongsuot.actions.enquiries.putting import put, put_about_person
from thongsuot.actions.files import Upload
from thongsuot.domain.dossier.standing import offices_for
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import EnquiryKind, Reply, Told
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import access, enquiries
from thongsuot.records import dossier as dossiers
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.looks import person_key
from thongsuot.words import reading
from thongsuot.words.refusals import sentence

MOST = 50


class PaperNotOffered(Refusal):
    """The store did not offer this paper for the applicant of this dossier."""

    code = "paper_not_offered"
    kind = Kind.UNKNOWN


@transaction.atomic
def ask_for_papers(
    *,
    name: object,
    number: object,
    procedure: str,
    office: str,
    key: str,
    by: Person,
    at: datetime,
) -> int:
    """Ask the store which papers it holds of a person; the enquiry. The look is in the log.

    Raises FieldNeeded, PersonNumberMalformed, NotYourDuty.
    """
    _require(office, procedure, by, at)
    person = person_of(number)
    asked = {"name": reading.text("applicant.name", name), "procedure": procedure}
    return put_about_person(EnquiryKind.PAPERS, person, asked, office=office, key=key, by=by, at=at)


def _require(office: str, procedure: str, by: Person, at: datetime) -> None:
    """Whoever receives or digitises here."""
    held, on = access.duties(by.account), day_of(at)
    if held.basis(by, Act.DIGITISE, office=office, procedure=procedure, on=on) is None:
        held.require(by, Act.RECEIVE, office=office, procedure=procedure, on=on)


@transaction.atomic
def fetch_paper(
    *, code: str, paper: object, offered_in: int, place: int, by: Person, at: datetime
) -> int:
    """Have the store hand a paper over that it offered for this applicant; the enquiry.

    Raises NoSuchDossier, NotYourDuty, NoSuchEnquiry, PaperNotOffered, FieldNeeded.
    """
    _, dossier, _ = dossiers.load(code)
    offices = offices_for(dossier, Act.DIGITISE)
    held = require_duty(by, Act.DIGITISE, offices=offices, procedure=dossier.procedure, at=at)
    answer = enquiries.own(offered_in, by.account)
    offers = answer.answer.get("offers", [])
    is_theirs = answer.about == person_key(dossier.applicant.number)
    if not is_theirs or not 0 <= place < len(offers):
        raise PaperNotOffered("paper", given=str(place))
    named = reading.text("paper", paper)
    enquiry, _ = put(
        EnquiryKind.PAPER_FILE,
        about=dossier.code,
        asked={**offers[place], "dossier": dossier.code, "paper": named},
        account=by.account,
        office=held.office,
        key=f"file:{dossier.code}:{offered_in}:{place}:{named}:{at:%Y%m%d%H%M}",
        at=at,
    )
    return enquiry


def offers_kept(_: EnquiryRow, reply: Reply, __: datetime) -> Mapping[str, Any]:
    """Which papers there are, and where; none of their contents."""
    return {"offers": list(reply.answer["offers"])[:MOST]} if isinstance(reply, Told) else {}


def file_kept(row: EnquiryRow, reply: Reply, at: datetime) -> Mapping[str, Any]:
    """The paper enters the dossier; what is no file that we keep is named with the reason."""
    asked = row.asked
    told = {"paper": asked["paper"], "dossier": asked["dossier"]}
    if not isinstance(reply, Told):
        return told
    official = access.account(row.account).person()
    try:
        with transaction.atomic():
            take_from_store(
                code=asked["dossier"],
                paper=asked["paper"],
                upload=Upload(asked["file"], reply.answer["content"]),
                body=asked["body"],
                number=asked["number"],
                kind=asked["code"],
                by=official,
                at=at,
            )
    except Refusal as refusal:
        return told | {"refused": sentence(refusal)}
    return told | {"is_taken": True}
