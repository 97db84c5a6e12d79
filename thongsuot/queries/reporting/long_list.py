"""All dossiers behind a cell, however many, read through a cursor of the server; and lists asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.queries.reporting import rules
from thongsuot.queries.reporting.compiled import (
    CellNotCounted,
    Question,
    compiled,
    parts_of_cell,
    question,
)
from thongsuot.queries.reporting.tallies import Found, streamed
from thongsuot.records import report_exports as records
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.words import reporting as words

LISTED = 20
COLUMNS = (
    ("Mã hồ sơ", 24),
    ("Thủ tục", 50),
    ("Lĩnh vực", 24),
    ("Cơ quan", 32),
    ("Hệ thống", 14),
    ("Tiếp nhận", 17),
    ("Hẹn trả", 17),
    ("Kết thúc", 17),
    ("Vào kỳ", 30),
    ("Được tính là", 30),
)
Line = tuple[str, str, str, str, str, datetime, datetime | None, datetime | None, str, str]


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A list that somebody asked for: of which cell, how far it has come."""

    number: int
    what: str
    kind: str
    asked_at: datetime
    done: int
    total: int
    state: str
    wrong: str
    size: int

    @property
    def is_running(self) -> bool:
        """Whether it is still being made, or waits to be."""
        return self.state in ("waiting", "running")

    @property
    def percent(self) -> int:
        """How far it has come, out of a hundred."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def asked(row: ReportExportRow) -> Question:
    """The question whose cell is listed. Raises NoSuchReport, NoSuchForm, NoSuchPeriod."""
    of = question(row.report, unit=row.unit, known_at=row.known_at, period=row.period)
    return replace(of, form=rules.form(row.form, on=of.window.last_day))


def require(of: Question, *, row: str, column: str) -> None:
    """Raises NoSuchCell, CellNotCounted."""
    if not of.form.counted_in(column):
        raise CellNotCounted("column", given=column)
    for _ in parts_of_cell(of, row):
        return


def many(of: Question, *, row: str, column: str) -> int:
    """How many dossiers stand behind a cell. Raises NoSuchCell, CellNotCounted."""
    if not of.form.counted_in(column):
        raise CellNotCounted("column", given=column)
    value = next((one.cells[column] for one in compiled(of).rows if one.key == row), None)
    return int(value or 0)


def lines(of: Question, *, row: str, column: str) -> Iterator[Line]:
    """The dossiers behind a cell, each as a row of a file; nothing of their applicants.

    Raises NoSuchCell, CellNotCounted.
    """
    columns = of.form.counted_in(column)
    if not columns:
        raise CellNotCounted("column", given=column)
    for part in parts_of_cell(of, row):
        found = streamed(
            part.asked,
            wanted=lambda place: any(of.form.column(each).counts(place) for each in columns),
            key=part.wanted,
            fields=part.fields,
            systems=part.systems,
        )
        yield from (_line(one, part.names, part.body(one.seen.key.office)) for one in found)


def exports(account: str) -> tuple[ExportLine, ...]:
    """The lists that somebody asked for of late, the newest first."""
    rows = ReportExportRow.objects.filter(account=account).order_by("-pk")[:LISTED]
    return tuple(_told(row) for row in rows)


def export(number: int, *, account: str) -> ExportLine:
    """A list that somebody asked for. Raises NoSuchExport."""
    return _told(records.own(number, account))


def _line(one: Found, names: Mapping[str, str], office: str) -> Line:
    seen = one.seen
    return (
        one.code,
        one.procedure,
        seen.key.field,
        names.get(office, office),
        seen.key.system,
        seen.received_at,
        one.due_at,
        one.ended_at,
        words.INTAKE[seen.place.intake],
        words.RESULT[seen.place.result],
    )


def _told(row: ReportExportRow) -> ExportLine:
    what = words.EXPORT.format(
        form=row.form, period=words.period(row.period), row=row.row, column=row.column
    )
    return ExportLine(
        number=row.pk,
        what=what,
        kind=row.kind,
        asked_at=row.asked_at,
        done=row.done,
        total=row.total,
        state=_state(row),
        wrong=row.wrong,
        size=row.size,
    )


def _state(row: ReportExportRow) -> str:
    if row.cancelled_at is not None:
        return "cancelled"
    if row.wrong:
        return "failed"
    if row.ended_at is not None:
        return "done"
    return "running" if row.begun_at else "waiting"
