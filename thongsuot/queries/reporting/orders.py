"""Single orders as they stand: who has answered what, in time or late, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.reporting.course import Timeliness, timeliness
from thongsuot.domain.reporting.orders import AnswerState, NoSuchOrder, OrderStep
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.access import names, require_holding
from thongsuot.records import report_routes
from thongsuot.records.report_orders import ReportOrderAnswerRow, ReportOrderRow, ReportOrderStepRow

LISTED = 100
Said = tuple[ReportOrderStepRow, str]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in the list: how many answers it asks for, how many came, how many are late."""

    number: int
    document: str
    title: str
    issuer: str
    issued_on: date
    asked: int
    answered: int
    late: int
    next_deadline: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The answer of a body to a task, as it was last given, and what may be done with it."""

    unit: str
    name: str
    state: AnswerState
    timeliness: Timeliness
    said: str
    remarks: str
    by: str
    may: tuple[OrderStep, ...]


@dataclass(frozen=True, slots=True)
class TaskLines:
    """A task with the answers to it that somebody sees."""

    number: int
    text: str
    deadline: datetime | None
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class OrderStepLine:
    """A step that was taken."""

    step: OrderStep
    task: int
    unit: str
    name: str
    at: datetime
    said: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its tasks and everything that was done."""

    line: OrderLine
    tasks: tuple[TaskLines, ...]
    steps: tuple[OrderStepLine, ...]
    summary: str
    may_close: bool


def orders(by: Person, *, at: datetime) -> tuple[OrderLine, ...]:
    """The orders that somebody gave or has to answer, the newest first. Raises NotYourRight."""
    seen = _seen(by, at)
    rows = ReportOrderRow.objects.order_by("-issued_on", "-pk")
    if seen is not None:
        rows = rows.filter(tasks__answers__unit__in=seen).distinct()
    found = list(rows[:LISTED])
    answers = _answers(found, seen)
    return tuple(_line(row, answers.get(row.pk, []), at) for row in found)


def order(number: int, *, by: Person, at: datetime) -> OrderPage:
    """An order; a body sees its own answers. Raises NotYourRight, NoSuchOrder."""
    seen = _seen(by, at)
    row = ReportOrderRow.objects.filter(pk=number).first()
    answers = _answers([row], seen).get(number, []) if row else []
    if row is None or (seen is not None and not answers):
        raise NoSuchOrder("order", given=number)
    units = {one.unit for one in answers}
    steps = [
        one for one in row.steps.order_by("pk") if seen is None or not one.unit or one.unit in units
    ]
    called = names({one.by for one in steps})
    offices = directory.office_names(units)
    lines = tuple(
        OrderStepLine(
            OrderStep(one.step),
            one.task,
            offices.get(one.unit, one.unit),
            called.get(one.by, one.by),
            one.at,
            one.said,
        )
        for one in steps
    )
    said = {(one.task, one.unit, one.step): (one, called.get(one.by, one.by)) for one in steps}
    tasks = tuple(
        TaskLines(
            task.number,
            task.text,
            task.deadline,
            tuple(
                _answer(one, task.deadline, said, offices, seen, closed=row.closed_at, at=at)
                for one in answers
                if one.task_id == task.pk
            ),
        )
        for task in row.tasks.order_by("number")
    )
    may_close = seen is None and row.closed_at is None
    return OrderPage(_line(row, answers, at), tasks, lines, row.summary, may_close)


def may_order(by: Person, *, at: datetime) -> bool:
    """Whether somebody enters orders. Raises NotYourRight where they have nothing to do with them."""
    return _seen(by, at) is None


def _seen(by: Person, at: datetime) -> frozenset[str] | None:
    """The bodies whose answers somebody sees; None for every one."""
    on = at.astimezone(VIETNAM).date()
    held = require_holding(by, Right.REPORTS, on=on)
    return None if held & {"", report_routes.province_on(on)} else held


def _answers(
    found: Iterable[ReportOrderRow], seen: frozenset[str] | None
) -> dict[int, list[ReportOrderAnswerRow]]:
    rows = ReportOrderAnswerRow.objects.filter(task__order__in=[row.pk for row in found])
    if seen is not None:
        rows = rows.filter(unit__in=seen)
    made: dict[int, list[ReportOrderAnswerRow]] = {}
    for one in rows.select_related("task").order_by("task__number", "unit"):
        made.setdefault(one.task.order_id, []).append(one)
    return made


def _line(row: ReportOrderRow, answers: list[ReportOrderAnswerRow], at: datetime) -> OrderLine:
    told = [timeliness(one.task.deadline, one.answered_at, at=at) for one in answers]
    open_ = [one.task.deadline for one in answers if one.task.deadline and not one.answered_at]
    return OrderLine(
        number=row.pk,
        document=row.number,
        title=row.title,
        issuer=row.issuer,
        issued_on=row.issued_on,
        asked=len(answers),
        answered=sum(1 for one in answers if one.answered_at),
        late=sum(1 for one in told if one.late_by is not None),
        next_deadline=min(open_, default=None),
        closed_at=row.closed_at,
    )


def _answer(
    one: ReportOrderAnswerRow,
    deadline: datetime | None,
    said: Mapping[tuple[int, str, str], Said],
    offices: dict[str, str],
    seen: frozenset[str] | None,
    *,
    closed: datetime | None,
    at: datetime,
) -> AnswerLine:
    answer = one.value()
    given = said.get((one.task.number, one.unit, OrderStep.ANSWER.value))
    back = said.get((one.task.number, one.unit, OrderStep.RETURN.value))
    own = (OrderStep.ANSWER,) if seen is not None else (OrderStep.ACCEPT, OrderStep.RETURN)
    return AnswerLine(
        unit=one.unit,
        name=offices.get(one.unit, one.unit),
        state=answer.state,
        timeliness=timeliness(deadline, answer.answered_at, at=at),
        said=given[0].said if given else "",
        remarks=back[0].said if back and answer.state is AnswerState.RETURNED else "",
        by=given[1] if given else "",
        may=tuple(step for step in own if closed is None and answer.allows(step)),
    )
