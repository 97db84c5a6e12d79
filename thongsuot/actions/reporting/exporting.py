"""A long list is asked for, made by a worker while its owner sees how far it is, or cancelled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper import long_list
from thongsuot.paper.long_list import Cell, Columns
from thongsuot.records import access
from thongsuot.records import report_exports as records
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.words import reporting as words
from thongsuot.words.refusals import sentence

TASK = "make_long_list"
STEP = 5_000
KEPT_FOR = timedelta(days=3)
CSV, XLSX = "csv", "xlsx"


class ExportKindUnknown(Refusal):
    """A long list is made as CSV or as a workbook."""

    code = "export_kind_unknown"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class OfCell:
    """Which cell of which report, as known when."""

    report: str
    form: str
    period: str
    unit: str
    row: str
    column: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Rows:
    """What the list is made of: how many, their columns, the rows one after the other."""

    total: int
    columns: Columns
    rows: Iterable[Sequence[Cell]]


class _NotWanted(Exception):
    """Its owner cancelled the list meanwhile."""


@transaction.atomic
def ask(*, cell: OfCell, kind: str, account: str, at: datetime) -> int:
    """Ask for the list of a cell as a file; its number. Raises ExportKindUnknown."""
    if kind not in (CSV, XLSX):
        raise ExportKindUnknown("kind", given=kind)
    row = ReportExportRow.objects.create(
        account=account,
        report=cell.report,
        form=cell.form,
        period=cell.period,
        unit=cell.unit,
        row=cell.row,
        column=cell.column,
        known_at=cell.known_at,
        kind=kind,
        asked_at=at,
    )
    app.configure_task(TASK).defer(export=row.pk)
    return row.pk


def cancel(*, number: int, account: str, at: datetime) -> bool:
    """Stop a list that is not finished; whether it was still under way. Raises NoSuchExport."""
    row = records.own(number, account)
    rows = ReportExportRow.objects.filter(pk=row.pk, ended_at=None, cancelled_at=None)
    return bool(rows.update(cancelled_at=at))


def make(
    *, number: int, of: Callable[[ReportExportRow], Rows], at: datetime, now: Callable[[], datetime]
) -> int:
    """Make the file of a list, row by row; how many rows. What was begun and broken off begins anew."""
    wanted = ReportExportRow.objects.filter(pk=number, ended_at=None, cancelled_at=None)
    row = wanted.first()
    if row is None:
        return 0
    wanted.update(begun_at=at, done=0)
    try:
        found = of(row)
        wanted.update(total=found.total)
        return _made(row, found, now)
    except _NotWanted:
        return 0
    except Refusal as refusal:
        wanted.update(wrong=sentence(refusal)[:400], ended_at=now())
        return 0


def forget(*, at: datetime) -> int:
    """Remove the lists that were asked for some days ago; how many."""
    return records.forget(before=at - KEPT_FOR)


def _made(row: ReportExportRow, found: Rows, now: Callable[[], datetime]) -> int:
    counted = _Counted(row.pk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list.{row.kind}")
        rows = counted.through(found.rows)
        if row.kind == CSV:
            long_list.as_csv(path, found.columns, rows)
        else:
            title = words.EXPORT.format(
                form=row.form, period=words.period(row.period), row=row.row, column=row.column
            )
            name = _name(row.account)
            long_list.as_workbook(path, title, found.columns, rows, at=row.known_at, by=name)
        with path.open("rb") as content:
            size = records.keep(row, content)
    kept = ReportExportRow.objects.filter(pk=row.pk, cancelled_at=None)
    kept.update(done=counted.done, size=size, ended_at=now())
    return counted.done


def _name(account: str) -> str:
    with suppress(Refusal):
        return access.account(account).name
    return account


@dataclass(slots=True)
class _Counted:
    """Counts rows as they go by, tells how far it is, and stops where nobody wants them any more."""

    number: int
    done: int = 0

    def through(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % STEP == 0 and not records.come_to(self.number, self.done):
                raise _NotWanted
