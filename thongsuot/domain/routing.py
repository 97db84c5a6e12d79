"""Who resolves a dossier: found from procedure, case, level and place, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level, Office
from thongsuot.domain.refusal import Refusal


class CompetentOfficeNeeded(Refusal):
    """Nothing names a body for this procedure and place: the official chooses it."""

    code = "competent_office_needed"


class SeveralBodiesCompetent(Refusal):
    """The rules name more than one body: the official chooses among them."""

    code = "several_bodies_competent"


class Ground(StrEnum):
    """Why a body is competent."""

    COMMUNE_OF_PLACE = "commune_of_place"
    COMMUNE_OF_COUNTER = "commune_of_counter"
    NAMED_FOR_CASE = "named_for_case"
    NAMED_FOR_PROCEDURE = "named_for_procedure"
    NAMED_FOR_FIELD = "named_for_field"
    LEVEL_OF_COUNTER = "level_of_counter"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason; `fact` is what it rests on: a place, a counter's office, a field, a case."""

    ground: Ground
    fact: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Competence:
    """A body is named for a field, a procedure, or one of its cases, while a decision holds."""

    office: str
    procedure: str = ""
    case: str = ""
    field: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A body that resolves, and why it does."""

    office: Office
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a counter on a day: who sits where, and who is named for what.

    `of_place` is the People's Committee of the commune that stands today at the place given.
    """

    receiving: Office
    of_place: Office | None
    rules: tuple[Competence, ...]
    offices: tuple[Office, ...]


def competent(procedure: Procedure, *, case: str, around: Surroundings) -> Route:
    """The one body that resolves a dossier.

    Raises CompetentOfficeNeeded, SeveralBodiesCompetent.
    Source: NĐ 118/2025 Đ.8, Đ.14.
    """
    found = candidates(procedure, case=case, around=around)
    if not found:
        raise CompetentOfficeNeeded("competent_office", procedure=str(procedure.code))
    if len(found) > 1:
        names = "; ".join(route.office.name for route in found)
        raise SeveralBodiesCompetent("competent_office", known=names)
    return found[0]


def candidates(procedure: Procedure, *, case: str, around: Surroundings) -> tuple[Route, ...]:
    """Every body that the rules name; where both levels resolve, those of the counter's level."""
    level, why = _level(procedure, around.receiving)
    found = _commune(around) if level is Level.COMMUNE else _named(procedure, case, around)
    return tuple(Route(route.office, (*route.because, *why)) for route in found)


def _level(procedure: Procedure, receiving: Office) -> tuple[Level, tuple[Because, ...]]:
    levels = procedure.levels & {Level.COMMUNE, Level.PROVINCE}
    if len(levels) > 1:
        level = Level.COMMUNE if receiving.level is Level.COMMUNE else Level.PROVINCE
        return level, (Because(Ground.LEVEL_OF_COUNTER, receiving.name),)
    return (Level.COMMUNE if Level.COMMUNE in levels else Level.PROVINCE), ()


def _commune(around: Surroundings) -> list[Route]:
    if around.of_place:
        name = around.of_place.name
        return [Route(around.of_place, (Because(Ground.COMMUNE_OF_PLACE, name),))]
    if around.receiving.level is Level.COMMUNE:
        name = around.receiving.name
        return [Route(around.receiving, (Because(Ground.COMMUNE_OF_COUNTER, name),))]
    return []


def _named(procedure: Procedure, case: str, around: Surroundings) -> list[Route]:
    """Those named most closely: for the case, else the procedure, else the field."""
    offices = {office.code.canonical: office for office in around.offices}
    base = procedure.code.base
    of_procedure = [rule for rule in around.rules if rule.procedure == base]
    steps = (
        (Ground.NAMED_FOR_CASE, case, [r for r in of_procedure if case and r.case == case]),
        (Ground.NAMED_FOR_PROCEDURE, base, [r for r in of_procedure if not r.case]),
        (Ground.NAMED_FOR_FIELD, procedure.field, _of_field(procedure.field, around.rules)),
    )
    for ground, fact, rules in steps:
        found = {
            rule.office: Route(offices[rule.office], (Because(ground, fact, rule.source),))
            for rule in rules
            if rule.office in offices and offices[rule.office].level in procedure.levels
        }
        if found:
            return list(found.values())
    return []


def _of_field(field: str, rules: Iterable[Competence]) -> list[Competence]:
    return [rule for rule in rules if not rule.procedure and rule.field == field]
