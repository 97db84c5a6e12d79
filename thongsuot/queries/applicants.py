"""What is known of the person at the counter, and what the same person brought lately."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.dossier.papers import Held
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import ProcedureCode, TaxNumber, TaxNumberMalformed
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import papers
from thongsuot.records.calendar import PolicyRow
from thongsuot.records.dossier import DossierRow, applicant_of
from thongsuot.records.looks import person_key
from thongsuot.words.labels import STATUS

EARLIER_AT_MOST = 10


class SubmittedBefore(Refusal):
    """The same person brought the same procedure lately; the official goes on knowingly."""

    code = "submitted_before"


class HeldNotShown(Refusal):
    """A paper that the province holds is shown before somebody is sent away for it."""

    code = "held_not_shown"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A dossier that the same person brought before; its status in words."""

    code: str
    procedure: str
    status: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the last dossier names them, with the dossiers before."""

    name: str
    number: str
    kind: str
    representative: str
    phone: str
    email: str
    address: str
    place: str
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that the province holds of a person, and where it came from."""

    held: Held
    office: str


def about(*, number: str, phone: str) -> str:
    """How the log of looks names a person: by number, else by phone."""
    return person_key(_digits(number) or _digits(phone))


def known(*, reading: ReadingToken, number: str, phone: str) -> Known | None:
    """The person of a number, or of a phone where no number was given; None if never here."""
    reading.require(about(number=number, phone=phone))
    rows = list(_of(number, phone).order_by("-id")[:EARLIER_AT_MOST])
    if not rows:
        return None
    last = rows[0]
    told = applicant_of(last)
    return Known(
        name=last.applicant_name,
        number=last.applicant_number,
        kind=told.kind.value,
        representative=told.representative,
        phone=last.applicant_phone,
        email=last.applicant_email,
        address=last.applicant_address,
        place=last.place_given,
        earlier=tuple(map(_line, rows)),
    )


def offers(
    *, reading: ReadingToken, number: str, procedure: Procedure, on: date
) -> dict[str, Offer]:
    """What is held of a person that this procedure asks for, by the name it asks for it under."""
    reading.require(about(number=number, phone=""))
    ours = {fold(one.paper): one for one in papers.held_by(_canonical(number), on=on)}
    names = directory.office_names({one.office for one in ours.values()})
    asked = {paper.name: ours.get(fold(paper.name)) for paper in procedure.papers}
    return {
        name: Offer(held, names.get(held.office, held.office))
        for name, held in asked.items()
        if held
    }


def duplicates(
    *, procedure: ProcedureCode, number: str, name: str, phone: str, at: datetime
) -> tuple[Earlier, ...]:
    """Dossiers of the same procedure that the same person brought within the days of the policy.

    The same person has the same number, or the same phone and name, however accents are typed.
    """
    days = _days(at)
    if days is None or not (_digits(number) or _digits(phone)):
        return ()
    since = at - timedelta(days=days)
    rows = _of(number, phone).filter(procedure=procedure.base, received_at__gte=since)
    found = rows.order_by("-id")[:EARLIER_AT_MOST]
    by_name = not _digits(number)
    return tuple(_line(r) for r in found if not by_name or fold(r.applicant_name) == fold(name))


def unaware(
    where: str, before: Collection[Earlier], aware_of: Collection[str]
) -> tuple[Refusal, ...]:
    """What keeps a dossier from being taken in until its like were looked at."""
    unseen = [line for line in before if line.code not in aware_of]
    return (SubmittedBefore(where, code=unseen[0].code),) if unseen else ()


def unused(where: str, held: Mapping[str, Offer], given: Collection[str]) -> tuple[Refusal, ...]:
    """What is held of the applicant and is not among the papers given or taken over.

    Source: NĐ 309/2026/NĐ-CP Đ.2.
    """
    lacking = [offer.held for name, offer in held.items() if name not in given]
    return (
        (HeldNotShown(where, paper=lacking[0].paper, dossier=lacking[0].dossier),)
        if lacking
        else ()
    )


def _of(number: str, phone: str) -> QuerySet[DossierRow]:
    if _digits(number):
        known = {_digits(number), _canonical(number)}
        return DossierRow.objects.filter(applicant_number__in=known)
    # What was typed may hold blanks; it is kept as it was typed.
    return DossierRow.objects.filter(applicant_phone__in={phone.strip(), _digits(phone)} - {""})


def _canonical(number: str) -> str:
    """The number as it is kept: that of a branch has its hyphen, that of a passport capitals."""
    digits = _digits(number)
    try:
        return str(TaxNumber.parse(digits))
    except TaxNumberMalformed:
        return digits.upper()


def _days(at: datetime) -> int | None:
    on = at.astimezone(VIETNAM).date()
    row = PolicyRow.objects.filter(key="duplicate_days", valid__contains=on).first()
    return int(row.value) if row else None


def _digits(text: str) -> str:
    return "".join(text.split())


def _line(row: DossierRow) -> Earlier:
    return Earlier(row.code, row.procedure_name, STATUS[row.status], row.received_at)
