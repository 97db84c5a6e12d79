"""The counter asks whether a person is registered by this name and number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongsuot.actions.access import open_reading
from thongsuot.actions.dossier.keeping import day_of
from thongsuot.actions.enquiries.putting import put
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import EnquiryKind, Reply, Told
from thongsuot.domain.exchange.enquiry import verdict
from thongsuot.domain.identifiers import PersonNumber
from thongsuot.domain.looks import Purpose
from thongsuot.domain.workflow import Act
from thongsuot.records import access
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.looks import person_key
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

    The look is in the log, whether it is answered or not. Sent twice with one key, it is asked
    once. Raises FieldNeeded, PersonNumberMalformed, NotYourDuty.
    Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.
    """
    held = access.duties(by.account)
    held.require(by, Act.RECEIVE, office=office, procedure=procedure, on=day_of(at))
    asked_name = reading.text("applicant.name", name)
    person = person_of(number)
    about = person_key(person.digits)
    asked = {"name": asked_name, "number": person.digits, "birth_year": person.birth_year}
    enquiry, is_new = put(
        EnquiryKind.PERSON,
        about=about,
        asked=asked,
        account=by.account,
        office=office,
        key=key,
        at=at,
    )
    if is_new:
        open_reading(by=by, about=about, purpose=Purpose.VERIFY, at=at)
    return enquiry


def person_of(given: object) -> PersonNumber:
    """The number typed. Raises FieldNeeded, PersonNumberMalformed."""
    where = "applicant.number"
    return reading.parsed(where, PersonNumber.parse, reading.text(where, given))


def kept(row: EnquiryRow, reply: Reply, _: datetime) -> Mapping[str, Any]:
    """Of what the database said only whether it agrees."""
    if not isinstance(reply, Told):
        return {}
    return {"verdict": verdict(row.asked["name"], str(reply.answer.get("name", ""))).value}
