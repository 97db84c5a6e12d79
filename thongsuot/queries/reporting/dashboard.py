"""What came, what was resolved, what is late and near: by month, body, field, channel and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db import connection

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.then_and_now import names_on
from thongsuot.records import calendar, catalogue
from thongsuot.records.directory import OfficeRow, PlaceRow
from thongsuot.records.dossier import DossierRow

PAGE = 50
_HOURS = "AT TIME ZONE INTERVAL '7 hours'"


class SpanMalformed(Refusal):
    """A dashboard counts whole months, the first not after the last."""

    code = "span_malformed"
    kind = Kind.MALFORMED


class NoSuchFigure(Refusal):
    """A dashboard has no figure of this name."""

    code = "no_such_figure"
    kind = Kind.UNKNOWN


class Figure(StrEnum):
    """What a dashboard counts: over the months, or as things stand at this moment."""

    RECEIVED = "received"
    RESOLVED = "resolved"
    RESOLVED_LATE = "resolved_late"
    OPEN = "open"
    NEAR = "near"
    LATE = "late"


OVER_MONTHS = (Figure.RECEIVED, Figure.RESOLVED, Figure.RESOLVED_LATE)
BY_NOW = (Figure.OPEN, Figure.NEAR, Figure.LATE)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is looked at: from which month to which, of which body, field, channel and source."""

    first: date
    last: date
    at: datetime
    office: str = ""
    field: str | None = None
    system: str = ""
    is_online: bool | None = None

    @property
    def start(self) -> datetime:
        """When the first month begins."""
        return datetime.combine(self.first, time(), VIETNAM)

    @property
    def end(self) -> datetime:
        """When the last month is over."""
        following = (self.last + timedelta(days=31)).replace(day=1)
        return datetime.combine(following, time(), VIETNAM)

    @property
    def near_until(self) -> datetime:
        """What is due by then is near, as everywhere in the house."""
        hours = calendar.policies(on=self.at.astimezone(VIETNAM).date()).near_working_hours
        return calendar.calendar(office="").ahead(self.at, hours=hours)


