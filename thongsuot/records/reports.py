"""Reports with their steps, the cells that were filled in, and what was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import models

from thongsuot.domain.reporting.course import Course, ReportState, ReportStep, StepTaken, course


class ReportRow(models.Model):
    """What one body reports for one period; its state is that of its steps."""

    report = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    unit = models.CharField(max_length=35, blank=True)  # "" for the whole province
    state = models.CharField(max_length=10)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "period", "unit"], name="report_once")
        ]

    def course(self) -> Course:
        """How it stands, by its steps."""
        return course(row.value() for row in self.steps.order_by("pk"))


class ReportStepRow(models.Model):
    """A step of a report; never changed, never removed (a trigger sees to it)."""

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    remarks = models.TextField(blank=True)

    def value(self) -> StepTaken:
        """The step that this row stands for."""
        return StepTaken(ReportStep(self.step), self.by, self.at, self.remarks)


class FilledCellRow(models.Model):
    """A number filled into a cell, and where it is from; the newest of a cell holds."""

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="filled")
    form = models.CharField(max_length=40)
    row = models.CharField(max_length=250)
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=60)  # exact, as a fraction; "" takes the number back
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class FrozenReportRow(models.Model):
    """A version of a report as it was submitted; never changed (a trigger sees to it).

    `content` is the canonical text over which the hash is made: its figures, what they were
    counted from and as known when. Every file of it is made from this text alone.
    """

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="frozen")
    version = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField()  # the hash of the workbook of each form
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="frozen_report_once")
        ]


@dataclass(frozen=True, slots=True)
class Filled:
    """A number in a cell, with its source."""

    form: str
    row: str
    column: str
    value: Fraction
    source: str


def find(report: str, period: str, unit: str) -> ReportRow | None:
    """The report of a body for a period; None while nobody has done anything with it."""
    return ReportRow.objects.filter(report=report, period=period, unit=unit).first()


def load(report: str, period: str, unit: str) -> ReportRow:
    """The report of a body for a period, locked for one step."""
    row, _ = ReportRow.objects.get_or_create(
        report=report, period=period, unit=unit, defaults={"state": ReportState.OPEN.value}
    )
    return ReportRow.objects.select_for_update().get(pk=row.pk)


def take(row: ReportRow, taken: StepTaken) -> Course:
    """Keep a step and the state that it makes."""
    after = row.course().after(taken)
    ReportStepRow.objects.create(
        report=row, step=taken.step.value, by=taken.by, at=taken.at, remarks=taken.remarks
    )
    row.state, row.submitted_at = after.state.value, after.submitted_at
    row.save(update_fields=["state", "submitted_at"])
    return after


def filled(row: ReportRow | None) -> tuple[Filled, ...]:
    """The numbers that were filled in, the newest of each cell."""
    if row is None:
        return ()
    newest = {(one.form, one.row, one.column): one for one in row.filled.order_by("pk")}
    return tuple(
        Filled(one.form, one.row, one.column, Fraction(one.value), one.source)
        for one in newest.values()
        if one.value
    )


def fill(
    row: ReportRow, cells: dict[tuple[str, str, str], str], *, source: str, by: str, at: datetime
) -> None:
    """Keep what was filled into cells: form, row, column; "" takes a number back."""
    FilledCellRow.objects.bulk_create(
        FilledCellRow(
            report=row,
            form=form,
            row=key,
            column=column,
            value=value,
            source=source,
            by=by,
            at=at,
        )
        for (form, key, column), value in cells.items()
    )
