"""The person at the counter: what is known of them, and the same dossier brought twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.looks import Purpose
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import applicants
from thongsuot.queries.applicants import Earlier, Known
from thongsuot.web.door import Visit
from thongsuot.words.reading import FieldNeeded

# A field of the form, and what fills it where it was left empty.
FILLS = ("name", "number", "phone", "email", "address")


class SubmittedBefore(Refusal):
    """The same person brought the same procedure lately; the official goes on knowingly."""

    code = "submitted_before"


@dataclass(frozen=True, slots=True)
class Person:
    """What the page tells of the person at the counter."""

    is_asked: bool = False
    known: Known | None = None
    before: tuple[Earlier, ...] = ()
    goes_on: bool = False


def look_up(visit: Visit, values: Mapping[str, str]) -> tuple[Person, dict[str, str]]:
    """What is known of the person typed, and the form with its empty fields filled in.

    Raises FieldNeeded without a number and a phone. The look is logged.
    """
    number, phone = values.get("applicant.number", ""), values.get("applicant.phone", "")
    if not (number.strip() or phone.strip()):
        raise FieldNeeded("applicant.number", field="applicant.number")
    token = visit.reading(applicants.about(number=number, phone=phone), Purpose.RECEIVE)
    known = applicants.known(reading=token, number=number, phone=phone)
    return Person(is_asked=True, known=known), dict(values) | _filled(known, values)


def _filled(known: Known | None, values: Mapping[str, str]) -> dict[str, str]:
    if known is None:
        return {}
    told = {f"applicant.{name}": str(getattr(known, name)) for name in FILLS}
    told["place"] = known.place
    return {name: value for name, value in told.items() if value and not values.get(name)}


def brought_before(visit: Visit, procedure: Procedure, values: Mapping[str, str]) -> Person:
    """What the same person brought lately for the same procedure."""
    before = applicants.duplicates(
        procedure=procedure.code,
        number=values.get("applicant.number", ""),
        name=values.get("applicant.name", ""),
        phone=values.get("applicant.phone", ""),
        at=visit.at,
    )
    return Person(before=before, goes_on="knows_of" in values)


def unknowing(person: Person) -> tuple[Refusal, ...]:
    """What keeps the dossier from being taken in until the official says to go on."""
    if not person.before or person.goes_on:
        return ()
    return (SubmittedBefore("knows_of", code=person.before[0].code),)
