"""What was frozen of a report: its canonical text, its files made from the text alone, differences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from thongsuot.domain.reporting.forms import Row, different
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper.report_sheet import ReportSheet, SheetColumn, SheetRow, report_sheet
from thongsuot.queries.reporting.compiled import Compiled
from thongsuot.queries.reporting.sheets import sheet
from thongsuot.records.reports import FrozenReportRow

_SEPARATORS = (",", ":")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical text of a report, and the hash of the workbook of each form."""

    text: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell in which two versions differ."""

    form: str
    row: str
    row_name: str
    column: str
    before: Fraction | None
    after: Fraction | None


def canonical(made: tuple[Compiled, ...]) -> Canonical:
    """The text over which the hash of a report is made, the same for the same figures."""
    of = made[0].question
    text = json.dumps(
        {
            "report": of.definition.key,
            "unit": of.unit,
            "period": of.window.key,
            "from": _local(of.window.start),
            "until": _local(of.window.end),
            "hierarchy": of.hierarchy.value,
            "known_at": _local(of.known_at),
            "counted_by": made[0].counted_by,
            "forms": [_form(each) for each in made],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=_SEPARATORS,
    )
    forms = [each.question.form.key for each in made]
    return Canonical(text, {form: _hash(workbook(text, form)) for form in forms})


def workbook(text: str, form: str) -> bytes:
    """The workbook of a form, from the frozen text alone."""
    return report_sheet(_sheet(_of_form(text, form)))


def rows(text: str, form: str) -> tuple[Row, ...]:
    """The rows of a form as they were frozen."""
    told = _of_form(text, form)
    columns = [column["key"] for column in told["sheet"]["columns"]]
    return tuple(
        Row(
            key,
            row["name"],
            dict(zip(columns, map(_number, row["cells"]), strict=True)),
            row["depth"],
        )
        for key, row in zip(told["keys"], told["sheet"]["rows"], strict=True)
    )


def forms(text: str) -> tuple[str, ...]:
    """The forms that were frozen."""
    return tuple(form["form"] for form in json.loads(text)["forms"])


def changes(before: str, after: str) -> tuple[CellChange, ...]:
    """The cells in which two versions differ, form by form."""
    found = []
    for form in forms(after):
        old, new = rows(before, form) if form in forms(before) else (), rows(after, form)
        names = {row.key: row.name for row in (*old, *new)}
        found += [
            CellChange(form, key, names[key], column, was, now)
            for key, column, was, now in different(old, new)
        ]
    return tuple(found)


def is_whole(frozen: FrozenReportRow) -> bool:
    """Whether the text gives the hashes that were kept, its own and those of its files."""
    files = {form: _hash(workbook(frozen.content, form)) for form in forms(frozen.content)}
    text = hashlib.sha256(frozen.content.encode()).hexdigest()
    return text == frozen.sha256 and files == frozen.files


def _form(made: Compiled) -> dict[str, object]:
    keys = [row.key for row in made.rows] + (["between"] if made.between else [])
    told = asdict(sheet(made))
    told["made_at"] = _local(made.question.known_at)
    for row in told["rows"]:
        row["cells"] = [None if value is None else str(value) for value in row["cells"]]
    return {"form": made.question.form.key, "keys": keys, "sheet": told}


def _of_form(text: str, form: str) -> dict[str, Any]:
    return next(each for each in json.loads(text)["forms"] if each["form"] == form)


def _sheet(told: dict[str, Any]) -> ReportSheet:
    of = told["sheet"]
    made_of = {
        "columns": tuple(SheetColumn(**column) for column in of["columns"]),
        "rows": tuple(
            SheetRow(row["name"], row["depth"], tuple(map(_number, row["cells"])))
            for row in of["rows"]
        ),
        "notes": tuple(of["notes"]),
        "made_at": datetime.fromisoformat(of["made_at"]),
    }
    return ReportSheet(**(of | made_of))


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _local(moment: datetime) -> str:
    """A moment as the office writes it: the same text wherever it was kept meanwhile."""
    return moment.astimezone(VIETNAM).isoformat()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
