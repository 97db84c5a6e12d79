"""A table that somebody filled in elsewhere: the first sheet of a workbook, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from thongsuot.actions.load.workbook import NotASheet, sheet_of
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal

Cells = list[str]

# The titles of the columns stand below the heading of the sheet, not far down.
HEADING_AT_MOST = 10


class TableUnreadable(Refusal):
    """The file is neither a workbook nor a text of cells, or it is cut off."""

    code = "table_unreadable"
    kind = Kind.MALFORMED


class ColumnMissing(Refusal):
    """No line near the top names the columns that are needed."""

    code = "column_missing"
    kind = Kind.MALFORMED


class TooManyRows(Refusal):
    """The table has more lines than are taken at once."""

    code = "too_many_rows"
    kind = Kind.MALFORMED


def rows(
    content: bytes, *, columns: Mapping[str, str], needed: str, at_most: int
) -> list[dict[str, str]]:
    """The lines below the titles, by the names of their columns; empty lines are none.

    `columns` gives the title of each name; case, accents and the order do not matter.
    Raises TableUnreadable, ColumnMissing, TooManyRows.
    """
    lines = _workbook(content) if content.startswith(b"PK") else _text(content)
    titles = {" ".join(fold(title)): name for name, title in columns.items()}
    for step, line in enumerate(lines[:HEADING_AT_MOST]):
        names = [titles.get(" ".join(fold(cell)), "") for cell in line]
        if needed in names:
            return _below(lines[step + 1 :], names, at_most)
    raise ColumnMissing("file", title=columns[needed])


def _below(lines: Sequence[Cells], names: Sequence[str], at_most: int) -> list[dict[str, str]]:
    read = [
        {name: cell.strip() for name, cell in zip(names, line, strict=False) if name}
        for line in lines
    ]
    found = [line for line in read if any(line.values())]
    if len(found) > at_most:
        raise TooManyRows("file", count=len(found), most=at_most)
    return found


def _text(content: bytes) -> list[Cells]:
    """A CSV file; Vietnamese Excel separates by semicolons, and pasted cells by tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableUnreadable("file") from None
    if not text.strip() or "\x00" in text:
        raise TableUnreadable("file")
    first = next(line for line in text.splitlines() if line.strip())
    separator = max("\t;,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise TableUnreadable("file") from None


def _workbook(content: bytes) -> list[Cells]:
    try:
        return sheet_of(content)
    except NotASheet:
        raise TableUnreadable("file") from None
