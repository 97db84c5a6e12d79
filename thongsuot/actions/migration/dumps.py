"""A dump of an old system's database as tables: MySQL's INSERTs and PostgreSQL's COPY."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TextIO

from thongsuot.actions.migration.rows import ExportUnreadable

DUMP = ".sql"
_LONGEST_STATEMENT = 256 * 1024 * 1024
_NAME = r'[`"\[]?(?:\w+[`"\]]?\.[`"\[]?)?(\w+)[`"\]]?'
_CREATE = re.compile(rf"\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\(", re.I)
_COLUMN = re.compile(r'\s*[`"\[]?(\w+)[`"\]]?\s+\S')
_NO_COLUMN = re.compile(r"\s*(PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|CHECK)\b", re.I)
_INSERT = re.compile(
    rf"\s*(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?(?:INTO\s+)?{_NAME}\s*(\([^)]*\))?\s*VALUES\s*", re.I
)
_COPY = re.compile(rf"\s*COPY\s+{_NAME}\s*\(([^)]*)\)\s+FROM\s+stdin", re.I)
_VALUE = re.compile(
    r"\s*(?:(?:N|E|_\w+\s+)?'((?:[^'\\]|\\.|'')*)'|(NULL)\b|([^\s,()']+))\s*([,)])", re.S | re.I
)
_ROW = re.compile(r"\s*,?\s*\(", re.S)
_END = re.compile(r"\s*;", re.S)
_ESCAPED = re.compile(r"\\(.)|''", re.S)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "", "b": ""}


class _Cut(Exception):
    """A statement does not end where its line does."""


def unfolded(dump: Path, tables: Collection[str], folder: Path) -> dict[str, Path]:
    """The tables of these names, each as a CSV in a folder; by their names in small letters.

    Of what else a dump does, nothing is done. Raises ExportUnreadable.
    """
    wanted = {name.lower() for name in tables}
    found: dict[str, Path] = {}
    with ExitStack() as opened:
        writers: dict[str, _Table] = {}
        for name, columns, values in _rows(dump, wanted):
            if name not in writers:
                found[name] = folder / f"{name}.csv"
                file = found[name].open("w", encoding="utf-8", newline="")
                writers[name] = _Table(opened.enter_context(file), columns)
            writers[name].write(columns, values)
    return found


class _Table:
    """A CSV whose rows may name their columns in another order each time."""

    def __init__(self, file: TextIO, columns: tuple[str, ...]) -> None:
        self._writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        self._writer.writeheader()

    def write(self, columns: tuple[str, ...], values: list[str]) -> None:
        self._writer.writerow(dict(zip(columns, values, strict=False)))


Found = tuple[str, tuple[str, ...], list[str]]


def _rows(dump: Path, wanted: Collection[str]) -> Iterator[Found]:
    known: dict[str, tuple[str, ...]] = {}
    try:
        with dump.open(encoding="utf-8-sig", newline="\n") as lines:
            for line in lines:
                if created := _CREATE.match(line):
                    known[created[1].lower()] = tuple(_columns(line[created.end() :], lines))
                elif copied := _COPY.match(line):
                    columns = _names(copied[2])
                    for values in _copied(dump, lines):
                        if copied[1].lower() in wanted:
                            yield copied[1].lower(), columns, values
                elif (inserted := _INSERT.match(line)) and inserted[1].lower() in wanted:
                    name = inserted[1].lower()
                    columns = _names(inserted[2][1:-1]) if inserted[2] else known.get(name, ())
                    for values in _inserted(dump, line[inserted.end() :], lines):
                        yield name, columns, values
    except UnicodeDecodeError:
        raise ExportUnreadable("file", given=dump.name) from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip(' \n`"[]') for name in text.split(","))


def _columns(first: str, lines: Iterator[str]) -> Iterator[str]:
    """The columns of a table that is created, each on a line of its own."""
    for line in chain([first], lines):
        if line.lstrip().startswith(")"):
            return
        found = None if _NO_COLUMN.match(line) else _COLUMN.match(line)
        if found:
            yield found[1]


def _copied(dump: Path, lines: Iterator[str]) -> Iterator[list[str]]:
    for line in lines:
        text = line.rstrip("\r\n")
        if text == "\\.":
            return
        yield ["" if cell == "\\N" else _unescaped(cell) for cell in text.split("\t")]
    raise ExportUnreadable("file", given=dump.name)


def _inserted(dump: Path, first: str, lines: Iterator[str]) -> Iterator[list[str]]:
    """The rows of a statement, which may go on over lines."""
    text = first
    while True:
        try:
            rows = _tuples(text)
        except _Cut:
            more = next(lines, None)
            if more is None or len(text) > _LONGEST_STATEMENT:
                raise ExportUnreadable("file", given=dump.name) from None
            text += more
        else:
            yield from rows
            return


def _tuples(text: str) -> list[list[str]]:
    """Raises _Cut."""
    rows: list[list[str]] = []
    at = 0
    while begun := _ROW.match(text, at):
        at, values, closes = begun.end(), list[str](), ""
        while closes != ")":
            value = _VALUE.match(text, at)
            if value is None:
                raise _Cut
            quoted, nothing, bare, closes = value.groups()
            values.append(_unescaped(quoted) if quoted is not None else "" if nothing else bare)
            at = value.end()
        rows.append(values)
    if not rows or not _END.match(text, at):
        raise _Cut
    return rows


def _unescaped(text: str) -> str:
    if "\\" not in text and "''" not in text:
        return text
    return _ESCAPED.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    return "'" if found[1] is None else _PLAIN.get(found[1], found[1])
