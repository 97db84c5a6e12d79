"""What can be told about offices, counters and places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain import directory as rules
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Office, ReceptionPoint
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.reorganisation import (
    DossierFacts,
    Gap,
    Heirs,
    Passing,
    Plan,
    known_before,
    touched_by,
)
from thongsuot.domain.routing import Because, Ground, candidates
from thongsuot.records import catalogue, reorganisation, routing
from thongsuot.records import directory as records
from thongsuot.records.codec import Json, encode
from thongsuot.records.directory import OfficeRow, PlaceRow, ReceptionPointRow
from thongsuot.words import reading


def get(code: str, *, on: date) -> Office:
    """The office of a code, old codes included, on a day.

    Raises OfficeCodeMalformed, NoSuchOffice, OfficeClosed, OfficeNotYetOpen.
    """
    return records.office(str(reading.parsed("code", OfficeCode.parse, code)), on=on)


def show(code: str, *, on: date) -> dict[str, Json]:
    """An office on a day with its children and what it followed, as JSON. Raises as `get`."""
    office = get(code, on=on)
    told = encode(office)
    canonical = office.code.canonical
    children = OfficeRow.objects.filter(parent=canonical, valid__contains=on).order_by("code")
    lines = records.successions()
    return {
        **(told if isinstance(told, dict) else {}),
        "children": list(children.values_list("code", flat=True)),
        "follows": [encode(line) for line in lines if line.new == canonical and line.on <= on],
    }


def heirs(code: str, *, on: date) -> tuple[str, ...]:
    """Who carries on a body's work on a day. Raises OfficeCodeMalformed, NoSuchOffice."""
    wanted = records.canonical(str(reading.parsed("code", OfficeCode.parse, code)))
    if not records.versions(wanted):
        raise rules.NoSuchOffice("code", given=code)
    return rules.heirs(records.successions(), wanted, on)


@dataclass(frozen=True, slots=True)
class HeirsFound:
    """Who carries on for a body, narrowed by a procedure and a place, and why."""

    offices: tuple[str, ...]
    because: tuple[Passing | Because, ...] = ()
    plan: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether one body carries on."""
        return len(self.offices) == 1


def heirs_of_work(code: str, *, on: date, procedure: str = "", place: str = "") -> HeirsFound:
    """Who carries on a body's work on a day, for a procedure and a place where they are given.

    A plan that was switched decides as it did for the dossiers; else what the directory knows.
    Raises OfficeCodeMalformed, NoSuchOffice, ProcedureCodeMalformed, NoSuchProcedure, NoSuchPlace.
    """
    found = heirs(code, on=on)
    wanted = records.canonical(code)
    asked = _procedure(procedure, on) if procedure else None
    if place:
        records.place_today(place, on=on)
    by_plan = _by_plans(wanted, asked, place, on)
    if by_plan is not None or found == (wanted,) or not (asked or place):
        return by_plan or HeirsFound(found)
    return _narrowed(found, asked, place, on)


def _procedure(code: str, on: date) -> Procedure:
    return catalogue.procedure(reading.parsed("procedure", ProcedureCode.parse, code), on=on)


def _by_plans(body: str, asked: Procedure | None, place: str, on: date) -> HeirsFound | None:
    """What the plans that were switched say, one after another; None when none names the body."""
    way, last = list[Passing](), ""
    stands = bool(place) and records.place_today(place, on=on) == place
    for plan in reorganisation.switched():
        if plan.effective_on > on or not _names(plan, body):
            continue
        before = known_before(reorganisation.bodies(), plan.effective_on)
        facts = DossierFacts(
            body,
            procedure=asked.code.base if asked else "",
            field=asked.field if asked else "",
            place="" if stands else place,
            new_place=place if stands else "",
            levels=asked.levels if asked else frozenset(),
        )
        answer = Heirs(plan, before).of(facts)
        if isinstance(answer, Gap):
            return HeirsFound(answer.candidates, tuple(way), plan.id)
        body, last = answer.body, plan.id
        way.extend(answer.way)
    return HeirsFound((body,), tuple(way), last) if last else None


def _names(plan: Plan, body: str) -> bool:
    return any(body in touched_by(one) for _, one in plan.numbered)


def _narrowed(found: tuple[str, ...], asked: Procedure | None, place: str, on: date) -> HeirsFound:
    """The heirs that the place or the assignment of work names among those of a body."""
    if asked is None:
        office = routing.committee_of(place, on)
        if office is None:
            return HeirsFound(found)
        because = Because(Ground.COMMUNE_OF_PLACE, office.name)
        return HeirsFound((str(office.code),), (because,))
    receiving = records.office(found[0], on=on)
    around = routing.surroundings(asked, receiving=receiving, place=place, on=on)
    routes = candidates(asked, case="", around=around)
    if not routes:
        return HeirsFound(found)
    why = tuple(because for route in routes for because in route.because)
    return HeirsFound(tuple(str(route.office.code) for route in routes), why)


def offices(*, on: date, levels: frozenset[str] = frozenset()) -> tuple[Office, ...]:
    """The offices of a day, in the order of their codes."""
    rows = OfficeRow.objects.filter(valid__contains=on).order_by("code")
    if levels:
        rows = rows.filter(level__in=levels)
    return tuple(row.value() for row in rows)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """A body as a line of a list."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    place: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some bodies in the order of their codes; `next` is empty at the end."""

    lines: tuple[OfficeLine, ...]
    next: str


