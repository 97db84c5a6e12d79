"""Exports of tables that name each other by keys, joined on disk: memory stays as it was."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from thongsuot.actions.migration.dumps import DUMP, unfolded
from thongsuot.actions.migration.rows import ExportUnreadable, Row, TitlesMissing
from thongsuot.domain.migration import Layout, LegacyDossier, Sheet

_LONGEST_CELL = min(sys.maxsize, 16 * 1024 * 1024)
_TOGETHER = 5000


def tables_of(layout: Layout, files: Sequence[Path]) -> Iterator[Row]:
    """Each row of the dossiers' table with the rows of other tables that name it.

    Each is a CSV of its name, or all lie in a dump of the database. A table that is not there
    tells nothing, but for that of the dossiers.
    Raises TitlesMissing, ExportUnreadable.
    """
    with TemporaryDirectory() as folder:
        known = _known(layout, files, Path(folder))
        main = known.get(layout.dossier.name.lower())
        if main is None:
            raise TitlesMissing("file", given=files[0].name, wanted=f"{layout.dossier.name}.csv")
        joined = sqlite3.connect(str(Path(folder, "rows.sqlite")))
        try:
            yield from _joined(layout, main, known, joined)
        finally:
            joined.close()


def _known(layout: Layout, files: Sequence[Path], folder: Path) -> dict[str, Path]:
    """The tables by their names: files of their own, or what a dump holds."""
    known = {file.stem.lower(): file for file in files if file.suffix.lower() != DUMP}
    for dump in files:
        if dump.suffix.lower() == DUMP:
            known |= unfolded(dump, [sheet.name for sheet in layout.sheets], folder)
    return known


def _joined(
    layout: Layout, main: Path, known: Mapping[str, Path], joined: sqlite3.Connection
) -> Iterator[Row]:
    others = [sheet for sheet in layout.sheets if sheet.part != "dossier"]
    joined.execute("PRAGMA journal_mode = OFF")
    joined.execute("PRAGMA synchronous = OFF")
    joined.execute("CREATE TABLE line (part TEXT, key TEXT, told TEXT)")
    for sheet in others:
        file = known.get(sheet.name.lower())
        if file is not None:
            _gather(sheet, file, joined)
    joined.execute("CREATE INDEX line_of ON line (key, part)")
    for number, cells in _cells(layout.dossier, main):
        told = _told(layout.dossier, cells)
        of = joined.execute(
            "SELECT part, told FROM line WHERE key = ? ORDER BY rowid",
            [cells.get(layout.dossier.key, "")],
        )
        parts: dict[str, list[Mapping[str, str]]] = {}
        for part, text in of:
            parts.setdefault(part, []).append(json.loads(text))
        marks = ("cut",) if None in cells.values() else ()
        steps, files_, fees = (tuple(parts.get(part, ())) for part in ("steps", "files", "fees"))
        yield Row(main.name, number, LegacyDossier(told, steps, files_, fees, marks))


def _gather(sheet: Sheet, file: Path, joined: sqlite3.Connection) -> None:
    """The rows of a table on disk, by the dossier that they name."""
    lines = (
        (sheet.part, cells.get(sheet.key) or "", json.dumps(told, ensure_ascii=False))
        for _, cells in _cells(sheet, file)
        if (told := _told(sheet, cells))
    )
    joined.executemany("INSERT INTO line VALUES (?, ?, ?)", lines)


def _cells(sheet: Sheet, file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Raises TitlesMissing, ExportUnreadable."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            table = csv.DictReader(opened)
            titles = set(table.fieldnames or ())
            needed = {column.theirs for column in sheet.columns if column.is_required}
            missing = (needed | ({sheet.key} if sheet.key else set())) - titles
            if missing:
                raise TitlesMissing("file", given=file.name, wanted=", ".join(sorted(missing)))
            for cells in table:
                yield table.line_num, cells
    except (UnicodeDecodeError, csv.Error):
        raise ExportUnreadable("file", given=file.name) from None


def _told(sheet: Sheet, cells: Mapping[str, str | None]) -> dict[str, str]:
    found = {column.ours: cells.get(column.theirs) or "" for column in sheet.columns}
    return {name: text.replace("\x00", "") for name, text in found.items() if text.strip()}
