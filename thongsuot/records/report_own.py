"""What bodies reported of themselves: the documents in which it came, and their figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from django.db import models

from thongsuot.domain.files import StoredFile
from thongsuot.domain.reporting.own import OwnFigure
from thongsuot.records.documents import DocumentRow
from thongsuot.records.reports import ReportRow


class ReportDocumentRow(models.Model):
    """A document by which a body met its duty to report; of the axis, or brought as a file."""

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        DocumentRow, on_delete=models.PROTECT, related_name="reports", null=True
    )
    notation = models.CharField(max_length=100)
    issued_on = models.DateField(null=True)
    file = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)  # "" where it was attached by itself
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "document"], name="document_of_report_once")
        ]


class OwnFigureRow(models.Model):
    """A figure that a body gave of itself; the newest of a cell holds, "" takes it back."""

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    row = models.CharField(max_length=250)
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


def attach(
    report: ReportRow,
    *,
    document: DocumentRow | None,
    notation: str,
    issued_on: date | None,
    file: StoredFile | None,
    by: str,
    at: datetime,
) -> bool:
    """Put a document to a report, one of the axis once; whether it is new there."""
    attached = ReportDocumentRow.objects.filter(report=report)
    if document is not None and attached.filter(document=document).exists():
        return False
    ReportDocumentRow.objects.create(
        report=report,
        document=document,
        notation=notation,
        issued_on=issued_on,
        file=file.sha256 if file else "",
        file_name=file.name if file else "",
        by=by,
        at=at,
    )
    return True


def keep(
    report: ReportRow,
    form: str,
    cells: Mapping[tuple[str, str], tuple[str, str]],
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep what a body told of cells: by row and column, the figure and why it differs."""
    OwnFigureRow.objects.bulk_create(
        OwnFigureRow(
            report=report,
            form=form,
            row=row,
            column=column,
            value=value,
            reason=reason,
            by=by,
            at=at,
        )
        for (row, column), (value, reason) in cells.items()
    )


def told(report: ReportRow | None, form: str) -> tuple[OwnFigure, ...]:
    """What a body gave of itself in a form, the newest of each cell."""
    if report is None:
        return ()
    rows = OwnFigureRow.objects.filter(report=report, form=form).order_by("pk")
    newest = {(one.row, one.column): one for one in rows}
    return tuple(
        OwnFigure(one.row, one.column, Fraction(one.value), one.reason)
        for one in newest.values()
        if one.value
    )


def documents(report: ReportRow | None) -> tuple[ReportDocumentRow, ...]:
    """The documents of a report, the first that came first."""
    if report is None:
        return ()
    rows = ReportDocumentRow.objects.filter(report=report)
    return tuple(rows.select_related("document").order_by("pk"))
