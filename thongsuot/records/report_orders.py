"""Single orders: the document, its tasks, who answers each, every step with who took it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from thongsuot.domain.reporting.orders import (
    AnswerState,
    NoSuchOrder,
    OrderAnswer,
    OrderDocument,
    OrderedTwice,
    OrderStep,
    OrderTask,
)


class ReportOrderRow(models.Model):
    """A document that orders something to be done and answered once."""

    number = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "issued_on"], name="report_order_once")
        ]


class ReportOrderTaskRow(models.Model):
    """One thing that the document orders."""

    order = models.ForeignKey(ReportOrderRow, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    deadline = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="report_order_task_once")
        ]


class ReportOrderAnswerRow(models.Model):
    """A body that answers a task, and how its answer stands; the steps say how it came so."""

    task = models.ForeignKey(ReportOrderTaskRow, on_delete=models.PROTECT, related_name="answers")
    unit = models.CharField(max_length=35)
    state = models.CharField(max_length=10, default=AnswerState.OPEN.value)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="report_order_answer_once")
        ]
        indexes = [
            models.Index(
                fields=["unit"],
                condition=models.Q(answered_at=None),
                name="report_order_unanswered",
            )
        ]

    def value(self) -> OrderAnswer:
        """The answer that this row stands for."""
        return OrderAnswer(AnswerState(self.state), self.answered_at)


class ReportOrderStepRow(models.Model):
    """A step of an order or of an answer; never changed, never removed (a trigger sees to it)."""

    order = models.ForeignKey(ReportOrderRow, on_delete=models.PROTECT, related_name="steps")
    task = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=35, blank=True)
    step = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    said = models.TextField(blank=True)


def keep(
    document: OrderDocument,
    tasks: Sequence[OrderTask],
    units: Sequence[str],
    *,
    by: str,
    at: datetime,
) -> ReportOrderRow:
    """Keep an order with its tasks, each for each body. Raises OrderedTwice."""
    row, is_new = ReportOrderRow.objects.get_or_create(
        number=document.number,
        issued_on=document.issued_on,
        defaults={
            "title": document.title,
            "issuer": document.issuer,
            "ordered_at": at,
            "ordered_by": by,
        },
    )
    if not is_new:
        raise OrderedTwice("number", given=document.number, number=row.pk)
    kept = ReportOrderTaskRow.objects.bulk_create(
        ReportOrderTaskRow(order=row, number=one.number, text=one.text, deadline=one.deadline)
        for one in tasks
    )
    ReportOrderAnswerRow.objects.bulk_create(
        ReportOrderAnswerRow(task=task, unit=unit) for task in kept for unit in units
    )
    note(row, OrderStep.ORDER, by=by, at=at, said=document.title)
    return row


def load(number: int) -> ReportOrderRow:
    """An order, locked for one step. Raises NoSuchOrder."""
    row = ReportOrderRow.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchOrder("order", given=number)
    return row


def answer_of(row: ReportOrderRow, task: int, unit: str) -> ReportOrderAnswerRow:
    """The answer of a body to a task. Raises NoSuchOrder."""
    found = ReportOrderAnswerRow.objects.filter(task__order=row, task__number=task, unit=unit)
    one = found.first()
    if one is None:
        raise NoSuchOrder("task", given=f"{task} {unit}")
    return one


def note(
    row: ReportOrderRow,
    step: OrderStep,
    *,
    by: str,
    at: datetime,
    said: str = "",
    task: int = 0,
    unit: str = "",
) -> None:
    """Keep a step."""
    ReportOrderStepRow.objects.create(
        order=row, task=task, unit=unit, step=step.value, by=by, at=at, said=said
    )
