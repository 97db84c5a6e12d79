"""A single order is entered with its tasks, answered by each body, accepted or given back, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thongsuot.domain.directory import NoSuchOffice
from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.reporting.course import RemarksNeeded
from thongsuot.domain.reporting.orders import (
    AnswerState,
    OrderDocument,
    OrderIsClosed,
    OrderNotAnswered,
    OrderStep,
    OrderTask,
    require_some,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, directory, report_routes
from thongsuot.records import report_orders as records
from thongsuot.records.report_orders import ReportOrderAnswerRow, ReportOrderRow
from thongsuot.words import reading


@transaction.atomic
def order(
    *,
    document: OrderDocument,
    tasks: Sequence[OrderTask],
    units: Sequence[str],
    by: Person,
    at: datetime,
) -> int:
    """Enter an order with its tasks for these bodies; its number.

    Raises NotYourRight, NothingOrdered, OrderedTwice, NoSuchOffice.
    """
    _require_province(by, at)
    require_some(tasks, units)
    on = at.astimezone(VIETNAM).date()
    for unit in units:
        if not directory.is_open(unit, on=on):
            raise NoSuchOffice("units", given=unit)
    chosen = tuple(dict.fromkeys(units))
    return records.keep(document, tasks, chosen, by=by.account, at=at).pk


@transaction.atomic
def answer(*, order: int, task: int, unit: str, said: str, by: Person, at: datetime) -> None:
    """What a body did about a task.

    Raises NotYourRight, NoSuchOrder, OrderIsClosed, FieldNeeded, FieldTooLong, AnswerStepNotNow.
    """
    _require(unit, by, at)
    words = reading.text("said", said)
    _step(order, task, unit, OrderStep.ANSWER, words, by=by, at=at)


@transaction.atomic
def give_back(*, order: int, task: int, unit: str, said: str, by: Person, at: datetime) -> None:
    """Give an answer back with what is to be mended.

    Raises NotYourRight, NoSuchOrder, OrderIsClosed, RemarksNeeded, AnswerStepNotNow.
    """
    _require_province(by, at)
    if not said.strip():
        raise RemarksNeeded("remarks")
    _step(order, task, unit, OrderStep.RETURN, said, by=by, at=at)


@transaction.atomic
def accept(*, order: int, task: int, unit: str, by: Person, at: datetime) -> None:
    """Accept an answer. Raises NotYourRight, NoSuchOrder, OrderIsClosed, AnswerStepNotNow."""
    _require_province(by, at)
    _step(order, task, unit, OrderStep.ACCEPT, "", by=by, at=at)


@transaction.atomic
def close(*, order: int, summary: str, by: Person, at: datetime) -> None:
    """Close an order with its summary; with answers outstanding the summary has to say so.

    Raises NotYourRight, NoSuchOrder, OrderIsClosed, OrderNotAnswered.
    """
    _require_province(by, at)
    row = _open(order)
    answers = ReportOrderAnswerRow.objects.filter(task__order=row)
    left = answers.exclude(state=AnswerState.ACCEPTED.value).count()
    if left and not summary.strip():
        raise OrderNotAnswered("summary", left=left)
    records.note(row, OrderStep.CLOSE, by=by.account, at=at, said=summary)
    row.closed_at, row.summary = at, summary
    row.save(update_fields=["closed_at", "summary"])


def _step(
    order: int, task: int, unit: str, step: OrderStep, said: str, *, by: Person, at: datetime
) -> None:
    row = _open(order)
    kept = records.answer_of(row, task, unit)
    after = kept.value().after(step, at=at)
    kept.state, kept.answered_at = after.state.value, after.answered_at
    kept.save(update_fields=["state", "answered_at"])
    records.note(row, step, by=by.account, at=at, said=said, task=task, unit=unit)


def _open(order: int) -> ReportOrderRow:
    row = records.load(order)
    if row.closed_at is not None:
        closed_at = row.closed_at.astimezone(VIETNAM).isoformat(timespec="minutes")
        raise OrderIsClosed("order", at=closed_at)
    return row


def _require_province(by: Person, at: datetime) -> None:
    _require(report_routes.province_on(at.astimezone(VIETNAM).date()), by, at)


def _require(unit: str, by: Person, at: datetime) -> None:
    on = at.astimezone(VIETNAM).date()
    held = access.duties(by.account).holding(by.account, Right.REPORTS, on)
    if not held & {"", unit}:
        raise NotYourRight("by", person=by.name, right=Right.REPORTS.value)
