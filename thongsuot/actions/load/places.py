"""The units of the whole country, before and after 01/07/2025, and which followed which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Read, Sheet
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.records.directory import PlaceRow, PlaceSuccessionRow
from thongsuot.records.spans import to_range
from thongsuot.words import sources

# The files do not say since when the old units held: a day before every dossier, and marked so.
OLD_ORDER = Span(date(2004, 1, 1), date(2025, 7, 1))
NEW_ORDER = Span(date(2025, 7, 1))
RECLASSIFIED_ON = date(2026, 4, 30)  # Đồng Nai became a city, ten of its communes wards

PROVINCES_BEFORE = Shape(
    "admin/provinces_before.csv", ("code", "full_name", "type", "new_province_code")
)
PROVINCES_AFTER = Shape(
    "admin/provinces_after.csv",
    ("code", "full_name_20250701", "full_name_current", "type_20250701", "type_current"),
)
DISTRICTS_BEFORE = Shape(
    "admin/districts_before.csv", ("code", "full_name", "type", "province_code")
)
COMMUNES_BEFORE = Shape(
    "admin/communes_before.csv", ("code", "full_name", "type", "district_code", "province_code")
)
COMMUNES_AFTER = Shape(
    "admin/communes_after.csv",
    (
        "code",
        "code_alt",
        "full_name_20250701",
        "full_name_current",
        "type_20250701",
        "type_current",
        "province_code",
    ),
)
OLD_NAMES = Shape("admin/old_name_aliases.csv", ("old_code", "name_in_resolution_text"))
COMMUNE_MAPPING = Shape(
    "admin/commune_mapping.csv",
    ("old_code", "new_code", "relation", "suggested_default", "n_sources"),
)
SPECIAL_ZONES = Shape("admin/district_to_special_zone.csv", ("old_district_code", "new_code"))

FILES = (
    PROVINCES_BEFORE,
    PROVINCES_AFTER,
    DISTRICTS_BEFORE,
    COMMUNES_BEFORE,
    COMMUNES_AFTER,
    OLD_NAMES,
    COMMUNE_MAPPING,
    SPECIAL_ZONES,
)

_PLACES = Kept(PlaceRow, ("code",), columns("name", "kind", "parent", "province", "source"))
_SUCCESSIONS = Kept(
    PlaceSuccessionRow, ("old", "new", "on"), columns("is_whole", "is_suggested", "source")
)


class PlaceUnknown(Refusal):
    """A line speaks of a unit that is in none of the files."""

    code = "place_unknown"
    kind = Kind.UNKNOWN


def load(sheets: Mapping[Shape, Sheet], *, as_of: date | None) -> None:
    """Load the units of the country and their successions."""
    old, aliases = _before(sheets), _aliases(sheets[OLD_NAMES])
    for _, row in old[COMMUNES_BEFORE]:
        row.search = " ".join([row.search, *aliases.get(row.code, ())])[:200]
    new = _after(sheets)
    fresh = set[str]()
    for shape, read in {**old, **new}.items():
        fresh |= {row.code for row in add_versions(sheets[shape], read, _PLACES, as_of=as_of)}
    _keep_reclassified(sheets, new, as_of)
    sheets[OLD_NAMES].settle(line for line in sheets[OLD_NAMES].lines if line["old_code"] in fresh)
    _keep_heirs(sheets, _codes(old.values()), _codes(new.values()), as_of)


def _before(sheets: Mapping[Shape, Sheet]) -> dict[Shape, Read[PlaceRow]]:
    provinces = sheets[PROVINCES_BEFORE].read(lambda line: _old(line, "", {""}, "code"))
    codes = {row.code for _, row in provinces}
    districts = sheets[DISTRICTS_BEFORE].read(
        lambda line: _old(line, "province_code", codes, "province_code")
    )
    codes = {row.code for _, row in districts}
    communes = sheets[COMMUNES_BEFORE].read(
        lambda line: _old(line, "district_code", codes, "province_code")
    )
    return {PROVINCES_BEFORE: provinces, DISTRICTS_BEFORE: districts, COMMUNES_BEFORE: communes}


def _after(sheets: Mapping[Shape, Sheet]) -> dict[Shape, Read[PlaceRow]]:
    provinces = sheets[PROVINCES_AFTER].read(lambda line: _new(line, "", {""}, "code"))
    codes = {row.code for _, row in provinces}
    communes = sheets[COMMUNES_AFTER].read(
        lambda line: _new(line, "province_code", codes, "province_code")
    )
    return {PROVINCES_AFTER: provinces, COMMUNES_AFTER: communes}


def _old(line: Line, parent: str, parents: Set[str], province: str) -> PlaceRow:
    return PlaceRow(
        code=cells.text(line, "code", longest=5),
        name=cells.text(line, "full_name", longest=120),
        kind=cells.text(line, "type", longest=40),
        parent=_parent(line, parent, parents),
        province=cells.text(line, province, longest=2),
        search=_search(line["full_name"], line["code"]),
        valid=to_range(OLD_ORDER),
        source=sources.UNITS_BEFORE,
    )


def _new(line: Line, parent: str, parents: Set[str], province: str) -> PlaceRow:
    end = RECLASSIFIED_ON if _is_reclassified(line) else None
    return PlaceRow(
        code=cells.text(line, "code", longest=5),
        name=cells.text(line, "full_name_20250701", longest=120),
        kind=cells.text(line, "type_20250701", longest=40),
        parent=_parent(line, parent, parents),
        province=cells.text(line, province, longest=2),
        search=_search(
            line["full_name_20250701"], line["code"], str(line.cells.get("code_alt", ""))
        ),
        valid=to_range(Span(NEW_ORDER.start, end)),
        source=sources.UNITS_AFTER,
    )


def _is_reclassified(line: Line) -> bool:
    return line["type_20250701"] != line["type_current"]


def _keep_reclassified(
    sheets: Mapping[Shape, Sheet], new: Mapping[Shape, Read[PlaceRow]], as_of: date | None
) -> None:
    """The second version of the units whose kind changed without a change of ground."""
    for shape, read in new.items():
        second = [(line, _current(line, row)) for line, row in read if _is_reclassified(line)]
        add_versions(sheets[shape].beside(), second, _PLACES, as_of=as_of)


def _current(line: Line, first: PlaceRow) -> PlaceRow:
    return PlaceRow(
        code=first.code,
        name=cells.text(line, "full_name_current", longest=120),
        kind=cells.text(line, "type_current", longest=40),
        parent=first.parent,
        province=first.province,
        search=_search(line["full_name_current"], first.code),
        valid=to_range(Span(RECLASSIFIED_ON)),
        source=sources.UNITS_AFTER,
    )


def _keep_heirs(
    sheets: Mapping[Shape, Sheet], old: Set[str], new: Set[str], as_of: date | None
) -> None:
    def commune(line: Line) -> PlaceSuccessionRow:
        return _commune_heir(line, old, new)

    def island(line: Line) -> PlaceSuccessionRow:
        return _heir(line, "old_district_code", old, new, sources.ISLAND_DISTRICTS)

    def province(line: Line) -> PlaceSuccessionRow:
        heir = _known("new_province_code", line["new_province_code"], new)
        return _whole(line["code"], heir, sources.PROVINCES)

    merged = sheets[PROVINCES_BEFORE].beside(lambda line: line["code"] != line["new_province_code"])
    for sheet, read in (
        (sheets[COMMUNE_MAPPING], commune),
        (sheets[SPECIAL_ZONES], island),
        (merged, province),
    ):
        add_rows(sheet, sheet.read(read), _SUCCESSIONS, as_of=as_of)


def _commune_heir(line: Line, old: Set[str], new: Set[str]) -> PlaceSuccessionRow:
    relation = line["relation"]
    is_suggested = cells.is_set(line, "suggested_default")
    source = sources.mapping(relation, line["n_sources"], is_suggested=is_suggested)
    heir = _heir(line, "old_code", old, new, source)
    heir.is_whole, heir.is_suggested = relation == "whole", is_suggested
    return heir


def _heir(line: Line, column: str, old: Set[str], new: Set[str], source: str) -> PlaceSuccessionRow:
    before = _known(column, line[column], old)
    return _whole(before, _known("new_code", line["new_code"], new), source)


def _whole(old: str, new: str, source: str) -> PlaceSuccessionRow:
    return PlaceSuccessionRow(
        old=old, new=new, on=NEW_ORDER.start, is_whole=True, is_suggested=True, source=source
    )


def _aliases(sheet: Sheet) -> Mapping[str, list[str]]:
    """The spellings of the resolutions, folded, by the code of the old commune."""
    found = defaultdict(list)
    for line in sheet.lines:
        found[line["old_code"]].append(" ".join(fold(line["name_in_resolution_text"])))
    return found


def _parent(line: Line, column: str, known: Set[str]) -> str:
    return _known(column, line[column], known) if column else ""


def _known(column: str, code: str, codes: Set[str]) -> str:
    if code not in codes:
        raise PlaceUnknown(column, given=code)
    return code


def _codes(reads: Iterable[Read[PlaceRow]]) -> set[str]:
    return {row.code for read in reads for _, row in read}


def _search(*texts: str) -> str:
    return " ".join(fold(" ".join(texts)))[:200]
