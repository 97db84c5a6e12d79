"""Exports of old systems, row by row: every row is read, whatever is wrong with it."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from thongsuot.actions.load.workbook import NotASheet, sheet_of
from thongsuot.actions.migration.documents import documents_of
from thongsuot.actions.migration.rows import ExportUnreadable, Row, TitlesMissing
from thongsuot.actions.migration.tables import tables_of
from thongsuot.domain.migration import Column, Layout, LegacyDossier, Reader
from thongsuot.domain.refusal import Kind, Refusal

WORKBOOK = ".xlsx"
TITLES_WITHIN = 30  # rows of headings before the titles
_CHUNK = 1 << 20


class ExportMissing(Refusal):
    """There is nothing to read where the export should be."""

    code = "export_missing"
    kind = Kind.UNKNOWN


def files_of(path: Path) -> list[Path]:
    """The files of an export: itself, or those of a folder by name. Raises ExportMissing."""
    found = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise ExportMissing("file", given=str(path))
    return found


def fingerprint(path: Path) -> str:
    """What makes an export the same one: the content of all its files. Raises ExportMissing."""
    whole = hashlib.sha256()
    for file in files_of(path):
        own = hashlib.sha256()
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                own.update(chunk)
        whole.update(own.digest())
    return whole.hexdigest()


def rows_of(layout: Layout, path: Path) -> Iterator[Row]:
    """Every row of an export in order, one at a time.

    Raises ExportMissing, ExportUnreadable, TitlesMissing.
    """
    match layout.reader:
        case Reader.SHEET:
            for file in files_of(path):
                yield from _sheet(layout, file)
        case Reader.DOCUMENTS:
            for file in files_of(path):
                yield from documents_of(layout, file)
        case Reader.TABLES:
            yield from tables_of(layout, files_of(path))


def _sheet(layout: Layout, file: Path) -> Iterator[Row]:
    lines = enumerate(_lines(file), 1)
    titles = _titles(layout, file, lines)
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            yield Row(file.name, number, titles.legacy(cells))


def _lines(file: Path) -> Iterable[Sequence[str]]:
    """Raises ExportUnreadable."""
    if file.suffix.lower() == WORKBOOK:
        try:
            return sheet_of(file.read_bytes())
        except NotASheet:
            raise ExportUnreadable("file", given=file.name) from None
    return _csv(file)


def _csv(file: Path) -> Iterator[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            yield from csv.reader(opened)
    except (UnicodeDecodeError, csv.Error):
        raise ExportUnreadable("file", given=file.name) from None


class _Titles:
    """Where each column of a layout stands in a sheet; a title given twice counts once."""

    def __init__(self, layout: Layout, cells: Sequence[str], *, is_text: bool) -> None:
        self.names = tuple(_plain(cell) for cell in cells)
        self.places: dict[str, int] = {}
        for column in layout.dossier.columns:
            if _plain(column.theirs) in self.names:
                self.places[column.ours] = self.names.index(_plain(column.theirs))
        self.last = max((self.places.get(name, 0) for name in layout.required), default=0)
        self.is_text = is_text

    def legacy(self, cells: Sequence[str]) -> LegacyDossier:
        told = {
            name: cells[place]
            for name, place in self.places.items()
            if place < len(cells) and cells[place]
        }
        return LegacyDossier(told, marks=tuple(self._marks(cells)))

    def _marks(self, cells: Sequence[str]) -> Iterator[str]:
        if tuple(_plain(cell) for cell in cells[: len(self.names)]) == self.names:
            yield "header"
        elif self._is_cut(cells):
            yield "cut"

    def _is_cut(self, cells: Sequence[str]) -> bool:
        """Whether the row ends before what no row lacks; a sheet fills the rest with blanks."""
        if self.is_text and len(cells) < len(self.names):
            return True
        filled = max((place for place, cell in enumerate(cells) if cell.strip()), default=0)
        return filled < self.last and filled < len(self.names) // 2


def _titles(layout: Layout, file: Path, lines: Iterator[tuple[int, Sequence[str]]]) -> _Titles:
    """The row that names the columns. Raises TitlesMissing."""
    needed = [column for column in layout.dossier.columns if column.is_required]
    best: list[Column] = needed
    for number, cells in lines:
        names = {_plain(cell) for cell in cells}
        missing = [column for column in needed if _plain(column.theirs) not in names]
        if not missing:
            return _Titles(layout, cells, is_text=file.suffix.lower() != WORKBOOK)
        if len(missing) < len(best):
            best = missing
        if number >= TITLES_WITHIN:
            break
    wanted = ", ".join(column.theirs for column in best)
    raise TitlesMissing("file", given=file.name, wanted=wanted)


def _plain(title: str) -> str:
    """A title as it is meant: without accents' forms, stars and case."""
    text = unicodedata.normalize("NFC", title)
    return " ".join(text.replace("*", " ").split()).lower()
