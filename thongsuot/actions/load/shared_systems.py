"""Shared systems, their regulations, and what is set up in them for each body."""

from __future__ import annotations

from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.directory import OfficeUnknown
from thongsuot.actions.load.merging import Kept, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.shared_systems import EntryKind, NoSuchSystem, SystemKind
from thongsuot.records.directory import OfficeAliasRow, OfficeRow
from thongsuot.records.shared_systems import (
    SharedSystemRow,
    SystemEntryRow,
    SystemRegulationRow,
)
from thongsuot.records.spans import to_range
from thongsuot.words import reading

SYSTEMS = Shape(
    "systems/systems.csv",
    ("code", "name", "kind", "keeper", "direct_from", "direct_source", "source"),
)
REGULATIONS = Shape(
    "systems/regulations.csv", ("system", "number", "title", "valid_from", "valid_to", "source")
)
ENTRIES = Shape(
    "systems/entries.csv",
    (
        "system",
        "kind",
        "key",
        "name",
        "office",
        "other",
        "via",
        "valid_from",
        "valid_to",
        "source",
    ),
)

_SYSTEMS = Kept(
    SharedSystemRow,
    ("code",),
    columns("name", "kind", "keeper", "direct_from", "direct_source", "source"),
)
_REGULATIONS = Kept(SystemRegulationRow, ("system", "number"), columns("title", "source"))
_ENTRIES = Kept(
    SystemEntryRow,
    ("system", "kind", "key"),
    columns("name", "office", "other", "via", "source"),
)


def load_systems(sheet: Sheet, *, as_of: date | None) -> None:
    """Load shared systems, each kept by a body that is there."""
    office = _Offices()

    def parse(line: Line) -> SharedSystemRow:
        return SharedSystemRow(
            code=cells.text(line, "code", longest=40),
            name=cells.text(line, "name", longest=200),
            kind=cells.choice(line, "kind", SystemKind).value,
            keeper=office.read(line, "keeper"),
            direct_from=cells.day(line, "direct_from") if line["direct_from"] else None,
            direct_source=cells.text_if_any(line, "direct_source", longest=400),
            source=cells.text(line, "source", longest=200),
        )

    add_rows(sheet, sheet.read(parse), _SYSTEMS, as_of=as_of)


def load_regulations(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the regulations of systems that are there."""
    systems = _systems()

    def parse(line: Line) -> SystemRegulationRow:
        return SystemRegulationRow(
            system=_system(line, systems),
            number=cells.text(line, "number", longest=60),
            title=cells.text(line, "title", longest=500),
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_versions(sheet, sheet.read(parse), _REGULATIONS, as_of=as_of)


def load_entries(sheet: Sheet, *, as_of: date | None) -> None:
    """Load what is set up in systems that are there, for bodies that are or were there."""
    systems, office = _systems(), _Offices()

    def parse(line: Line) -> SystemEntryRow:
        row = SystemEntryRow(
            system=_system(line, systems),
            kind=cells.choice(line, "kind", EntryKind).value,
            key=cells.text(line, "key", longest=120),
            name=cells.text_if_any(line, "name", longest=200),
            office=office.read(line, "office"),
            other=office.read(line, "other") if line["other"] else "",
            via=[office.known("via", code) for code in cells.parts(line, "via", " ")],
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )
        row.value()
        return row

    add_versions(sheet, sheet.read(parse), _ENTRIES, as_of=as_of)


class _Offices:
    """The bodies that are or were there, by every code under which they are known."""

    def __init__(self) -> None:
        codes = OfficeRow.objects.values_list("code", flat=True)
        aliases = OfficeAliasRow.objects.values_list("alias", "code")
        self._codes = {code: code for code in codes} | dict(aliases)

    def read(self, line: Line, column: str) -> str:
        return self.known(column, line[column])

    def known(self, column: str, given: str) -> str:
        code = reading.parsed(column, OfficeCode.parse, given)
        found = self._codes.get(code.canonical) or self._codes.get(str(code))
        if found is None:
            raise OfficeUnknown(column, given=given)
        return found


def _systems() -> set[str]:
    return set(SharedSystemRow.objects.values_list("code", flat=True))


def _system(line: Line, systems: set[str]) -> str:
    if line["system"] not in systems:
        raise NoSuchSystem("system", given=line["system"])
    return line["system"]
