"""How reports stand: whose, of which period, by when, on time or late, who may do what next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.reporting.course import (
    OF_REPORTER,
    Course,
    ReportState,
    ReportStep,
    Timeliness,
    timeliness,
)
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.figures import Counted
from thongsuot.domain.reporting.forms import Dimension, ReportForm
from thongsuot.domain.reporting.obligations import Tier, reporter_of
from thongsuot.domain.reporting.windows import Window, windows
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.access import holding, names
from thongsuot.queries.reporting import routes, rules
from thongsuot.queries.reporting.compiled import (
    TOTAL,
    Compiled,
    DossierOfCell,
    Filled,
    Question,
    compiled,
    dossiers,
)
from thongsuot.queries.reporting.tallies import Hierarchy
from thongsuot.records import report_routes, reports
from thongsuot.records.report_routes import ReportRoute
from thongsuot.records.reports import FrozenReportRow, ReportRow

CAUSES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken."""

    step: ReportStep
    name: str
    at: datetime
    remarks: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report of one body: its forms, how it stands, what may be done by whoever looks."""

    definition: ReportDefinition
    window: Window
    unit: str
    unit_name: str
    route: ReportRoute | None
    receiver_name: str
    course: Course
    timeliness: Timeliness
    steps: tuple[StepLine, ...]
    may: tuple[ReportStep, ...]
    forms: tuple[ReportForm, ...]
    versions: tuple[FrozenReportRow, ...]
    row: ReportRow | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One body that must report, and how it stands."""

    unit: str
    name: str
    reporters: str
    state: ReportState
    timeliness: Timeliness


@dataclass(frozen=True, slots=True)
class Completeness:
    """Who has reported and who in time, of all that must."""

    definition: ReportDefinition
    window: Window
    lines: tuple[UnitLine, ...]

    @property
    def expected(self) -> int:
        """How many must report."""
        return len(self.lines)

    @property
    def sent(self) -> int:
        """How many have."""
        return sum(1 for line in self.lines if line.timeliness.submitted_at)

    @property
    def in_time(self) -> int:
        """How many have in time."""
        return sum(
            1 for line in self.lines if line.timeliness.submitted_at and not line.timeliness.late_by
        )


def page(report: str, *, period: str, unit: str, by: Person, at: datetime) -> ReportPage:
    """A report of a body. Raises NoSuchReport, NoSuchPeriod, NoSuchForm."""
    definition, _ = rules.find(report)
    window = rules.window(
        definition, reporters=report_routes.reporter(definition, unit), period=period
    )
    row = reports.find(definition.key, window.key, unit)
    course = row.course() if row else Course()
    route = routes.route(definition, unit, window, at=at)
    steps = list(row.steps.order_by("pk")) if row else []
    called = names({step.by for step in steps})
    forms = tuple(rules.form(key, on=window.last_day) for key in definition.forms)
    return ReportPage(
        definition=definition,
        window=window,
        unit=unit,
        unit_name=directory.office_names([unit]).get(unit, ""),
        route=route,
        receiver_name=routes.receiver_name(definition, route, window),
        course=course,
        timeliness=timeliness(route.deadline if route else None, course.submitted_at, at=at),
        steps=tuple(
            StepLine(ReportStep(s.step), called.get(s.by, s.by), s.at, s.remarks) for s in steps
        ),
        may=_may(course, unit, route, by, at),
        forms=forms,
        versions=tuple(row.frozen.order_by("version")) if row else (),
        row=row,
    )


def figures(of: ReportPage, form: ReportForm, *, at: datetime) -> Compiled:
    """A form of the report as it is known at a moment, with what was filled in."""
    return compiled(question_of(of, form, at=at), filled=filled_of(of, form))


def question_of(of: ReportPage, form: ReportForm, *, at: datetime) -> Question:
    """What is counted for a form of the report."""
    return Question(of.definition, form, of.unit, Hierarchy.THEN, at, of.window)