Figures = Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One month, body, field, channel or source with its figures."""

    key: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class LateStep:
    """How many late dossiers stand at a step in each body."""

    stage: str
    of: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many late dossiers stand at the step."""
        return sum(self.of.values())


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything that a dashboard shows."""

    narrowed: Narrowed
    total: Figures
    months: tuple[FigureLine, ...]
    offices: tuple[FigureLine, ...]
    fields: tuple[FigureLine, ...]
    channels: tuple[FigureLine, ...]
    systems: tuple[FigureLine, ...]
    late_steps: tuple[LateStep, ...]
    late_offices: tuple[str, ...]  # the columns of the late steps, the latest first
    names: Mapping[str, str]
    places: Mapping[str, str]  # the commune of each body
    province: str  # in which most of them lie, as statistics number it


@dataclass(frozen=True, slots=True)
class FigureDossier:
    """A dossier behind a figure, without its applicant."""

    code: str
    procedure: str
    office_name: str
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    place: str  # where the next page goes on


def dashboard(of: Narrowed) -> Dashboard:
    """The figures of some months and of this moment. Raises SpanMalformed."""
    if of.last < of.first:
        raise SpanMalformed("den", first=f"{of.first:%Y-%m}", last=f"{of.last:%Y-%m}")
    told = _told(of)
    steps = _late_steps(of)
    by_office = _lines(told, "office")
    late = _latest_first(steps)
    codes = {line.key for line in by_office} | set(late)
    rows = OfficeRow.objects.filter(code__in=codes).order_by("valid")
    places = dict(rows.values_list("code", "place"))
    return Dashboard(
        narrowed=of,
        total={figure: told.get(("total", ""), {}).get(figure, 0) for figure in Figure},
        months=_months(of, told),
        offices=by_office,
        fields=_lines(told, "field"),
        channels=_lines(told, "is_online"),
        systems=_lines(told, "system"),
        late_steps=steps,
        late_offices=late,
        names=names_on(codes, on=of.at.astimezone(VIETNAM).date()),
        places=places,
        province=_province(places.values()),
    )


def dossiers(of: Narrowed, figure: Figure, *, after: str = "") -> tuple[FigureDossier, ...]:
    """The dossiers behind a figure, in the order in which they came, ended or are due."""
    moment, since = _place(after)
    given: dict[str, Given] = {**_parameters(of), "moment": moment, "since": since, "limit": PAGE}
    if figure is Figure.NEAR:
        given["near"] = of.near_until
    with connection.cursor() as cursor:
        cursor.execute(_LISTS[figure].format(narrowed=_where(of)), given)
        found = cursor.fetchall()
    return _dossiers(of, found)


def late_at(of: Narrowed, *, stage: str, holder: str, after: str = "") -> tuple[FigureDossier, ...]:
    """The late dossiers that stand at a step in a body now, the longest due first."""
    moment, since = _place(after)
    of_stage = [key for key, name in _stages(_late(of)).items() if name == stage]
    given: dict[str, Given] = {
        **_parameters(of),
        "moment": moment,
        "since": since,
        "limit": PAGE,
        "holder": holder,
        "steps": [f"{process} {key}" for process, key in of_stage],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LATE_LIST.format(narrowed=_late_where(of)), given)
        return _dossiers(of, cursor.fetchall())


def _dossiers(of: Narrowed, found: list[Line]) -> tuple[FigureDossier, ...]:
    rows = DossierRow.objects.in_bulk([number for number, *_ in found])
    names = names_on({office for _, office, *_ in found}, on=of.at.astimezone(VIETNAM).date())
    return tuple(
        FigureDossier(
            code=rows[number].code,
            procedure=rows[number].procedure_name,
            office_name=names.get(office, office),
            received_at=received_at,
            due_at=due_at,
            ended_at=ended_at,
            place=f"{at.isoformat()}_{number}",
        )
        for number, office, received_at, due_at, ended_at, at in found
    )


Line = tuple[int, str, datetime, datetime | None, datetime | None, datetime]
Told = Mapping[tuple[str, str], Mapping[Figure, int]]

_BY = ("month", "office", "field", "system", "is_online")
_OVER_MONTHS = """
SELECT GROUPING(month, office, field, system, is_online),
       coalesce(to_char(month, 'YYYY-MM'), office, field, system, is_online::text, ''),
       sum(received), sum(resolved), sum(resolved_late)
  FROM records_reportmonthrow
 WHERE month BETWEEN %(first)s AND %(last)s {narrowed}
 GROUP BY GROUPING SETS ((), (month), (office), (field), (system), (is_online))
"""
# Put together once by everything, and only then told apart: few lines instead of every dossier.
_STANDS = """
SELECT GROUPING(office, field, system, is_online) + 16,
       coalesce(office, field, system, is_online::text, ''), sum(open), sum(near), sum(late)
  FROM (SELECT office, field, system, is_online, count(*) AS open,
               count(*) FILTER (WHERE due > %(now)s AND due <= %(near)s AND NOT is_waiting) AS near,
               count(*) FILTER (WHERE due <= %(now)s AND NOT is_waiting) AS late
          FROM (SELECT office, field, system, is_online, is_waiting,
                       coalesce(extended_to, due_at) AS due
                  FROM records_stretchrow
                 WHERE ended_at IS NULL AND to_at IS NULL AND NOT is_interlinked {narrowed}) stands
         GROUP BY 1, 2, 3, 4) together
 GROUP BY GROUPING SETS ((), (office), (field), (system), (is_online))
