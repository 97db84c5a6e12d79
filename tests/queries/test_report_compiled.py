"""A report is made of any window, of any body, and every figure opens into its dossiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from tests import cast, life, reports, rows, switches
from thongsuot.actions.reporting import catch_up
from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.reporting.definitions import NoSuchReport
from thongsuot.domain.reporting.forms import NoSuchCell, Row
from thongsuot.domain.reporting.windows import NoSuchPeriod
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.paper.report_sheet import report_sheet
from thongsuot.queries.directory import office_names as names
from thongsuot.queries.reporting.compiled import (
    CellNotCounted,
    Compiled,
    compiled,
    dossiers,
    question,
)
from thongsuot.queries.reporting.sheets import sheet
from thongsuot.queries.reporting.tallies import Hierarchy
from thongsuot.records.cutover import ReceptionSystemRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.records.spans import to_range

pytestmark = [pytest.mark.django_db]

DISTRICT = "H99.21"
LATER = cast.moment("2026-02-01 08:00")


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()


def made(
    key: str,
    period: str,
    *,
    unit: str = "",
    hierarchy: Hierarchy = Hierarchy.THEN,
    known_at: datetime = LATER,
) -> Compiled:
    catch_up()
    return compiled(question(key, unit=unit, period=period, hierarchy=hierarchy, known_at=known_at))


def row(of: Compiled, key: str) -> Row:
    return next(each for each in of.rows if each.key == key)


def cells(of: Compiled, key: str = "total") -> dict[str, int]:
    return {column: int(value or 0) for column, value in row(of, key).cells.items()}


def test_a_report_nobody_defined_and_a_period_it_does_not_have_are_refused() -> None:
    with pytest.raises(NoSuchReport):
        made("monthly", "2025-Q3")
    with pytest.raises(NoSuchPeriod):
        made("II.06a", "2025-Q7")


def test_a_commune_of_a_district_reports_to_it_on_paper_until_the_district_tier_ends() -> None:
    rows.office(DISTRICT, "UBND huyện Mây", OfficeKind.DISTRICT, Level.DISTRICT)
    OfficeRow.objects.filter(code=cast.BAN_CU).update(parent=DISTRICT)
    known_at = cast.moment("2025-03-20 08:00")

    before = sheet(made("II.06a", "2025-Q1", unit=cast.BAN_CU, known_at=known_at))
    after = sheet(made("II.06a", "2025-Q3", unit=cast.BAN_MAY))
    of_the_province = sheet(made("II.06a", "2025-Q3"))

    assert before.receiver == "UBND huyện Mây"
    assert after.receiver == names([cast.PROVINCE])[cast.PROVINCE]
    assert of_the_province.receiver == "Văn phòng Chính phủ"


def test_the_third_quarter_counts_what_came_and_what_was_resolved_by_field() -> None:
    life.received()
    life.issued(life.received())

    quarter = made("II.06a", "2025-Q3", unit=cast.BAN_MAY)

    assert cells(quarter) == {
        "3": 2, "4": 0, "5": 2, "6": 0, "7": 1, "8": 1, "9": 0, "10": 0, "11": 1, "12": 1, "13": 0,
    }  # fmt: skip
    assert quarter.broken == ()
    assert quarter.rows[0].key == "commune"
    assert quarter.unit_name == "UBND xã Bản Mây"


def test_the_next_quarter_takes_over_what_this_one_left_open() -> None:
    life.received()
    life.received(at=cast.moment("2025-09-12 09:00"))

    third, fourth = made("II.06c", "2025-Q3"), made("II.06c", "2025-Q4")

    assert cells(third)["11"] == cells(fourth)["6"] == 2


def test_the_next_report_is_the_same_however_the_dossiers_went_on() -> None:
    dossier = life.received()
    before = made("II.06c", "2025-Q3")
    late = cast.moment("2025-09-20 09:00")
    life.do(dossier, Act.FORWARD, cast.HOA, late)
    life.do(dossier, Act.ASSIGN, cast.PAO, late + timedelta(hours=1), official=cast.TAM.account)

    assert made("II.06c", "2025-Q3").rows == before.rows


def test_a_week_shows_what_fell_between_it_and_the_week_before() -> None:
    life.received(at=cast.moment("2025-12-19 16:00"))  # a Friday, after three
    life.received(at=cast.moment("2025-12-22 08:00"))

    before = made("weekly", "2025-W51")
    week = made("weekly", "2025-W52")

    assert cells(before)["11"] == 0
    assert cells(week)["5"] == 1
    assert cells(week)["6"] == 1
    assert week.between is not None
    assert week.between.cells["5"] == Fraction(1)
    between = {column: int(value or 0) for column, value in week.between.cells.items()}
    assert cells(before)["11"] + between["4"] + between["5"] - between["7"] == cells(week)["6"]


def test_every_body_that_must_report_has_a_row_even_with_nothing_to_tell() -> None:
    week = made("weekly", "2025-W52")

    keys = [each.key for each in week.rows]
    assert keys == [
        "province",
        f"province/{cast.DEPARTMENT}",
        f"province/{cast.CONSTRUCTION}",
        "commune",
        f"commune/{cast.BAN_MAY}",
        f"commune/{cast.NAM_SUONG}",
        "total",
    ]


def test_by_the_bodies_of_then_or_of_now_the_sum_is_the_same() -> None:
    life.received()
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    switches.switched()

    then = made("II.06c", "2025-Q3", known_at=switches.LATER + timedelta(days=1))
    now = made(
        "II.06c", "2025-Q3", hierarchy=Hierarchy.NOW, known_at=switches.LATER + timedelta(days=1)
    )

    assert cells(then) == cells(now)
    assert cells(now, f"commune/{switches.NEW}")["3"] == 2


def test_a_cell_opens_into_its_dossiers_and_a_sum_into_those_of_its_parts() -> None:
    open_ones = {life.received().code, life.received().code}
    over = life.issued(life.received()).code
    quarter = made("II.06c", "2025-Q3")
    of = quarter.question

    def codes(column: str, key: str = "total") -> set[str]:
        return {one.code for one in dossiers(of, row=key, column=column)}

    assert codes("12") == open_ones
    assert codes("11", f"commune/{cast.BAN_MAY}") == open_ones
    assert codes("7") == {over}
    assert codes("3", "commune") == open_ones | {over}
    assert codes("3", "province") == set()
    assert codes("3", f"commune/{cast.NAM_SUONG}") == set()
    for each in quarter.rows:
        for column in each.cells:
            counted = len(dossiers(of, row=each.key, column=column))
            assert counted == each.cells[column], (each.key, column)


def test_a_cell_that_is_not_there_or_is_filled_in_by_hand_opens_into_nothing() -> None:
    of = made("II.06c", "2025-Q3").question

    with pytest.raises(NoSuchCell):
        dossiers(of, row="x", column="3")
    with pytest.raises(NoSuchCell):
        dossiers(of, row="total", column="99")
    with pytest.raises(CellNotCounted):
        dossiers(made("II.07b", "2025-Q3").question, row="total", column="4")


def test_bodies_that_report_by_document_have_their_own_half_year_in_the_same_report() -> None:
    rows.office("H35.016", "Công an tỉnh", OfficeKind.VERTICAL, Level.PROVINCE)

    quarter = made("II.06c", "2025-Q2", known_at=cast.moment("2025-06-16 08:00"))

    assert {part.reporters: part.window.start for part in quarter.parts} == {
        "": cast.moment("2025-03-15 00:00"),
        "by_document": cast.moment("2024-12-15 00:00"),
    }


def test_what_a_ministry_holds_is_told_apart_by_system_and_not_added() -> None:
    life.received(at=cast.moment("2025-12-29 08:00"))
    heard_at = cast.moment("2026-01-02 12:00")
    for number, (received, ended) in enumerate(
        (
            ("2025-12-30 08:00", None),
            ("2025-12-30 09:00", "2025-12-31 09:00"),
            ("2025-12-31 08:00", "2026-01-20 08:00"),
        )
    ):
        RemoteDossierRow.objects.create(
            partner="bo-thu",
            code=f"G01-{number}",
            procedure="1.000101",
            status="9" if ended else "4",
            channel="online",
            received_at=cast.moment(received),
            due_at=cast.moment("2026-01-15 17:00"),
            ended_at=cast.moment(ended) if ended else None,
            is_over=ended is not None,
            said_at=heard_at,
            heard_at=heard_at,
        )

    week = made("weekly_by_system", "2026-W01")

    told = cells(week, "elsewhere/bo-thu")
    assert cells(week)["3"] == 1
    assert (told["3"], told["4"], told["8"], told["12"]) == (3, 3, 1, 2)
    assert week.broken == ()
    with pytest.raises(NoSuchCell):
        dossiers(week.question, row="elsewhere/bo-thu", column="3")
    assert "elsewhere" not in {each.key for each in made("weekly", "2026-W01").rows}


def test_the_same_report_gives_the_same_bytes() -> None:
    life.received()
    first = report_sheet(sheet(made("weekly", "2025-W52")))
    again = report_sheet(sheet(made("weekly", "2025-W52")))

    assert first == again
    assert first[:2] == b"PK"


def test_the_use_of_each_ministrys_system_has_a_row_to_fill_in_for_the_province_and_for_a_body() -> (
    None
):
    ReceptionSystemRow.objects.create(
        code="bxd",
        name="Hệ thống của Bộ Xây dựng",
        body="Bộ Xây dựng",
        protocol="https",
        state="live",
        partner="bo-xay-dung",
        valid=to_range(Span(date(2026, 1, 1), None)),
        source="bịa để thử",
    )
    key = "elsewhere/bo-xay-dung"
    asked = question(
        "use_of_ministry_systems",
        unit=cast.BAN_MAY,
        known_at=cast.moment("2026-01-04 11:00"),
        period="dung-he-thong-bo-2026-01",
    )

    whole = compiled(replace(asked, unit=""), filled={(key, "people"): Fraction(4)})
    body = compiled(asked, filled={(key, "difficulties"): Fraction(2)})

    assert cells(whole, key) | {"people": 4, "received": 0} == cells(whole, key)
    assert dict(row(body, key).cells) == {
        "received": None,
        "resolved": None,
        "open": None,
        "people": None,
        "difficulties": 2,
    }
