"""What a dossier can be made of on a day: counters, what they take in, who resolves it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain

from thongsuot.actions.seed import demand
from thongsuot.actions.seed.chance import Chance, Weighted
from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.cutover import Rule, destination
from thongsuot.domain.directory import Level, Office, Place, ReceptionPoint
from thongsuot.domain.dossier.events import PaperGiven
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Process

MOST_PAPERS, LONGEST_PAPER = 4, 160
HERE = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A process resolves a procedure ("" for any) at a level while this is valid."""

    procedure: str
    level: Level
    process: Process
    valid: Span


@dataclass(frozen=True, slots=True)
class Province:
    """Everything that was loaded about a province, whatever its day."""

    offices: tuple[Office, ...]
    points: tuple[ReceptionPoint, ...]
    places: tuple[Place, ...]
    procedures: tuple[Procedure, ...]
    uses: tuple[Use, ...]
    moved: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that can be asked for; without a body, the commune itself resolves it."""

    procedure: Procedure
    process: Process
    body: str
    channels: Weighted[Channel]
    papers: Mapping[str, tuple[PaperGiven, ...]]

    def case(self, channel: Channel, chance: Chance) -> str:
        """One of its cases, where it distinguishes them."""
        named = [rule.case for rule in self.procedure.terms if rule.channel is channel]
        return chance.one(named)


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter on a day, the office that keeps it, and the communes whose people come."""

    point: str
    office: str
    is_centre: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What is there on a day."""

    desks: Weighted[Desk]
    at_commune: Weighted[Offer]
    at_province: Weighted[Offer]
    bodies: tuple[str, ...]

    def offer(self, desk: Desk, chance: Chance) -> Offer:
        """Something that is asked for at this counter."""
        for_province = desk.is_centre or chance.happens(demand.PROVINCE_AT_COMMUNE)
        wanted = self.at_province if for_province and self.at_province else self.at_commune
        return chance.weighted(wanted)


class Ground:
    """A province through time; days between two changes are alike and laid out once."""

    def __init__(self, province: Province) -> None:
        self._province = province
        self._edges = sorted(set(_edges(province)))
        self._days: dict[int, Day] = {}

    def on(self, day: date) -> Day:
        """What is there on a day."""
        era = bisect_right(self._edges, day)
        if era not in self._days:
            self._days[era] = _laid_out(self._province, day)
        return self._days[era]


def _edges(province: Province) -> Iterator[date]:
    spans = chain(
        (office.valid for office in province.offices),
        (point.valid for point in province.points),
        (place.valid for place in province.places),
        (procedure.valid for procedure in province.procedures),
        (use.valid for use in province.uses),
    )
    for span in spans:
        yield span.start
        if span.end is not None:
            yield span.end
    for rule in province.moved:
        yield rule.since.astimezone(VIETNAM).date()


def _laid_out(province: Province, day: date) -> Day:
    offices = {o.code.canonical: o for o in province.offices if day in o.valid}
    bodies = {office.name: code for code, office in offices.items()}
    at_province = Weighted.of(_weighed(_offers(province, Level.PROVINCE, day), bodies))
    desks = _desks(province, offices, day, takes_for_province=bool(at_province))
    return Day(
        desks=Weighted.of(desks),
        at_commune=Weighted.of(_weighed(_offers(province, Level.COMMUNE, day), {})),
        at_province=at_province,
        bodies=tuple(sorted({offer.body for offer in at_province.items})),
    )


def _offers(province: Province, level: Level, day: date) -> list[tuple[Procedure, Process]]:
    uses = [use for use in province.uses if use.level is level and day in use.valid]
    common = [use.process for use in uses if not use.procedure]
    own = {use.procedure: use.process for use in uses if use.procedure}
    asked = (
        p
        for p in province.procedures
        if level in p.levels and p.terms and day in p.valid and _is_here(p, province.moved, day)
    )
    found = ((p, own.get(p.code.base, common[0] if common else None)) for p in asked)
    return [(procedure, process) for procedure, process in found if process is not None]


def _is_here(procedure: Procedure, moved: tuple[Rule, ...], day: date) -> bool:
    """Whether the province receives it on the day; by then its ministry may."""
    morning = datetime.combine(day, time(), VIETNAM)
    found = destination(procedure, received_at=morning, rules=moved, steps=(), home=HERE)
    return found.system == HERE


def _weighed(
    offers: list[tuple[Procedure, Process]], bodies: dict[str, str]
) -> Iterator[tuple[Offer, float]]:
    in_field = Counter(procedure.field for procedure, _ in offers)
    for procedure, process in offers:
        body = bodies.get(demand.body_of(procedure.field), "") if bodies else ""
        received_by = {rule.channel for rule in procedure.terms}
        channels = Weighted.of((c, w) for c, w in demand.CHANNELS.items() if c in received_by)
        weight = demand.DEMAND.get(procedure.field, demand.ELSEWHERE) / in_field[procedure.field]
        if bodies and not body:
            continue
        yield Offer(procedure, process, body, channels, _papers(procedure)), weight


def _papers(procedure: Procedure) -> Mapping[str, tuple[PaperGiven, ...]]:
    """The first papers that each case asks for."""
    cases = {rule.case for rule in procedure.terms}
    asked = {
        case: [p for p in procedure.papers_for(case) if len(p.name) <= LONGEST_PAPER]
        for case in cases
    }
    return {
        case: tuple(PaperGiven(p.name, p.originals, p.copies) for p in papers[:MOST_PAPERS])
        for case, papers in asked.items()
    }


def _desks(
    province: Province, offices: dict[str, Office], day: date, *, takes_for_province: bool
) -> Iterator[tuple[Desk, float]]:
    points = [p for p in province.points if day in p.valid and p.office.canonical in offices]
    places = tuple(
        place for place in province.places if len(place.code) == 5 and day in place.valid
    )
    communes = [p for p in points if offices[p.office.canonical].level is Level.COMMUNE]
    for point in points:
        office = offices[point.office.canonical]
        if office.level is Level.PROVINCE and takes_for_province:
            yield Desk(point.key, office.code.canonical, True, places), demand.CENTRE_SHARE
        if office.level is Level.COMMUNE:
            home = tuple(place for place in places if place.code == office.place) or places
            share = (1 - demand.CENTRE_SHARE) / len(communes)
            yield Desk(point.key, office.code.canonical, False, home), share
