"""To which body a report goes on a day, by the duty of that day and the order of the bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thongsuot.domain.directory import NoSuchOffice, OfficeKind
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.edges import Shift
from thongsuot.domain.reporting.obligations import (
    NobodyToReportTo,
    ReportDuty,
    Tier,
    duty_on,
    reporter_of,
)
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.workdays import VIETNAM, WorkCalendar
from thongsuot.records import calendar
from thongsuot.records.directory import OfficeRow


@dataclass(frozen=True, slots=True)
class ReportRoute:
    """Who receives a report on a day, by which duty; and until when it is due.

    The deadline is that of the duty in force when the window ended, whoever receives it now.
    """

    duty: ReportDuty
    receiver: str  # "" for the centre, which has no account here
    deadline: datetime | None


def province_on(day: date) -> str:
    """The province itself. Raises NoSuchOffice."""
    kind = OfficeKind.PROVINCE.value
    code = OfficeRow.objects.filter(kind=kind, valid__contains=day).values_list("code", flat=True)
    if not code:
        raise NoSuchOffice("unit", given="")
    return str(code[0])


def reporter(definition: ReportDefinition, unit: str) -> str:
    """Which kind of reporter a body is by its last version; "" where no letter means it."""
    versions = [row.value() for row in OfficeRow.objects.filter(code=unit).order_by("valid")]
    return reporter_of(definition.reporters, versions[-1]) if versions else ""


def route(definition: ReportDefinition, unit: str, window: Window, *, at: datetime) -> ReportRoute:
    """Where a body sends its report of a window at a moment. Raises NobodyToReportTo."""
    on = at.astimezone(VIETNAM).date()
    ended = window.last_day + timedelta(days=1)
    duty = _duty(definition, unit, window, max(on, ended) if on < ended else on)
    try:
        due = _duty(definition, unit, window, ended)
    except NobodyToReportTo:
        due = duty
    deadline = due.deadline(window, _calendar(due))
    return ReportRoute(duty, _receiver(duty, unit, on), deadline)


def _duty(definition: ReportDefinition, unit: str, window: Window, on: date) -> ReportDuty:
    reporters = reporter(definition, unit)
    refused: Refusal = NobodyToReportTo("unit", given=reporters, on=on.isoformat())
    for series in dict.fromkeys(duty.series for duty in definition.duties):
        try:
            return duty_on(
                definition.duties, series=series, reporters=reporters, window=window, on=on
            )
        except NobodyToReportTo as none:
            refused = none
    raise refused


def _receiver(duty: ReportDuty, unit: str, on: date) -> str:
    match duty.to:
        case Tier.PROVINCE:
            return province_on(on)
        case Tier.DISTRICT:
            versions = OfficeRow.objects.filter(code=unit).order_by("-valid")
            return versions.values_list("parent", flat=True).first() or province_on(on)
        case Tier.CENTRE:
            return ""


def _calendar(duty: ReportDuty) -> WorkCalendar | None:
    return None if duty.shift is Shift.STAYS else calendar.calendar(office="")
