"""A list of any length as a file on disk, written row by row: the memory does not grow with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper.characters import plain
from thongsuot.paper.figure_table import BYTE_ORDER_MARK, literal
from thongsuot.words import moments, papers

Cell = str | datetime | None
Columns = Sequence[tuple[str, int]]

# What one sheet holds, the lines of its heading taken off; then comes another sheet.
MOST_ROWS: Final = 1_048_570
_HEADING = 3
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=VIETNAM).timestamp()
_A_DAY = 86_400.0
_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}


def as_csv(path: Path, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
    """The rows under their titles; moments as an office writes them, text never a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([name for name, _ in columns])
        for row in rows:
            writer.writerow([_text(value) for value in row])


def as_workbook(
    path: Path,
    title: str,
    columns: Columns,
    rows: Iterable[Sequence[Cell]],
    *,
    at: datetime,
    by: str,
) -> None:
    """The rows in as many sheets as they need; each says of what moment it is and who made it."""
    # The library writes into what it is given: each workbook has options of its own.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {**_FONT},
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        created = at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": plain(title), "created": created})
        moment = book.add_format({**_FONT, "num_format": "dd/mm/yyyy hh:mm"})
        bold = book.add_format({**_FONT, "bold": True})
        told = papers.LIST_MADE.format(at=moments.in_full(at), by=plain(by))
        sheet: Worksheet | None = None
        number = MOST_ROWS + _HEADING
        for row in rows:
            if sheet is None or number >= MOST_ROWS + _HEADING:
                sheet, number = _sheet(book, title, told, columns, bold), _HEADING
            _write(sheet, number, row, moment)
            number += 1
        if sheet is None:
            _sheet(book, title, told, columns, bold)


def _sheet(
    book: xlsxwriter.Workbook,
    title: str,
    told: str,
    columns: Columns,
    bold: xlsxwriter.format.Format,
) -> Worksheet:
    sheet = book.add_worksheet()
    sheet.freeze_panes(_HEADING, 1)
    for index, (_, width) in enumerate(columns):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, plain(title), bold)
    sheet.write_string(1, 0, told)
    for index, (name, _) in enumerate(columns):
        sheet.write_string(_HEADING - 1, index, name, bold)
    return sheet


def _write(
    sheet: Worksheet, number: int, row: Sequence[Cell], moment: xlsxwriter.format.Format
) -> None:
    for index, value in enumerate(row):
        if isinstance(value, datetime):
            # A workbook knows no time zones: the wall clock of Viet Nam, counted in days.
            sheet.write_number(number, index, (value.timestamp() - _FIRST_DAY) / _A_DAY, moment)
        elif value:
            sheet.write_string(number, index, plain(value))


def _text(value: Cell) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        case _:
            return literal(value)
