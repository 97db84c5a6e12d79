"""Any list of the screens as a workbook, saying of what moment it is and who made it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

import xlsxwriter

from thongsuot.paper.characters import plain
from thongsuot.words import moments, papers

Cell = str | int | date | None

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_A4 = 9
_HEADING = 4


def blank(title: str, columns: Sequence[tuple[str, int]]) -> bytes:
    """A sheet to fill in: the titles, and cells that keep what is typed as text."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(papers.LIST_SHEET)
        sheet.freeze_panes(2, 0)
        head = book.add_format({**_FONT, "bold": True, "border": 1})
        text = book.add_format({**_FONT, "num_format": "@"})
        sheet.write_string(0, 0, plain(title), book.add_format({**_FONT, "bold": True}))
        for index, (name, width) in enumerate(columns):
            sheet.set_column(index, index, width, text)
            sheet.write_string(1, index, name, head)
    return made.getvalue()


def listing(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    *,
    at: datetime,
    by: str,
) -> bytes:
    """The rows under their titles, each column with its width."""
    made = io.BytesIO()
    # The library writes into the font that it is given: each workbook has its own, or the second
    # one of a process would differ from the first.
    with xlsxwriter.Workbook(made, _OPTIONS | {"default_format_properties": {**_FONT}}) as book:
        sheet = book.add_worksheet(papers.LIST_SHEET)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADING - 1)
        sheet.freeze_panes(_HEADING, 0)
        head = book.add_format({**_FONT, "bold": True, "border": 1, "text_wrap": True})
        cell = book.add_format({**_FONT, "border": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({**_FONT, "border": 1, "valign": "top", "num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, plain(title), book.add_format({**_FONT, "bold": True}))
        sheet.write_string(1, 0, papers.LIST_MADE.format(at=moments.in_full(at), by=plain(by)))
        for index, (name, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            sheet.write_string(_HEADING - 1, index, name, head)
        for number, row in enumerate(rows, start=_HEADING):
            for index, value in enumerate(row):
                match value:
                    case None:
                        sheet.write_blank(number, index, None, cell)
                    case int():
                        sheet.write_number(number, index, value, cell)
                    case date():
                        sheet.write_datetime(number, index, value, day)
                    case str():
                        sheet.write_string(number, index, plain(value), cell)
    return made.getvalue()
