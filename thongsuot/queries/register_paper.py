"""The register of what an office received over some days, as the form of the law lists it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from thongsuot.domain.dossier.events import HandedOver
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import press, workbook
from thongsuot.paper.sheets import sheet
from thongsuot.paper.values import Letterhead, RegisterLine, RegisterPaper
from thongsuot.queries import directory
from thongsuot.queries.dossier import NotYoursToSee, offices_of
from thongsuot.queries.printing import form_of
from thongsuot.queries.then_and_now import Structure, bodies_behind, names_on, structure
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.words import papers as words
from thongsuot.words.labels import CHANNEL

ABOUT = "list:register"


def made(
    office: str,
    *,
    first: date,
    last: date,
    as_workbook: bool,
    account: str,
    by: str,
    at: datetime,
    reading: ReadingToken,
    then: date | None = None,
) -> bytes:
    """The register as PDF or as a workbook, in the form in force on its last day.

    With a day, the register of the office as the bodies of that day divide the dossiers; of a
    body that ended it is open to those who carry its work on. Raises NotYoursToSee,
    NoFormInForce, SpanEndsBeforeItStarts, TooManyLines, RegisterTooLong, StructureNotYet.
    """
    reading.require(ABOUT)
    found = structure(then, today=at.astimezone(VIETNAM).date()) if then else None
    seen = offices_of(account, at)
    if not {"", office} & (seen | (found.behind(seen) if found else frozenset())):
        raise NotYoursToSee("office", code=office)
    paper = _paper(office, Span(first, last + timedelta(1)), by, at, found)
    form = form_of("register", last)
    if as_workbook:
        return workbook.register(paper, form)
    return press.pdf(form, [sheet(paper)], at=at)


def choices(account: str, *, at: datetime, then: date) -> tuple[tuple[str, str], ...]:
    """The bodies of a day whose registers a person may ask for, by name. Raises StructureNotYet."""
    today, seen = at.astimezone(VIETNAM).date(), offices_of(account, at)
    return bodies_behind(structure(then, today=today), seen)


def _paper(
    office: str, during: Span, by: str, at: datetime, then: Structure | None
) -> RegisterPaper:
    end = during.end or during.start
    rows = list(
        DossierRow.objects.filter(
            then.registered(office) if then else Q(receiving_office=office),
            received_at__gte=datetime.combine(during.start, time(), VIETNAM),
            received_at__lt=datetime.combine(end, time(), VIETNAM),
        ).order_by("received_at", "id")[: workbook.LONGEST + 1]
    )
    returned = _returned(rows)
    own = OfficeRow.objects.filter(code=office, valid__contains=during.start).first()
    places = directory.place_names({own.place}) if own else {}
    names = directory.office_names({office, *(row.competent_office for row in rows)})
    if then:
        names |= names_on({office}, on=then.on)
    return RegisterPaper(
        head=Letterhead(
            parent="",
            office=names.get(office, office),
            place=words.named_place(places.get(own.place, "")) if own else "",
            on=at.astimezone(VIETNAM).date(),
        ),
        book="",
        field="",
        during=during,
        lines=tuple(_line(row, names, returned.get(row.pk)) for row in rows),
        produced_at=at,
        produced_by=words.by_structure(by, then.on) if then else by,
    )


def _returned(rows: Iterable[DossierRow]) -> dict[int, tuple[HandedOver, datetime]]:
    """What was handed to the applicant, by dossier: to whom, how and when."""
    found = EventRow.objects.filter(dossier__in=[row.pk for row in rows], name="handed_over")
    entries = [(event.dossier_id, event.entry()) for event in found]
    return {
        key: (entry.event, entry.occurred_at)
        for key, entry in entries
        if isinstance(entry.event, HandedOver)
    }


def _line(
    row: DossierRow, names: dict[str, str], returned: tuple[HandedOver, datetime] | None
) -> RegisterLine:
    """A dossier of the register; the columns of the return stay empty until it was returned."""
    return RegisterLine(
        code=row.code,
        procedure=row.procedure_name,
        sets=1,
        owner=row.applicant_name,
        address=row.applicant_address,
        phone=row.applicant_phone,
        competent_office=names.get(row.competent_office, row.competent_office),
        received_at=row.received_at,
        due_at=row.due_at or row.received_at,
        returned_at=returned[1] if returned else None,
        return_by=CHANNEL[returned[0].how.value] if returned else "",
        receiver=returned[0].to if returned else "",
    )
