"""The figures of a report as CSV that a spreadsheet opens as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

from thongsuot.paper.characters import plain
from thongsuot.paper.report_sheet import ReportSheet
from thongsuot.words import papers

BYTE_ORDER_MARK = "\ufeff"
_AS_FORMULA = ("=", "+", "-", "@")


def figure_table(paper: ReportSheet, keys: Sequence[str]) -> bytes:
    """A line for each row: its key, its name, its figures; text never begins a formula."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    titles = [
        f"{papers.column_number(column.key, index)} {plain(column.title)}"
        for index, column in enumerate(paper.columns)
    ]
    writer.writerow(["key", plain(paper.first), *titles])
    for key, row in zip(keys, paper.rows, strict=True):
        figures = ["" if value is None else _exact(value) for value in row.cells]
        writer.writerow([literal(key), literal(row.name), *figures])
    return (BYTE_ORDER_MARK + made.getvalue()).encode()


def literal(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    clean = plain(text)
    return f"'{clean}" if clean.startswith(_AS_FORMULA) else clean


def _exact(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"
