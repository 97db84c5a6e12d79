"""The person at the counter: what is known of them, and the same dossier brought twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import applicants
from thongsuot.queries.applicants import Earlier, Known, Offer
from thongsuot.web.door import Visit
from thongsuot.words.reading import FieldNeeded

# A field of the form, and what fills it where it was left empty.
FILLS = ("name", "number", "representative", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class Person:
    """What the page tells of the person at the counter.

    `held` is what the province holds of them, by the paper of the procedure that it stands for.
    """

    is_asked: bool = False
    known: Known | None = None
    before: tuple[Earlier, ...] = ()
    goes_on: bool = False
    held: Mapping[str, Offer] = field(default_factory=dict)
    was_shown: bool = False


def look_up(
    visit: Visit, procedure: Procedure, values: Mapping[str, str]
) -> tuple[Person, dict[str, str]]:
    """What is known of the person typed, and the form with its empty fields filled in.

    Raises FieldNeeded without a number and a phone. The look is logged.
    """
    number, phone = values.get("applicant.number", ""), values.get("applicant.phone", "")
    if not (number.strip() or phone.strip()):
        raise FieldNeeded("applicant.number", field="applicant.number")
    token = visit.reading(applicants.about(number=number, phone=phone), Purpose.RECEIVE)
    known = applicants.known(reading=token, number=number, phone=phone)
    filled = dict(values) | _filled(known, values)
    person = met(visit, procedure, filled, looked=token)
    return replace(person, is_asked=True, known=known), filled


def _filled(known: Known | None, values: Mapping[str, str]) -> dict[str, str]:
    if known is None:
        return {}
    told = {f"applicant.{name}": str(getattr(known, name)) for name in FILLS}
    told["place"] = known.place
    if not values.get("applicant.name", "").strip():
        told["applicant.kind"] = known.kind
        values = {name: text for name, text in values.items() if name != "applicant.kind"}
    return {name: value for name, value in told.items() if value and not values.get(name)}


def met(
    visit: Visit,
    procedure: Procedure,
    values: Mapping[str, str],
    *,
    looked: ReadingToken | None = None,
) -> Person:
    """What the same person brought lately for this procedure, and what is held of them.

    A look at what is held is logged, unless it is the one that was `looked` at just now.
    """
    before = applicants.duplicates(
        procedure=procedure.code,
        number=values.get("applicant.number", ""),
        name=values.get("applicant.name", ""),
        phone=values.get("applicant.phone", ""),
        at=visit.at,
    )
    return Person(
        before=before,
        goes_on="knows_of" in values,
        held=_held(visit, procedure, values, looked),
        was_shown=values.get("held_of", "") == _number(values),
    )


def _held(
    visit: Visit, procedure: Procedure, values: Mapping[str, str], looked: ReadingToken | None
) -> Mapping[str, Offer]:
    number = _number(values)
    if not number:
        return {}
    about = applicants.about(number=number, phone="")
    is_looked_at = looked is not None and looked.about == about
    token = looked if looked and is_looked_at else visit.reading(about, Purpose.RECEIVE)
    return applicants.offers(reading=token, number=number, procedure=procedure, on=visit.on)


def _number(values: Mapping[str, str]) -> str:
    return values.get("applicant.number", "").strip()


def unknowing(person: Person) -> tuple[Refusal, ...]:
    """What keeps the dossier from being taken in until the official says to go on."""
    aware_of = [line.code for line in person.before] if person.goes_on else []
    return applicants.unaware("knows_of", person.before, aware_of)


def unshown(person: Person, given: Collection[str]) -> tuple[Refusal, ...]:
    """What keeps the dossier from being taken in until what is held was shown.

    Source: NĐ 309/2026/NĐ-CP Đ.2.
    """
    return () if person.was_shown else applicants.unused("papers", person.held, given)
