"""Who reported and who in time, body by body and period by period: completeness and timeliness at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.reporting.course import Timeliness, timeliness
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.obligations import NobodyToReportTo, Tier, reporter_of
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.reporting import rules
from thongsuot.queries.reporting.life import periods_of
from thongsuot.records import report_routes
from thongsuot.records.reports import ReportRow

MOST_PERIODS = 8


@dataclass(frozen=True, slots=True)
class GridLine:
    """A body that must report, with how it stood in each period; None where it had nothing to report."""

    unit: str
    name: str
    reporters: str
    cells: tuple[Timeliness | None, ...]


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """A period over all bodies: how many must report, have, have in time, are overdue."""

    window: Window
    deadline: datetime | None
    expected: int
    sent: int
    in_time: int
    missing: int

    @property
    def late(self) -> int:
        """How many came after the deadline."""
        return self.sent - self.in_time


@dataclass(frozen=True, slots=True)
class Grid:
    """A report with its bodies and its last periods, the oldest first."""

    definition: ReportDefinition
    periods: tuple[PeriodSum, ...]
    lines: tuple[GridLine, ...]


def grid(report: str, *, at: datetime) -> Grid:
    """How all bodies stood with a report in its last periods. Raises NoSuchReport."""
    definition, _ = rules.find(report)
    today = at.astimezone(VIETNAM).date()
    windows = periods_of(definition, unit="", on=today)[:MOST_PERIODS][::-1]
    sent = _sent(definition, windows)
    found = [_period(definition, window, sent, at) for window in windows]
    units: dict[str, tuple[str, str]] = {}
    for _, told in found:
        units |= {unit: (name, kind) for unit, (name, kind, _) in told.items()}
    order = [kind.key for kind in definition.reporters]
    lines = [
        GridLine(
            unit, name, kind, tuple(told[unit][2] if unit in told else None for _, told in found)
        )
        for unit, (name, kind) in units.items()
    ]
    lines.sort(key=lambda line: (order.index(line.reporters), line.unit))
    return Grid(
        definition,
        tuple(
            _sum(window, route, [one for _, _, one in told.values()])
            for window, (route, told) in zip(windows, found, strict=True)
        ),
        tuple(lines),
    )


Told = dict[str, tuple[str, str, Timeliness]]


def _period(
    definition: ReportDefinition,
    window: Window,
    sent: Mapping[tuple[str, str], datetime],
    at: datetime,
) -> tuple[datetime | None, Told]:
    """The earliest deadline of a period, and each body that must report, by its kind."""
    day = min(window.last_day, at.astimezone(VIETNAM).date())
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for office in directory.offices(on=day):
        if kind := reporter_of(definition.reporters, office):
            by_kind.setdefault(kind, []).append((office.code.canonical, office.name))
    told: Told = {}
    deadlines: list[datetime] = []
    for kind, those in by_kind.items():
        try:
            route = report_routes.route(definition, those[0][0], window, at=at)
        except NobodyToReportTo:
            continue
        if route.duty.to is Tier.CENTRE:
            continue
        deadlines += [route.deadline] if route.deadline else []
        for unit, name in those:
            stands = timeliness(route.deadline, sent.get((window.key, unit)), at=at)
            told[unit] = (name, kind, stands)
    return min(deadlines, default=None), told


def _sent(
    definition: ReportDefinition, windows: tuple[Window, ...]
) -> Mapping[tuple[str, str], datetime]:
    rows = ReportRow.objects.filter(
        report=definition.key,
        period__in=[window.key for window in windows],
        submitted_at__isnull=False,
    )
    return {(row.period, row.unit): row.submitted_at for row in rows if row.submitted_at}


def _sum(window: Window, deadline: datetime | None, told: list[Timeliness]) -> PeriodSum:
    sent = [one for one in told if one.submitted_at]
    return PeriodSum(
        window,
        deadline,
        expected=len(told),
        sent=len(sent),
        in_time=sum(1 for one in sent if not one.late_by),
        missing=sum(1 for one in told if one.is_missing),
    )
