"""The run-off board: what each closing body still has to finish before its work passes on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower, Upper

from thongsuot.domain import directory as rules
from thongsuot.domain.directory import Succession
from thongsuot.domain.reorganisation import ended_by, known_before, successions
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.domain.run_off import Hindrance, Remaining, RunOff, hindrance, run_off, steps_left
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import calendar, catalogue, reorganisation
from thongsuot.records import directory as records
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.reorganisation import ReorganisationRow

SHOWN = 200
Steps = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """A closing body with its numbers and its heirs."""

    code: str
    name: str
    heirs: tuple[str, ...]
    numbers: RunOff
    handed_over: int


@dataclass(frozen=True, slots=True)
class Board:
    """All bodies that close on a day, those with most left first."""

    switch_on: date
    working_days: int
    lines: tuple[ClosingLine, ...]


@dataclass(frozen=True, slots=True)
class RemainingLine:
    """An open dossier of a closing body, without its applicant."""

    code: str
    procedure: str
    stage: str
    due_at: datetime | None
    steps: int
    hindrance: str


def closing_days() -> tuple[date, ...]:
    """The days on which bodies end, by the directory or by an approved plan, the last first."""
    ends = OfficeRow.objects.annotate(end=Upper("valid")).values_list("end", flat=True)
    planned = _approved().values_list("effective_on", flat=True)
    return tuple(sorted({day for day in (*ends, *planned) if day is not None}, reverse=True))


def closing(*, on: date) -> dict[str, str]:
    """The bodies that end on a day and go on under no other name: code and name."""
    ending = OfficeRow.objects.annotate(end=Upper("valid")).filter(end=on)
    begun = OfficeRow.objects.annotate(start=Lower("valid")).filter(start=on)
    rows = ending.exclude(code__in=begun.values("code")).order_by("code")
    return {**_planned(on)[0], **dict(rows.values_list("code", "name"))}


def _approved() -> QuerySet[ReorganisationRow]:
    """The plans from whose approval on it is known who closes."""
    return ReorganisationRow.objects.filter(state=PlanState.APPROVED.value)


def _planned(on: date) -> tuple[dict[str, str], list[Succession]]:
    """The bodies that approved plans of a day end, and who follows whom by them."""
    closing_then: dict[str, str] = {}
    lines: list[Succession] = []
    for row in _approved().filter(effective_on=on):
        plan = row.value()
        standing = known_before(reorganisation.bodies(), on).standing(on)
        ending = {code for _, one in plan.numbered for code in ended_by(one)}
        closing_then |= {code: standing[code].name for code in sorted(ending) if code in standing}
        lines += successions(plan, standing)
    return closing_then, lines


def board(*, switch_on: date, at: datetime, offices: frozenset[str] = frozenset({""})) -> Board:
    """What each body that ends on a day has open, due before, hindered and handed over."""
    bodies = closing(on=switch_on)
    if "" not in offices:
        bodies = {code: name for code, name in bodies.items() if code in offices}
    days = _working_days(at, switch_on)
    lines = [*records.successions(), *_planned(switch_on)[1]]
    heirs = {
        code: tuple(h for h in rules.heirs(lines, code, switch_on) if h != code) for code in bodies
    }
    open_now = _remaining(bodies)
    handed = _handed_over(bodies, {heir for each in heirs.values() for heir in each})
    names = directory.office_names(heir for each in heirs.values() for heir in each)
    found = [
        ClosingLine(
            code,
            name,
            tuple(names.get(heir, heir) for heir in heirs[code]),
            run_off(open_now[code], switch_at=_morning(switch_on), at=at, working_days=days),
            handed[code],
        )
        for code, name in bodies.items()
    ]
    found.sort(key=lambda line: (-line.numbers.will_not_finish, -line.numbers.open, line.code))
    return Board(switch_on, days, tuple(found))


def remaining(
    code: str, *, switch_on: date, at: datetime, why: str = ""
) -> tuple[str, tuple[RemainingLine, ...]]:
    """The open dossiers of a closing body, narrowed to what hinders them; with the body's name."""
    name = directory.office_names([code]).get(code, code)
    days = _working_days(at, switch_on)
    steps = _steps()
    lines = []
    for row in _open([code]).order_by("due_at", "code"):
        one = _value(row, steps)
        kind = hindrance(one, switch_at=_morning(switch_on), at=at, working_days=days)
        if not why or why == (kind.value if kind else ""):
            lines.append(_line(row, one, kind))
    return name, tuple(lines[:SHOWN])


def _open(codes: Iterable[str]) -> QuerySet[DossierRow]:
    held = Q(competent_office__in=list(codes)) | Q(office__in=list(codes))
    return DossierRow.objects.filter(OPEN, held)


def _remaining(bodies: dict[str, str]) -> dict[str, list[Remaining]]:
    steps = _steps()
    found: dict[str, list[Remaining]] = defaultdict(list)
    for row in _open(bodies).iterator():
        body = row.competent_office if row.competent_office in bodies else row.office
        found[body].append(_value(row, steps))
    return found


def _handed_over(bodies: dict[str, str], heirs: set[str]) -> Counter[str]:
    """The dossiers still open that a body worked on and that an heir has now."""
    rows = DossierRow.objects.filter(
        OPEN, office__in=heirs, events__office__in=list(bodies)
    ).exclude(competent_office__in=list(bodies))
    counted = rows.values_list("events__office").annotate(many=Count("pk", distinct=True))
    return Counter({code: many for code, many in counted if code in bodies})


def _steps() -> Steps:
    """How many steps lead from a stage, worked out once for each process and stage."""

    @cache
    def left(process: str, stage: str) -> int:
        return steps_left(catalogue.process(process), stage) if process and stage else 0

    return left


def _value(row: DossierRow, steps: Steps) -> Remaining:
    left = steps(row.process_version, row.stage)
    return Remaining(row.code, row.due_at, row.is_paused, left)


def _line(row: DossierRow, one: Remaining, kind: Hindrance | None) -> RemainingLine:
    return RemainingLine(
        row.code, row.procedure_name, row.stage, row.due_at, one.steps, kind.value if kind else ""
    )


def _working_days(at: datetime, switch_on: date) -> int:
    """The working days left, today's included; none once the day has come."""
    today = at.astimezone(VIETNAM).date()
    if today >= switch_on:
        return 0
    return calendar.calendar(office="").working_days_between(today - timedelta(1), switch_on)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
