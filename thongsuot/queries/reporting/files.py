"""The files of a report, each from its canonical text alone: the same text gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from thongsuot.domain.reporting.entry import ToEnter
from thongsuot.domain.reporting.forms import NoSuchCell, Row
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import letters, press, values
from thongsuot.paper.figure_table import figure_table
from thongsuot.paper.letters import Letter
from thongsuot.paper.report_sheet import ReportSheet, SheetColumn, SheetRow, report_sheet
from thongsuot.paper.sheets import sheet
from thongsuot.queries.printing import form_of
from thongsuot.queries.reporting import covering
from thongsuot.words import papers
from thongsuot.words import reporting as words

BETWEEN = "between"
PDF, DOCX, CSV, ENTER = "pdf", "docx", "csv", "enter"
GENERAL = "general"


def workbook(text: str, form: str) -> bytes:
    """The workbook of a form."""
    return report_sheet(_sheet(of_form(text, form)))


def table(text: str, form: str) -> bytes:
    """The figures of a form as CSV, every number exact."""
    return figure_table(_sheet(of_form(text, form)), of_form(text, form)["keys"])


def pdf(text: str) -> bytes:
    """All forms in one PDF, each on pages of its own, dated with the moment of its figures."""
    told = json.loads(text)
    at = datetime.fromisoformat(told["known_at"])
    papers = [sheet(_paper(told, each, at)) for each in told["forms"]]
    return press.pdf(form_of("report", at.date()), papers, at=at)


def letter(text: str) -> bytes:
    """The covering report with its figures in the text, to be signed."""
    told = json.loads(text)
    at = datetime.fromisoformat(told["known_at"])
    known = _letters(settings.DATA_DIR / "report_letters")
    key = told["report"] if any(one.key == told["report"] for one in known) else GENERAL
    chosen = letters.choose(known, key, at.date())
    figures = [(_sheet(each), rows_of(each)) for each in told["forms"]]
    return letters.dated(letters.fill(chosen, covering.values(told, figures, at)), at=at)


def to_enter(text: str) -> tuple[ToEnter, ...]:
    """The files with which the report is entered in other systems, as it was known how."""
    told = json.loads(text)
    name = f"{told['report']}-{told['period']}-{told['unit'] or 'tinh'}.json"
    return tuple(
        ToEnter(each["key"], each["partner"], each["system"], name, _entered(told, each))
        for each in told.get("entries", ())
    )


def hashes(text: str) -> Mapping[str, str]:
    """The hash of each file: of a form its workbook, its table; of the report the others."""
    return {name: made_hash(text, name) for name in _names(text)}


def made_hash(text: str, name: str) -> str:
    """The hash of one file of a report, made anew. Raises NoSuchCell."""
    form, _, kind = name.rpartition("/")
    match kind:
        case "pdf":
            content = pdf(text)
        case "docx":
            content = letter(text)
        case "csv":
            content = table(text, form)
        case "enter":
            content = next(one.content for one in to_enter(text) if one.key == form)
        case _:
            content = workbook(text, name)
    return hashlib.sha256(content).hexdigest()


def forms(text: str) -> tuple[str, ...]:
    """The forms that are in the text."""
    return tuple(form["form"] for form in json.loads(text)["forms"])


def of_form(text: str, form: str) -> dict[str, Any]:
    """What the text says of a form. Raises NoSuchCell."""
    for each in json.loads(text)["forms"]:
        if each["form"] == form:
            return dict(each)
    raise NoSuchCell("form", given=form, known=list(forms(text)))


def rows_of(told: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows of a form as the text has them."""
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


def _names(text: str) -> list[str]:
    told = forms(text)
    entries = [f"{each['key']}/{ENTER}" for each in json.loads(text).get("entries", ())]
    return [*told, *(f"{form}/{CSV}" for form in told), f"/{PDF}", f"/{DOCX}", *entries]


def _entered(told: Mapping[str, Any], entry: Mapping[str, Any]) -> bytes:
    """The figures by the names that the system has for them; what it has none for is left out."""
    names = {field["column"]: field["name"] for field in entry["fields"]}
    made = {
        "layout": "official" if entry["is_official"] else "thongsuot",
        "source": entry["source"],
        **{key: told[key] for key in ("report", "period", "unit", "from", "until", "known_at")},
        "forms": [
            {
                "form": each["form"],
                "rows": [
                    {"key": row.key, "name": row.name}
                    | {
                        names.get(column, column): _plain(value)
                        for column, value in row.cells.items()
                    }
                    for row in rows_of(each)
                    if row.key != BETWEEN
                ],
            }
            for each in told["forms"]
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _plain(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _paper(told: Mapping[str, Any], form: Mapping[str, Any], at: datetime) -> values.ReportPaper:
    made, counted, lines = _sheet(form), 0, []
    for row in made.rows:
        counted = counted + 1 if row.depth else 0
        ordinal = str(counted) if row.depth else ""
        cells = tuple(words.number(value) for value in row.cells)
        lines.append(values.FigureLine(ordinal, row.name, row.depth, cells))
    return values.ReportPaper(
        head=values.Letterhead("", made.reporter, told.get("place", ""), at.date()),
        number=made.number,
        basis=made.basis,
        title=made.title,
        span=made.span,
        period=words.period(told["period"]),
        reporter=made.reporter,
        receiver=made.receiver,
        counted_in=made.unit,
        first=made.first,
        columns=tuple(
            values.FigureColumn(papers.column_number(c.key, index), c.title, c.group)
            for index, c in enumerate(made.columns)
        ),
        lines=tuple(lines),
        notes=made.notes,
        known_at=at,
    )


def _sheet(told: Mapping[str, Any]) -> ReportSheet:
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


@cache
def _letters(folder: Path) -> tuple[Letter, ...]:
    return letters.read(folder, fields=covering.FIELDS)


def local(moment: datetime) -> str:
    """A moment as the office writes it: the same text wherever it was kept meanwhile."""
    return moment.astimezone(VIETNAM).isoformat()
