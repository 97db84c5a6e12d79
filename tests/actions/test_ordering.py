"""A single order: entered by the province, answered by named people, accepted, given back, summed up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import cast, reports
from thongsuot.actions import reporting as actions
from thongsuot.domain.directory import NoSuchOffice
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.reporting.course import RemarksNeeded
from thongsuot.domain.reporting.orders import (
    AnswerStepNotNow,
    NoSuchOrder,
    NothingOrdered,
    OrderDocument,
    OrderedTwice,
    OrderIsClosed,
    OrderNotAnswered,
    OrderTask,
)
from thongsuot.records.access import RoleRow
from thongsuot.records.report_orders import (
    ReportOrderAnswerRow,
    ReportOrderRow,
    ReportOrderStepRow,
)
from thongsuot.words.reading import FieldNeeded

pytestmark = pytest.mark.usefixtures("province")

MONDAY = cast.moment("2026-01-05 08:00")
BY = cast.moment("2026-01-07 16:00")
DOCUMENT = OrderDocument("01/CĐ-UBND", "Rà soát hồ sơ quá hạn", "UBND tỉnh", date(2026, 1, 5))
TASKS = (OrderTask(1, "Rà soát hồ sơ quá hạn", BY), OrderTask(2, "Báo cáo cách khắc phục", None))


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])


@pytest.fixture
def order(known: None) -> int:
    return actions.order(
        document=DOCUMENT,
        tasks=TASKS,
        units=[cast.BAN_MAY, cast.NAM_SUONG],
        by=cast.NHUNG,
        at=MONDAY,
    )


def answered(order: int, task: int = 1) -> None:
    actions.answer(
        order=order, task=task, unit=cast.BAN_MAY, said="Đã rà 12 hồ sơ.", by=cast.SON, at=MONDAY
    )


def test_an_order_without_a_task_or_a_body_is_refused_and_nothing_is_kept() -> None:
    for tasks, units, refusal in (
        ((), [cast.BAN_MAY], NothingOrdered),
        (TASKS, [], NothingOrdered),
        (TASKS, ["H99.999"], NoSuchOffice),
    ):
        with pytest.raises(refusal):
            actions.order(document=DOCUMENT, tasks=tasks, units=units, by=cast.NHUNG, at=MONDAY)

    assert not ReportOrderRow.objects.exists()


def test_only_the_province_orders_and_only_the_body_itself_answers(order: int) -> None:
    with pytest.raises(NotYourRight):
        actions.order(document=DOCUMENT, tasks=TASKS, units=[cast.BAN_MAY], by=cast.SON, at=MONDAY)
    with pytest.raises(NotYourRight):
        actions.answer(order=order, task=1, unit=cast.NAM_SUONG, said="x", by=cast.SON, at=MONDAY)
    answered(order)
    with pytest.raises(NotYourRight):
        actions.accept_answer(order=order, task=1, unit=cast.BAN_MAY, by=cast.SON, at=MONDAY)


def test_the_same_document_is_in_the_book_once(order: int) -> None:
    with pytest.raises(OrderedTwice):
        actions.order(
            document=DOCUMENT, tasks=TASKS, units=[cast.BAN_MAY], by=cast.NHUNG, at=MONDAY
        )


def test_an_answer_says_something_and_one_that_was_never_given_is_not_accepted(order: int) -> None:
    with pytest.raises(FieldNeeded):
        actions.answer(order=order, task=1, unit=cast.BAN_MAY, said=" ", by=cast.SON, at=MONDAY)
    with pytest.raises(AnswerStepNotNow):
        actions.accept_answer(order=order, task=1, unit=cast.BAN_MAY, by=cast.NHUNG, at=MONDAY)
    with pytest.raises(NoSuchOrder):
        answered(order, task=9)
    with pytest.raises(NoSuchOrder):
        answered(order + 1)


def test_an_answer_given_back_keeps_the_moment_by_which_it_was_in_time(order: int) -> None:
    answered(order)
    with pytest.raises(RemarksNeeded):
        actions.give_back(order=order, task=1, unit=cast.BAN_MAY, said="", by=cast.NHUNG, at=MONDAY)
    later = BY + timedelta(days=2)

    actions.give_back(
        order=order, task=1, unit=cast.BAN_MAY, said="thiếu số", by=cast.NHUNG, at=later
    )
    actions.answer(
        order=order, task=1, unit=cast.BAN_MAY, said="12 hồ sơ, 3 đã xong.", by=cast.SON, at=later
    )
    actions.accept_answer(order=order, task=1, unit=cast.BAN_MAY, by=cast.NHUNG, at=later)

    row = ReportOrderAnswerRow.objects.get(task__number=1, unit=cast.BAN_MAY)
    assert (row.state, row.answered_at) == ("accepted", MONDAY)
    steps = ReportOrderStepRow.objects.filter(unit=cast.BAN_MAY).order_by("pk")
    assert [(one.step, one.by) for one in steps] == [
        ("answer", "son"),
        ("return", "nhung"),
        ("answer", "son"),
        ("accept", "nhung"),
    ]


def test_an_order_with_answers_outstanding_is_closed_with_a_word_and_then_for_good(
    order: int,
) -> None:
    with pytest.raises(OrderNotAnswered):
        actions.close(order=order, summary="", by=cast.NHUNG, at=BY)

    actions.close(order=order, summary="Ba đơn vị chậm, đã phê bình.", by=cast.NHUNG, at=BY)

    with pytest.raises(OrderIsClosed):
        answered(order)
    with pytest.raises(OrderIsClosed):
        actions.close(order=order, summary="lại", by=cast.NHUNG, at=BY)


def test_no_step_of_an_order_is_ever_changed(order: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportOrderStepRow.objects.update(said="khác")
    assert ReportOrderStepRow.objects.get().said == DOCUMENT.title