"""


def _told(of: Narrowed) -> Told:
    """Every figure under what it is told apart by, and its value there."""
    found: dict[tuple[str, str], dict[Figure, int]] = {}
    given = {**_parameters(of), "near": of.near_until}
    for statement, figures in ((_OVER_MONTHS, OVER_MONTHS), (_STANDS, BY_NOW)):
        with connection.cursor() as cursor:
            cursor.execute(statement.format(narrowed=_where(of)), given)
            for mask, key, *many in cursor.fetchall():
                by = _APART.get(mask, "total")
                told = found.setdefault((by, key), {})
                told |= {figure: int(n or 0) for figure, n in zip(figures, many, strict=True)}
    return found


# What PostgreSQL says of a line: the bits of what it is not told apart by.
_APART = {31 - (1 << (4 - place)): name for place, name in enumerate(_BY)}


def _province(places: Iterable[str]) -> str:
    """The province of most of some communes; "" of none."""
    rows = PlaceRow.objects.filter(code__in={*places}).values_list("code", "province").distinct()
    counted = Counter(province for _, province in rows)
    return counted.most_common(1)[0][0] if counted else ""


def _lines(told: Told, by: str) -> tuple[FigureLine, ...]:
    """The lines of a kind, those with most received first."""
    lines = [
        FigureLine(key, {figure: figures.get(figure, 0) for figure in Figure})
        for (name, key), figures in told.items()
        if name == by
    ]
    busy = sorted(lines, key=lambda line: (-sum(line.figures.values()), line.key))
    return tuple(line for line in busy if any(line.figures.values()))


def _months(of: Narrowed, told: Told) -> tuple[FigureLine, ...]:
    """Every month from the first to the last, also those in which nothing came."""
    found, month = [], of.first
    while month <= of.last:
        key = f"{month:%Y-%m}"
        figures = told.get(("month", key), {})
        found.append(FigureLine(key, {one: figures.get(one, 0) for one in OVER_MONTHS}))
        month = (month + timedelta(days=31)).replace(day=1)
    return tuple(found)


def _late_steps(of: Narrowed) -> tuple[LateStep, ...]:
    """Where late dossiers stand now: at which step, in which body; the latest step first."""
    rows = _late(of)
    names = _stages(rows)
    found: dict[str, Counter[str]] = {}
    for office, process, stage, many in rows:
        found.setdefault(names[process, stage], Counter())[office] += many
    steps = (LateStep(stage, dict(by)) for stage, by in found.items())
    return tuple(sorted(steps, key=lambda step: (-step.total, step.stage)))


def _late(of: Narrowed) -> list[tuple[str, str, str, int]]:
    """How many late dossiers each body holds at each step of each process."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE.format(narrowed=_late_where(of)), _parameters(of))
        return list(cursor.fetchall())


def _stages(rows: list[tuple[str, str, str, int]]) -> dict[tuple[str, str], str]:
    """What each step is called; "" where its process does not say."""
    known = {process.key: process for process in catalogue.processes({row[1] for row in rows})}
    names = {}
    for _, process, stage, _ in rows:
        of_process = known.get(process)
        step = of_process.stage(stage) if of_process and stage else None
        names[process, stage] = step.name if step else stage
    return names


_LATE = """
SELECT d.office, d.process_version, d.stage, count(*)
  FROM records_dossierrow d
 WHERE NOT d.is_handed_over AND d.ended_at IS NULL AND d.outcome = '' AND d.due_at <= %(now)s
   AND NOT d.is_paused AND d.parent = ''
       {narrowed}
 GROUP BY 1, 2, 3
"""


_LATE_LIST = """
SELECT d.id, d.office, d.received_at, d.due_at, NULL::timestamptz, d.due_at
  FROM records_dossierrow d
 WHERE NOT d.is_handed_over AND d.ended_at IS NULL AND d.outcome = '' AND d.due_at <= %(now)s
   AND NOT d.is_paused AND d.parent = '' {narrowed} AND d.office = %(holder)s
   AND d.process_version || ' ' || d.stage = ANY(%(steps)s)
   AND (%(moment)s::timestamptz IS NULL OR (d.due_at, d.id) > (%(moment)s, %(since)s))
 ORDER BY d.due_at, d.id LIMIT %(limit)s
"""


