"""A table that is filled in row by row, without JavaScript: what was typed, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from thongsuot.web.door import plain
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import Problem

MOST = 400
SPARE = 2
_NAME = re.compile(r"([a-z_]+)\.([0-9]{1,3})\.([a-z_]+)", re.ASCII)

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    is_number: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a form: its name, its columns, and what it is called."""

    name: str
    label: str
    columns: tuple[Column, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row as it is shown: its cells, and what is remarked of it."""

    number: int
    cells: tuple[FieldLine, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A table as it is shown."""

    sheet: Sheet
    rows: tuple[RowLine, ...] = field(default=())

    @property
    def id(self) -> str:
        """The table's place on the page."""
        return f"sheet-{self.sheet.name}"


def typed(post: QueryDict, sheet: Sheet) -> Rows:
    """The rows that were filled in, in their order; rows left empty are none."""
    known = {column.name for column in sheet.columns}
    found: dict[int, dict[str, str]] = {}
    for name in post:
        parts = _NAME.fullmatch(name)
        if parts and parts[1] == sheet.name and parts[3] in known and int(parts[2]) < MOST:
            found.setdefault(int(parts[2]), {})[parts[3]] = plain(post.get(name))
    return [found[number] for number in sorted(found) if any(found[number].values())]


def shown(
    sheet: Sheet,
    rows: Sequence[Mapping[str, str]],
    problems: Iterable[Problem] = (),
    *,
    remarks: Mapping[int, tuple[str, ...]] | None = None,
    spare: int = SPARE,
) -> SheetLine:
    """The table with what was typed, some empty rows below, and what is wrong beside it."""
    wrong = tuple(problems)
    filled: list[Mapping[str, str]] = [*rows, *({} for _ in range(spare))]
    return SheetLine(
        sheet,
        tuple(
            RowLine(
                number,
                with_errors((_cell(sheet, number, column, row) for column in sheet.columns), wrong),
                (remarks or {}).get(number, ()),
            )
            for number, row in enumerate(filled)
        ),
    )


def names(sheet: Sheet, rows: int) -> list[str]:
    """The names of the fields of so many rows."""
    return [
        f"{sheet.name}.{number}.{column.name}" for number in range(rows) for column in sheet.columns
    ]


def _cell(sheet: Sheet, number: int, column: Column, row: Mapping[str, str]) -> FieldLine:
    widget = Widget.SELECT if column.options else Widget.TEXT
    if column.is_long:
        widget = Widget.LINES
    return FieldLine(
        name=f"{sheet.name}.{number}.{column.name}",
        label=f"{column.label}, dòng {number + 1}",
        widget=widget,
        value=row.get(column.name, ""),
        options=column.options,
        empty="–" if column.options else "",
        keys="numeric" if column.is_number else "",
    )
