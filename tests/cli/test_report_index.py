"""The index asked from the command line."""

from __future__ import annotations

import pytest

from tests import cast, life, reports
from tests.cli.terminal import ask

pytestmark = pytest.mark.usefixtures("province")
AT = ("--at", "2025-10-05T08:00")


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--month", "09/2025"], "month_malformed"),
        (["--month", "2026-01"], "month_ahead"),
        (["--month", "2025-09", "--unit", "H99.999"], "no_such_office"),
        (["--month", "2025-09", "--component", "1.1"], "no_such_component"),
    ],
)
def test_a_wrong_question_about_the_index_is_refused(words: list[str], code: str) -> None:
    assert ask("report", "index", *words, *AT, "--json").refusal == code


def test_points_are_told_and_what_is_not_counted_is_null() -> None:
    code = life.received().code
    question = ("report", "index", "--month", "2025-09", "--unit", cast.BAN_MAY)

    told = ask(*question, *AT, "--json").json
    said = ask(*question, *AT).out
    costing = ask(*question, *AT, "--component", "2.1", "--json").json

    by_key = {each["key"]: each for each in told["components"]}
    assert (by_key["2.1"]["points"], by_key["2.1"]["behind"], by_key["2.1"]["of"]) == (0, 1, 1)
    assert by_key["1.1"]["points"] is None
    assert "chưa có số liệu" in said
    assert "Tăng được 20 điểm ở 2.1: 1 hồ sơ." in said
    assert [(line["code"], "hết tháng chưa xong" in line["why"]) for line in costing] == [
        (code, True)
    ]
