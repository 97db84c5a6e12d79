"""The covering report: the figures that stand in its text, each with what it is out of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from thongsuot.domain.reporting.forms import Row
from thongsuot.paper.report_sheet import ReportSheet, SheetColumn
from thongsuot.words import moments, reporting
from thongsuot.words import report_letter as words

# The figures that the text may name, by the columns of Biểu II.06.
_COLUMNS = {
    "received": "3",
    "online": "4",
    "other": "5",
    "before": "6",
    "resolved": "7",
    "early": "8",
    "on_time": "9",
    "late": "10",
    "open": "11",
    "open_in_time": "12",
    "open_late": "13",
}
# Everything that the template of a covering report may be filled in with.
FIELDS = (
    *_COLUMNS,
    "online_share",
    "in_time_share",
    "office",
    "receiver",
    "place",
    "today",
    "report",
    "period",
    "span",
    "known_at",
    "bases",
    "figures",
    "rows",
    "between",
    "notes",
)
TOTAL = "total"
BETWEEN = "between"


def values(
    told: Mapping[str, Any],
    figures: Sequence[tuple[ReportSheet, tuple[Row, ...]]],
    at: datetime,
) -> dict[str, str]:
    """The fields of a covering report, from the forms that go with it."""
    sheet, rows = next((each for each in figures if _has(each[0], "3", "7", "11")), figures[0])
    total = next((row for row in rows if row.key == TOTAL), rows[-1])
    cells = {name: total.cells.get(column) for name, column in _COLUMNS.items()}
    place = told.get("place", "")
    return {
        **{name: reporting.number(value) for name, value in cells.items()},
        "online_share": _share(cells["online"], _sum(cells["online"], cells["other"])),
        "in_time_share": _share(_sum(cells["early"], cells["on_time"]), cells["resolved"]),
        "office": sheet.reporter,
        "receiver": sheet.receiver or words.NOTHING,
        "place": place or words.BLANK,
        "today": moments.day_in_full(at.date()),
        "report": told.get("name", sheet.title),
        "period": reporting.period(told["period"]),
        "span": sheet.span[:1].lower() + sheet.span[1:],
        "known_at": moments.in_full(at),
        "bases": "; ".join(told.get("legal_bases", ())) or words.NOTHING,
        "figures": "\n".join(_totals(one, its) for one, its in figures),
        "rows": "\n".join(_detailed(figures)) or words.NO_ROWS,
        "between": _between(figures),
        "notes": "\n".join(dict.fromkeys(note for one, _ in figures for note in one.notes)),
    }


def _has(sheet: ReportSheet, *keys: str) -> bool:
    return set(keys) <= {column.key for column in sheet.columns}


def _totals(sheet: ReportSheet, rows: tuple[Row, ...]) -> str:
    """A form in one line: its number, its title, the total of each column."""
    total = next((row for row in rows if row.key == TOTAL), None)
    told = [
        f"{_called(column)}: {reporting.number(total.cells[column.key])}"
        for column in sheet.columns
        if total is not None and total.cells[column.key] is not None
    ]
    return words.FORM.format(number=sheet.number, told="; ".join(told) or words.NO_FIGURES)


def _called(column: SheetColumn) -> str:
    """A column by its title, the sum of a group by the name of the group."""
    is_sum = column.group and column.title == reporting.SUM
    return (column.group if is_sum else column.title).lower()


def _detailed(figures: Sequence[tuple[ReportSheet, tuple[Row, ...]]]) -> list[str]:
    """The rows by source system, where a form has them; else those of the first form."""
    by_system = [each for each in figures if each[0].first == reporting.FIRST_COLUMN["system"]]
    sheet, rows = (by_system or list(figures))[0]
    if not _has(sheet, "3", "7", "11"):
        return []
    return [
        words.ROW.format(
            name=row.name,
            received=reporting.number(row.cells["3"]),
            resolved=reporting.number(row.cells["7"]),
            open=reporting.number(row.cells["11"]),
            late=reporting.number(row.cells["13"]),
        )
        for row in rows
        if row.key not in (TOTAL, BETWEEN)
    ]


def _between(figures: Sequence[tuple[ReportSheet, tuple[Row, ...]]]) -> str:
    for sheet, rows in figures:
        for row in rows:
            if row.key == BETWEEN and _has(sheet, "4", "5", "7"):
                received = reporting.number(_sum(row.cells["4"], row.cells["5"]))
                resolved = reporting.number(row.cells["7"])
                return words.GAP.format(received=received, resolved=resolved)
    return words.NO_GAP


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _share(part: Fraction | None, whole: Fraction | None) -> str:
    if part is None or not whole:
        return words.EMPTY
    return words.share(float(100 * part / whole))
