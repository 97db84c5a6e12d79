"""The counter asks whether a person is registered by this name and number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongsuot.actions.dossier.keeping import day_of
from thongsuot.actions.enquiries.putting import put_about_person
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import EnquiryKind, Reply, Told
from thongsuot.domain.exchange.enquiry import verdict
from thongsuot.domain.identifiers import PersonNumber
from thongsuot.domain.workflow import Act
from thongsuot.records import access
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.words import reading


@transaction.atomic
def ask_about_person(
    *,
    name: object,
    number: object,
    procedure: str,
    office: str,
    key: str,
    by: Person,
    at: datetime,
) -> int:
    """Ask whether the population database knows a person by this name and number; the enquiry.

    Raises FieldNeeded, PersonNumberMalformed, NotYourDuty.
    """
    held = access.duties(by.account)
    held.require(by, Act.RECEIVE, office=office, procedure=procedure, on=day_of(at))
    asked_name = reading.text("applicant.name", name)
    person = person_of(number)
    asked = {"name": asked_name, "birth_year": person.birth_year}
    return put_about_person(EnquiryKind.PERSON, person, asked, office=office, key=key, by=by, at=at)


def person_of(given: object) -> PersonNumber:
    """The number typed. Raises FieldNeeded, PersonNumberMalformed."""
    where = "applicant.number"
    return reading.parsed(where, PersonNumber.parse, reading.text(where, given))


def kept(row: EnquiryRow, reply: Reply, _: datetime) -> Mapping[str, Any]:
    """Of what the database said only whether it agrees."""
    if not isinstance(reply, Told):
        return {}
    return {"verdict": verdict(row.asked["name"], str(reply.answer.get("name", ""))).value}
