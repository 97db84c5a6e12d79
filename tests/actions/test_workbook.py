"""A workbook that somebody else filled in is read, or refused before it fills memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from thongsuot.actions.load.workbook import COLUMNS_AT_MOST, NotASheet, sheet_of


def book(*cells: tuple[int, int, object]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        sheet = workbook.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    return made.getvalue()


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        for name, text in parts.items():
            whole.writestr(name, text)
    return made.getvalue()


def test_a_line_has_the_number_of_excel_and_a_day_is_written_as_a_day() -> None:
    told = sheet_of(book((1, 0, "Vàng  A\nPáo"), (1, 1, 912345678.0), (3, 1, date(2025, 7, 1))))

    assert told == [["", ""], ["Vàng A Páo", "912345678"], ["", ""], ["", "2025-07-01"]]


@pytest.mark.parametrize(
    "content",
    [
        book((0, 0, "a"), (0, COLUMNS_AT_MOST, "b")),
        book((0, 0, "a"), (1_048_575, 16_383, "b")),
        packed(**{"content.xml": "<x/>"}),
        packed(**{"xl/workbook.xml": "<x/>"}),
        packed(**{"xl/workbook.xml": "x\x00"}),
        book((0, 0, "a"))[:-40],
        b"PK\x03\x04",
        b"",
    ],
)
def test_one_cell_far_off_another_format_or_a_cut_file_is_no_sheet(content: bytes) -> None:
    with pytest.raises(NotASheet):
        sheet_of(content)