def _late_where(of: Narrowed) -> str:
    asked = []
    if of.office:
        asked.append("AND d.competent_office = %(office)s")
    if of.system:
        asked.append("AND d.home_system = %(system)s")
    if of.is_online is not None:
        asked.append(f"AND d.channel {'=' if of.is_online else '<>'} 'online'")
    if of.field is not None:
        asked.append(
            "AND EXISTS (SELECT 1 FROM records_procedurerow p WHERE p.base = d.procedure"
            " AND p.version = d.procedure_version AND p.field = %(field)s)"
        )
    return " ".join(asked)


def _latest_first(steps: Iterable[LateStep]) -> tuple[str, ...]:
    late: Counter[str] = Counter()
    for step in steps:
        late.update(step.of)
    return tuple(office for office, _ in sorted(late.items(), key=lambda one: (-one[1], one[0])))


def _where(of: Narrowed) -> str:
    """What narrows the figures, as a statement asks for it."""
    asked = []
    if of.office:
        asked.append("AND office = %(office)s")
    if of.field is not None:
        asked.append("AND field = %(field)s")
    if of.system:
        asked.append("AND system = %(system)s")
    if of.is_online is not None:
        asked.append("AND is_online = %(is_online)s")
    return " ".join(asked)


Given = str | int | bool | date | datetime | list[str] | None


def _parameters(of: Narrowed) -> dict[str, Given]:
    return {
        "first": of.first,
        "last": of.last,
        "start": of.start,
        "end": of.end,
        "now": of.at,
        "office": of.office,
        "field": of.field,
        "system": of.system,
        "is_online": of.is_online,
    }


# A page goes on after a moment and a number; what has no due moment comes last.
_PAGED = """
SELECT dossier, office, received_at, due, ended_at, at
  FROM (SELECT dossier, office, received_at, {due} AS due, ended_at, {at} AS at, is_waiting
          FROM records_stretchrow
         WHERE NOT is_interlinked AND {those} {{narrowed}}) those
 WHERE (%(moment)s::timestamptz IS NULL OR (at, dossier) > (%(moment)s, %(since)s)) {standing}
 ORDER BY at, dossier LIMIT %(limit)s
"""
_DUE = "coalesce(extended_to, due_at)"
_ENDED = "ended_at >= %(start)s AND ended_at < %(end)s AND outcome <> 'moved'"
_IS_LATE = f"outcome <> 'withdrawn' AND (ended_at {_HOURS})::date > (due_at {_HOURS})::date"


def _paged(those: str, *, due: str = "due_at", at: str, standing: str = "") -> str:
    return _PAGED.format(those=those, due=due, at=at, standing=standing)


def _stands(standing: str) -> str:
    """What is open at this moment, the first due first."""
    those = "ended_at IS NULL AND to_at IS NULL"
    at = f"coalesce({_DUE}, '9999-01-01'::timestamptz)"
    return _paged(those, due=_DUE, at=at, standing=standing)


_LISTS: dict[Figure, str] = {
    Figure.RECEIVED: _paged(
        "number = 1 AND received_at >= %(start)s AND received_at < %(end)s", at="received_at"
    ),
    Figure.RESOLVED: _paged(_ENDED, at="ended_at"),
    Figure.RESOLVED_LATE: _paged(f"{_ENDED} AND {_IS_LATE}", at="ended_at"),
    Figure.OPEN: _stands(""),
    Figure.NEAR: _stands("AND due > %(now)s AND due <= %(near)s AND NOT is_waiting"),
    Figure.LATE: _stands("AND due <= %(now)s AND NOT is_waiting"),
}


def _place(after: str) -> tuple[datetime | None, int]:
    """After which moment and number a page goes on; from the beginning where that says nothing."""
    moment, _, number = after.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None, 0
    return (found, int(number)) if number.isdecimal() and found.tzinfo else (None, 0)
