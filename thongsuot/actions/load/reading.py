"""Files of data as lines; a file that is not whole is refused before anything is kept."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from thongsuot.actions.load.workbook import NotASheet, sheet_of
from thongsuot.domain.refusal import Kind, Refusal

csv.field_size_limit(1_000_000)

WORKBOOK = ".xlsx"


class FileMissing(Refusal):
    """There is no readable file of this name."""

    code = "file_missing"
    kind = Kind.UNKNOWN


class FileNotUtf8(Refusal):
    """A file of data is text in UTF-8."""

    code = "file_not_utf8"
    kind = Kind.MALFORMED


class HeaderWrong(Refusal):
    """The first line does not name the columns that this kind of file has."""

    code = "header_wrong"
    kind = Kind.MALFORMED


class FileCut(Refusal):
    """A line has too few or too many cells, or a quotation that never ends: the file is cut."""

    code = "file_cut"
    kind = Kind.MALFORMED


class NotWorkbook(Refusal):
    """A workbook is one that Excel opens, of a size that a list has."""

    code = "not_workbook"
    kind = Kind.MALFORMED


class NotToml(Refusal):
    """A process is written in TOML."""

    code = "not_toml"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of file: its name under the data folder, and the columns that it must have.

    `each` is the name of the tables of a TOML file that are its lines.
    """

    path: str
    columns: tuple[str, ...]
    each: str = ""

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: where it stands and what its cells hold."""

    number: int
    cells: Mapping[str, object]
    text: str = ""  # the whole file, where it is one document

    def __getitem__(self, column: str) -> str:
        return str(self.cells[column])


@dataclass(frozen=True, slots=True)
class Text:
    """A file as it was read, with the fingerprint of its bytes."""

    path: Path
    content: str
    sha256: str

    @property
    def shown(self) -> str:
        """The name by which people know the file."""
        return "/".join(self.path.parts[-2:])


def read_text(path: Path) -> Text:
    """The text of a file. Raises FileMissing, FileNotUtf8, NotWorkbook."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise FileMissing("file", file=str(path)) from None
    return text_of(path, raw)


def text_of(path: Path, raw: bytes) -> Text:
    """Bytes under the name of a file as text; a workbook as the table of its first sheet.

    Raises FileNotUtf8, NotWorkbook.
    """
    if path.suffix.lower() == WORKBOOK:
        return Text(path, _table(path.name, raw), hashlib.sha256(raw).hexdigest())
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise FileNotUtf8("file", file=path.name, line=line) from None
    return Text(path, content, hashlib.sha256(raw).hexdigest())


def lines_of(text: Text, shape: Shape) -> tuple[Line, ...]:
    """The lines of a table. Raises HeaderWrong, FileCut."""
    rows = _rows(text)
    _, header = next(rows, (1, []))
    wrong = [column for column in shape.columns if header.count(column) != 1]
    if wrong:
        wanted = ", ".join(shape.columns)
        raise HeaderWrong("header", file=text.shown, wrong=", ".join(wrong), wanted=wanted)
    return tuple(_line(text, header, number, row) for number, row in rows if row)


def columns_of(text: Text) -> frozenset[str]:
    """The columns that the first line of a table names. Raises FileCut."""
    for _, row in _rows(text):
        return frozenset(row)
    return frozenset()


def document_of(text: Text) -> Line:
    """A TOML file as one line. Raises NotToml."""
    try:
        return Line(1, tomllib.loads(text.content), text.content)
    except tomllib.TOMLDecodeError as wrong:
        raise NotToml("file", file=text.shown, why=str(wrong)) from None


def entries_of(text: Text, shape: Shape) -> tuple[Line, ...]:
    """The tables of a TOML file as lines, each where it begins. Raises NotToml, HeaderWrong."""
    whole = document_of(text).cells
    given = whole.get(shape.each, [])
    if set(whole) - {shape.each} or not isinstance(given, list):
        wrong = ", ".join(sorted(set(whole) - {shape.each})) or shape.each
        raise HeaderWrong("header", file=text.shown, wrong=wrong, wanted=f"[[{shape.each}]]")
    begins = _begins(text.content, shape.each)
    return tuple(Line(begins.get(place, 1), one) for place, one in enumerate(given))


def _begins(content: str, name: str) -> dict[int, int]:
    """On which line each table of a name begins."""
    head = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    lines = (number for number, line in enumerate(content.splitlines(), 1) if head.match(line))
    return dict(enumerate(lines))


def _table(name: str, raw: bytes) -> str:
    """The first sheet as a table of text."""
    try:
        rows = sheet_of(raw)
    except NotASheet:
        raise NotWorkbook("file", file=name) from None
    made = io.StringIO()
    # An empty row stays an empty line, and no line of the table.
    csv.writer(made, lineterminator="\n").writerows(row if any(row) else [] for row in rows)
    return made.getvalue()


def _rows(text: Text) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.content, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileCut("file", file=text.shown, line=number) from None
        yield number, row


def _line(text: Text, header: list[str], number: int, row: list[str]) -> Line:
    if len(row) != len(header):
        raise FileCut("file", file=text.shown, line=number)
    return Line(number, dict(zip(header, (cell.strip() for cell in row), strict=True)))
