"""The register as a workbook for Excel: the columns of the form, one row for each dossier."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper.characters import plain
from thongsuot.paper.forms import Column, Form, FormFieldUnknown
from thongsuot.paper.values import RegisterLine, RegisterPaper
from thongsuot.words import moments, papers

HEADING_ROWS = 10
# What one sheet of a workbook holds.
LONGEST = 1_048_576 - HEADING_ROWS

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}
_A4 = 9
_CELL: Final = {"border": 1, "text_wrap": True, "valign": "top"}
_TITLE: Final = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
_COUNTED = "row"


class RegisterTooLong(Refusal):
    """A sheet of a workbook has room for about a million rows."""

    code = "register_too_long"


def register(paper: RegisterPaper, form: Form) -> bytes:
    """The register over its days, saying when and by whom it was made.

    Refuses: RegisterTooLong, FormFieldUnknown.
    """
    _require_possible(paper, form)
    made = io.BytesIO()
    # The library writes into the font that it is given: each workbook has its own, or the second
    # one of a process would differ from the first.
    with xlsxwriter.Workbook(made, _OPTIONS | {"default_format_properties": {**_FONT}}) as book:
        book.set_properties(
            {
                "title": plain(form.title),
                "author": plain(paper.head.office),
                "created": _local(paper.produced_at),
            }
        )
        sheet = book.add_worksheet(papers.REGISTER_SHEET)
        _arrange(sheet, form)
        _heading(sheet, paper, form, book)
        _titles(sheet, form.columns, book)
        _lines(sheet, paper, form.columns, book)
    return made.getvalue()


def _require_possible(paper: RegisterPaper, form: Form) -> None:
    known = {one.name for one in dataclasses.fields(RegisterLine)} | {_COUNTED, ""}
    for column in form.columns:
        if column.field not in known:
            raise FormFieldUnknown(form=form.name, field=column.field)
    if len(paper.lines) > LONGEST:
        raise RegisterTooLong(lines=len(paper.lines), longest=LONGEST)


def _arrange(sheet: Worksheet, form: Form) -> None:
    """Prints on A4 across, as wide as the page, with the titles on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROWS - 2, HEADING_ROWS - 1)
    sheet.freeze_panes(HEADING_ROWS, 0)
    for index, column in enumerate(form.columns):
        sheet.set_column(index, index, column.width)


def _heading(sheet: Worksheet, paper: RegisterPaper, form: Form, book: xlsxwriter.Workbook) -> None:
    bold = book.add_format({"bold": True})
    title = book.add_format({"bold": True, "font_size": 14})
    italic = book.add_format({"italic": True})
    sheet.write_string(0, 0, plain(paper.head.parent).upper())
    sheet.write_string(1, 0, plain(paper.head.office).upper(), bold)
    sheet.write_string(3, 0, plain(form.title).upper(), title)
    for row, told in enumerate(_told(paper), start=4):
        sheet.write_string(row, 0, plain(told), italic)


def _told(paper: RegisterPaper) -> Iterator[str]:
    """Which field, which days, and who made it when."""
    yield papers.REGISTER_FIELD.format(
        field=paper.field or papers.EMPTY, book=paper.book or papers.EMPTY
    )
    first = moments.day_in_full(paper.during.start)
    if paper.during.end is None:
        yield papers.REGISTER_OPEN_DAYS.format(first=first)
    else:
        last = moments.day_in_full(paper.during.end - timedelta(1))
        yield papers.REGISTER_DAYS.format(first=first, last=last)
    yield papers.REGISTER_MADE.format(
        count=len(paper.lines), at=moments.in_full(paper.produced_at), by=paper.produced_by
    )


def _titles(sheet: Worksheet, columns: tuple[Column, ...], book: xlsxwriter.Workbook) -> None:
    """Two rows: the groups above, the titles below; a row once left cannot be written again."""
    above, below = HEADING_ROWS - 2, HEADING_ROWS - 1
    group = book.add_format(_TITLE | {"border": 1})
    top = book.add_format({"top": 1, "left": 1, "right": 1})
    alone = book.add_format(_TITLE | {"bottom": 1, "left": 1, "right": 1})
    for name, together in groupby(enumerate(columns), key=lambda one: one[1].group):
        indices = [index for index, _ in together]
        for index in indices:
            sheet.write_blank(above, index, None, group if name else top)
        if name and len(indices) > 1:
            sheet.merge_range(above, indices[0], above, indices[-1], plain(name), group)
        elif name:
            sheet.write_string(above, indices[0], plain(name), group)
    for index, column in enumerate(columns):
        sheet.write_string(below, index, plain(column.title), group if column.group else alone)


def _lines(
    sheet: Worksheet, paper: RegisterPaper, columns: tuple[Column, ...], book: xlsxwriter.Workbook
) -> None:
    text = book.add_format(_CELL)
    moment = book.add_format(_CELL | {"num_format": "dd/mm/yyyy hh:mm"})
    for row, line in enumerate(paper.lines):
        for index, column in enumerate(columns):
            place = (HEADING_ROWS + row, index)
            value = row + 1 if column.field == _COUNTED else getattr(line, column.field, None)
            _write(sheet, place, value, text, moment)


def _write(
    sheet: Worksheet, place: tuple[int, int], value: object, text: Format, moment: Format
) -> None:
    """Text stays text, whatever it looks like; moments and counts can be sorted."""
    match value:
        case datetime():
            sheet.write_datetime(*place, _local(value), moment)
        case int():
            sheet.write_number(*place, value, text)
        case str():
            sheet.write_string(*place, plain(value), text)
        case _:
            sheet.write_blank(*place, None, text)


def _local(moment: datetime) -> datetime:
    """The wall clock in Viet Nam: a workbook knows no time zones."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None)
