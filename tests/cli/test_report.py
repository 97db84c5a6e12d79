"""Reports asked from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast, life, reports
from tests.cli.terminal import ask

pytestmark = pytest.mark.usefixtures("province")


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compile", "monthly", "--period", "2025-Q2"], "no_such_report"),
        (["compile", "weekly"], "period_needed"),
        (["compile", "weekly", "--ending", "2026-01-02T17:00"], "no_such_period"),
        (["compile", "weekly", "--ending", "thứ Sáu"], "bad_field"),
        (["compile", "II.06a", "--period", "2025-Q5"], "no_such_period"),
        (["cell", "II.07b", "--period", "2025-Q2", "--column", "4", "--list"], "cell_not_counted"),
        (["cell", "II.06a", "--period", "2025-Q2", "--column", "44", "--list"], "no_such_cell"),
        (
            ["compile", "weekly", "--ending", "2026-01-02T15:00", "--xlsx", "/dev/null/x"],
            "file_not_writable",
        ),
    ],
)
def test_a_wrong_question_about_reports_is_refused(words: list[str], code: str) -> None:
    assert ask("report", *words, "--json").refusal == code


def test_a_week_is_compiled_told_and_written(tmp_path: Path) -> None:
    life.received(at=cast.moment("2025-12-29 08:00"))
    file = tmp_path / "tuan.xlsx"
    week = ("report", "compile", "weekly", "--ending", "2026-01-02T15:00")

    as_json = ask(*week, "--json", "--at", "2026-01-02T16:00").json
    as_text = ask(*week, "--xlsx", str(file), "--at", "2026-01-02T16:00")

    total = as_json["rows"][-1]
    assert (as_json["period"], total["cells"]["5"], total["cells"]["3"]) == ("2026-W01", 1, 1)
    assert not as_json["is_provisional"]
    assert "Từ 29/12/2025 đến 02/01/2026 15:00" in as_text.out
    assert file.read_bytes()[:2] == b"PK"


def test_a_cell_says_how_it_was_counted_and_lists_its_dossiers() -> None:
    code = life.received().code
    cell = (
        "report",
        "cell",
        "II.06a",
        "--period",
        "2025-Q3",
        "--column",
        "11",
        "--unit",
        cast.BAN_MAY,
    )

    told = ask(*cell, "--list", "--at", "2025-09-15T08:00")
    lines = ask(*cell, "--list", "--json", "--at", "2025-09-15T08:00")

    assert told.out.startswith("1: Cột 12 cộng cột 13.")
    assert code in told.out
    assert lines.json["code"] == code
    assert cast.MY.name not in told.out + lines.out


def test_what_is_defined_is_listed() -> None:
    assert "weekly" in ask("report", "list").out
