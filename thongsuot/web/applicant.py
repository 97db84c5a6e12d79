"""The person at the counter: what is known of them, and the same dossier brought twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from thongsuot.actions import enquiries as asking
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.exchange import EnquiryKind
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import applicants, enquiries
from thongsuot.queries.applicants import Earlier, Known, Offer
from thongsuot.queries.counter import Counter
from thongsuot.queries.enquiries import EnquiryLine, StoreOffer
from thongsuot.records.enquiries import NoSuchEnquiry
from thongsuot.web.door import Visit
from thongsuot.words.enquiries import TITLE
from thongsuot.words.reading import FieldNeeded

LONGEST_ID = 18
# Where the form remembers its questions.
ASKED = {EnquiryKind.PERSON: "enquiry", EnquiryKind.PAPERS: "store"}
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


@dataclass(frozen=True, slots=True)
class Check:
    """The comparison with the population database: whether it may be asked, and what it said."""

    is_offered: bool
    line: EnquiryLine | None

    @property
    def title(self) -> str:
        """Who was asked."""
        return TITLE[self.line.kind] if self.line else ""

    @property
    def offers(self) -> tuple[StoreOffer, ...]:
        """The papers that the store offers."""
        return enquiries.store_offers(self.line)


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


def check_person(visit: Visit, here: Counter, values: Mapping[str, str]) -> dict[str, str]:
    """Ask the population database about the person typed; the form remembers the question.

    The button pressed twice on one page asks once. Raises what `ask_about_person` raises.
    """
    number = asking.ask_about_person(
        name=values.get("applicant.name", ""),
        number=values.get("applicant.number", ""),
        procedure=str(here.procedure.code),
        office=str(here.point.office),
        key=f"{values.get('key', '')}/{values.get('enquiry', '')}"[:120],
        by=visit.by,
        at=visit.at,
    )
    return {**values, "enquiry": str(number)}


def search_store(visit: Visit, here: Counter, values: Mapping[str, str]) -> dict[str, str]:
    """Ask the electronic document store about the person typed; the form remembers the question.

    Raises what `ask_for_papers` raises.
    """
    number = asking.ask_for_papers(
        name=values.get("applicant.name", ""),
        number=values.get("applicant.number", ""),
        procedure=str(here.procedure.code),
        office=str(here.point.office),
        key=f"{values.get('key', '')}/store/{values.get('store', '')}"[:120],
        by=visit.by,
        at=visit.at,
    )
    return {**values, "store": str(number)}


def check(visit: Visit, values: Mapping[str, str], kind: EnquiryKind = EnquiryKind.PERSON) -> Check:
    """What was asked about the person who stands in the form now, and what was answered."""
    is_offered = kind in enquiries.askable(at=visit.at)
    asked, person = values.get(ASKED[kind], ""), _number(values)
    if not asked.isdecimal() or len(asked) > LONGEST_ID or not person:
        return Check(is_offered, None)
    try:
        line = enquiries.enquiry(int(asked), account=visit.by.account, at=visit.at)
    except NoSuchEnquiry:  # forgotten since, or of a draft of somebody else
        return Check(is_offered, None)
    is_of_person = line.about == applicants.about(number=person, phone="") and line.kind is kind
    return Check(is_offered, line if is_of_person else None)


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
