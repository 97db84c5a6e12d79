"""Online services: what is offered, how, on what evidence, and what could be offered whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.cutover import field_destination
from thongsuot.domain.cutover.online import (
    Journey,
    Obstacle,
    ServiceState,
    ServiceStep,
    obstacles,
    steps_now,
)
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.queries.access import names as people_named
from thongsuot.queries.errands import Standing, standings
from thongsuot.records import catalogue, cutover
from thongsuot.records import online as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.online import OnlineServiceRow, OnlineServiceStepRow
from thongsuot.words import reading

PAGE = 100


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A procedure as it is offered online."""

    procedure: str
    name: str
    field: str
    level: str
    state: str
    reason: str
    decision: str
    since: datetime
    told: Standing | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A procedure that could be offered, and what the catalogue says against it."""

    procedure: str
    name: str
    field: str
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Services:
    """The register, and its figures by state and level."""

    lines: tuple[ServiceLine, ...]
    whole: int
    part: int
    published: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step taken with a service."""

    step: str
    level: str
    reason: str
    decision: str
    evidence: Journey | None
    by: str
    at: datetime
    told: Standing | None


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One procedure: what the catalogue says, how it is offered, what may be done."""

    procedure: Procedure
    line: ServiceLine | None
    obstacles: tuple[Obstacle, ...]
    elsewhere: str
    steps: tuple[StepLine, ...]
    steps_now: tuple[ServiceStep, ...]


def services(*, search: str = "") -> Services:
    """Every online service, those published first, and what the national side was told last."""
    rows = list(OnlineServiceRow.objects.order_by("state", "procedure"))
    known = _named(row.procedure for row in rows)
    told = _told_last()
    lines = [_line(row, *known.get(row.procedure, ("", "")), told=told.get(row.pk)) for row in rows]
    counts = Counter(row.level for row in rows if row.state != ServiceState.WITHDRAWN.value)
    wanted = [
        line for line in lines if search.casefold() in f"{line.procedure} {line.name}".casefold()
    ]
    return Services(
        tuple(wanted[: PAGE * 5]),
        counts["whole"],
        counts["part"],
        sum(row.state == ServiceState.PUBLISHED.value for row in rows),
    )


def review(*, at: datetime, only_fit: bool) -> tuple[tuple[ReviewLine, ...], int]:
    """The procedures of the province that nobody registered yet, those with least against first.

    Those that a ministry's system receives are left out. Also how many there are.
    """
    on = cutover.day_of(at)
    rows = ProcedureRow.objects.filter(valid__contains=on)
    rows = rows.exclude(base__in=OnlineServiceRow.objects.values("procedure"))
    moved = _moved(at)
    found = [
        ReviewLine(row.base, row.name, row.field, obstacles(row.value()))
        for row in rows.order_by("base")
        if row.origin != "national" or row.field not in moved
    ]
    fit = [line for line in found if not line.obstacles] if only_fit else found
    fit.sort(key=lambda line: (len(line.obstacles), line.procedure))
    return tuple(fit[:PAGE]), len(fit)


def page(code: str, *, at: datetime) -> ServicePage:
    """One procedure with its service. Raises ProcedureCodeMalformed, NoSuchProcedure."""
    asked = reading.parsed("procedure", ProcedureCode.parse, code)
    procedure = catalogue.procedure(asked, on=cutover.day_of(at))
    found = cutover.destination(procedure, received_at=at)
    elsewhere = ""
    if found.system != settings.HOME_SYSTEM:
        elsewhere = cutover.system(found.system, on=cutover.day_of(at)).name
    row = OnlineServiceRow.objects.filter(procedure=asked.base).first()
    return ServicePage(
        procedure,
        _line(row, procedure.name, procedure.field) if row else None,
        obstacles(procedure),
        elsewhere,
        _steps(row) if row else (),
        steps_now(records.state_of(row)) if row else (ServiceStep.REGISTER,),
    )


def journey(code: str, *, procedure: str) -> Journey | None:
    """How far a test dossier has come; None without a code."""
    try:
        base = ProcedureCode.parse(procedure).base
    except Refusal:
        return None
    return records.way_of(code, procedure=base) if code else None


def _moved(at: datetime) -> set[str]:
    """The fields that another system receives now."""
    rules = cutover.moved()
    steps = cutover.steps_of(rules)
    home = settings.HOME_SYSTEM
    return {
        field
        for field, own in rules.items()
        if field_destination(
            field, received_at=at, rules=own, steps=steps.get(field, ()), home=home
        ).system
        != home
    }


def _named(bases: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = ProcedureRow.objects.filter(base__in=set(bases)).order_by("version")
    return {row.base: (row.name, row.field) for row in rows}


def _line(
    row: OnlineServiceRow, name: str, field: str, told: Standing | None = None
) -> ServiceLine:
    return ServiceLine(
        row.procedure, name, field, row.level, row.state, row.reason, row.decision, row.since, told
    )


def _told_last() -> dict[int, Standing]:
    """How the last step of each service that concerns the national side stands there."""
    steps = OnlineServiceStepRow.objects.exclude(step=ServiceStep.REGISTER.value)
    last = dict(steps.order_by("id").values_list("service_id", "id"))
    told = standings(records.DATABASE, map(records.told_by, last.values()))
    keys = {service: records.told_by(step) for service, step in last.items()}
    return {service: told[key] for service, key in keys.items() if key in told}


def _steps(row: OnlineServiceRow) -> tuple[StepLine, ...]:
    steps = list(row.steps.order_by("-id"))
    people = people_named(step.by for step in steps)
    told = standings(records.DATABASE, (records.told_by(step.pk) for step in steps))
    return tuple(
        StepLine(
            step.step,
            step.level,
            step.reason,
            step.decision,
            records.journey_of(step.evidence),
            people.get(step.by, step.by),
            step.at,
            told.get(records.told_by(step.pk)),
        )
        for step in steps
    )
