"""What was frozen of a report: its canonical text, its files made from the text alone, differences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction

from thongsuot.domain.reporting.entry import ToEnter
from thongsuot.domain.reporting.forms import Row, different
from thongsuot.queries.directory import place_names
from thongsuot.queries.reporting import files, rules
from thongsuot.queries.reporting.compiled import Compiled
from thongsuot.queries.reporting.files import local
from thongsuot.queries.reporting.sheets import sheet
from thongsuot.records.codec import encode
from thongsuot.records.directory import OfficeRow
from thongsuot.records.reports import FrozenReportRow
from thongsuot.words.papers import named_place

_SEPARATORS = (",", ":")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical text of a report, the hash of each file, and what is entered elsewhere."""

    text: str
    files: Mapping[str, str]
    to_enter: tuple[ToEnter, ...]


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
    """The text over which the hash of a report is made, with the hashes of what is made of it."""
    text = text_of(made)
    return Canonical(text, files.hashes(text), files.to_enter(text))


def text_of(made: tuple[Compiled, ...]) -> str:
    """The canonical text of a report, the same for the same figures."""
    of = made[0].question
    return json.dumps(
        {
            "report": of.definition.key,
            "name": of.definition.name,
            "legal_bases": list(of.definition.legal_bases),
            "unit": of.unit,
            "place": _place(of.unit),
            "period": of.window.key,
            "from": local(of.window.start),
            "until": local(of.window.end),
            "hierarchy": of.hierarchy.value,
            "known_at": local(of.known_at),
            "counted_by": made[0].counted_by,
            "entries": [
                encode(each) for each in rules.entered(of.definition, on=of.window.last_day)
            ],
            "forms": [_form(each) for each in made],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=_SEPARATORS,
    )


def rows(text: str, form: str) -> tuple[Row, ...]:
    """The rows of a form as they were frozen."""
    return files.rows_of(files.of_form(text, form))


def changes(before: str, after: str) -> tuple[CellChange, ...]:
    """The cells in which two versions differ, form by form."""
    found = []
    for form in files.forms(after):
        old, new = rows(before, form) if form in files.forms(before) else (), rows(after, form)
        names = {row.key: row.name for row in (*old, *new)}
        found += [
            CellChange(form, key, names[key], column, was, now)
            for key, column, was, now in different(old, new)
        ]
    return tuple(found)


def is_whole(frozen: FrozenReportRow) -> bool:
    """Whether the text gives the hashes that were kept, its own and those of its files."""
    text = hashlib.sha256(frozen.content.encode()).hexdigest()
    return text == frozen.sha256 and all(
        files.made_hash(frozen.content, name) == kept for name, kept in frozen.files.items()
    )


def _form(made: Compiled) -> dict[str, object]:
    keys = [row.key for row in made.rows] + (["between"] if made.between else [])
    told = asdict(sheet(made))
    told["made_at"] = local(made.question.known_at)
    for row in told["rows"]:
        row["cells"] = [None if value is None else str(value) for value in row["cells"]]
    return {"form": made.question.form.key, "keys": keys, "sheet": told}


def _place(unit: str) -> str:
    """The name of the place before the day of a paper, as it was last known."""
    row = OfficeRow.objects.filter(code=unit).order_by("-valid").first() if unit else None
    names = place_names([row.place]) if row and row.place else {}
    return named_place(names.get(row.place, "")) if row else ""
