"""What a body reports of itself: its document is attached to its duty, its figures stand beside ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from thongsuot.actions.files import Upload, inspect
from thongsuot.actions.files import keep as keep_file
from thongsuot.actions.reporting.life import OfReport
from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.forms import ReportForm, number
from thongsuot.domain.reporting.obligations import NobodyToReportTo, Way
from thongsuot.domain.reporting.own import DocumentNeeded, OpenDuty, duty_of, require_comparable
from thongsuot.domain.reporting.windows import Window, windows
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange, report_own, report_routes, report_rules, reports
from thongsuot.records.documents import AXIS, IN, DocumentRow
from thongsuot.records.report_own import ReportDocumentRow

# A document that comes later than this after a window meets no duty by itself: people look.
PATIENCE = timedelta(days=100)


@transaction.atomic
def attach(
    *,
    report: OfReport,
    document: int | None,
    notation: str,
    issued_on: date | None,
    upload: Upload | None,
    by: Person,
    at: datetime,
) -> None:
    """Attach a document to what a body owes: one of the axis, or a file with its notation.

    Raises DocumentNeeded, NotYourRight, and what `inspect` raises of a file.
    """
    _require(report, by, at)
    row = DocumentRow.objects.filter(pk=document, way=IN).first() if document else None
    if row is None and not (notation and upload):
        raise DocumentNeeded("document")
    file = keep_file(inspect(upload), by=by.account, at=at) if upload else None
    report_own.attach(
        reports.load(report.definition.key, report.window.key, report.unit),
        document=row,
        notation=(notation or (row.notation or row.subject if row else ""))[:100],
        issued_on=issued_on or (row.issued_on if row else None),
        file=file,
        by=by.account,
        at=at,
    )


@transaction.atomic
def tell(
    *,
    report: OfReport,
    form: ReportForm,
    cells: Mapping[tuple[str, str], tuple[str, str]],
    by: Person,
    at: datetime,
) -> None:
    """Enter the figures that a body gave in its document: by row and column, with why they differ.

    Raises DocumentNeeded, TextInNumberCell, NoSuchCell, CellIsFilledIn, NotYourRight.
    """
    _require(report, by, at)
    row = reports.load(report.definition.key, report.window.key, report.unit)
    if not report_own.documents(row):
        raise DocumentNeeded("document")
    before = {(one.row, one.column): one for one in report_own.told(row, form.key)}
    kept = {}
    for (key, column), (text, reason) in cells.items():
        require_comparable(form, column)
        if not text and (key, column) not in before:
            continue
        where = f"{form.key}, dòng {key}, cột {column}"
        kept[key, column] = (str(number(text, where=where)) if text else "", reason[:300])
    report_own.keep(row, form.key, kept, by=by.account, at=at)


def attach_arrived(document: DocumentRow, *, at: datetime) -> bool:
    """Attach a document that came over the axis to the one duty that it meets; whether there is one.

    What meets none, or more than one, waits for people.
    """
    named = {theirs: ours for ours, theirs, _ in exchange.bodies_of(AXIS, at=at)}
    unit = named.get(document.sender, "")
    duty = duty_of(document.subject, _open_duties(unit, at)) if unit else None
    if duty is None:
        return False
    return report_own.attach(
        reports.load(duty.report, duty.period, unit),
        document=document,
        notation=(document.notation or document.subject)[:100],
        issued_on=document.issued_on,
        file=None,
        by="",
        at=at,
    )


def _open_duties(unit: str, at: datetime) -> Iterator[OpenDuty]:
    """What a body owes by document of windows lately over, and of which none has come."""
    for definition in report_rules.definitions().values():
        for window in _lately_over(definition, unit, at):
            if _is_by_document(definition, unit, window, at) and not _has_come(
                definition, unit, window
            ):
                yield OpenDuty(definition.key, window.key, definition.name, window.end)


def _lately_over(definition: ReportDefinition, unit: str, at: datetime) -> Iterator[Window]:
    on = at.astimezone(VIETNAM).date()
    reporters = report_routes.reporter(definition, unit)
    around = Span(on - timedelta(days=400), on + timedelta(days=1))
    for series in dict.fromkeys(rule.series for rule in definition.windows):
        for window in windows(
            definition.windows, series=series, reporters=reporters, during=around
        ):
            if window.end <= at <= window.end + PATIENCE:
                yield window


def _is_by_document(definition: ReportDefinition, unit: str, window: Window, at: datetime) -> bool:
    try:
        route = report_routes.route(definition, unit, window, at=at)
    except NobodyToReportTo:
        return False
    return route.duty.way is Way.DOCUMENT


def _has_come(definition: ReportDefinition, unit: str, window: Window) -> bool:
    return ReportDocumentRow.objects.filter(
        report__report=definition.key, report__period=window.key, report__unit=unit
    ).exists()


def _require(report: OfReport, by: Person, at: datetime) -> None:
    """Whoever keeps the reports of the body, or receives them, enters what it said."""
    on = at.astimezone(VIETNAM).date()
    held = access.duties(by.account).holding(by.account, Right.REPORTS, on)
    try:
        receiver = report_routes.route(
            report.definition, report.unit, report.window, at=at
        ).receiver
    except NobodyToReportTo:
        receiver = report.unit
    if not held & {"", report.unit, receiver}:
        raise NotYourRight("by", person=by.name, right=Right.REPORTS.value)
