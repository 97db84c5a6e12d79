"""Exports of what was decided for bodies, what was read back of them, and test dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from thongsuot.domain.cutover.set_up import SetUp


class SetUpExportRow(models.Model):
    """What was exported of a field for a body, to be set up in a ministry's system."""

    field = models.CharField(max_length=200, db_index=True)
    office = models.CharField(max_length=35)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class SetUpReadRow(models.Model):
    """What a ministry's system said that it has of a field for a body, and how that differs."""

    export = models.ForeignKey(SetUpExportRow, on_delete=models.PROTECT, related_name="read_back")
    source = models.CharField(max_length=200)
    content = models.JSONField()
    differences = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class CutoverTestRow(models.Model):
    """A test dossier of a field on a ministry's system; passed once it told of its result."""

    field = models.CharField(max_length=200, db_index=True)
    system = models.CharField(max_length=40)
    partner = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    told = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "code"], name="cutover_test_once")
        ]


def exports(fields: Iterable[str]) -> dict[tuple[str, str], SetUpExportRow]:
    """The last export of each body of some fields."""
    rows = SetUpExportRow.objects.filter(field__in=list(fields)).order_by("field", "office", "-id")
    return {
        (row.field, row.office): row for row in rows.distinct("field", "office").defer("content")
    }


def read_back(exported: Iterable[SetUpExportRow]) -> dict[int, SetUpReadRow]:
    """What was read back last of some exports."""
    numbers = [row.pk for row in exported]
    rows = SetUpReadRow.objects.filter(export__in=numbers).order_by("export", "-id")
    return {row.export_id: row for row in rows.distinct("export").defer("content")}


def keep_export(made: SetUp, content: Mapping[str, object], *, by: str, at: datetime) -> None:
    """Keep what was exported of a field for a body."""
    SetUpExportRow.objects.create(
        field=made.field,
        office=made.office,
        digest=made.digest,
        content=content,
        by=by,
        at=at,
    )
