"""Who carries on for a body, for a procedure and a place, by plan or by what is known."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast, rows
from tests.cli.terminal import ask
from thongsuot.domain.reorganisation import Abolish, Plan, Share, ToBody, Which
from thongsuot.domain.reorganisation.course import PlanStep
from thongsuot.records import reorganisation as records
from thongsuot.records.directory import OfficeRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_range
from thongsuot.words import plans

pytestmark = pytest.mark.usefixtures("province")
DAY = date(2025, 7, 1)


def heirs(*more: str) -> list[str]:
    return ["directory", "heirs", cast.BAN_CU, "--on", "2025-07-02", *more, "--json"]


def switched(field: str) -> None:
    share = Share(Which(fields=frozenset({field})), ToBody(cast.CONSTRUCTION))
    plan = Plan(
        "mt", "Chia", "99", DAY, ("NQ 1",), (Abolish(cast.BAN_CU, (share,), cast.DEPARTMENT),)
    )
    row = records.draft(plan, plans.write(plan), by="nhung", at=cast.MONDAY)
    for step in (
        PlanStep.REHEARSE, PlanStep.APPROVE, PlanStep.BEGIN_SWITCH, PlanStep.END_SWITCH,
    ):  # fmt: skip
        records.take_step(row, step, by="nhung", at=cast.MONDAY)


def test_without_a_plan_the_place_and_the_assignment_of_work_decide() -> None:
    OfficeRow.objects.filter(code=cast.NAM_SUONG).update(place=cast.PLACE)
    CompetenceRow.objects.create(
        field="Hộ tịch", office=cast.DEPARTMENT, valid=to_range(rows.ALWAYS), source="QĐ 7"
    )

    plain = ask(*heirs()).json
    by_place = ask(*heirs("--place", cast.OLD_PLACE)).json
    by_procedure = ask(*heirs("--procedure", rows.AT_PROVINCE)).json

    assert (plain["heirs"], plain["is_decided"]) == ([cast.BAN_MAY], True)
    assert by_place["heirs"] == [cast.NAM_SUONG]
    assert by_procedure["heirs"] == [cast.DEPARTMENT]
    assert by_procedure["because"][0]["ground"] == "named_for_field"


def test_a_plan_that_was_switched_decides_by_its_shares() -> None:
    switched("Hộ tịch")

    by_share = ask(*heirs("--procedure", rows.AT_PROVINCE)).json
    the_rest = ask(*heirs()).json
    said = ask("directory", "heirs", cast.BAN_CU, "--on", "2025-07-02")

    assert (by_share["heirs"], by_share["plan"]) == ([cast.CONSTRUCTION], "mt")
    assert by_share["because"][0]["ground"] == "share"
    assert the_rest["heirs"] == [cast.DEPARTMENT]
    assert "phần còn lại của" in said.out


def test_before_the_day_a_body_is_its_own_heir() -> None:
    switched("Hộ tịch")

    said = ask("directory", "heirs", cast.BAN_CU, "--on", "2025-06-30", "--json").json

    assert (said["heirs"], said["plan"]) == ([cast.BAN_CU], "")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--procedure", "9.999999"), "no_such_procedure"),
        (("--procedure", "x"), "procedure_code_malformed"),
        (("--place", "99999"), "no_such_place"),
    ],
)
def test_a_wrong_question_about_heirs_is_refused(more: tuple[str, ...], code: str) -> None:
    assert ask(*heirs(*more)).refusal == code
