"""The plan of any province of the country for the day on which the districts ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from thongsuot.actions.load.reading import Line, Shape, lines_of, read_text
from thongsuot.domain.directory import OfficeKind, Place
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Bodies, Plan, known_before
from thongsuot.domain.reorganisation.building import (
    BodyPattern,
    Functions,
    PlaceHeir,
    Units,
    build,
    new_codes,
    provisional_bodies,
)
from thongsuot.records import reorganisation as records
from thongsuot.records.directory import OfficeRow, PlaceRow, PlaceSuccessionRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_span
from thongsuot.words import sources

CODES = Shape("agency/province_codes.csv", ("root", "old_place", "new_place", "name"))
PATTERN = Shape("reorganisation/province_bodies.csv", ("suffix", "name", "kind"))
BASIS = Shape("reorganisation/basis.csv", ("province", "on", "merging", "basis"))
OFFICE_OF_THE_PROVINCE = "001"


class NoSuchProvince(Refusal):
    """No province of this day is known by this name or number."""

    code = "no_such_province"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Ground:
    """A province on the eve of its reorganisation: its units and its bodies.

    `is_provisional`: its bodies are not loaded here, and stand in for them by one pattern.
    """

    units: Units
    before: Bodies
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A plan that was built, and the names of the bodies and places in it."""

    plan: Plan
    names: Mapping[str, str]
    ground: Ground


def build_plan(*, province: str, on: date, data: Path) -> Built:
    """The plan of a province, by its name (`lai-chau`) or its number, for a day.

    Raises NoSuchProvince, NotTheDayOfTheUnits, FileMissing, HeaderWrong, FileCut.
    """
    ground = ground_of(_number_of(province, on), on=on, data=data)
    units = ground.units
    known = _known_codes(units, on)
    short = _short(units.province.name)
    plan = build(
        units,
        ground.before,
        on=on,
        codes=new_codes(units, known),
        functions=_functions(units.root, ground),
        id=f"{_slug(short)}-{on.isoformat()}",
        title=sources.plan_title(units.province.name),
        basis=_basis(units, on, data),
    )
    return Built(plan, _names(plan, ground), ground)


def ground_of(number: str, *, on: date, data: Path) -> Ground:
    """What stood in a province before a day. Raises NoSuchProvince, FileMissing, FileCut."""
    units = _units(number, on, data)
    loaded = records.bodies()
    own = {str(one.code) for one in loaded.versions if one.kind is OfficeKind.DISTRICT}
    if any(code.startswith(f"{units.root}.") for code in own):
        return Ground(units, known_before(loaded, on), is_provisional=False)
    pattern = tuple(_pattern(line) for line in _lines(data, PATTERN))
    bodies = provisional_bodies(units, pattern, source=sources.PROVISIONAL_BODY)
    return Ground(units, bodies, is_provisional=True)


def _number_of(province: str, on: date) -> str:
    rows = PlaceRow.objects.filter(parent="", valid__contains=on).values_list("code", "name")
    wanted = "-".join(fold(province.replace("-", " ")))
    for code, name in rows:
        if province == code or wanted in (_slug(_short(name)), _slug(name)):
            return code
    raise NoSuchProvince("province", given=province)


def _units(number: str, on: date, data: Path) -> Units:
    """The units of a new province. Raises NoSuchProvince."""
    eve = on - timedelta(days=1)
    new = PlaceRow.objects.filter(code=number, parent="", valid__contains=on).first()
    if new is None:
        raise NoSuchProvince("province", given=number)
    lines = [line for line in _lines(data, CODES) if line["new_place"] == number]
    roots = {line["old_place"]: line["root"] for line in lines}
    # The province that gave the new one its name goes on under its code.
    own = [line["root"] for line in lines if fold(line["name"]) == fold(_short(new.name))]
    own += [roots[number]] if number in roots else []
    old = PlaceRow.objects.filter(province__in=roots, valid__contains=eve)
    provinces = [row for row in old if row.code in roots and not row.parent]
    districts = [row for row in old if row.parent in roots]
    inside = {row.code for row in districts}
    communes = [row for row in old if row.parent in inside]
    after = PlaceRow.objects.filter(parent=number, valid__contains=on)
    heirs = PlaceSuccessionRow.objects.filter(
        on=on, old__in=[*inside, *(row.code for row in communes)]
    )
    return Units(
        province=_place(new),
        provinces=_places(provinces),
        districts=_places(districts),
        old_communes=_places(communes),
        new_communes=_places(after),
        heirs=tuple(
            PlaceHeir(row.old, row.new, row.is_whole, row.is_suggested)
            for row in heirs.order_by("old", "new")
        ),
        roots=roots,
        root=own[0],
    )


def _known_codes(units: Units, on: date) -> dict[str, str]:
    """The codes that the bodies of the new communes have already."""
    rows = OfficeRow.objects.filter(
        code__startswith=f"{units.root}.",
        kind=OfficeKind.COMMUNE.value,
        valid__startswith=on,
    )
    return dict(rows.values_list("place", "code"))


def _functions(root: str, ground: Ground) -> Functions:
    """The fields of each department, by the competences that are loaded: of our own province, else
    of its like in the pattern."""
    standing = {str(one.code) for one in ground.before.versions}
    fields: dict[str, set[str]] = defaultdict(set)
    for office, name in CompetenceRow.objects.exclude(field="").values_list("office", "field"):
        like = root + office[office.find(".") :] if "." in office else root
        if like in standing:
            fields[like].add(name)
    named = {office: frozenset(names) for office, names in fields.items()}
    return Functions(named, f"{root}.{OFFICE_OF_THE_PROVINCE}")


def _basis(units: Units, on: date, data: Path) -> tuple[str, ...]:
    merges = len(units.roots) > 1
    return tuple(
        line["basis"]
        for line in _lines(data, BASIS)
        if line["on"] == on.isoformat()
        and line["province"] in ("", units.province.code)
        and (merges or not line["merging"])
    )


def _names(plan: Plan, ground: Ground) -> dict[str, str]:
    found = {str(one.code): one.name for one in ground.before.versions}
    for _, one in plan.numbered:
        code, name = getattr(one, "code", ""), getattr(one, "name", "")
        if code and name:
            found[code] = name
    return found


def _lines(data: Path, shape: Shape) -> tuple[Line, ...]:
    return lines_of(read_text(data / shape.path), shape)


def _pattern(line: Line) -> BodyPattern:
    return BodyPattern(line["suffix"], line["name"], OfficeKind(line["kind"]))


def _places(rows: Iterable[PlaceRow]) -> tuple[Place, ...]:
    return tuple(_place(row) for row in sorted(rows, key=lambda row: row.code))


def _place(row: PlaceRow) -> Place:
    return Place(row.code, row.name, row.kind, row.parent, to_span(row.valid))


def _short(name: str) -> str:
    """The name of a province without its kind."""
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def _slug(name: str) -> str:
    return "-".join(fold(name))
