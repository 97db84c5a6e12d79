"""The register for Excel has the columns of its form, and text in it stays text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from tests.paper.world import FORMS, form, register
from thongsuot.domain.spans import Span
from thongsuot.paper import forms, workbook
from thongsuot.paper.forms import FormFieldUnknown
from thongsuot.paper.workbook import HEADING_ROWS, RegisterTooLong

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OLD_DAY = date(2025, 9, 14)
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's own beginning of days, without a zone


def part(made: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return book.read(name).decode()


def cells(made: bytes) -> dict[str, str]:
    sheet = ElementTree.fromstring(part(made, "xl/worksheets/sheet1.xml"))  # noqa: S314 - ours
    return {
        str(cell.get("r")): "".join(cell.itertext())
        for cell in sheet.iter(f"{MAIN}c")
        if "".join(cell.itertext())
    }


@pytest.mark.parametrize("on", [OLD_DAY, date(2026, 7, 3)])
def test_the_titles_are_the_columns_of_the_form_in_force(on: date) -> None:
    one = form("register", on)

    told = cells(workbook.register(register(), one))

    below = [told[f"{chr(ord('A') + i)}{HEADING_ROWS}"] for i in range(len(one.columns))]
    assert below == [column.title for column in one.columns]
    assert "Ngày, tháng, năm" in told.values()


def test_the_register_says_when_and_by_whom_it_was_made() -> None:
    told = cells(workbook.register(register(), form("register"))).values()

    assert "SỔ THEO DÕI HỒ SƠ" in told
    assert "Từ ngày 01 tháng 7 năm 2026 đến ngày 31 tháng 7 năm 2026" in told
    made = "Có 2 hồ sơ. Lập lúc 16 giờ 30 phút, ngày 24 tháng 7 năm 2026, bởi Vàng Thị Mỷ."
    assert made in told


def test_a_register_without_an_end_runs_until_now() -> None:
    since = replace(register(), during=Span(date(2026, 7, 1)))

    told = cells(workbook.register(since, form("register"))).values()

    assert "Từ ngày 01 tháng 7 năm 2026 đến nay" in told


@pytest.mark.parametrize(
    "typed", ["=1+1", "+84900000123", "-1", "@SUM(A1)", '=HYPERLINK("http://x.vn")', "http://x.vn"]
)
def test_what_looks_like_a_formula_or_an_address_is_kept_as_text(typed: str) -> None:
    line = replace(register().lines[0], owner=typed)

    made = workbook.register(replace(register(), lines=(line,)), form("register"))

    assert typed in cells(made).values()
    sheet = part(made, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_moments_can_be_sorted_and_are_in_the_time_of_viet_nam() -> None:
    told = cells(workbook.register(register(), form("register")))

    received = EPOCH + timedelta(days=float(told[f"H{HEADING_ROWS + 1}"]))

    assert abs(received - datetime(2026, 7, 3, 8, 5)) < timedelta(seconds=1)  # noqa: DTZ001 - as above


def test_every_dossier_has_its_row_in_order() -> None:
    line = register().lines[0]
    lines = tuple(replace(line, code=f"H35.101-260703-{i:04}") for i in range(1, 501))

    told = cells(workbook.register(replace(register(), lines=lines), form("register")))

    for i in (1, 2, 499, 500):
        assert told[f"A{HEADING_ROWS + i}"] == str(i)
        assert told[f"B{HEADING_ROWS + i}"] == f"H35.101-260703-{i:04}"


def test_the_same_register_gives_the_same_bytes() -> None:
    one = form("register")

    assert workbook.register(register(), one) == workbook.register(register(), one)


def test_a_column_that_no_dossier_has_is_refused() -> None:
    strange = replace(form("register"), columns=(forms.Column("Cỡ giày", "shoe_size", 5),))

    with pytest.raises(FormFieldUnknown) as refused:
        workbook.register(register(), strange)

    assert refused.value.facts == {"form": "register/tt03-2025", "field": "shoe_size"}


def test_a_register_longer_than_a_sheet_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST", 1)

    with pytest.raises(RegisterTooLong) as refused:
        workbook.register(register(), form("register"))

    assert refused.value.facts == {"lines": 2, "longest": 1}


def test_both_registers_name_only_columns_that_exist() -> None:
    for one in FORMS:
        if one.key == "register":
            assert workbook.register(register(), one)
