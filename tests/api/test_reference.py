"""Procedures and the clock of the law, asked by machines."""

from __future__ import annotations

import pytest

from tests import rows
from tests.api.machines import Machine
from tests.cli.terminal import ask


@pytest.mark.parametrize("code", ["1.000101", "1.000101.H99", "1.000101.000.00.00.H99"])
def test_a_procedure_is_told_as_it_is_on_a_day(hoa: Machine, code: str) -> None:
    answer = hoa.get(f"/catalogue/procedures/{code}", on="2025-08-01")

    assert answer.json["code"] == "1.000101"
    assert answer.json["terms"][0]["term"] == "5 ngày làm việc"


@pytest.mark.parametrize(
    ("code", "query", "status", "refusal"),
    [
        ("x", {}, 422, "procedure_code_malformed"),
        ("%00", {}, 422, "field_needed"),
        ("9.999999", {}, 404, "no_such_procedure"),
        (rows.REPEALED, {"on": "2025-08-01"}, 422, "procedure_repealed"),
        (rows.FUTURE, {"on": "2025-08-01"}, 422, "procedure_not_yet_in_force"),
        (rows.FIVE_DAYS, {"on": "01/08/2025"}, 422, "bad_field"),
        (rows.FIVE_DAYS, {"day": "2025-08-01"}, 422, "field_unknown"),
    ],
)
def test_a_procedure_that_is_not_there_is_a_problem(
    hoa: Machine, code: str, query: dict[str, str], status: int, refusal: str
) -> None:
    answer = hoa.get(f"/catalogue/procedures/{code}", **query)

    assert answer.status == status
    assert answer.refusal in {refusal, "bad_field"}


def test_a_due_moment_is_told_as_on_the_command_line(hoa: Machine) -> None:
    asked = {"term": "3 ngày làm việc", "received": "2025-09-08T15:30"}
    pauses = ["2025-09-09T08:00/2025-09-09T10:00", "2025-09-10T08:00/2025-09-10T09:00"]

    by_api = hoa.get("/calendar/due", **asked, pause=pauses, after_15h="true")
    by_cli = ask(
        *["calendar", "due", "--term", asked["term"], "--received", asked["received"]],
        *["--pause", pauses[0], "--pause", pauses[1], "--after-15h", "--json"],
    )

    assert by_api.json == by_cli.json


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "term_or_procedure"),
        ({"term": "3 ngày"}, "field_needed"),
        ({"term": "3 ngày", "received": "x"}, "bad_field"),
        ({"term": "3 ngày", "received": "2025-09-08T15:30", "pause": "x"}, "bad_field"),
        ({"term": "3 ngày", "received": "2025-09-08T15:30", "after_15h": "x"}, "bad_field"),
        ({"term": "3 ngày", "received": "2025-09-08T15:30", "x": "y"}, "field_unknown"),
    ],
)
def test_a_wrong_question_about_the_clock_is_a_problem(
    hoa: Machine, query: dict[str, str], code: str
) -> None:
    answer = hoa.get("/calendar/due", **query)

    assert (answer.status, answer.refusal) == (422, code)
