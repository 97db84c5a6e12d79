"""What is declared of a month reaches the portal once, and is held against what was synchronised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests import cast, life, reports, rows
from tests.exchange.contract.cases import FACADE, PORTAL
from tests.exchange.partners import Partners, simulated
from thongsuot.actions.reporting import catch_up, declaring
from thongsuot.domain.reporting.totals import MonthTotals
from thongsuot.domain.workflow import Act
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.queries.reporting.months import month_totals
from thongsuot.records.errands import ErrandRow

SEPTEMBER, OCTOBER = date(2025, 9, 30), date(2025, 10, 31)
LATER = cast.moment("2025-11-03 02:22")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def province(partners: Partners) -> Iterator[None]:
    rows.province()
    reports.known()
    partners.forget(PORTAL.partner)
    yield
    partners.well()


def a_month() -> MonthTotals:
    """One resolved in time, one still open and late; none in October."""
    life.handed_over(life.received())
    life.received()
    catch_up()
    return month_totals(SEPTEMBER, known_at=LATER)


def send(partners: Partners, days: int = 0) -> None:
    speaks = connector(PORTAL.connection(partners.address(PORTAL.partner)))
    send_due(PORTAL.partner, speaks, at=LATER + timedelta(days=days))


def test_months_tile_time_and_what_one_leaves_open_the_next_takes_over() -> None:
    september = a_month()
    october = month_totals(OCTOBER, known_at=LATER)

    assert september == MonthTotals(date(2025, 9, 1), 2, 0, 1, 0, 0, 1)
    assert (october.received, october.left_over) == (0, september.still_open)
    assert month_totals(date(2025, 12, 5), known_at=LATER).month == date(2025, 12, 1)


def test_the_figures_of_a_month_reach_the_portal_once(partners: Partners) -> None:
    totals = a_month()

    assert declaring.declare(totals, at=LATER)
    assert declaring.is_declared(SEPTEMBER)
    assert not declaring.declare(totals, at=LATER + timedelta(days=1))
    send(partners)

    (told,) = partners.book(PORTAL.partner, "totals").values()
    (value,) = (one["value"] for one in told)
    assert (value["Thang"], value["Nam"], value["Madonvi"]) == ("9", "2025", "000.00.00.H99")
    assert (value["SoNhanTrongKy"], value["TongDaXuLy"], value["TongChuaXuLyTreHan"]) == (
        *("2", "1"),
        "1",
    )
    assert value["PhanTramXuLyDungHan"] == "100.00%"
    assert ErrandRow.objects.get(kind="statistics").sent_at is not None


def test_what_is_declared_and_was_not_synchronised_is_a_difference() -> None:
    declaring.declare(a_month(), at=LATER)

    (line,) = queries.totals()
    assert (line.name, line.ours, line.theirs, line.differs) == ("declared", 2, 0, True)
    assert line.day == SEPTEMBER


def test_a_lost_answer_leads_to_the_same_figures_again_and_to_no_second_month(
    partners: Partners,
) -> None:
    declaring.declare(a_month(), at=LATER)
    partners.fail(PORTAL.partner, "times_out_after", seconds=0.4, count=1)

    send(partners)
    send(partners, days=1)

    assert ErrandRow.objects.get(kind="statistics").sent_at is not None
    assert len(partners.book(PORTAL.partner, "totals")) == 1


def test_a_bus_that_has_no_such_service_leaves_it_to_people(partners: Partners) -> None:
    declaring.declare(a_month(), at=LATER)
    facade = connector(FACADE.connection(partners.address(FACADE.partner)))

    send_due(PORTAL.partner, facade, at=LATER)

    row = ErrandRow.objects.get(kind="statistics")
    assert row.set_aside_at is not None
    assert "DongBoThongKeHoSo" in row.last_error


def test_what_the_applicant_takes_back_is_resolved_in_its_month() -> None:
    life.do(life.received(), Act.STOP, cast.HOA, reason="Xin rút")
    catch_up()

    totals = month_totals(SEPTEMBER, known_at=LATER)

    assert (totals.received, totals.resolved, totals.still_open) == (1, 1, 0)
