"""What a plan makes of the bodies, and the way back."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.reorganisation.test_heirs import WHOLE
from tests.domain.reorganisation.worlds import (
    BEFORE,
    DAY,
    DISTRICT,
    HEALTH,
    LAND,
    NEW_A,
    NEW_B,
    OFFICE,
    OLD_A,
    OLD_B,
    OLD_C,
    PROVINCE,
    new,
    plan,
    to,
)
from thongsuot.domain.reorganisation import (
    Answer,
    AnswerRule,
    Becomes,
    Create,
    Lineage,
    Merge,
    MergeProvinces,
    MoveFunction,
    Recode,
    Rename,
    Reparent,
    Stated,
    Subject,
    answers,
    apply,
    kind_of,
    known_before,
    suffixes,
)
from thongsuot.domain.reorganisation.subjects import DERIVED, OperationKind

AFTER = apply(WHOLE, BEFORE)
EVE = DAY - timedelta(days=1)


def test_bodies_stand_to_the_eve_and_their_heirs_from_the_day() -> None:
    assert set(AFTER.standing(EVE)) == {
        PROVINCE, OFFICE, LAND, HEALTH, DISTRICT, OLD_A, OLD_B, OLD_C,
    }  # fmt: skip
    assert set(AFTER.standing(DAY)) == {PROVINCE, OFFICE, LAND, HEALTH, NEW_A, NEW_B}


def test_succession_is_many_to_many() -> None:
    lineage = Lineage(AFTER.successions)

    assert set(lineage.successors(DISTRICT, DAY)) == {LAND, OFFICE, NEW_A, NEW_B}
    assert set(lineage.predecessors(NEW_A, DAY)) == {OLD_A, OLD_B, OLD_C, DISTRICT}
    assert lineage.today(OLD_C, DAY) == lineage.successors(OLD_C, DAY)
    assert lineage.today(OLD_C, EVE) == (OLD_C,)
    assert set(lineage.origins(NEW_B, DAY)) == {OLD_C, DISTRICT}
    assert lineage.circles() == ()


def test_the_way_back_leaves_nothing_of_the_plan() -> None:
    assert known_before(AFTER, DAY) == BEFORE


def test_what_is_known_already_of_the_new_order_is_not_counted_before_it() -> None:
    assert apply(WHOLE, known_before(AFTER, DAY)) == AFTER


def test_name_code_and_parent_may_change_in_one_plan() -> None:
    changed = plan(
        Rename(OLD_A, "UBND phường Mới"), Recode(OLD_A, NEW_A, "90002"), Reparent(OLD_A, PROVINCE)
    )

    after = apply(changed, BEFORE).standing(DAY)

    office = after[NEW_A]
    assert (office.name, office.place) == ("UBND phường Mới", "90002")
    assert str(office.parent) == PROVINCE
    assert OLD_A not in after


def test_those_under_a_body_with_a_new_code_stay_under_it() -> None:
    after = apply(plan(Recode(DISTRICT, "H99.40")), BEFORE).standing(DAY)

    assert str(after[OLD_A].parent) == "H99.40"


def test_a_body_that_gives_a_function_away_follows_itself() -> None:
    moved = plan(MoveFunction(HEALTH, (to(LAND, fields=frozenset({"Dược"})),)))

    lineage = Lineage(apply(moved, BEFORE).successions)

    assert set(lineage.today(HEALTH, DAY)) == {HEALTH, LAND}


def test_every_kind_of_operation_answers_for_every_subject_by_a_named_rule() -> None:
    assert set(DERIVED) == set(OperationKind)
    assert all(set(derived) == set(Subject) for derived in DERIVED.values())


def test_what_the_plan_states_takes_the_place_of_the_rule() -> None:
    stated = Stated(Subject.ACCOUNTS, Becomes.FOLLOWS_BODY, NEW_B)
    merge = Merge((OLD_A,), NEW_A, (stated,))

    said = {answer.subject: answer for answer in answers(merge)}

    assert said[Subject.ACCOUNTS] == Answer(
        Subject.ACCOUNTS, Becomes.FOLLOWS_BODY, AnswerRule.STATED, NEW_B
    )
    assert said[Subject.CODES].rule is AnswerRule.CODES_RESOLVE_FOR_EVER
    assert said[Subject.CERTIFICATES].becomes is Becomes.TO_REVOKE


def test_procedures_of_a_province_that_ends_carry_the_suffix_of_the_one_that_goes_on() -> None:
    assert suffixes(plan(MergeProvinces(("H63",), "H38"), Merge((OLD_A,), OLD_B))) == {"H63": "H38"}


def test_the_seal_covers_what_is_done_and_not_where_it_is_written() -> None:
    here, there = plan(new(NEW_A, line=3)), plan(new(NEW_A, line=90))

    assert here.seal == there.seal
    assert here.seal != plan(new(NEW_B)).seal
    assert kind_of(new(NEW_A)) is OperationKind.CREATE
    assert isinstance(here.operations[0], Create)
