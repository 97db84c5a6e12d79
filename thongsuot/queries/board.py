"""The board of the cut-over: each field at each body, from readiness to the last open dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thongsuot.domain.cutover import (
    FieldAct,
    FieldStep,
    ReceptionSystem,
    Rule,
    acts_now,
    field_destination,
)
from thongsuot.domain.cutover.set_up import Check, SetUpDifference, checks
from thongsuot.queries import directory
from thongsuot.queries.access import names as people_named
from thongsuot.records import board as records
from thongsuot.records import catalogue, cutover, set_up
from thongsuot.records.cutover import CutoverStepRow, SentElsewhereRow
from thongsuot.records.decided import Decided
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.records.set_up import CutoverTestRow, SetUpReadRow

# No rule says how long a dossier may lie still: our choice, to have somebody look.
STILL_FOR = timedelta(days=10)
SHOWN = 200
# Said in full, so that the index of running dossiers serves.
OPEN = {"ended_at": None, "is_handed_over": False}
STATES = ("open", "stuck", "failed", "after")


@dataclass(slots=True)
class Numbers:
    """The dossiers of a field, counted: of those before the switch, and after it."""

    open: int = 0
    drained: int = 0
    failed: int = 0
    stuck: int = 0
    after: int = 0
    there: int = 0
    sent: int = 0

    def add(self, other: Numbers) -> None:
        """Count those of another too."""
        for name in ("open", "drained", "failed", "stuck", "after", "there", "sent"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A field at one body."""

    office: str
    name: str
    checks: tuple[tuple[Check, bool], ...]
    numbers: Numbers
    differences: int

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return all(ok for _, ok in self.checks)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that moves: where to, since when, how it stands, how many bodies are ready."""

    field: str
    system: ReceptionSystem | None
    since: datetime
    decision: str
    is_moved: bool
    last_act: str
    last_at: datetime | None
    procedures: int
    ready: int
    bodies: int
    numbers: Numbers
    red: tuple[tuple[Check, int], ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """What was done with a field."""

    act: str
    effective_at: datetime
    decision: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TriedLine:
    """A test dossier, and when its result was heard."""

    code: str
    told: str
    by: str
    at: datetime
    passed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A difference at a body."""

    office: str
    difference: SetUpDifference


