"""The register of what an office received over some days, as the form of the law lists it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

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
) -> bytes:
    """The register as PDF or as a workbook, in the form in force on its last day.

    Raises NotYoursToSee, NoFormInForce, SpanEndsBeforeItStarts, TooManyLines, RegisterTooLong.
    """
    reading.require(ABOUT)
    if not {"", office} & offices_of(account, at):
        raise NotYoursToSee("office", code=office)
    paper = _paper(office, Span(first, last + timedelta(1)), by, at)
    form = form_of("register", last)
    if as_workbook:
        return workbook.register(paper, form)
    return press.pdf(form, [sheet(paper)], at=at)


def _paper(office: str, during: Span, by: str, at: datetime) -> RegisterPaper:
    end = during.end or during.start
    rows = list(
        DossierRow.objects.filter(
            receiving_office=office,
            received_at__gte=datetime.combine(during.start, time(), VIETNAM),
            received_at__lt=datetime.combine(end, time(), VIETNAM),
        ).order_by("received_at", "id")[: workbook.LONGEST + 1]
    )
    returned = _returned(rows)
    own = OfficeRow.objects.filter(code=office, valid__contains=during.start).first()
    places = directory.place_names({own.place}) if own else {}
    names = directory.office_names({office, *(row.competent_office for row in rows)})
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
        produced_by=by,
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
