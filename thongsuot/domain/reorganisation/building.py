"""The plan of a whole province, made from its units before and after: the end of the districts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from thongsuot.domain.directory import Level, Office, OfficeKind, Place
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reorganisation.bodies import Bodies, committees
from thongsuot.domain.reorganisation.plan import (
    Abolish,
    Create,
    Merge,
    MergeProvinces,
    OfPlace,
    Operation,
    Plan,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    ToBody,
    Which,
)
from thongsuot.domain.spans import Span

FIRST_DISTRICT, FIRST_OLD_COMMUNE, FIRST_NEW_COMMUNE = 20, 31, 101
# Nothing says since when they stood: a day before every dossier.
_OLD = Span(date(2004, 1, 1))


class NotTheDayOfTheUnits(Refusal):
    """The units of a province change on one day only; a plan is built for that day."""

    code = "not_the_day_of_the_units"


@dataclass(frozen=True, slots=True)
class PlaceHeir:
    """An old unit goes, whole or in part, to a new one."""

    old: str
    new: str
    is_whole: bool
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """A body of the kind that every province has: its code is the province's and this suffix."""

    suffix: str
    name: str
    kind: OfficeKind


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one new province: what was there, what is there, and who follows whom.

    `roots` are the codes of the old provinces by their numbers; `root` is the one that goes on.
    """

    province: Place
    provinces: tuple[Place, ...]
    districts: tuple[Place, ...]
    old_communes: tuple[Place, ...]
    new_communes: tuple[Place, ...]
    heirs: tuple[PlaceHeir, ...]
    roots: Mapping[str, str]
    root: str


@dataclass(frozen=True, slots=True)
class Functions:
    """Who takes over what of a district: the fields of each department, and the rest."""

    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rest: str = ""


def provisional_bodies(units: Units, pattern: Iterable[BodyPattern], *, source: str) -> Bodies:
    """Bodies for a province whose own are not known: codes by one pattern, marked as provisional.

    Source: the pattern of codes of Lai Châu in our data; QĐ 20/2020/QĐ-TTg Đ.4.
    """
    found: list[Office] = []
    shapes = tuple(pattern)
    for province in units.provinces:
        root = units.roots[province.code]
        name = f"Ủy ban nhân dân {_inside(province.name)}"
        found.append(
            _body(root, name, OfficeKind.PROVINCE, Level.PROVINCE, "", province.code, source)
        )
        found += [
            _body(
                f"{root}.{one.suffix}",
                one.name,
                one.kind,
                Level.PROVINCE,
                root,
                province.code,
                source,
            )
            for one in shapes
        ]
    districts = _district_codes(units)
    for district in units.districts:
        code, root = districts[district.code], units.roots[district.parent]
        name = f"Ủy ban nhân dân {_inside(district.name)}"
        found.append(
            _body(code, name, OfficeKind.DISTRICT, Level.DISTRICT, root, district.code, source)
        )
    counted: dict[str, int] = defaultdict(lambda: FIRST_OLD_COMMUNE)
    for commune in sorted(units.old_communes, key=lambda one: one.code):
        parent = districts[commune.parent]
        code = f"{parent}.{counted[parent]}"
        counted[parent] += 1
        name = f"Ủy ban nhân dân {_inside(commune.name)}"
        found.append(
            _body(code, name, OfficeKind.COMMUNE, Level.COMMUNE, parent, commune.code, source)
        )
    return Bodies(frozenset(found), frozenset())


def new_codes(units: Units, known: Mapping[str, str]) -> dict[str, str]:
    """The code of the body of each new commune: the one that is known, else the next free one."""
    taken, following = set(known.values()), FIRST_NEW_COMMUNE
    found: dict[str, str] = {}
    for commune in sorted(units.new_communes, key=lambda one: one.code):
        if commune.code not in known:
            while f"{units.root}.{following}" in taken:
                following += 1
            taken.add(f"{units.root}.{following}")
        found[commune.code] = known.get(commune.code, f"{units.root}.{following}")
    return found


def build(
    units: Units,
    before: Bodies,
    *,
    on: date,
    codes: Mapping[str, str],
    functions: Functions,
    id: str,
    title: str,
    basis: tuple[str, ...],
) -> Plan:
    """Every district ends, every old commune goes to its successor, district work by rule.

    Raises NotTheDayOfTheUnits. Source: NQ 202/2025/QH15, NQ 203/2025/QH15, NQ 190/2025/QH15.
    """
    if any(place.valid.start != on for place in units.new_communes):
        raise NotTheDayOfTheUnits("on", given=on.isoformat())
    work = _Building(units, before.standing(on), codes, functions)
    operations = (
        *work.provinces(),
        *work.departments(),
        *work.new_communes(),
        *work.unchanged(),
        *work.merged(),
        *work.divided(),
        *work.districts(),
    )
    return Plan(id, title, units.province.code, on, basis, operations)


class _Building:
    """One plan on its way."""

    def __init__(
        self,
        units: Units,
        standing: Mapping[str, Office],
        codes: Mapping[str, str],
        functions: Functions,
    ) -> None:
        self.units, self.standing, self.codes = units, standing, codes
        self.functions = functions
        self.places = {place.code: place for place in (*units.old_communes, *units.districts)}
        self.new = {place.code: place for place in units.new_communes}
        self.old_bodies = committees(standing.values())
        self.heirs: dict[str, list[PlaceHeir]] = defaultdict(list)
        self.origins: dict[str, list[PlaceHeir]] = defaultdict(list)
        for line in units.heirs:
            self.heirs[line.old].append(line)
            self.origins[line.new].append(line)
        self.same = {new for new in self.new if self._is_unchanged(new)}

    def provinces(self) -> list[Operation]:
        """The People's Committees of the provinces that end."""
        ending = self._ending_roots()
        return [MergeProvinces(tuple(ending), self.units.root)] if ending else []

    def departments(self) -> list[Operation]:
        """The bodies of the provinces that end go to their like, else under the one that goes on."""
        found: list[Operation] = []
        for root in self._ending_roots():
            for code, office in sorted(self.standing.items()):
                if office.level is not Level.PROVINCE or not code.startswith(f"{root}."):
                    continue
                like = self.units.root + code.removeprefix(root)
                if like in self.standing:
                    found.append(Merge((code,), like))
                else:
                    found.append(Reparent(code, self.units.root))
        return found

    def new_communes(self) -> list[Operation]:
        """The communes that begin."""
        return [
            Create(
                code=self.codes[place.code],
                name=f"Ủy ban nhân dân {_inside(place.name)}",
                kind=OfficeKind.COMMUNE,
                level=Level.COMMUNE,
                parent=self.units.root,
                place=place.code,
            )
            for place in sorted(self.units.new_communes, key=lambda one: one.code)
            if place.code not in self.same
        ]

    def unchanged(self) -> list[Operation]:
        """The communes that stay as they were: another code and parent, sometimes another name."""
        found: list[Operation] = []
        for new in sorted(self.same):
            (line,) = self.origins[new]
            body = self.old_bodies[line.old]
            number = new if new != line.old else ""
            found.append(Recode(body, self.codes[new], number))
            found.append(Reparent(body, self.units.root))
            if self.places[line.old].name != self.new[new].name:
                name = f"Ủy ban nhân dân {_inside(self.new[new].name)}"
                found.append(Rename(body, name))
        return found

    def merged(self) -> list[Operation]:
        """The communes that go whole into a new one."""
        found: list[Operation] = []
        for new in sorted(self.new):
            whole = [
                line.old
                for line in self.origins[new]
                if new not in self.same and self._goes_whole(line.old) and self._is_commune(line)
            ]
            if whole:
                bodies = tuple(self.old_bodies[old] for old in sorted(whole))
                found.append(Merge(bodies, self.codes[new]))
        return found

    def divided(self) -> list[Operation]:
        """The communes that go to several new ones: by the new commune of each dossier."""
        found: list[Operation] = []
        for old in sorted(self.heirs):
            lines = sorted(self.heirs[old], key=lambda one: one.new)
            if len(lines) < 2 or old not in self.old_bodies:
                continue
            shares = tuple(
                Share(Which(new_places=frozenset({one.new})), ToBody(self.codes[one.new]))
                for one in lines
            )
            suggested = next((one.new for one in lines if one.is_suggested), lines[0].new)
            found.append(Split(self.old_bodies[old], shares, self.codes[suggested]))
        return found

    def districts(self) -> list[Operation]:
        """The districts end: communal work to the commune of the place, fields to departments."""
        bodies = {one.place: code for code, one in self.standing.items() if _is_district(one)}
        found: list[Operation] = []
        for district in sorted(self.units.districts, key=lambda one: bodies[one.code]):
            zone = [self.codes[line.new] for line in self.heirs[district.code]]
            if zone:
                found.append(Abolish(bodies[district.code], (), zone[0]))
            else:
                found.append(Abolish(bodies[district.code], self._shares(), self.functions.rest))
        return found

    def _shares(self) -> tuple[Share, ...]:
        fields = sorted(self.functions.fields.items())
        return (
            Share(Which(level=Level.COMMUNE), OfPlace()),
            *(
                Share(Which(fields=names, level=Level.PROVINCE), ToBody(body))
                for body, names in fields
                if names
            ),
        )

    def _ending_roots(self) -> list[str]:
        return sorted(set(self.units.roots.values()) - {self.units.root})

    def _goes_whole(self, old: str) -> bool:
        return len(self.heirs[old]) == 1

    def _is_commune(self, line: PlaceHeir) -> bool:
        return line.old in self.old_bodies

    def _is_unchanged(self, new: str) -> bool:
        lines = self.origins[new]
        return (
            len(lines) == 1
            and lines[0].is_whole
            and self._goes_whole(lines[0].old)
            and self._is_commune(lines[0])
        )


def _district_codes(units: Units) -> dict[str, str]:
    counted: dict[str, int] = defaultdict(lambda: FIRST_DISTRICT)
    found: dict[str, str] = {}
    for district in sorted(units.districts, key=lambda one: one.code):
        root = units.roots[district.parent]
        found[district.code] = f"{root}.{counted[root]}"
        counted[root] += 1
    return found


def _body(  # noqa: PLR0917 - a line of a table
    code: str, name: str, kind: OfficeKind, level: Level, parent: str, place: str, source: str
) -> Office:
    return Office(
        OfficeCode.parse(code),
        name,
        kind,
        level,
        OfficeCode.parse(parent) if parent else None,
        place,
        _OLD,
        source,
        is_provisional=True,
    )


def _is_district(office: Office) -> bool:
    return office.kind is OfficeKind.DISTRICT


def _inside(name: str) -> str:
    """A unit's name inside another one: Tỉnh Lào Cai → tỉnh Lào Cai."""
    return name[:1].lower() + name[1:]