@dataclass(frozen=True, slots=True)
class FieldPage:
    """A field with its bodies, acts, tests and differences."""

    line: FieldLine
    bodies: tuple[BodyLine, ...]
    acts_now: tuple[FieldAct, ...]
    acts: tuple[ActLine, ...]
    tests: tuple[TriedLine, ...]
    differences: tuple[DifferenceLine, ...]
    exported_at: datetime | None
    read_at: datetime | None
    read_from: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A dossier of a moved field that is still here, without its applicant."""

    code: str
    procedure: str
    office: str
    stage: str
    received_at: datetime
    due_at: datetime | None
    is_late: bool
    is_paused: bool
    is_still: bool
    error: str


@dataclass(slots=True)
class _Known:
    """Everything that the board is made of, looked up once."""

    at: datetime
    rules: dict[str, tuple[Rule, ...]]
    decided: Decided
    of: dict[str, str] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)
    systems: dict[str, ReceptionSystem] = field(default_factory=dict)
    steps: dict[str, tuple[FieldStep, ...]] = field(default_factory=dict)
    partners: set[str] = field(default_factory=set)


def board(*, at: datetime) -> tuple[FieldLine, ...]:
    """Every field that moves, those with something left first."""
    known = _known((), at)
    cells, numbers = _cells(known), _numbers(known)
    lines = [_line(known, name, cells, numbers) for name in known.rules]
    lines.sort(key=lambda one: (-one.numbers.stuck, -one.numbers.open, one.field))
    return tuple(lines)


def page(name: str, *, at: datetime) -> FieldPage | None:
    """A field with everything about it; None for one that no rule moves."""
    known = _known((name,), at)
    if name not in known.rules:
        return None
    cells, numbers = _cells(known), _numbers(known)
    exported = set_up.exports((name,))
    read = set_up.read_back(exported.values())
    offices = {office for of, office in (*cells, *numbers) if of == name}
    names = directory.office_names(offices)
    last = max(read.values(), key=lambda row: row.at, default=None)
    return FieldPage(
        line=_line(known, name, cells, numbers),
        bodies=tuple(
            BodyLine(
                office,
                names.get(office, office),
                cells.get((name, office), ()),
                numbers.get((name, office), Numbers()),
                len(read[row.pk].differences)
                if (row := exported.get((name, office))) and row.pk in read
                else 0,
            )
            for office in sorted(offices)
        ),
        acts_now=acts_now(known.steps.get(name, ())),
        acts=_acts(name),
        tests=_tests(name),
        differences=_differences(read.values(), exported, names),
        exported_at=max((row.at for row in exported.values()), default=None),
        read_at=last.at if last else None,
        read_from=last.source if last else "",
    )


def left(
    name: str, *, at: datetime, office: str = "", state: str = "open"
) -> tuple[tuple[OpenLine, ...], int]:
    """The dossiers of a field still here, narrowed to a body and to a state; with how many."""
    known = _known((name,), at)
    rows = _before(known) if state != "after" else _after(known)
    if office:
        rows = rows.filter(competent_office=office)
    match state:
        case "stuck":
            rows = rows.filter(**OPEN).filter(_is_stuck(at))
        case "failed":
            rows = rows.filter(pk__in=_set_aside(known).values("dossier"))
        case "after":
            pass
        case _:
            rows = rows.filter(**OPEN)
    found = list(rows.annotate(moves=_moves(at)).order_by("due_at", "code")[:SHOWN])
    errors = dict(_set_aside(known).filter(dossier__in=found).values_list("dossier", "last_error"))
    names = directory.office_names(row.office for row in found)
    stages = _stages(row.process_version for row in found)
    lines = tuple(
        OpenLine(
            code=row.code,
            procedure=row.procedure_name,
            office=names.get(row.office, row.office),
            stage=stages.get((row.process_version, row.stage), row.stage),
            received_at=row.received_at,
            due_at=row.due_at,
            is_late=row.ended_at is None and row.due_at is not None and row.due_at < at,
            is_paused=row.is_paused,
            is_still=row.ended_at is None and not row.moves,
            error=errors.get(row.pk, ""),
        )
        for row in found
    )
    return lines, rows.count() if len(found) == SHOWN else len(found)


def process_rows(
    bodies: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[tuple[str | int, ...]]:
    """The processes of an export, a line for each step."""
    for body in bodies:
        office = f"{names.get(body['office'], '')} ({body['office']})"
        for one in body["procedures"]:
            head = (office, one["code"], one["name"], ", ".join(one["terms"]))
            for number, step in enumerate(one["steps"], start=1):
                of_step = (number, step["name"], step["term"], ", ".join(step["people"]))
                yield (*head, one["process"], one["decision"], *of_step)


def account_rows(
    bodies: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """The accounts of an export, a line for each person."""
    for body in bodies:
        office = f"{names.get(body['office'], '')} ({body['office']})"
        for one in body["people"]:
            yield office, one["account"], one["name"], ", ".join(one["roles"])


def _known(fields: Collection[str], at: datetime) -> _Known:
    rules = cutover.moved(fields)
    on = cutover.day_of(at)
    known = _Known(at, rules, Decided(on, tuple(rules)))
    known.systems = {system.code: system for system in cutover.systems(on=on)}
    known.steps = cutover.steps_of(rules)
    for name, own in rules.items():
        by_procedure = {rule.procedure: rule for rule in own if rule.procedure}
        whole = next((rule for rule in reversed(own) if rule.field), None)
        for base in known.decided.bases(name):
            rule = by_procedure.get(base, whole)
            if rule is not None:
                known.of[base], known.since[base] = name, rule.since
        spoken_to = (known.systems.get(rule.system) for rule in own)
        known.partners |= {system.partner for system in spoken_to if system and system.partner}
    return known


def _cells(known: _Known) -> dict[records.Cell, tuple[tuple[Check, bool], ...]]:
    found = records.evidence(tuple(known.rules), at=known.at, decided=known.decided)
    on = cutover.day_of(known.at)
    return {cell: checks(one, on=on) for cell, one in found.items()}


def _line(
    known: _Known,
    name: str,
    cells: dict[records.Cell, tuple[tuple[Check, bool], ...]],
    numbers: dict[records.Cell, Numbers],
) -> FieldLine:
    rule = known.rules[name][-1]
    own = {office: made for (of, office), made in cells.items() if of == name}
    total = Numbers()
    for (of, _), one in numbers.items():
        if of == name:
            total.add(one)
    steps = known.steps.get(name, ())
    past = [step for step in steps if step.effective_at <= known.at]
    red = {check: sum(not dict(made)[check] for made in own.values()) for check in Check}
    place = field_destination(
        name,
        received_at=known.at,
        rules=known.rules[name],
        steps=steps,
        home=settings.HOME_SYSTEM,
    )
    return FieldLine(
        field=name,
        system=known.systems.get(rule.system),
        since=rule.since,
        decision=rule.decision,
        is_moved=place.system != settings.HOME_SYSTEM,
        last_act=past[-1].act.value if past else "",
        last_at=past[-1].effective_at if past else None,
        procedures=known.decided.count(name),
        ready=sum(all(ok for _, ok in made) for made in own.values()),
        bodies=len(own),
        numbers=total,
        red=tuple((check, many) for check, many in red.items() if many),
    )


def _before(known: _Known) -> QuerySet[DossierRow]:
    return DossierRow.objects.filter(_when(known, "received_at__lt"))


def _after(known: _Known) -> QuerySet[DossierRow]:
    return DossierRow.objects.filter(_when(known, "received_at__gte"))


def _when(known: _Known, how: str) -> Q:
    """The procedures of each instant of switching, received before it, or from it on."""
    by_instant: dict[datetime, list[str]] = defaultdict(list)
    for base, since in known.since.items():
        by_instant[since].append(base)
    wanted = Q(pk__in=[])
    for since, bases in by_instant.items():
        wanted |= Q(procedure__in=bases, **{how: since})
    return wanted


def _is_stuck(at: datetime) -> Q:
    return Q(due_at__lt=at) | ~Q(_moves(at))


def _moves(at: datetime) -> Exists:
    return Exists(EventRow.objects.filter(dossier=OuterRef("pk"), recorded_at__gte=at - STILL_FOR))


def _set_aside(known: _Known) -> QuerySet[OutboxRow]:
    """What is set aside of what is owed to the systems of these fields."""
    return OutboxRow.objects.filter(
        partner__in=known.partners, sent_at=None, set_aside_at__isnull=False
    )


def _numbers(known: _Known) -> dict[records.Cell, Numbers]:
    found: dict[records.Cell, Numbers] = defaultdict(Numbers)

    def count(name: str, rows: Iterable[tuple[str, str, int]]) -> None:
        for base, office, many in rows:
            if base in known.of:
                cell = found[known.of[base], office]
                setattr(cell, name, getattr(cell, name) + many)

    before = _before(known)
    count("open", _grouped(before.filter(**OPEN)))
    switch = min(known.since.values(), default=known.at)
    count("drained", _grouped(before.filter(ended_at__gte=switch)))
    count("stuck", _grouped(before.filter(**OPEN).filter(_is_stuck(known.at))))
    count("failed", _grouped(before.filter(pk__in=_set_aside(known).values("dossier"))))
    count("after", _grouped(_after(known)))
    remote = RemoteDossierRow.objects.filter(procedure__in=list(known.of), is_over=False)
    count("there", remote.values_list("procedure", "body").annotate(many=Count("pk")).order_by())
    sent = SentElsewhereRow.objects.filter(procedure__in=list(known.of))
    count("sent", sent.values_list("procedure", "office").annotate(many=Count("pk")).order_by())
    return found


def _grouped(rows: QuerySet[DossierRow]) -> Iterable[tuple[str, str, int]]:
    pairs = rows.values_list("procedure", "competent_office")
    return pairs.annotate(many=Count("pk")).order_by()


def _acts(name: str) -> tuple[ActLine, ...]:
    rows = list(CutoverStepRow.objects.filter(field=name).order_by("-id"))
    people = people_named(row.by for row in rows)
    return tuple(
        ActLine(
            row.act,
            row.effective_at,
            row.decision,
            row.reason,
            people.get(row.by, row.by),
            row.at,
        )
        for row in rows
    )


def _tests(name: str) -> tuple[TriedLine, ...]:
    rows = list(CutoverTestRow.objects.filter(field=name).order_by("-id")[:20])
    heard = {
        (row.partner, row.code): row.heard_at
        for row in RemoteDossierRow.objects.filter(
            code__in=[row.code for row in rows], status__in=records.DONE
        )
    }
    people = people_named(row.by for row in rows)
    return tuple(
        TriedLine(
            row.code,
            row.told,
            people.get(row.by, row.by),
            row.at,
            heard.get((row.partner, row.code)),
        )
        for row in rows
    )


def _differences(
    read: Iterable[SetUpReadRow],
    exported: dict[records.Cell, set_up.SetUpExportRow],
    names: dict[str, str],
) -> tuple[DifferenceLine, ...]:
    offices = {row.pk: office for (_, office), row in exported.items()}
    found = [
        DifferenceLine(
            names.get(offices[row.export_id], offices[row.export_id]), SetUpDifference(**one)
        )
        for row in read
        for one in row.differences
    ]
    return tuple(found[:SHOWN])


def _stages(keys: Iterable[str]) -> dict[tuple[str, str], str]:
    return {
        (process.key, stage.key): stage.name
        for process in catalogue.processes({*keys} - {""})
        for stage in process.stages
    }
