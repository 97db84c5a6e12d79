"""What a ministry set up is compared with the decision, and readiness is computed from evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import cast
from thongsuot.domain.cutover import ReceptionSystem, SystemState
from thongsuot.domain.cutover.set_up import (
    Check,
    DifferenceKind,
    Evidence,
    Person,
    ProcedureSetUp,
    SetUp,
    StepSetUp,
    checks,
    differences,
)

TAKE = StepSetUp("Tiếp nhận", "counter", "2 giờ làm việc", ("hoa",))
WORK = StepSetUp("Thụ lý", "handler", "2 ngày làm việc", ("tam", "lan"))
ONE = ProcedureSetUp("1.000101", "Một", ("5 ngày làm việc",), "chung@1", "QĐ 3", (TAKE, WORK))
DECIDED = SetUp("Hộ tịch", cast.BAN_MAY, (ONE,), (Person("hoa", "Hoa", ("Một cửa",)),))
SYSTEM = ReceptionSystem(
    "bo-x", "Bộ X", "Bộ X", "", "thử", SystemState.LIVE, "", None, "", "", "bo-x", "bịa"
)
READY = Evidence(
    decision="CV 12",
    system=SYSTEM,
    is_connected=True,
    is_approved=True,
    is_staffed=True,
    exported="a",
    current="a",
    read_back_at=cast.MONDAY,
    differences=0,
    tested_at=cast.MONDAY,
)


def there(**other: Any) -> SetUp:
    return replace(DECIDED, procedures=(replace(ONE, **other),))


def kinds(told: SetUp) -> list[DifferenceKind]:
    return [one.kind for one in differences(DECIDED, told)]


def test_the_same_set_up_differs_in_nothing_whatever_the_spacing_and_order_of_people() -> None:
    spaced = replace(WORK, name=" thụ  LÝ ", people=("lan", "tam"))

    assert kinds(DECIDED) == []
    assert kinds(there(steps=(TAKE, spaced))) == []


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (replace(DECIDED, procedures=()), DifferenceKind.PROCEDURE_MISSING),
        (
            replace(DECIDED, procedures=(ONE, replace(ONE, code="9.9"))),
            DifferenceKind.PROCEDURE_UNKNOWN,
        ),
        (there(terms=("7 ngày làm việc",)), DifferenceKind.TERM),
        (there(steps=(TAKE,)), DifferenceKind.STEP_MISSING),
        (there(steps=(TAKE, WORK, replace(WORK, name="Thêm"))), DifferenceKind.STEP_UNKNOWN),
        (there(steps=(WORK, TAKE)), DifferenceKind.STEP_ORDER),
        (there(steps=(TAKE, replace(WORK, term="9 giờ"))), DifferenceKind.STEP_TERM),
        (there(steps=(TAKE, replace(WORK, people=("tam",)))), DifferenceKind.PEOPLE),
        (replace(DECIDED, people=()), DifferenceKind.ACCOUNT_MISSING),
        (
            replace(DECIDED, people=(*DECIDED.people, Person("la", "Lạ", ()))),
            DifferenceKind.ACCOUNT_UNKNOWN,
        ),
    ],
)
def test_each_way_of_being_set_up_otherwise_is_found_once(
    told: SetUp, kind: DifferenceKind
) -> None:
    assert kinds(told) == [kind]


def test_all_evidence_together_is_ready() -> None:
    assert all(ok for _, ok in checks(READY, on=date(2026, 1, 1)))
    assert [check for check, _ in checks(READY, on=date(2026, 1, 1))] == list(Check)


@pytest.mark.parametrize(
    ("lacking", "check"),
    [
        ({"decision": ""}, Check.DECIDED),
        ({"system": None}, Check.SYSTEM),
        ({"system": replace(SYSTEM, state=SystemState.TESTING)}, Check.SYSTEM),
        ({"system": replace(SYSTEM, certificate_until=date(2026, 1, 1))}, Check.SYSTEM),
        ({"is_connected": False}, Check.CONNECTED),
        ({"is_approved": False}, Check.APPROVED),
        ({"is_staffed": False}, Check.STAFFED),
        ({"read_back_at": None}, Check.READ_BACK),
        ({"differences": 1}, Check.READ_BACK),
        ({"tested_at": None}, Check.TESTED),
    ],
)
def test_what_lacks_keeps_a_body_from_green(lacking: dict[str, Any], check: Check) -> None:
    found = checks(replace(READY, **lacking), on=date(2026, 1, 1))

    assert [one for one, ok in found if not ok] == [check]


def test_a_change_after_the_export_makes_it_and_its_comparison_stale() -> None:
    found = dict(checks(replace(READY, current="b"), on=date(2026, 1, 1)))

    assert not found[Check.EXPORTED]
    assert not found[Check.READ_BACK]


def test_the_digest_changes_with_any_of_its_content() -> None:
    assert DECIDED.digest == replace(DECIDED).digest
    assert DECIDED.digest != there(terms=()).digest
    assert not there(decision="").is_approved
    assert not there(steps=(replace(TAKE, people=()),)).is_staffed
