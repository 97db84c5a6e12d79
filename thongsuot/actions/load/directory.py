"""The bodies of the province, their other codes, who follows whom, and where people come."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.directory import Contact, Level, OfficeKind, SuccessionKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.directory import (
    OfficeAliasRow,
    OfficeRow,
    PlaceRow,
    ReceptionPointRow,
    SuccessionRow,
)
from thongsuot.records.spans import to_range
from thongsuot.words import reading

OFFICES = Shape(
    "agency/lai_chau_offices.csv",
    (
        "code",
        "name",
        "kind",
        "level",
        "parent",
        "place",
        "valid_from",
        "valid_to",
        "is_provisional",
        "source",
    ),
)
ALIASES = Shape("agency/office_aliases.csv", ("alias", "code", "source"))
SUCCESSIONS = Shape("agency/successions.csv", ("kind", "old", "new", "on", "source"))
POINTS = Shape(
    "agency/reception_points.csv",
    ("key", "name", "office", "address", "valid_from", "valid_to", "source"),
)

CONTACTS = Shape(
    "agency/contacts.csv", ("office", "hotline", "email", "valid_from", "valid_to", "source")
)

_OFFICES = Kept(
    OfficeRow,
    ("code",),
    columns("name", "kind", "level", "parent", "place", "is_provisional", "source"),
)
_ALIASES = Kept(OfficeAliasRow, ("alias",), columns("code", "source"))
_SUCCESSIONS = Kept(SuccessionRow, ("old", "new", "on"), columns("kind", "source"))
_POINTS = Kept(ReceptionPointRow, ("key",), columns("name", "office", "address", "source"))


_CONTACTS = Kept(OfficeContactRow, ("office",), columns("hotline", "email", "source"))


class OfficeUnknown(Refusal):
    """A line speaks of a body that is neither in the file nor loaded before."""

    code = "office_unknown"
    kind = Kind.UNKNOWN


class PlaceOfOfficeUnknown(Refusal):
    """A body stands in a place that no list of units has."""

    code = "place_of_office_unknown"
    kind = Kind.UNKNOWN


def load_offices(sheet: Sheet, *, at: datetime, as_of: date | None) -> None:
    """Load the bodies; each stands in a known place, under a known body."""
    places = {"", *PlaceRow.objects.values_list("code", flat=True)}
    codes = _known_offices() | {_canonical(line["code"]) for line in sheet.lines}

    def parse(line: Line) -> OfficeRow:
        if line["place"] not in places:
            raise PlaceOfOfficeUnknown("place", given=line["place"])
        return OfficeRow(
            code=reading.parsed("code", OfficeCode.parse, line["code"]).canonical,
            name=cells.text(line, "name", longest=200),
            kind=cells.choice(line, "kind", OfficeKind).value,
            level=cells.choice(line, "level", Level).value,
            parent=_office(line, "parent", codes) if line["parent"] else "",
            place=line["place"],
            valid=to_range(cells.span(line)),
            is_provisional=cells.is_set(line, "is_provisional"),
            source=cells.text(line, "source", longest=200),
            recorded_at=at,
        )

    add_versions(sheet, sheet.read(parse), _OFFICES, as_of=as_of)


def load_aliases(sheet: Sheet, *, as_of: date | None) -> None:
    """Load other codes, old ones among them, of bodies that are there."""
    codes = _known_offices()

    def parse(line: Line) -> OfficeAliasRow:
        return OfficeAliasRow(
            alias=str(reading.parsed("alias", OfficeCode.parse, line["alias"])),
            code=_office(line, "code", codes),
            source=cells.text(line, "source", longest=200),
        )

    add_rows(sheet, sheet.read(parse), _ALIASES, as_of=as_of)


def load_successions(sheet: Sheet, *, as_of: date | None) -> None:
    """Load who carries on whose work, between bodies that are there."""
    codes = _known_offices()

    def parse(line: Line) -> SuccessionRow:
        return SuccessionRow(
            kind=cells.choice(line, "kind", SuccessionKind).value,
            old=_office(line, "old", codes),
            new=_office(line, "new", codes) if line["new"] else "",
            on=cells.day(line, "on"),
            source=cells.text(line, "source", longest=200),
        )

    add_rows(sheet, sheet.read(parse), _SUCCESSIONS, as_of=as_of)


def load_points(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the counters, each of a body that is there."""
    codes = _known_offices()

    def parse(line: Line) -> ReceptionPointRow:
        return ReceptionPointRow(
            key=cells.text(line, "key", longest=40),
            name=cells.text(line, "name", longest=200),
            office=_office(line, "office", codes),
            address=cells.text_if_any(line, "address", longest=300),
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_versions(sheet, sheet.read(parse), _POINTS, as_of=as_of)


def load_contacts(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the hotlines and mailboxes, each of a body that is there."""
    codes = _known_offices()

    def parse(line: Line) -> OfficeContactRow:
        told = Contact(
            cells.text_if_any(line, "hotline", longest=40),
            cells.text_if_any(line, "email", longest=120),
        )
        return OfficeContactRow(
            office=_office(line, "office", codes),
            hotline=told.hotline,
            email=told.mailbox,
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_versions(sheet, sheet.read(parse), _CONTACTS, as_of=as_of)


def _known_offices() -> set[str]:
    return set(OfficeRow.objects.values_list("code", flat=True))


def _office(line: Line, column: str, codes: Set[str]) -> str:
    code = reading.parsed(column, OfficeCode.parse, line[column]).canonical
    if code not in codes:
        raise OfficeUnknown(column, given=line[column])
    return code


def _canonical(text: str) -> str:
    try:
        return OfficeCode.parse(text).canonical
    except Refusal:
        return ""
