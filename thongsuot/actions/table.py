"""A table that somebody filled in elsewhere: the first sheet of a workbook, or a CSV file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal

Cells = list[str]

LARGEST = 30 * 1024 * 1024  # unpacked
# The titles of the columns stand below the heading of the sheet, not far down.
HEADING_AT_MOST = 10
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+\.0+", re.ASCII)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMNS_AT_MOST = 100


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
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(part.file_size for part in book.infolist()) > LARGEST:
                raise TableUnreadable("file")
            names = sorted(n for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
            shared = _strings(book) if "xl/sharedStrings.xml" in book.namelist() else []
            return list(_lines(_xml(book.read(names[0])), shared))
    except (
        zipfile.BadZipFile,
        ET.ParseError,
        IndexError,
        KeyError,
        NotImplementedError,  # packed in a way that nobody uses
        RuntimeError,  # locked by a password
        ValueError,
        EOFError,
    ):
        raise TableUnreadable("file") from None


def _xml(raw: bytes) -> ET.Element:
    """Raises ValueError for a text that defines words of its own: they may unfold without end."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise ValueError("entities")
    return ET.fromstring(raw)  # noqa: S314 - no entities: refused above


def _strings(book: zipfile.ZipFile) -> list[str]:
    root = _xml(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{_MAIN}t")) for one in root]


def _lines(root: ET.Element, shared: Sequence[str]) -> Iterator[Cells]:
    for row in root.iter(f"{_MAIN}row"):
        line: Cells = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _column(cell.get("r", ""), len(line))
            line.extend([""] * (place - len(line)))
            line.append(_value(cell, shared))
        yield line


def _column(address: str, following: int) -> int:
    """Where a cell stands; cells left empty are left out of the file."""
    found = _CELL.fullmatch(address)
    if not found:
        return following
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    if place > _COLUMNS_AT_MOST:
        raise ValueError("too wide")
    return place - 1


def _value(cell: ET.Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    held = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return shared[int(held)]
    return held.split(".")[0] if _NUMBER.fullmatch(held) else held
