"""Many rows as the text that COPY takes: made wherever there is time for it, written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import NoneType
from typing import Any

from django.db import connection
from psycopg import sql

_NOTHING = "\\N"


def line_of(values: Iterable[object]) -> str:
    """A row as a line of text, with its end."""
    given = list(values)
    line = "\t".join([value if type(value) is str else _text(value) for value in given])
    backslashes = line.count("\\") - given.count(None)
    if backslashes or "\n" in line or "\r" in line or line.count("\t") >= len(given):
        line = "\t".join(_NOTHING if value is None else cell_of(_text(value)) for value in given)
    return line + "\n"


def cell_of(text: str) -> str:
    """A text as it stands in a line."""
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t")
        text = text.replace("\n", "\\n").replace("\r", "\\r")
    return text


def copy_text(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Keep rows that were made into lines, in the caller's transaction."""
    text = "".join(lines)
    if not text:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def _text(value: object) -> str:
    return _TEXTS.get(type(value), str)(value)


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    NoneType: lambda _: _NOTHING,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    date: date.isoformat,
}
