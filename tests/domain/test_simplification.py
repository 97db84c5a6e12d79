"""A plan takes something from what people must bring, and is followed until it is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from thongsuot.domain.deadline import Term
from thongsuot.domain.simplification import (
    AlreadyFulfilled,
    Burden,
    CostBasisNeeded,
    NothingSimplified,
    PlanLine,
    PlanOfAnother,
    fulfil,
    saving,
)

BEFORE = Burden(Term.parse("15 ngày làm việc"), papers=5, cost=900_000_000, conditions=2)


def line(after: Burden, *, basis: str = "1.200 hồ sơ × 750.000 đồng", done: str = "") -> PlanLine:
    return PlanLine("1.000101", BEFORE, after, "Bỏ bản sao chứng thực", basis, done)


@pytest.mark.parametrize(
    "after",
    [
        replace(BEFORE, papers=4),
        replace(BEFORE, cost=1),
        replace(BEFORE, conditions=0),
        replace(BEFORE, term=Term.parse("10 ngày làm việc")),
    ],
)
def test_each_kind_of_burden_may_become_less(after: Burden) -> None:
    assert line(after).after == after


def test_a_plan_that_takes_nothing_is_none() -> None:
    with pytest.raises(NothingSimplified):
        line(BEFORE)
    with pytest.raises(NothingSimplified):
        line(replace(BEFORE, term=Term.parse("1 tháng")))


def test_a_cost_says_how_it_was_reckoned() -> None:
    with pytest.raises(CostBasisNeeded):
        line(replace(BEFORE, cost=1), basis=" ")


def test_the_totals_tell_what_is_decided_and_what_is_done() -> None:
    half = replace(BEFORE, cost=450_000_000)

    told = saving([line(half), line(half, done="QĐ 7")])

    assert (told.lines, told.lines_done) == (2, 1)
    assert (told.cost, told.cost_done) == (900_000_000, 450_000_000)


def test_a_line_is_carried_out_once_by_a_change_of_its_own_procedure() -> None:
    planned = line(replace(BEFORE, papers=1))

    fulfil(planned, procedure="1.000101")
    with pytest.raises(PlanOfAnother):
        fulfil(planned, procedure="1.000202")
    with pytest.raises(AlreadyFulfilled):
        fulfil(replace(planned, amended_by="QĐ 7"), procedure="1.000101")
