"""Reports asked from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast, life, reports
from tests.cli.terminal import ask
from thongsuot.actions import reporting as actions
from thongsuot.records.access import RoleRow
from thongsuot.records.reports import FrozenReportRow

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


def test_who_has_reported_is_told() -> None:
    sent_at = cast.moment("2025-09-15 08:00")
    RoleRow.objects.filter(code="office").update(rights=["reports"])
    reports.sent(cast.BAN_MAY, by=cast.NHUNG, at=sent_at, period="2025-Q3")

    told = ask("report", "status", "quarterly", "--period", "2025-Q3", "--json").json

    states = {unit["unit"]: unit["state"] for unit in told["units"]}
    assert (told["expected"], told["sent"]) == (4, 1)
    assert states[cast.BAN_MAY] == "submitted"
    assert states[cast.NAM_SUONG] == "open"


def test_frozen_reports_are_verified_and_one_that_was_changed_ends_with_one() -> None:
    RoleRow.objects.filter(code="office").update(rights=["reports"])
    life.received()
    sent_at = cast.moment("2025-09-15 08:00")
    reports.sent(cast.BAN_MAY, by=cast.NHUNG, at=sent_at, period="2025-Q3")
    life.received(at=cast.moment("2025-09-16 08:00"))

    assert "nguyên vẹn" in ask("report", "verify").out
    row = FrozenReportRow.objects.get()
    twin = {"report": row.report, "version": 2, "known_at": row.known_at, "files": row.files}
    told = row.content.replace('"cells":["1"', '"cells":["7"')
    FrozenReportRow.objects.create(content=told, sha256=row.sha256, by="x", **twin)

    said = ask("report", "verify", "--json")
    (whole, changed) = said.json

    assert said.code == 1
    assert whole["wrong"] == []
    assert {check for check, _ in changed["wrong"]} == {"hash", "identities", "figures"}


def test_a_frozen_week_is_verified_with_what_was_carried_into_it() -> None:
    RoleRow.objects.filter(code="office").update(rights=["reports"])
    life.received(at=cast.moment("2025-12-19 16:00"))
    at = cast.moment("2025-12-26 16:00")
    week = reports.of("", key="weekly", period="2025-W52")
    actions.check(report=week, broken=(), by=cast.NHUNG, at=at)
    actions.submit(report=week, contents=reports.contents(week, at=at), by=cast.NHUNG, at=at)
    actions.accept(report=week, by=cast.NHUNG, at=at)

    assert ask("report", "verify", "--json").json[0]["wrong"] == []


def test_what_is_defined_is_listed() -> None:
    assert "weekly" in ask("report", "list").out


def test_a_period_of_which_nothing_is_known_says_that_its_noughts_are_no_figures() -> None:
    life.received(at=cast.moment("2025-12-29 08:00"))
    before = ("report", "compile", "II.06a", "--period", "2024-Q3")

    assert "chưa có hồ sơ nào của kỳ này" in ask(*before, "--at", "2026-01-02T16:00").out
    assert ask(*before, "--json", "--at", "2026-01-02T16:00").json["is_without_data"] is True


def test_a_week_is_written_as_a_print_its_words_and_a_table(tmp_path: Path) -> None:
    life.received(at=cast.moment("2025-12-29 08:00"))
    week = ("report", "compile", "weekly", "--ending", "2026-01-02T15:00")
    paths = {kind: tmp_path / f"tuan.{kind}" for kind in ("pdf", "docx", "csv")}
    flags = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]

    ask(*week, *flags, "--at", "2026-01-02T16:00")
    first = {kind: path.read_bytes() for kind, path in paths.items()}
    ask(*week, *flags, "--at", "2026-01-02T16:00")

    assert first == {kind: path.read_bytes() for kind, path in paths.items()}
    assert first["pdf"][:4] == b"%PDF"
    assert first["docx"][:2] == b"PK"
