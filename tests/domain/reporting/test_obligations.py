"""Who owes which report to whom, by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import builders, cast
from tests.domain.reporting.test_windows import WEEK, rule
from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.reporting.edges import Edge, Shift
from thongsuot.domain.reporting.obligations import (
    NobodyToReportTo,
    ReportDuty,
    ReporterKind,
    Tier,
    Way,
    duty_on,
    overlapping,
    reporter_of,
)
from thongsuot.domain.reporting.windows import ending, named
from thongsuot.domain.spans import Span

UNTIL_JULY = Span(date(2020, 1, 1), date(2025, 7, 1))
SINCE_JULY = Span(date(2025, 7, 1))
Q2 = named([rule("15/3", "hết 14/6", period="Q2")], "2025-Q2", series="s", reporters="commune")
TO_DISTRICT = ReportDuty(
    "s", "commune", Tier.DISTRICT, Way.SYSTEM, UNTIL_JULY, "thử", before=Edge.parse("16/6")
)
TO_PROVINCE = ReportDuty("s", "commune", Tier.PROVINCE, Way.SYSTEM, SINCE_JULY, "thử")


def test_nobody_is_reported_to_where_no_letter_says_so() -> None:
    with pytest.raises(NobodyToReportTo):
        duty_on([TO_DISTRICT], series="s", reporters="commune", window=Q2, on=date(2025, 7, 1))


def test_a_commune_reports_to_its_district_until_the_district_tier_ends_and_to_the_province_after() -> (
    None
):
    duties = [TO_DISTRICT, TO_PROVINCE]

    def to(on: date) -> Tier:
        return duty_on(duties, series="s", reporters="commune", window=Q2, on=on).to

    assert to(date(2025, 6, 30)) is Tier.DISTRICT
    assert to(date(2025, 7, 1)) is Tier.PROVINCE


def test_before_a_day_means_until_the_night_before() -> None:
    assert TO_DISTRICT.deadline(Q2) == cast.moment("2025-06-16 00:00")


def test_a_deadline_that_no_letter_gives_is_none() -> None:
    assert TO_PROVINCE.deadline(Q2) is None


def test_a_friday_at_five_is_due_in_the_week_of_the_window_and_may_move_off_a_day_off() -> None:
    week = ending([WEEK], cast.moment("2026-05-01 15:00"), series="s", reporters="x")
    due = replace(TO_PROVINCE, before=Edge.parse("thứ Sáu 17:00"))

    assert due.deadline(week, builders.CALENDAR) == cast.moment("2026-05-01 17:00")
    earlier = replace(due, shift=Shift.EARLIER)
    later = replace(due, shift=Shift.LATER)
    assert earlier.deadline(week, builders.CALENDAR) == cast.moment("2026-04-29 17:00")
    assert later.deadline(week, builders.CALENDAR) == cast.moment("2026-05-04 17:00")


def test_one_report_may_be_due_on_a_sunday_at_eleven() -> None:
    due = replace(TO_PROVINCE, before=Edge.parse("4/1/2026 11:00"))

    assert due.deadline(Q2) == cast.moment("2026-01-04 11:00")


def test_what_is_ordered_for_one_period_goes_before_what_holds_for_all() -> None:
    always = replace(TO_DISTRICT, before=None)
    this_one = replace(TO_DISTRICT, periods=frozenset({"2025-Q2"}))

    found = duty_on(
        [always, this_one], series="s", reporters="commune", window=Q2, on=date(2025, 6, 15)
    )

    assert found.deadline(Q2) == cast.moment("2025-06-16 00:00")
    assert overlapping([always, this_one]) == ()


def test_duties_that_bind_the_same_reporters_at_the_same_time_are_found() -> None:
    again = replace(TO_PROVINCE, valid=Span(date(2025, 6, 1)))

    assert overlapping([TO_DISTRICT, again]) == ((0, 1),)
    assert overlapping([TO_DISTRICT, TO_PROVINCE]) == ()


def test_a_body_is_the_first_kind_of_reporter_that_means_it() -> None:
    police = Office(
        OfficeCode.parse("H99.016"),
        "Công an tỉnh",
        OfficeKind.VERTICAL,
        Level.PROVINCE,
        None,
        "",
        UNTIL_JULY,
        "thử",
    )
    by_document = ReporterKind("by_document", "Công an", offices=frozenset({"H99.016"}))
    department = ReporterKind("department", "Sở", levels=frozenset({Level.PROVINCE}))
    only_communes = ReporterKind("commune", "Xã", levels=frozenset({Level.COMMUNE}))

    assert reporter_of([by_document, department], police) == "by_document"
    assert reporter_of([only_communes], police) == ""
