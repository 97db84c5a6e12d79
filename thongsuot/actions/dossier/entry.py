"""What a counter enters, read field by field, so that every door asks and refuses the same."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from thongsuot.actions.dossier.reception import Reception, open_child, receive
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import (
    Applicant,
    ApplicantKind,
    Identifier,
    PaperGiven,
    PlaceGiven,
)
from thongsuot.domain.dossier.reception import Submission
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import (
    PassportNumber,
    PersonNumber,
    ProcedureCode,
    TaxNumber,
)
from thongsuot.words import reading
from thongsuot.words.reading import BadField, Expected, FieldNeeded, Given

FIELDS = (
    "procedure",
    "case",
    "channel",
    "applicant",
    "place",
    "papers",
    "identifiers",
    "receiving_point",
    "competent_office",
    "return_point",
    "received_at",
    "late_entry_reason",
    "appointment",
    "appointment_basis",
    "parent",
    "aware_of",
    "reused",
)
APPLICANT = (
    "kind",
    "name",
    "number",
    "representative",
    "phone",
    "email",
    "address",
    "proxy",
    "proxy_paper",
    "proxy_exception",
)

# So many digits are the tax number of an organisation or its branch.
_TAX_NUMBERS = (10, 13)

_short = partial(reading.text, longest=40)
_long = partial(reading.text, longest=300)


def read_reception(raw: object, *, at: datetime, receiving_point: str = "") -> Reception:
    """What the counter entered; the moment and the counter are the person's own if left out.

    Raises FieldNeeded, FieldUnknown, FieldTooLong, BadField, ProcedureCodeMalformed,
    PersonNumberMalformed, PassportNumberMalformed,
    TaxNumberMalformed.
    """
    given = reading.fields(raw, known=FIELDS, name="request")
    point = reading.if_given(_short, given, "receiving_point", receiving_point)
    if not point:
        raise FieldNeeded("receiving_point", field="receiving_point")
    return Reception(
        procedure=reading.parsed("procedure", ProcedureCode.parse, given.get("procedure")),
        submission=_submission(given, at),
        receiving_point=point,
        competent_office=reading.if_given(_short, given, "competent_office", ""),
        return_point=reading.if_given(_short, given, "return_point", ""),
        reused=tuple(reading.text(name, item) for name, item in _items("reused", given)),
    )


def take_in(*, request: Reception, by: Person, at: datetime) -> Dossier:
    """Take a dossier in; one that names its parent is opened under it.

    Raises what `receive` and `open_child` raise.
    """
    parent = request.submission.parent
    if parent:
        return open_child(parent=parent, request=request, by=by, at=at)
    return receive(request=request, by=by, at=at)


def _submission(given: Given, at: datetime) -> Submission:
    return Submission(
        applicant=_applicant(given.get("applicant")),
        place=PlaceGiven(reading.if_given(_short, given, "place", ""), ""),
        channel=reading.if_given(reading.channel, given, "channel", Channel.IN_PERSON),
        received_at=reading.if_given(reading.moment, given, "received_at", at),
        case=reading.if_given(_long, given, "case", ""),
        papers=tuple(_paper(name, item) for name, item in _items("papers", given)),
        identifiers=tuple(_identifier(name, item) for name, item in _items("identifiers", given)),
        parent=reading.if_given(_long, given, "parent", ""),
        late_entry_reason=reading.if_given(reading.text, given, "late_entry_reason", ""),
        appointment=reading.maybe(reading.moment, given, "appointment"),
        appointment_basis=reading.if_given(reading.text, given, "appointment_basis", ""),
        aware_of=tuple(_long(name, item) for name, item in _items("aware_of", given)),
    )


def _applicant(raw: object) -> Applicant:
    if reading.is_empty(raw):
        raise FieldNeeded("applicant", field="applicant")
    given = reading.fields(raw, known=APPLICANT, name="applicant")
    read = partial(reading.if_given, raw=given, otherwise="", where="applicant.")
    number = read(partial(reading.text, longest=20), name="number")
    kind = reading.if_given(_kind, given, "kind", _kind_by(number), where="applicant.")
    return Applicant(
        kind=kind,
        name=reading.text("applicant.name", given.get("name"), longest=200),
        number=_number(number, kind),
        representative=read(partial(reading.text, longest=200), name="representative"),
        phone=read(partial(reading.text, longest=20), name="phone"),
        email=read(partial(reading.text, longest=120), name="email"),
        address=read(_long, name="address"),
        proxy=read(partial(reading.text, longest=200), name="proxy"),
        proxy_paper=read(_long, name="proxy_paper"),
        proxy_exception=read(_long, name="proxy_exception"),
    )


def _kind(where: str, raw: object) -> ApplicantKind:
    given = reading.text(where, raw)
    if given not in set(ApplicantKind):
        raise BadField.holding(where, raw, Expected.APPLICANT_KIND)
    return ApplicantKind(given)


def _kind_by(number: str) -> ApplicantKind:
    """Where nobody says whose dossier it is, a tax number does."""
    digits = _digits(number)
    is_tax_number = digits.isdecimal() and len(digits) in _TAX_NUMBERS
    return ApplicantKind.ORGANISATION if is_tax_number else ApplicantKind.PERSON


def _number(given: str, kind: ApplicantKind) -> str:
    """A number is one that can exist; a passport has letters.

    A household business goes by the number of its owner; an organisation without a tax number,
    by that of its decision.
    """
    digits = _digits(given)
    if not digits.isdecimal():
        if not given or kind is ApplicantKind.ORGANISATION:
            return given
        return str(reading.parsed("applicant.number", PassportNumber.parse, given))
    if kind is ApplicantKind.ORGANISATION and len(digits) != PersonNumber.LENGTH:
        return str(reading.parsed("applicant.number", TaxNumber.parse, digits))
    return reading.parsed("applicant.number", PersonNumber.parse, digits).digits


def _digits(given: str) -> str:
    return "".join(given.split()).replace("-", "")


def _paper(where: str, raw: object) -> PaperGiven:
    """A paper by its name alone, or with how many originals and copies."""
    if isinstance(raw, str):
        return PaperGiven(reading.text(where, raw))
    given = reading.fields(raw, known=("name", "originals", "copies"), name=where)
    return PaperGiven(
        name=reading.text(f"{where}.name", given.get("name")),
        originals=reading.if_given(reading.number, given, "originals", 0, where=f"{where}."),
        copies=reading.if_given(reading.number, given, "copies", 0, where=f"{where}."),
    )


def _identifier(where: str, raw: object) -> Identifier:
    given = reading.fields(raw, known=("system", "code"), name=where)
    return Identifier(
        system=reading.text(f"{where}.system", given.get("system"), longest=40),
        code=reading.text(f"{where}.code", given.get("code"), longest=80),
    )


def _items(name: str, given: Given) -> list[tuple[str, object]]:
    raw = given.get(name)
    if reading.is_empty(raw):
        return []
    if not isinstance(raw, list):
        raise BadField.holding(name, raw, Expected.LIST)
    return [(f"{name}.{step}", item) for step, item in enumerate(raw)]
