"""The workbook of a report is the same, byte by byte, in whatever process and however often."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import cast
from thongsuot.paper import long_list
from thongsuot.paper.report_sheet import ReportSheet, SheetColumn, SheetRow, report_sheet

SHEET = ReportSheet(
    number="Biểu số II.06a/VPCP/KSTT",
    basis="Thông tư số 01/2020/TT-VPCP",
    title="TÌNH HÌNH",
    span="Từ 15/06/2025 đến hết 14/09/2025",
    unit="Số hồ sơ TTHC",
    reporter="UBND xã Bản Mây",
    receiver="UBND tỉnh",
    first="Lĩnh vực",
    columns=(SheetColumn("3", "Tổng số", "Tiếp nhận"), SheetColumn("4", "Trực tuyến", "Tiếp nhận")),
    rows=(
        SheetRow("=1+1", 0, (Fraction(1), None)),
        SheetRow("Hộ tịch", 1, (Fraction(1, 3), Fraction(2))),
    ),
    notes=("Số liệu tạm",),
    made_at=cast.moment("2025-09-15 08:00"),
)
ELSEWHERE = """
import hashlib
from tests.paper.test_report_sheet import SHEET
from thongsuot.paper.report_sheet import report_sheet
print(hashlib.sha256(report_sheet(SHEET)).hexdigest())
"""


def test_the_first_workbook_of_a_process_is_the_same_as_any_later_one() -> None:
    later = [hashlib.sha256(report_sheet(SHEET)).hexdigest() for _ in range(2)]
    first = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True
    )

    assert {first.stdout.strip()} == set(later)


def test_a_list_longer_than_a_sheet_goes_on_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_list, "MOST_ROWS", 10)
    path = tmp_path / "list.xlsx"
    rows = [(f"H-{number}", cast.MONDAY) for number in range(25)]

    long_list.as_workbook(
        path, "Danh sách", (("Mã", 20), ("Lúc", 17)), rows, at=cast.MONDAY, by="Tâm"
    )

    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [len(sheet) - 3 for sheet in sheets] == [10, 10, 5]
    assert sheets[2][3] == ["H-20", cast.MONDAY.replace(tzinfo=None)]
