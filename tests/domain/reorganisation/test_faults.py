"""A plan that is wrong says what, and on which line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

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
    Abolish,
    Becomes,
    LongerTerm,
    Merge,
    MergeProvinces,
    MoveFunction,
    Plan,
    PlanFaultKind,
    PlanNotSound,
    Recode,
    Rename,
    Reparent,
    Split,
    Stated,
    Subject,
    apply,
    faults,
    require_sound,
)
from thongsuot.domain.reorganisation.faults import Known

KNOWN = Known(
    BEFORE,
    places=frozenset({"90001", "90002", "90003", "90004"}),
    procedures=frozenset({"1.000001"}),
    fields=frozenset({"Đất đai", "Dược"}),
)
OF_LAND = frozenset({"Đất đai"})


def test_a_sound_plan_has_no_faults() -> None:
    assert faults(WHOLE, KNOWN) == ()
    require_sound(WHOLE, KNOWN)


@pytest.mark.parametrize(
    ("wrong", "fault", "line"),
    [
        (plan(), PlanFaultKind.NO_OPERATIONS, 0),
        (replace(WHOLE, basis=(" ",)), PlanFaultKind.NO_BASIS, 0),
        (replace(WHOLE, longer_term=LongerTerm(5, "")), PlanFaultKind.TERM_WITHOUT_BASIS, 0),
        (plan(Rename("H99.999", "Tên", line=7)), PlanFaultKind.BODY_UNKNOWN, 7),
        (plan(Merge((OLD_A,), "H99.999", line=7)), PlanFaultKind.BODY_UNKNOWN, 7),
        (plan(new("H99.101", parent="H99.5", line=7)), PlanFaultKind.BODY_UNKNOWN, 7),
        (plan(new("h99,1", line=7)), PlanFaultKind.CODE_MALFORMED, 7),
        (plan(Recode(OLD_A, "000.00.20.H99", line=7)), PlanFaultKind.CODE_MALFORMED, 7),
        (plan(new(LAND, line=7)), PlanFaultKind.CODE_TAKEN, 7),
        (plan(new(NEW_A, line=3), Recode(OLD_A, NEW_A, line=7)), PlanFaultKind.CODE_TAKEN, 7),
        (plan(Recode(OLD_A, NEW_A, "91111", line=7)), PlanFaultKind.PLACE_UNKNOWN, 7),
        (
            plan(Abolish(HEALTH, (to(LAND, procedures=frozenset({"9.9"}), line=8),), OFFICE)),
            PlanFaultKind.PROCEDURE_UNKNOWN,
            8,
        ),
        (
            plan(Abolish(HEALTH, (to(LAND, fields=frozenset({"Lạ"}), line=8),), OFFICE)),
            PlanFaultKind.FIELD_UNKNOWN,
            8,
        ),
        (
            plan(Merge((OLD_A,), OLD_B, line=3), Merge((OLD_A,), OLD_C, line=7)),
            PlanFaultKind.TWO_ENDS,
            7,
        ),
        (
            plan(Merge((OLD_A,), OLD_B, line=3), Rename(OLD_A, "Tên", line=7)),
            PlanFaultKind.TWO_ENDS,
            7,
        ),
        (plan(Rename(OLD_A, "A"), Rename(OLD_A, "B", line=7)), PlanFaultKind.SAID_TWICE, 7),
        (
            plan(
                Abolish(
                    HEALTH, (to(LAND, fields=OF_LAND), to(OFFICE, fields=OF_LAND, line=9)), OFFICE
                )
            ),
            PlanFaultKind.TWO_HEIRS,
            9,
        ),
        (
            plan(Abolish(HEALTH, (to(LAND, fields=OF_LAND),), "", line=7)),
            PlanFaultKind.NO_FALLBACK,
            7,
        ),
        (plan(MoveFunction(HEALTH, (), line=7)), PlanFaultKind.NO_SHARES, 7),
        (
            plan(
                Abolish(
                    HEALTH,
                    (
                        to(
                            LAND,
                            received_from=date(2025, 6, 1),
                            received_before=date(2025, 5, 1),
                            line=8,
                        ),
                    ),
                    OFFICE,
                )
            ),
            PlanFaultKind.DAYS_DO_NOT_FIT,
            8,
        ),
        (
            plan(Merge((OLD_A,), OLD_B, line=3), Merge((OLD_B,), OLD_A, line=7)),
            PlanFaultKind.CIRCLE_OF_HEIRS,
            3,
        ),
        (
            plan(Reparent(DISTRICT, OLD_A, line=3)),
            PlanFaultKind.CIRCLE_OF_PARENTS,
            0,
        ),
        (plan(Abolish(DISTRICT, (), OFFICE, line=7)), PlanFaultKind.PARENT_ENDS, 7),
        (
            plan(new(NEW_A), replace(new(NEW_B, line=7), place="90002")),
            PlanFaultKind.TWO_IN_ONE_PLACE,
            7,
        ),
        (
            plan(
                Merge((OLD_A,), OLD_B, (Stated(Subject.DOSSIERS, Becomes.CLOSES, line=9),), line=7)
            ),
            PlanFaultKind.NOT_TO_BE_STATED,
            9,
        ),
        (plan(MergeProvinces((PROVINCE,), PROVINCE, line=7)), PlanFaultKind.INTO_ITSELF, 7),
        (plan(Abolish(HEALTH, (to(HEALTH),), OFFICE, line=7)), PlanFaultKind.INTO_ITSELF, 7),
    ],
)
def test_a_wrong_plan_is_told_with_its_line(wrong: Plan, fault: PlanFaultKind, line: int) -> None:
    found = faults(wrong, KNOWN)

    assert (fault, line) in [(one.kind, one.line) for one in found]
    with pytest.raises(PlanNotSound):
        require_sound(wrong, KNOWN)


def test_a_body_that_ended_before_is_not_one_that_never_was() -> None:
    closed = Known(apply(WHOLE, BEFORE))
    later = replace(plan(Merge((OLD_A,), LAND)), effective_on=date(2026, 1, 1))

    assert [one.kind for one in faults(later, closed)] == [PlanFaultKind.BODY_CLOSED]
    assert closed.bodies.standing(DAY)


def test_shares_that_name_apart_or_more_closely_do_not_contradict() -> None:
    shares = (
        to(LAND, fields=OF_LAND),
        to(OFFICE, fields=frozenset({"Dược"})),
        to(HEALTH, procedures=frozenset({"1.000001"})),
        to(HEALTH, fields=OF_LAND, received_before=date(2025, 1, 1)),
    )

    assert faults(plan(Split(HEALTH, shares, OFFICE)), KNOWN) == ()
