"""Long lists that somebody asked for as a file: made by a worker, with how far it has come."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import models

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.files import STORE

FOLDER = "exports"


class NoSuchExport(Refusal):
    """The person asked for no list of this number, or its file is gone."""

    code = "no_such_export"
    kind = Kind.UNKNOWN


class ReportExportRow(models.Model):
    """The dossiers behind a cell of a report, asked for as a file by one person."""

    account = models.CharField(max_length=60)
    report = models.CharField(max_length=40)
    form = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    unit = models.CharField(max_length=35, blank=True)
    row = models.CharField(max_length=250)
    column = models.CharField(max_length=40)
    kind = models.CharField(max_length=4)
    known_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    wrong = models.CharField(max_length=400, blank=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="report_exports_of")]

    @property
    def place(self) -> str:
        """Where its file lies in the store."""
        return f"{FOLDER}/{self.pk}.{self.kind}"


def own(number: int, account: str) -> ReportExportRow:
    """A list that somebody asked for. Raises NoSuchExport."""
    row = ReportExportRow.objects.filter(pk=number, account=account).first()
    if row is None:
        raise NoSuchExport("export", given=number)
    return row


def come_to(number: int, done: int) -> bool:
    """Note how far a list has come; whether it is still wanted."""
    rows = ReportExportRow.objects.filter(pk=number, cancelled_at=None)
    return bool(rows.update(done=done))


def keep(row: ReportExportRow, content: BinaryIO) -> int:
    """Put the file of a list into the store, piece by piece; its size."""
    store = _store()
    store.delete(row.place)
    store.save(row.place, File(content))
    return int(store.size(row.place))


def require(row: ReportExportRow) -> None:
    """Raises NoSuchExport where the file of a list is not there, or not yet."""
    if row.ended_at is None or not _store().exists(row.place):
        raise NoSuchExport("export", given=row.pk)


def opened(row: ReportExportRow) -> File[bytes]:
    """The file of a list, to be read piece by piece. Raises NoSuchExport."""
    try:
        return _store().open(row.place)
    except OSError as gone:
        raise NoSuchExport("export", given=row.pk) from gone


def forget(*, before: datetime) -> int:
    """Remove lists asked for before a moment, with their files; how many."""
    rows = list(ReportExportRow.objects.filter(asked_at__lt=before))
    for row in rows:
        _store().delete(row.place)
        row.delete()
    return len(rows)


def _store() -> Storage:
    return storages[STORE]
