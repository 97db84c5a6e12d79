"""Plans as documents, their course, and what they moved."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.domain.reorganisation.test_heirs import WHOLE
from thongsuot.domain.reorganisation import Gap, GapKind, Subject
from thongsuot.domain.reorganisation.course import (
    PlanNotAtThisStep,
    PlanState,
    PlanStep,
    state_after,
)
from thongsuot.records import reorganisation as records
from thongsuot.records.reorganisation import (
    MovedRow,
    NoSuchReorganisation,
    ReorganisationRow,
    ReorganisationStepRow,
)
from thongsuot.words import plans

pytestmark = pytest.mark.django_db

TEXT = plans.write(WHOLE)


def drafted() -> ReorganisationRow:
    return records.draft(WHOLE, TEXT, by="nhung", at=cast.MONDAY)


def test_a_plan_is_kept_as_it_was_written_and_reads_back() -> None:
    row = drafted()

    kept = records.find(WHOLE.id)
    assert kept.value() == WHOLE
    assert (kept.text, kept.seal, kept.state) == (TEXT, WHOLE.seal, PlanState.DRAFT.value)
    assert list(row.operations.values_list("number", "kind")) == [
        (1, "create"), (2, "create"), (3, "merge"), (4, "split"), (5, "abolish"),
    ]  # fmt: skip


def test_what_was_undone_is_out_of_the_plan_and_the_others_keep_their_numbers() -> None:
    row = drafted()
    row.operations.filter(number=4).update(done_at=cast.MONDAY, undone_at=cast.MONDAY)

    assert [number for number, _ in row.value().numbered] == [1, 2, 3, 5]


def test_the_course_of_a_plan_is_kept_with_who_when_and_over_which_seal() -> None:
    row = drafted()

    for step in (PlanStep.REHEARSE, PlanStep.APPROVE, PlanStep.BEGIN_SWITCH, PlanStep.BEGIN_SWITCH):
        records.take_step(row, step, by="son", at=cast.MONDAY)

    assert row.state == PlanState.SWITCHING.value
    assert row.steps.filter(seal=WHOLE.seal).count() == 5
    with pytest.raises(PlanNotAtThisStep):
        drafted()


def test_what_is_written_anew_has_to_be_rehearsed_anew() -> None:
    records.take_step(drafted(), PlanStep.REHEARSE, by="nhung", at=cast.MONDAY)

    assert drafted().state == PlanState.DRAFT.value


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (PlanStep.APPROVE, PlanState.DRAFT),
        (PlanStep.BEGIN_SWITCH, PlanState.REHEARSED),
        (PlanStep.REHEARSE, PlanState.APPROVED),
        (PlanStep.UNDO, PlanState.APPROVED),
        (PlanStep.END_SWITCH, PlanState.SWITCHED),
    ],
)
def test_a_step_out_of_its_order_is_refused(step: PlanStep, state: PlanState) -> None:
    with pytest.raises(PlanNotAtThisStep):
        state_after(step, state, plan="p")


def test_a_plan_that_nobody_kept_is_refused() -> None:
    with pytest.raises(NoSuchReorganisation):
        records.find("không có")


def test_gaps_of_a_new_rehearsal_take_the_place_of_those_before() -> None:
    row, gap = drafted(), Gap(GapKind.NO_HEIR, "H99.20", "1.000001", "90001")

    records.keep_gaps(row, [(gap, "H99.20-250601-0001"), (gap, "")], at=cast.MONDAY)
    kept = records.keep_gaps(row, [(gap, "")], at=cast.MONDAY)

    assert kept == 1
    assert [one.value() for one in row.gaps.all()] == [gap]


@pytest.mark.parametrize("statement", ["UPDATE {} SET by = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", [ReorganisationStepRow, MovedRow])
def test_evidence_is_never_changed_or_removed(
    statement: str, table: type[ReorganisationStepRow | MovedRow]
) -> None:
    line = records.moved(
        drafted(),
        operation=3,
        subject=Subject.ACCOUNTS,
        key="hoa",
        before={"office": "H99.20.31"},
        after={"office": "H99.101"},
        rule="people_go_with_work",
        by="cli:x",
        at=cast.MONDAY,
    )
    line.save()

    with (
        pytest.raises(IntegrityError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table._meta.db_table))
