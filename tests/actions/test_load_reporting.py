"""The reports that ship are those of the letters, and a wrong file is told line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load.reporting import FOLDER, Stated, read
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.forms import ReportForm
from thongsuot.domain.reporting.obligations import Tier, duty_on
from thongsuot.domain.reporting.windows import Window, ending, named
from thongsuot.words.refusals import sentence

SHIPPED = sorted((env.ROOT / "data" / FOLDER).rglob("*.toml"))


def stated(path: Path) -> Stated:
    found, faults = read(path.read_text())
    assert [sentence(fault) for fault in faults] == []
    assert found is not None
    return found


def report(key: str) -> ReportDefinition:
    found = stated(env.ROOT / "data" / FOLDER / f"{key}.toml")
    assert isinstance(found, ReportDefinition)
    return found


def deadline(window: Window, reporters: str, on: date, definition: ReportDefinition) -> object:
    duty = duty_on(definition.duties, series="quarter", reporters=reporters, window=window, on=on)
    return duty.to, duty.deadline(window)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_file_that_ships_is_sound(path: Path) -> None:
    assert stated(path) is not None


def test_every_form_that_a_report_names_ships() -> None:
    forms = {found.key for found in map(stated, SHIPPED) if isinstance(found, ReportForm)}
    definitions = [found for found in map(stated, SHIPPED) if isinstance(found, ReportDefinition)]

    assert {key for definition in definitions for key in definition.forms} <= forms


def test_the_second_quarter_of_2025_has_two_windows_and_the_deadlines_of_the_letter() -> None:
    quarterly = report("quarterly")
    most = named(quarterly.windows, "2025-Q2", series="quarter", reporters="commune")
    police = named(quarterly.windows, "2025-Q2", series="quarter", reporters="by_document")
    june = date(2025, 6, 15)

    assert (most.start, most.last_day) == (cast.moment("2025-03-15 00:00"), date(2025, 6, 14))
    assert (police.start, police.last_day) == (cast.moment("2024-12-15 00:00"), date(2025, 6, 14))
    assert deadline(most, "commune", june, quarterly) == (
        Tier.DISTRICT,
        cast.moment("2025-06-16 00:00"),
    )
    for reporters in ("district", "department", "by_document"):
        window = police if reporters == "by_document" else most
        assert deadline(window, reporters, june, quarterly) == (
            Tier.PROVINCE,
            cast.moment("2025-06-17 00:00"),
        )


def test_in_the_quarter_that_runs_through_july_communes_go_straight_to_the_province() -> None:
    quarterly = report("quarterly")
    third = named(quarterly.windows, "2025-Q3", series="quarter", reporters="commune")

    assert deadline(third, "commune", date(2025, 6, 30), quarterly) == (Tier.DISTRICT, None)
    assert deadline(third, "commune", date(2025, 9, 15), quarterly) == (Tier.PROVINCE, None)


def test_the_week_that_ends_on_the_second_of_january_is_due_at_five() -> None:
    weekly = report("weekly")
    at = cast.moment("2026-01-02 15:00")
    week = ending(weekly.windows, at, series="week", reporters="commune")
    duty = duty_on(
        weekly.duties, series="week", reporters="commune", window=week, on=date(2026, 1, 2)
    )

    assert week.start == cast.moment("2025-12-29 00:00")
    assert duty.deadline(week) == cast.moment("2026-01-02 17:00")


def test_the_use_of_the_ministries_systems_is_due_on_a_sunday_at_eleven() -> None:
    once = report("use_of_ministry_systems")
    window = named(once.windows, "dung-he-thong-bo-2026-01", series="once", reporters="commune")

    assert once.duties[0].deadline(window) == cast.moment("2026-01-04 11:00")


def test_the_centre_to_which_the_province_reports_changes_on_a_day() -> None:
    quarterly = report("quarterly")
    before, after = quarterly.receiver(date(2026, 8, 4)), quarterly.receiver(date(2026, 8, 5))

    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Văn phòng Chính phủ", "Bộ Tư pháp")


def a_duty(reporters: str, since: str) -> str:
    """A duty of a report, six lines long."""
    return f"""[[duty]]
series = "s"
reporters = "{reporters}"
to = "province"
valid_from = {since}
source = "thử"
"""


WRONG_DUTIES = f"""kind = "report"
key = "x"
name = "Thử"
source = "thử"
[[reporters]]
key = "commune"
name = "Xã"
levels = ["commune"]
{a_duty("commune", "2025-01-01")}{a_duty("commune", "2025-06-01")}{a_duty("xa", "2025-01-01")}\
[[window]]
series = "s"
period = "W"
opens = "thứ Tám"
closes = "thứ Sáu 15:00"
valid_from = 2025-01-01
source = "thử"
"""

FORM = """kind = "form"
key = "x"
number = "Biểu x"
title = "Thử"
unit = "Hồ sơ"
legal_basis = "thử"
valid_from = 2025-01-01
source = "thử"
rows = "nothing"
[[column]]
key = "1"
title = "Một"
formula = "{one}"
[[column]]
key = "2"
title = "Hai"
formula = "{two}"
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind = ", [("report_file_unreadable", "dòng 1")]),
        ('kind = "thơ"', [("report_file_unreadable", "dòng 1")]),
        (
            WRONG_DUTIES,
            [
                ("edge_malformed", "dòng 27.opens.edge"),
                ("duties_overlap", "dòng 15"),
                ("reporters_unknown", "dòng 21"),
            ],
        ),
        (FORM.format(one="[9]", two="1"), [("formula_refers_to_nothing", "dòng 10.formula")]),
        (FORM.format(one="[2]", two="[1]"), [("formula_cycle", "dòng 10.formula")]),
        (FORM.format(one="1 +", two="1"), [("formula_malformed", "dòng 10.formula.formula")]),
        (FORM.format(one="", two="1"), [("column_has_no_source", "dòng 10.column")]),
    ],
)
def test_each_fault_of_a_file_is_one_sentence_with_its_line(
    text: str, told: list[tuple[str, str]]
) -> None:
    found, faults = read(text)

    assert found is None
    assert [(fault.code, fault.where) for fault in faults] == told
    for fault in faults:
        assert "{" not in sentence(fault)
