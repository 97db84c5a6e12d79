"""What bodies were reminded of and still owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from thongsuot.domain.reporting.reminders import ReminderKind
from thongsuot.queries import directory
from thongsuot.records import report_reminders as records
from thongsuot.records.report_orders import ReportOrderAnswerRow
from thongsuot.records.report_reminders import ReportReminderRow
from thongsuot.records.reports import ReportRow

SHOWN_FOR = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A reminder of something that is still owed; `report` or `order` says where to go."""

    kind: ReminderKind
    unit: str
    unit_name: str
    what: str
    deadline: datetime | None
    at: datetime
    mailbox: str
    report: tuple[str, str]
    order: int


def owed(units: frozenset[str], *, at: datetime) -> tuple[ReminderLine, ...]:
    """The last reminder of everything that some bodies still owe, the newest first."""
    rows = records.since(at - SHOWN_FOR, units - {""})
    last = {row.about: row for row in reversed(rows)}
    settled = _settled(last)
    names = directory.office_names({row.unit for row in last.values()})
    open_ = [row for about, row in last.items() if about not in settled]
    return tuple(
        _line(row, names) for row in sorted(open_, key=lambda row: (row.at, row.pk), reverse=True)
    )


def _settled(last: dict[str, ReportReminderRow]) -> set[str]:
    """What was sent or answered since it was reminded of."""
    units = {row.unit for row in last.values()}
    sent = ReportRow.objects.filter(unit__in=units, submitted_at__isnull=False)
    answered = ReportOrderAnswerRow.objects.filter(
        unit__in=units, answered_at__isnull=False
    ).select_related("task")
    return {records.of_report(row.report, row.period, row.unit) for row in sent} | {
        records.of_task(row.task.order_id, row.task.number, row.unit) for row in answered
    }


def _line(row: ReportReminderRow, names: dict[str, str]) -> ReminderLine:
    kind, first, second, *_ = row.about.split(":")
    is_report = kind == "report"
    return ReminderLine(
        kind=ReminderKind(row.kind),
        unit=row.unit,
        unit_name=names.get(row.unit, row.unit),
        what=row.what,
        deadline=row.deadline,
        at=row.at,
        mailbox=row.mailbox,
        report=(first, second) if is_report else ("", ""),
        order=0 if is_report else int(first),
    )
