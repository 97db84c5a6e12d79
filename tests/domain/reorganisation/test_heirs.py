"""Who carries a dossier on: one decision, with its reasons, or a gap."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import moment
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
    of_place,
    plan,
    to,
)
from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation import (
    Abolish,
    DossierFacts,
    Gap,
    GapKind,
    Heir,
    HeirGround,
    Merge,
    MoveFunction,
    Operation,
    Recode,
    Reparent,
    Split,
    apply,
    faults,
    heir,
    needed_by,
    without,
)
from thongsuot.domain.reorganisation.faults import Known

LAND_TO_DEPARTMENT = to(LAND, fields=frozenset({"Đất đai"}))
ABOLISHED = Abolish(DISTRICT, (of_place(), LAND_TO_DEPARTMENT), OFFICE)
SPLIT_C = Split(OLD_C, (to(NEW_B, new_places=frozenset({"90004"})),), NEW_A)
WHOLE = plan(new(NEW_A), new(NEW_B), Merge((OLD_A, OLD_B), NEW_A), SPLIT_C, ABOLISHED)


def found(facts: DossierFacts, *operations: Operation) -> Heir | Gap:
    chosen = plan(*operations) if operations else WHOLE
    assert faults(chosen, Known(BEFORE)) == ()
    return heir(facts, chosen, BEFORE)


def body(answer: Heir | Gap) -> str:
    assert isinstance(answer, Heir), answer
    return answer.body


def test_a_body_that_no_operation_names_keeps_its_dossiers() -> None:
    assert found(DossierFacts(LAND)) == Heir(LAND)


def test_merged_bodies_leave_everything_to_the_one_that_carries_on() -> None:
    answer = found(DossierFacts(OLD_A, procedure="1.000001", place="90001"))

    assert body(answer) == NEW_A
    assert isinstance(answer, Heir)
    assert answer.rule == "3:merged"


def test_an_abolished_district_leaves_communal_work_to_the_commune_of_the_place() -> None:
    communal = frozenset({Level.COMMUNE})

    answer = found(DossierFacts(DISTRICT, field="Hộ tịch", place="90002", levels=communal))

    assert body(answer) == NEW_A
    assert isinstance(answer, Heir)
    assert [step.ground for step in answer.way] == [HeirGround.OF_PLACE, HeirGround.MERGED]


def test_an_old_number_that_now_means_another_commune_is_read_in_its_own_order() -> None:
    communal = frozenset({Level.COMMUNE})

    # 90002 was Old B before the day and is New A since
    before = found(DossierFacts(DISTRICT, place="90003", levels=communal))
    since = found(DossierFacts(DISTRICT, place="90003", new_place="90004", levels=communal))

    assert (body(before), body(since)) == (NEW_A, NEW_B)


def test_an_abolished_district_leaves_a_field_to_the_department() -> None:
    assert body(found(DossierFacts(DISTRICT, field="Đất đai", place="90001"))) == LAND


def test_a_level_that_ended_with_the_districts_decides_nothing() -> None:
    both = frozenset({Level.DISTRICT, Level.PROVINCE})
    provincial = to(LAND, level=Level.PROVINCE)
    ends = Abolish(DISTRICT, (of_place(), provincial), OFFICE)
    others = WHOLE.operations[:-1]

    ended = found(DossierFacts(DISTRICT, field="Lạ", levels=both), *others, ends)
    partly = Abolish(OLD_A, (of_place(), provincial), OFFICE)
    goes_on = found(DossierFacts(OLD_A, field="Lạ", levels=both), partly)

    assert body(ended) == LAND
    assert isinstance(ended, Heir)
    assert not ended.is_fallback
    assert body(goes_on) == OFFICE  # while a district stands, it is the nearest level


def test_what_no_share_takes_goes_by_the_fallback_and_is_told_apart() -> None:
    answer = found(DossierFacts(DISTRICT, field="Lạ"))

    assert isinstance(answer, Heir)
    assert (answer.body, answer.is_fallback, answer.rule) == (OFFICE, True, "5:fallback")


def test_a_place_that_does_not_decide_goes_by_the_fallback() -> None:
    answer = found(DossierFacts(DISTRICT, place="", levels=frozenset({Level.COMMUNE})))

    assert isinstance(answer, Heir)
    assert answer.is_fallback


def test_a_split_commune_is_divided_by_the_new_commune_of_the_dossier() -> None:
    decided = found(DossierFacts(OLD_C, place="90003", new_place="90004"))
    undecided = found(DossierFacts(OLD_C, place="90003"))

    assert (body(decided), body(undecided)) == (NEW_B, NEW_A)
    assert isinstance(undecided, Heir)
    assert undecided.is_fallback


@pytest.mark.parametrize(
    ("facts", "heir_is"),
    [
        (DossierFacts(OLD_C, procedure="1.000001", field="Hộ tịch"), LAND),  # named most closely
        (DossierFacts(OLD_C, procedure="1.000002", field="Hộ tịch"), NEW_B),
        (DossierFacts(OLD_C, received_at=moment("2025-05-31 23:59")), HEALTH),
        (DossierFacts(OLD_C, received_at=moment("2025-06-01 00:00")), NEW_A),
        (DossierFacts(OLD_C, status=Status.WAITING_SUPPLEMENT), OFFICE),
        (DossierFacts(OLD_C), NEW_A),
    ],
)
def test_a_split_is_by_procedure_field_day_and_status(facts: DossierFacts, heir_is: str) -> None:
    shares = (
        to(LAND, procedures=frozenset({"1.000001"})),
        to(NEW_B, fields=frozenset({"Hộ tịch"})),
        to(HEALTH, received_before=date(2025, 6, 1)),
        to(OFFICE, statuses=frozenset({Status.WAITING_SUPPLEMENT})),
    )
    rest = (Merge((OLD_A, OLD_B), NEW_A), Reparent(OLD_C, PROVINCE))

    answer = found(facts, new(NEW_A), new(NEW_B), Split(OLD_C, shares, NEW_A), rest[0], ABOLISHED)

    assert body(answer) == heir_is


def test_a_function_moves_while_its_body_stays() -> None:
    moved = MoveFunction(HEALTH, (to(LAND, procedures=frozenset({"1.000003"})),))

    assert body(found(DossierFacts(HEALTH, procedure="1.000003"), moved)) == LAND
    assert found(DossierFacts(HEALTH, procedure="1.000004"), moved) == Heir(HEALTH)


def test_a_body_that_is_its_own_heir_goes_on_with_its_share() -> None:
    divided = Split(HEALTH, (to(LAND, fields=frozenset({"Dược"})),), HEALTH)

    own = found(DossierFacts(HEALTH, field="Y tế"), divided)

    assert body(found(DossierFacts(HEALTH, field="Dược"), divided)) == LAND
    assert isinstance(own, Heir)
    assert (own.body, own.moves, own.is_fallback) == (HEALTH, False, True)
    assert HEALTH in apply(plan(divided), BEFORE).standing(DAY)


def test_a_new_code_is_the_last_step() -> None:
    recode = Recode(HEALTH, "H99.112")
    merged = Merge((OLD_A,), HEALTH)

    answer = found(DossierFacts(OLD_A), recode, merged)

    assert isinstance(answer, Heir)
    assert (answer.body, answer.rule) == ("H99.112", "2:merged > 1:recoded")


def test_without_a_fallback_what_no_share_takes_is_a_gap() -> None:
    no_fallback = plan(Abolish(DISTRICT, (LAND_TO_DEPARTMENT,), ""))

    answer = heir(DossierFacts(DISTRICT, procedure="1.5", place="90001"), no_fallback, BEFORE)

    assert answer == Gap(GapKind.NO_HEIR, DISTRICT, "1.5", "90001", operation=1)


def test_two_bodies_named_equally_closely_are_a_gap() -> None:
    shares = (
        to(LAND, fields=frozenset({"Đất đai", "Môi trường"})),
        to(HEALTH, fields=frozenset({"Môi trường"})),
    )
    two = plan(Abolish(DISTRICT, shares, OFFICE))

    answer = heir(DossierFacts(DISTRICT, field="Môi trường"), two, BEFORE)

    assert isinstance(answer, Gap)
    assert (answer.kind, answer.candidates) == (GapKind.TWO_HEIRS, (LAND, HEALTH))


def test_a_heir_that_does_not_stand_is_a_gap() -> None:
    nowhere = plan(Merge((OLD_A,), "H99.999"))

    answer = heir(DossierFacts(OLD_A), nowhere, BEFORE)

    assert isinstance(answer, Gap)
    assert answer.kind is GapKind.HEIR_DOES_NOT_STAND


def test_an_operation_that_is_undone_leaves_the_others_and_their_numbers() -> None:
    answer = heir(DossierFacts(OLD_C), without(WHOLE, [4]), BEFORE)

    assert answer == Heir(OLD_C)
    assert without(WHOLE, [4]).seal == WHOLE.seal


def test_an_operation_that_stays_keeps_those_that_make_its_heirs() -> None:
    assert needed_by(WHOLE, [3]) == {1, 3}
    assert needed_by(WHOLE, [2]) == {2}
    assert needed_by(WHOLE, []) == frozenset()
