"""The catalogue changes only by a decision, in the order of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import builders
from thongsuot.domain.catalogue import NoSuchProcedure, Paper, ProcedureRepealed, Result
from thongsuot.domain.decisions import Decision, DecisionUnnumbered, EffectiveBeforeIssued
from thongsuot.domain.publication import (
    AlreadyPublished,
    ChangeKind,
    DraftIncomplete,
    LaterVersionExists,
    NothingAmended,
    ReplacesItself,
    amend,
    compare,
    publish,
    repeal,
    replace_by,
)
from thongsuot.domain.spans import Span

DAY = date(2026, 3, 1)
PROCEDURE = replace(builders.procedure(), results=(Result("Giấy chứng nhận"),))


def decision(number: str = "QĐ 20/QĐ-UBND", day: date = DAY) -> Decision:
    return Decision(number, date(2026, 2, 10), "Chủ tịch UBND tỉnh", "Công bố", day)


def test_a_draft_is_in_force_from_the_day_of_its_decision() -> None:
    change = publish([], PROCEDURE, decision())

    assert change.begun is not None
    assert change.begun.valid == Span(DAY)
    assert change.begun.decision == "QĐ 20/QĐ-UBND"
    assert change.begun.version == 1


def test_a_procedure_is_published_once() -> None:
    with pytest.raises(AlreadyPublished):
        publish([PROCEDURE], PROCEDURE, decision())


def test_a_draft_without_papers_or_results_is_not_published() -> None:
    with pytest.raises(DraftIncomplete) as refused:
        publish([], replace(PROCEDURE, papers=(), results=()), decision())

    assert refused.value.facts["missing"] == ["papers", "results"]


def test_an_amendment_ends_one_version_where_the_next_begins() -> None:
    draft = replace(PROCEDURE, papers=(*PROCEDURE.papers, Paper("Ảnh", originals=2)))

    change = amend([PROCEDURE], draft, decision())

    assert change.kind is ChangeKind.AMEND
    assert change.ended is not None and change.begun is not None
    assert change.ended.valid.end == change.begun.valid.start == DAY
    assert (change.ended.version, change.begun.version) == (1, 2)


def test_an_amendment_changes_something() -> None:
    with pytest.raises(NothingAmended):
        amend([PROCEDURE], PROCEDURE, decision())


def test_changes_are_decided_in_the_order_of_days() -> None:
    draft = replace(PROCEDURE, name="Tên mới")
    later = replace(PROCEDURE, version=2, valid=Span(date(2026, 6, 1)))
    earlier = replace(PROCEDURE, valid=Span(PROCEDURE.valid.start, date(2026, 6, 1)))

    with pytest.raises(LaterVersionExists):
        amend([earlier, later], draft, decision())
    with pytest.raises(LaterVersionExists):
        publish([later], PROCEDURE, decision())


def test_what_is_repealed_cannot_be_amended_and_may_be_published_again() -> None:
    ended = repeal([PROCEDURE], decision(), code="1.000101").ended
    assert ended is not None

    with pytest.raises(ProcedureRepealed):
        amend([ended], replace(PROCEDURE, name="Tên mới"), decision(day=date(2026, 4, 1)))
    again = publish([ended], PROCEDURE, decision(day=date(2026, 4, 1))).begun

    assert again is not None
    assert again.version == 2


def test_a_procedure_is_replaced_by_another_that_is_in_force_that_day() -> None:
    other = builders.procedure("1.000202")

    change = replace_by([PROCEDURE], [other], decision(), code="1.000202")

    assert change.replaced_by == "1.000202"
    assert change.ended is not None
    with pytest.raises(NoSuchProcedure):
        replace_by([PROCEDURE], [], decision(), code="1.000303")
    with pytest.raises(ReplacesItself):
        replace_by([PROCEDURE], [PROCEDURE], decision(), code="1.000101")


def test_a_decision_has_a_number_and_holds_from_its_own_day_at_the_earliest() -> None:
    with pytest.raises(DecisionUnnumbered):
        decision(number=" ")
    with pytest.raises(EffectiveBeforeIssued):
        decision(day=date(2026, 2, 9))


def test_two_versions_are_compared_part_by_part() -> None:
    after = replace(PROCEDURE, name="Tên mới", papers=(Paper("Ảnh"),), version=9, decision="khác")

    found = {difference.part: difference for difference in compare(PROCEDURE, after)}

    assert set(found) == {"name", "papers"}
    assert found["papers"].gone == PROCEDURE.papers
    assert found["papers"].come == (Paper("Ảnh"),)
