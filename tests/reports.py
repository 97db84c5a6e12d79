"""The reports that ship, known to the small province of the tests, and steps taken with them."""

from __future__ import annotations

from datetime import datetime

from tests import cast
from thongsuot import env
from thongsuot.actions import reporting as actions
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.actions.reporting import Contents, OfReport
from thongsuot.domain.duties import Person
from thongsuot.queries.reporting import frozen, life


def known() -> None:
    """Load every report, form and way of counting that ships."""
    reports = load_shipped(
        env.ROOT / "data",
        at=cast.moment("2025-01-01 00:00"),
        subjects=frozenset({Subject.REPORTS}),
    )
    assert [line for report in reports for line in report.refused] == []


def of(unit: str, *, key: str = "quarterly", period: str = "2025-Q2") -> OfReport:
    """The report of a body for a period."""
    page = life.page(key, period=period, unit=unit, by=cast.KHACH, at=cast.MONDAY)
    return OfReport(page.definition, page.window, unit)


def contents(report: OfReport, *, at: datetime) -> Contents:
    """What would be frozen of a report at a moment."""
    actions.catch_up()
    page = life.page(
        report.definition.key, period=report.window.key, unit=report.unit, by=cast.KHACH, at=at
    )
    made = frozen.canonical(life.everything(page, at=at))
    return Contents(made.text, made.files, made.to_enter, at, len(page.steps))


def sent(unit: str, *, by: Person, at: datetime, period: str = "2025-Q2") -> OfReport:
    """The report of a body, checked and submitted."""
    report = of(unit, period=period)
    actions.check(report=report, broken=(), by=by, at=at)
    actions.submit(report=report, contents=contents(report, at=at), by=by, at=at)
    return report
