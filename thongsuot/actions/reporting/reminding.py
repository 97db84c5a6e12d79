"""Bodies are reminded of what they owe: on the screen, and by a letter owed where they have a mailbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongsuot.domain.directory import Office
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.obligations import NobodyToReportTo, Tier, reporter_of
from thongsuot.domain.reporting.reminders import (
    Reminder,
    ReminderRule,
    is_day_off,
    reminders,
    turn,
)
from thongsuot.domain.reporting.windows import Window, windows
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM, WorkCalendar
from thongsuot.records import calendar, contacts, errands, report_routes, report_rules
from thongsuot.records import report_reminders as records
from thongsuot.records.directory import OfficeRow
from thongsuot.records.notices import PARTNER
from thongsuot.records.report_orders import ReportOrderAnswerRow
from thongsuot.records.report_reminders import ReportReminderRow
from thongsuot.records.reports import ReportRow
from thongsuot.words import reminders as words

KIND = "reminder"
AROUND = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class _Owed:
    """What a body owes, and the reminder whose turn it is."""

    about: str
    unit: str
    what: str
    deadline: datetime | None
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of reminding: how, by which calendar, at which moment."""

    rules: Mapping[str, ReminderRule]
    days: WorkCalendar
    at: datetime


def remind(*, at: datetime) -> int:
    """Remind whoever owes something of which the moment has come; how many were new.

    Each is said once; after a pause of the worker only what holds now is said.
    """
    on = at.astimezone(VIETNAM).date()
    rules = report_rules.reminders(on=on)
    if "" not in rules:
        return 0
    here = _Round(rules, calendar.calendar(office=""), at)
    offices = [row.value() for row in OfficeRow.objects.filter(valid__contains=on)]
    return _keep([*_reports(here, offices), *_tasks(here)], here)


def _reports(here: _Round, offices: Sequence[Office]) -> Iterator[_Owed]:
    on = here.at.astimezone(VIETNAM).date()
    around = Span(on - AROUND, on + AROUND)
    for definition in report_rules.definitions().values():
        by_kind: dict[str, list[str]] = {}
        for office in offices:
            if kind := reporter_of(definition.reporters, office):
                by_kind.setdefault(kind, []).append(office.code.canonical)
        for kind, units in by_kind.items():
            for series in dict.fromkeys(each.series for each in definition.windows):
                cut = windows(
                    definition.windows,
                    series=series,
                    reporters=kind,
                    during=around,
                    calendar=here.days,
                )
                rule = here.rules.get(series, here.rules[""])
                for window in cut:
                    yield from _of_window(here, rule, definition, units, window)


def _of_window(
    here: _Round,
    rule: ReminderRule,
    definition: ReportDefinition,
    units: Sequence[str],
    window: Window,
) -> Iterator[_Owed]:
    """Those of one kind who owe the report of a window, where a reminder's turn has come."""
    try:
        route = report_routes.route(definition, units[0], window, at=here.at)
    except NobodyToReportTo:
        return
    if route.duty.to is Tier.CENTRE:
        return
    planned = reminders(rule, deadline=route.deadline, over_at=window.end, calendar=here.days)
    reminder = turn(planned, at=here.at)
    if reminder is None:
        return
    sent = set(
        ReportRow.objects.filter(
            report=definition.key, period=window.key, submitted_at__isnull=False
        ).values_list("unit", flat=True)
    )
    for unit in units:
        if unit not in sent:
            about = records.of_report(definition.key, window.key, unit)
            what = words.report(definition.name, window.key)
            yield _Owed(about, unit, what, route.deadline, reminder)


def _tasks(here: _Round) -> Iterator[_Owed]:
    """Those who owe an answer to a task with a deadline."""
    rows = ReportOrderAnswerRow.objects.filter(
        answered_at=None, task__order__closed_at=None, task__deadline__isnull=False
    ).select_related("task__order")
    for row in rows:
        task, order = row.task, row.task.order
        planned = reminders(
            here.rules[""], deadline=task.deadline, over_at=None, calendar=here.days
        )
        reminder = turn([one for one in planned if one.at >= order.ordered_at], at=here.at)
        if reminder is not None:
            about = records.of_task(order.pk, task.number, row.unit)
            what = words.task(order.number, task.number, task.text)
            yield _Owed(about, row.unit, what, task.deadline, reminder)


@transaction.atomic
def _keep(owed: Sequence[_Owed], here: _Round) -> int:
    mailboxes = contacts.contacts_on(here.at.astimezone(VIETNAM).date())
    by_name: dict[str, list[_Owed]] = {}
    for one in owed:
        by_name.setdefault(one.reminder.name, []).append(one)
    new = 0
    for name, those in by_name.items():
        known = records.given(name, [one.about for one in those])
        for one in those:
            if one.about not in known:
                contact = mailboxes.get(one.unit)
                new += _keep_one(one, contact.email if contact else "", here)
    return new


def _keep_one(one: _Owed, mailbox: str, here: _Round) -> int:
    _, is_new = ReportReminderRow.objects.get_or_create(
        about=one.about,
        name=one.reminder.name,
        defaults={
            "unit": one.unit,
            "kind": one.reminder.kind.value,
            "what": one.what[:400],
            "deadline": one.deadline,
            "at": here.at,
            "mailbox": mailbox,
        },
    )
    if is_new and mailbox:
        off = one.deadline is not None and is_day_off(
            one.deadline.astimezone(VIETNAM).date(), here.days
        )
        told = words.letter(one.reminder.kind, one.what, one.deadline, at=here.at, is_day_off=off)
        errands.owe(
            partner=PARTNER,
            kind=KIND,
            about=one.about[:120],
            key=f"{one.about}:{one.reminder.name}",
            payload={"to": mailbox, "subject": told[0], "body": told[1]},
            by="thongsuot",
            at=here.at,
        )
    return int(is_new)
