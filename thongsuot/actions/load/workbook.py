"""The first sheet of a workbook that somebody else filled in, as lines of text."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

UNPACKED_AT_MOST = 100_000_000
# The reader lays out every cell up to the farthest one: a single cell far off would fill memory.
COLUMNS_AT_MOST, ROWS_AT_MOST = 100, 200_000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]+)?([0-9]+)["']""")
_OTHER_FORMATS = {"content.xml", "xl/workbook.bin"}


class NotASheet(Exception):
    """No workbook, cut off, locked, or far larger than a table that people fill in."""


def sheet_of(content: bytes) -> list[list[str]]:
    """The first sheet line by line, so that a line's number is that of Excel; empty ones too.

    Raises NotASheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _require_modest(packed)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (
        zipfile.BadZipFile,
        CalamineError,
        EOFError,
        IndexError,
        OSError,
        RuntimeError,  # locked, or packed in a way that nobody uses
        ValueError,
    ):
        raise NotASheet from None
    return [[_written(cell) for cell in row] for row in rows]


def _require_modest(packed: zipfile.ZipFile) -> None:
    """Raises ValueError."""
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > UNPACKED_AT_MOST:
        raise ValueError("too large")
    if _OTHER_FORMATS & {part.filename for part in parts}:
        raise ValueError("not a workbook of Excel")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _require_near(packed.read(part))


def _require_near(text: bytes) -> None:
    if b"\x00" in text:
        raise ValueError("not UTF-8")
    for column, row in _PLACE.findall(text):
        if (
            len(row) > len(str(ROWS_AT_MOST))
            or int(row) > ROWS_AT_MOST
            or _number(column) > COLUMNS_AT_MOST
        ):
            raise ValueError("too far off")


def _number(column: bytes) -> int:
    """A column's letters as its number: A is 1, AA is 27."""
    place = 0
    for letter in column:
        place = place * 26 + letter - ord("A") + 1
    return place


def _written(cell: object) -> str:
    """A cell as a file of text would hold it, on one line."""
    match cell:
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return " ".join(str(cell).replace("\x00", "").split())
