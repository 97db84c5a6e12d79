"""Windows are cut by data alone, and tile time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders, cast
from thongsuot.domain.reporting.edges import WEEKDAYS, Edge, EdgeMalformed, Shift
from thongsuot.domain.reporting.windows import (
    NoSuchPeriod,
    WindowEndsBeforeItStarts,
    WindowRule,
    WindowsMixed,
    WindowsOverlap,
    ending,
    named,
    windows,
)
from thongsuot.domain.spans import Span

ALWAYS = Span(date(2020, 1, 1))


def rule(
    opens: str,
    closes: str,
    *,
    period: str = "W",
    reporters: str = "",
    shift: Shift = Shift.STAYS,
    valid: Span = ALWAYS,
) -> WindowRule:
    return WindowRule(
        "s", period, reporters, Edge.parse(opens), Edge.parse(closes), shift, valid, "thử"
    )


WEEK = rule("thứ Hai 00:00", "thứ Sáu 15:00")


@pytest.mark.parametrize(
    "text", ["", "thứ Tám", "31/2", "hết 14/6 15:00", "thứ Sáu 25:00", "15:00", "14/6/25", "0/0"]
)
def test_an_edge_that_no_letter_would_write_is_refused(text: str) -> None:
    with pytest.raises(EdgeMalformed):
        Edge.parse(text)


def test_a_window_opens_before_it_closes() -> None:
    backwards = rule("15/6", "hết 14/3", period="Q2")

    with pytest.raises(WindowEndsBeforeItStarts):
        windows(
            [backwards], series="s", reporters="x", during=Span(date(2025, 1, 1), date(2026, 1, 1))
        )


def test_both_edges_come_again_equally_often() -> None:
    with pytest.raises(WindowsMixed):
        rule("thứ Hai", "14/6")


def test_two_windows_for_the_same_reporters_never_share_time() -> None:
    rules = [rule("15/3", "hết 14/6", period="Q2"), rule("14/6", "hết 14/9", period="Q3")]

    with pytest.raises(WindowsOverlap):
        named(rules, "2025-Q3", series="s", reporters="x")


def test_an_end_that_no_window_has_is_refused_with_those_nearby() -> None:
    with pytest.raises(NoSuchPeriod) as refused:
        ending([WEEK], cast.moment("2026-01-02 17:00"), series="s", reporters="x")

    assert "2026-01-02T15:00+07:00" in str(refused.value.facts["known"])


def test_a_week_ends_on_friday_at_three_and_carries_what_came_since_the_friday_before() -> None:
    week = ending([WEEK], cast.moment("2026-01-02 15:00"), series="s", reporters="x")

    assert week.key == "2026-W01"
    assert week.start == cast.moment("2025-12-29 00:00")
    assert week.carried_from == cast.moment("2025-12-26 15:00")
    assert week.carries
    assert named([WEEK], "2026-W01", series="s", reporters="x") == week


def test_a_friday_that_is_a_day_off_moves_only_where_the_rule_says_so() -> None:
    friday_off = Span(date(2026, 4, 27), date(2026, 5, 4))

    def closing(shift: Shift) -> list[datetime]:
        cut = rule("thứ Hai 00:00", "thứ Sáu 15:00", shift=shift)
        found = windows(
            [cut], series="s", reporters="x", during=friday_off, calendar=builders.CALENDAR
        )
        return [window.end for window in found]

    assert closing(Shift.STAYS) == [cast.moment("2026-05-01 15:00")]
    assert closing(Shift.EARLIER) == [cast.moment("2026-04-29 15:00")]
    assert closing(Shift.LATER) == []  # it ends on the Monday after, which is another week


@pytest.mark.parametrize("shift", list(Shift))
def test_windows_that_move_off_days_off_still_tile_time(shift: Shift) -> None:
    moved = rule("thứ Hai 00:00", "thứ Sáu 15:00", shift=shift)
    around_tet = Span(date(2026, 1, 26), date(2026, 3, 9))

    found = windows(
        [moved], series="s", reporters="x", during=around_tet, calendar=builders.CALENDAR
    )

    assert len(found) == (5 if shift is Shift.EARLIER else 6)  # all of the week of Tết is off
    assert all(before.end == after.carried_from for before, after in pairwise(found))


def test_a_fifth_window_needs_no_code() -> None:
    monthly = [
        rule(
            f"26/{month - 1 or 12}{' năm trước' if month == 1 else ''} 07:30",
            f"26/{month} 07:30",
            period=f"T{month:02}",
        )
        for month in range(1, 13)
    ]

    march = named(monthly, "2026-T03", series="s", reporters="x")

    assert (march.start, march.end) == (
        cast.moment("2026-02-26 07:30"),
        cast.moment("2026-03-26 07:30"),
    )
    assert not march.carries


def test_reporters_with_a_rule_of_their_own_have_their_own_window_in_the_same_report() -> None:
    rules = [
        rule("15/3", "hết 14/6", period="Q2"),
        rule("15/12 năm trước", "hết 14/6", period="Q2", reporters="police"),
    ]

    most = named(rules, "2025-Q2", series="s", reporters="commune")
    police = named(rules, "2025-Q2", series="s", reporters="police")

    assert most.start == cast.moment("2025-03-15 00:00")
    assert police.start == cast.moment("2024-12-15 00:00")
    assert most.end == police.end == cast.moment("2025-06-15 00:00")
    assert most.last_day == date(2025, 6, 14)


edges = st.one_of(
    st.builds(
        lambda day, hour: f"{WEEKDAYS[day]} {hour}:30", st.integers(0, 6), st.integers(0, 23)
    ),
    st.builds(lambda day, month: f"hết {day}/{month}", st.integers(1, 28), st.integers(1, 12)),
    st.builds(
        lambda day, month: f"{day}/{month} năm trước", st.integers(1, 28), st.integers(1, 12)
    ),
)


@given(edges)
def test_an_edge_is_read_as_it_is_written(text: str) -> None:
    assert Edge.parse(str(Edge.parse(text))) == Edge.parse(text)


@given(
    opens=st.integers(0, 4),
    lasts=st.integers(1, 6),
    hour=st.integers(0, 23),
    since=st.dates(date(2024, 6, 1), date(2026, 6, 1)),
)
def test_weeks_of_whatever_edges_tile_time(opens: int, lasts: int, hour: int, since: date) -> None:
    closes = min(opens + lasts, 6)
    cut = rule(f"{WEEKDAYS[opens]} 00:00", f"{WEEKDAYS[closes]} {hour}:30")

    found = windows(
        [cut], series="s", reporters="x", during=Span(since, since + timedelta(days=70))
    )

    assert len(found) == 10
    for before, after in pairwise(found):
        assert before.end == after.carried_from
        assert after.since_last().start == before.end


@given(since=st.dates(date(2022, 1, 1), date(2026, 1, 1)))
def test_quarters_tile_time_without_anything_carried(since: date) -> None:
    quarters = [
        rule("15/12 năm trước", "hết 14/3", period="Q1"),
        rule("15/3", "hết 14/6", period="Q2"),
        rule("15/6", "hết 14/9", period="Q3"),
        rule("15/9", "hết 14/12", period="Q4"),
    ]

    found = windows(
        quarters, series="s", reporters="x", during=Span(since, since + timedelta(days=730))
    )

    assert len(found) in (7, 8, 9)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert not any(window.carries for window in found)