def listed(words: str, *, on: date, after: str = "", limit: int = 50) -> Page:
    """A page of the bodies of a day whose names contain these words, accents or not."""
    wanted = fold(words)
    rows = OfficeRow.objects.filter(valid__contains=on, code__gt=after).order_by("code")
    found: list[OfficeLine] = []
    for row in rows.iterator():
        if all(any(word in each for each in fold(row.name)) for word in wanted):
            found.append(_line(row))
        if len(found) > limit:
            break
    return Page(tuple(found[:limit]), found[limit - 1].code if len(found) > limit else "")


def _line(row: OfficeRow) -> OfficeLine:
    return OfficeLine(
        code=row.code,
        name=row.name,
        kind=row.kind,
        level=row.level,
        parent=row.parent,
        place=row.place,
        is_provisional=row.is_provisional,
    )


def reception_points(*, on: date) -> tuple[ReceptionPoint, ...]:
    """The counters of a day by name."""
    rows = ReceptionPointRow.objects.filter(valid__contains=on).order_by("name")
    return tuple(row.value() for row in rows)


def communes(*, province: str, on: date) -> tuple[tuple[str, str], ...]:
    """The communes of a province on a day: code and name."""
    rows = PlaceRow.objects.filter(province=province, valid__contains=on, code__regex=r"^\d{5}$")
    return tuple(rows.order_by("name").values_list("code", "name"))


def former_communes(*, province: str, on: date) -> tuple[tuple[str, str], ...]:
    """The communes of a province that no longer stand on a day: code and name."""
    rows = PlaceRow.objects.filter(
        province=province, valid__endswith__lte=on, code__regex=r"^\d{5}$"
    ).exclude(code__in=PlaceRow.objects.filter(valid__contains=on).values("code"))
    return tuple(rows.order_by("name", "code").values_list("code", "name"))


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """The last name by which each place was known."""
    rows = PlaceRow.objects.filter(code__in=set(codes)).order_by("valid")
    return dict(rows.values_list("code", "name"))


def office_names(codes: Iterable[str]) -> dict[str, str]:
    """The last name by which each office was known."""
    rows = OfficeRow.objects.filter(code__in=set(codes)).order_by("valid")
    return dict(rows.values_list("code", "name"))


def counter_names(keys: Iterable[str]) -> dict[str, str]:
    """The last name by which each counter was known."""
    rows = ReceptionPointRow.objects.filter(key__in=set(keys)).order_by("valid")
    return dict(rows.values_list("key", "name"))
