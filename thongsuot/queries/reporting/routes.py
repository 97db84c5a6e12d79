"""Whom a body reports to in a window, and by when."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.obligations import NobodyToReportTo, Tier
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import report_routes
from thongsuot.records.report_routes import ReportRoute


def route(
    definition: ReportDefinition, unit: str, window: Window, *, at: datetime
) -> ReportRoute | None:
    """The way of a body's report; the province as a whole sends what the province sends."""
    try:
        code = unit or report_routes.province_on(at.astimezone(VIETNAM).date())
        return report_routes.route(definition, code, window, at=at)
    except NobodyToReportTo:
        return None


def receiver_name(definition: ReportDefinition, route: ReportRoute | None, window: Window) -> str:
    """Who receives the report, by name; "" where nobody does."""
    if route is None:
        return ""
    if route.duty.to is Tier.CENTRE:
        body = definition.receiver(window.last_day)
        return body.name if body else ""
    return directory.office_names([route.receiver]).get(route.receiver, route.receiver)
