"""A report as a workbook in the layout of its form; the same report gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper.characters import plain
from thongsuot.words import papers

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}
_A4 = 9
_HEAD = 9
_NAME_WIDTH, _NUMBER_WIDTH = 46, 11
_BESIDE = 2  # the columns before the figures: number and name


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of figures: its number, its title and the group above it."""

    key: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its name, how far it is set in, and its figures."""

    name: str
    depth: int
    cells: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything that stands on a report; `made_at` is when its figures were known."""

    number: str
    basis: str
    title: str
    span: str
    unit: str
    reporter: str
    receiver: str
    first: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]
    made_at: datetime


def report_sheet(paper: ReportSheet) -> bytes:
    """The workbook of a report; its dates are those of its figures, never the clock's."""
    made = io.BytesIO()
    # The library writes into the font that it is given: each workbook has its own, or the second
    # one of a process would differ from the first.
    with xlsxwriter.Workbook(made, _OPTIONS | {"default_format_properties": {**_FONT}}) as book:
        known_at = paper.made_at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": plain(paper.title), "created": known_at})
        sheet = book.add_worksheet(papers.REPORT_SHEET)
        _arrange(sheet, paper)
        _heading(sheet, paper, book)
        _titles(sheet, paper.columns, paper.first, book)
        end = _figures(sheet, paper.rows, book)
        for number, note in enumerate(paper.notes):
            sheet.write_string(end + 1 + number, 0, plain(note), book.add_format({"italic": True}))
    return made.getvalue()


def _arrange(sheet: Worksheet, paper: ReportSheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 3, _HEAD - 1)
    sheet.freeze_panes(_HEAD, _BESIDE)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, _NAME_WIDTH)
    sheet.set_column(_BESIDE, _BESIDE + len(paper.columns) - 1, _NUMBER_WIDTH)
    sheet.set_row(_HEAD - 2, 48)


def _heading(sheet: Worksheet, paper: ReportSheet, book: xlsxwriter.Workbook) -> None:
    bold = book.add_format({"bold": True})
    title = book.add_format({"bold": True, "font_size": 13})
    italic = book.add_format({"italic": True})
    right = _BESIDE + max(len(paper.columns) - 4, 1)
    sheet.write_string(0, 0, plain(paper.number), bold)
    sheet.write_string(1, 0, plain(paper.basis), italic)
    sheet.write_string(2, _BESIDE, plain(paper.title), title)
    sheet.write_string(3, _BESIDE, plain(paper.span), italic)
    sheet.write_string(0, right, papers.REPORTER.format(name=plain(paper.reporter)))
    sheet.write_string(1, right, papers.RECEIVER.format(name=plain(paper.receiver)))
    sheet.write_string(4, right, papers.COUNTED_IN.format(unit=plain(paper.unit)), italic)


def _titles(
    sheet: Worksheet, columns: Sequence[SheetColumn], first: str, book: xlsxwriter.Workbook
) -> None:
    """Three rows: the groups, the titles, the numbers of the columns."""
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    small = book.add_format({"italic": True, "border": 1, "align": "center"})
    above, titles, numbers = _HEAD - 3, _HEAD - 2, _HEAD - 1
    for index, (name, number) in enumerate(((papers.ORDINAL, "(1)"), (first, "(2)"))):
        sheet.merge_range(above, index, titles, index, plain(name), head)
        sheet.write_string(numbers, index, number, small)
    for group, together in groupby(enumerate(columns, _BESIDE), key=lambda one: one[1].group):
        indices = [index for index, _ in together]
        if group and len(indices) > 1:
            sheet.merge_range(above, indices[0], above, indices[-1], plain(group), head)
        else:
            for index in indices:
                sheet.write_string(above, index, plain(group), head)
    for index, column in enumerate(columns, _BESIDE):
        sheet.write_string(titles, index, plain(column.title), head)
        number = papers.column_number(plain(column.key), index - _BESIDE)
        sheet.write_string(numbers, index, number, small)


def _figures(sheet: Worksheet, rows: Sequence[SheetRow], book: xlsxwriter.Workbook) -> int:
    """The rows; the row below the last one."""
    formats = {
        is_bold: (
            book.add_format({"border": 1, "text_wrap": True, "bold": is_bold}),
            book.add_format({"border": 1, "bold": is_bold, "num_format": "#,##0.##"}),
        )
        for is_bold in (True, False)
    }
    counted = 0
    for number, row in enumerate(rows, _HEAD):
        text, figure = formats[row.depth == 0]
        counted = counted + 1 if row.depth else 0
        sheet.write_string(number, 0, str(counted) if row.depth else "", text)
        sheet.write_string(number, 1, plain(row.name), text)
        for index, value in enumerate(row.cells, _BESIDE):
            if value is None:
                sheet.write_blank(number, index, None, figure)
            else:
                sheet.write_number(number, index, float(value), figure)
    return _HEAD + len(rows)