def filled_of(of: ReportPage, form: ReportForm) -> Filled:
    """What was filled into the cells of a form."""
    return {
        (one.row, one.column): one.value for one in reports.filled(of.row) if one.form == form.key
    }


def sources_of(of: ReportPage, form: ReportForm) -> dict[tuple[str, str], str]:
    """Where the numbers filled into a form are from."""
    return {
        (one.row, one.column): one.source for one in reports.filled(of.row) if one.form == form.key
    }


def everything(of: ReportPage, *, at: datetime) -> tuple[Compiled, ...]:
    """Every form of the report as it is known at a moment."""
    return tuple(figures(of, form, at=at) for form in of.forms)


def completeness(report: str, *, period: str, at: datetime) -> Completeness:
    """Who has sent a report of a period and who has not, by the letters of the day.

    Raises NoSuchReport, NoSuchPeriod.
    """
    definition, _ = rules.find(report)
    common = rules.window(definition, reporters="", period=period)
    sent = {row.unit: row for row in ReportRow.objects.filter(report=definition.key, period=period)}
    today = at.astimezone(VIETNAM).date()
    standing = directory.offices(on=min(common.last_day, today))
    lines = []
    for office in standing:
        code = office.code.canonical
        kind = reporter_of(definition.reporters, office)
        route = routes.route(definition, code, common, at=at) if kind else None
        if route is None or route.duty.to is Tier.CENTRE:
            continue
        row = sent.get(code)
        state = ReportState(row.state) if row else ReportState.OPEN
        told = timeliness(route.deadline, row.submitted_at if row else None, at=at)
        lines.append(UnitLine(code, office.name, kind, state, told))
    return Completeness(definition, common, tuple(lines))


def periods_of(definition: ReportDefinition, *, unit: str, on: date) -> tuple[Window, ...]:
    """The windows of a report around a day: those lately over and the one that runs, newest first."""
    reporters = report_routes.reporter(definition, unit)
    found: list[Window] = []
    for series in dict.fromkeys(rule.series for rule in definition.windows):
        around = Span(on - timedelta(days=400), on + timedelta(days=100))
        cut = windows(definition.windows, series=series, reporters=reporters, during=around)
        found += [w for w in cut if w.start.astimezone(VIETNAM).date() <= on][-6:]
    return tuple(sorted(found, key=lambda w: w.end, reverse=True))


def causes(
    of: ReportPage, before: FrozenReportRow, after: FrozenReportRow
) -> tuple[DossierOfCell, ...]:
    """The dossiers by which two versions differ: those counted elsewhere, or in one of them only."""
    form = next((form for form in of.forms if form.rows is not Dimension.NOTHING), None)
    column = next((c.key for c in form.columns if form.counted_in(c.key)), "") if form else ""
    if form is None or not column:
        return ()
    old, new = (
        {one.number: one for one in _all(question_of(of, form, at=row.known_at), column)}
        for row in (before, after)
    )
    changed = [
        new.get(number, old.get(number))
        for number in sorted({*old, *new})
        if _counted_as(old.get(number)) != _counted_as(new.get(number))
    ]
    return tuple(one for one in changed if one is not None)[:CAUSES_SHOWN]


def _all(of: Question, column: str) -> Iterable[DossierOfCell]:
    after = 0
    while page := dossiers(of, row=TOTAL, column=column, after=after):
        yield from page
        after = page[-1].number


def _counted_as(one: DossierOfCell | None) -> tuple[Counted, str] | None:
    return (one.place, one.office) if one else None


def _may(
    course: Course, unit: str, route: ReportRoute | None, by: Person, at: datetime
) -> tuple[ReportStep, ...]:
    """The steps that somebody may take now."""
    held = holding(by, Right.REPORTS, on=at.astimezone(VIETNAM).date())
    receiver = route.receiver if route else ""
    return tuple(
        step
        for step in ReportStep
        if course.allows(step)
        and held & {"", unit if step in OF_REPORTER else receiver}
        and not (
            step is ReportStep.UNLOCK
            and course.unlock_asked
            and course.unlock_asked.by == by.account
        )
    )
