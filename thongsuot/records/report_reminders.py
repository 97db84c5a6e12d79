"""Reminders that were given, each once; what goes out by e-mail is owed as an errand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models


class ReportReminderRow(models.Model):
    """A body was reminded of something that it owes: a report of a period, or a task of an order."""

    about = models.CharField(max_length=140)
    unit = models.CharField(max_length=35)
    name = models.CharField(max_length=20)
    kind = models.CharField(max_length=8)
    what = models.CharField(max_length=400)
    deadline = models.DateTimeField(null=True)
    at = models.DateTimeField()
    mailbox = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "name"], name="report_reminder_once")
        ]
        indexes = [models.Index(fields=["unit", "-at"], name="report_reminders_of")]


def given(name: str, abouts: Collection[str]) -> set[str]:
    """About which of these a reminder of this name was given."""
    rows = ReportReminderRow.objects.filter(name=name, about__in=abouts)
    return set(rows.values_list("about", flat=True))


def of_report(report: str, period: str, unit: str) -> str:
    """By which name a report is reminded of."""
    return f"report:{report}:{period}:{unit}"


def of_task(order: int, task: int, unit: str) -> str:
    """By which name a task of an order is reminded of."""
    return f"order:{order}:{task}:{unit}"


def since(at: datetime, units: Collection[str]) -> list[ReportReminderRow]:
    """The reminders given to some bodies since a moment, the newest first."""
    rows = ReportReminderRow.objects.filter(at__gte=at, unit__in=units)
    return list(rows.order_by("-at", "-pk"))
