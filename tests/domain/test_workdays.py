"""A calendar knows when the office is open, why it is not, and what it does not know."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendars import LAI_CHAU_HOURS, lai_chau_calendar
from tests.domain.worlds import random_world, seeded
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import (
    VIETNAM,
    CalendarDay,
    DayGivenTwice,
    DayKind,
    DayStatus,
    HalfDayWithoutHours,
    HoursMalformed,
    HoursMissing,
    HoursOverlap,
    MomentWithoutZone,
    NoCalendarForYear,
    OfficeHours,
    WorkCalendar,
)
from thongsuot.words.refusals import sentence

LAI_CHAU = lai_chau_calendar()
MORNING = ((time(7, 30), time(11, 30)),)
some_days = st.dates(date(2023, 2, 1), date(2027, 10, 31))


def calendar(
    *days: CalendarDay, hours: tuple[OfficeHours, ...] = (LAI_CHAU_HOURS,)
) -> WorkCalendar:
    return WorkCalendar(version="test", days=days, hours=hours, years=[2026])


def special(
    day: date, kind: DayKind, hours: tuple[tuple[time, time], ...] | None = None
) -> CalendarDay:
    return CalendarDay(day, kind, "Ngày thử", DayStatus.OFFICIAL, "nguồn", hours)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        (date(2025, 4, 25), True, "working_day"),
        (date(2025, 4, 26), True, "working_saturday"),
        (date(2025, 4, 27), False, "weekend"),
        (date(2025, 4, 30), False, "holiday"),
        (date(2025, 5, 2), False, "swap_off"),
        (date(2026, 4, 27), False, "compensatory"),
        (date(2026, 1, 10), True, "working_saturday"),
        (date(2026, 8, 22), True, "working_saturday"),
        (date(2026, 11, 24), False, "holiday"),
    ],
)
def test_the_calendar_of_lai_chau_says_which_days_are_worked(
    day: date, working: bool, why: str
) -> None:
    note = LAI_CHAU.describe(day)

    assert (note.working, note.why) == (working, why)
    assert LAI_CHAU.is_working_day(day) == working
    assert note.source


def test_the_year_2025_has_its_known_number_of_working_days() -> None:
    weekdays = sum((date(2025, 1, 1) + timedelta(days=i)).weekday() < 5 for i in range(365))
    off = 1 + 5 + 1 + 3 + 2  # New Year, Tết, Hùng kings, 30/4–02/5, National Day
    worked_saturdays = 1

    counted = LAI_CHAU.working_days_between(date(2025, 1, 1), date(2026, 1, 1))

    assert counted == weekdays - off + worked_saturdays


def test_a_projected_day_says_so_and_an_unchecked_one_too() -> None:
    assert LAI_CHAU.describe(date(2027, 2, 9)).is_projected
    assert LAI_CHAU.describe(date(2026, 11, 24)).needs_check
    assert not LAI_CHAU.describe(date(2026, 2, 17)).is_projected


def test_a_projected_holiday_on_a_sunday_changes_nothing() -> None:
    tet = Span(date(2027, 2, 1), date(2027, 3, 1))

    doubtful = LAI_CHAU.doubtful(tet, DayStatus.PROJECTED)

    assert doubtful == tuple(date(2027, 2, n) for n in (4, 5, 8, 9, 10))


@pytest.mark.parametrize(
    ("moment", "is_open", "opening"),
    [
        ("2025-04-25T07:29", False, "2025-04-25T07:30"),
        ("2025-04-25T07:30", True, "2025-04-25T07:30"),
        ("2025-04-25T11:30", True, "2025-04-25T11:30"),
        ("2025-04-25T11:31", False, "2025-04-25T13:30"),
        ("2025-04-25T17:00", True, "2025-04-25T17:00"),
        ("2025-04-25T17:01", False, "2025-04-26T07:30"),
        ("2025-04-26T17:01", False, "2025-04-28T07:30"),
        ("2025-04-29T18:00", False, "2025-05-05T07:30"),
    ],
)
def test_the_office_opens_next(moment: str, is_open: bool, opening: str) -> None:
    assert LAI_CHAU.is_open(at(moment)) == is_open
    assert LAI_CHAU.next_opening(at(moment)) == at(opening)


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    morning = datetime(2025, 4, 25, 0, 30, tzinfo=UTC)

    assert LAI_CHAU.is_open(morning)
    assert LAI_CHAU.next_opening(morning).isoformat() == "2025-04-25T07:30:00+07:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        LAI_CHAU.is_open(datetime(2025, 4, 25, 8))  # noqa: DTZ001 - a naive moment is the point


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2022, 12, 31, 16, 59, tzinfo=UTC), 2022),
        (datetime(2027, 12, 31, 17, 0, tzinfo=UTC), 2028),
        (datetime.max.replace(tzinfo=UTC), 9999),
        (datetime.min.replace(tzinfo=UTC), 1),
    ],
)
def test_a_moment_in_a_year_without_a_calendar_is_refused(moment: datetime, year: int) -> None:
    with pytest.raises(NoCalendarForYear) as refused:
        LAI_CHAU.is_open(moment)

    assert refused.value.facts["year"] == year
    assert str(year) in sentence(refused.value)


def test_a_receipt_on_the_last_evening_needs_the_next_year() -> None:
    with pytest.raises(NoCalendarForYear) as refused:
        LAI_CHAU.next_opening(at("2027-12-31T17:01"))

    assert refused.value.facts["year"] == 2028


def test_years_need_not_follow_one_another() -> None:
    apart = WorkCalendar(version="apart", days=[], hours=[LAI_CHAU_HOURS], years=[2023, 2026])

    assert apart.is_working_day(date(2026, 3, 2))
    with pytest.raises(NoCalendarForYear) as refused:
        apart.next_working_day(date(2023, 12, 29))
    assert refused.value.facts["year"] == 2024
    with pytest.raises(NoCalendarForYear) as refused:
        apart.working_day_after(date(2026, 1, 1), -1)
    assert refused.value.facts["year"] == 2025


@given(some_days, st.integers(1, 40))
def test_stepping_forward_is_the_inverse_of_counting(day: date, steps: int) -> None:
    later = LAI_CHAU.working_day_after(day, steps)

    assert LAI_CHAU.is_working_day(later)
    assert LAI_CHAU.working_days_between(day + timedelta(days=1), later) == steps - 1


@given(some_days, st.integers(1, 20))
def test_stepping_back_is_the_inverse_of_counting(day: date, steps: int) -> None:
    earlier = LAI_CHAU.working_day_after(day, -steps)

    assert LAI_CHAU.is_working_day(earlier)
    assert LAI_CHAU.working_days_between(earlier, day) == steps


def test_no_step_from_a_day_off_is_the_next_working_day() -> None:
    assert LAI_CHAU.working_day_after(date(2025, 4, 29), 0) == date(2025, 4, 29)
    assert LAI_CHAU.working_day_after(date(2025, 4, 30), 0) == date(2025, 5, 5)


def test_a_year_in_which_nobody_works_has_no_next_working_day() -> None:
    never = OfficeHours(Span(date(2018, 1, 1)), MORNING, "quyết định", frozenset())
    closed = WorkCalendar(version="closed", days=[], hours=[never], years=[2026])

    with pytest.raises(NoCalendarForYear) as refused:
        closed.next_working_day(date(2026, 1, 1))

    assert refused.value.facts["year"] == 2027


@given(some_days, some_days)
def test_working_days_between_are_those_one_can_name(first: date, end: date) -> None:
    named = [
        day
        for i in range((end - first).days)
        if LAI_CHAU.is_working_day(day := first + timedelta(days=i))
    ]

    assert LAI_CHAU.working_days_between(first, end) == len(named)


def test_office_hours_can_be_walked_back() -> None:
    assert LAI_CHAU.back(at("2025-05-05T08:30"), hours=8) == at("2025-04-29T08:00")
    assert LAI_CHAU.back(at("2025-05-05T12:00"), hours=4) == at("2025-04-29T17:00")


def test_walking_back_before_the_first_year_is_refused() -> None:
    with pytest.raises(NoCalendarForYear) as refused:
        LAI_CHAU.back(at("2023-01-03T08:30"), hours=8)

    assert refused.value.facts["year"] == 2022


def test_opening_and_closing_of_a_day_off_are_those_of_the_next_working_day() -> None:
    assert LAI_CHAU.opening_of(date(2025, 4, 30)) == at("2025-05-05T07:30")
    assert LAI_CHAU.closing_of(date(2025, 4, 25)) == at("2025-04-25T17:00")
    assert LAI_CHAU.next_working_day(date(2025, 4, 29)) == date(2025, 5, 5)


def test_half_days_are_worked_in_the_half_they_name() -> None:
    half = calendar(
        special(date(2026, 3, 2), DayKind.HALF_DAY_MORNING),
        special(date(2026, 3, 3), DayKind.HALF_DAY_AFTERNOON),
        special(date(2026, 3, 4), DayKind.HALF_DAY, ((time(8), time(10)),)),
    )

    assert half.describe(date(2026, 3, 2)).hours == MORNING
    assert half.describe(date(2026, 3, 3)).hours == ((time(13, 30), time(17)),)
    assert half.describe(date(2026, 3, 4)).hours == ((time(8), time(10)),)


def test_an_office_may_open_on_saturday_mornings() -> None:
    saturdays = OfficeHours(Span(date(2026, 3, 1)), MORNING, "quyết định", frozenset({5}))

    office = calendar(hours=(LAI_CHAU_HOURS, saturdays))

    assert not office.is_working_day(date(2026, 2, 28))
    assert office.describe(date(2026, 3, 7)).hours == MORNING


def test_hours_change_on_the_day_a_decision_takes_force() -> None:
    change = date(2026, 3, 1)
    old = OfficeHours(Span(date(2018, 1, 1), change), LAI_CHAU_HOURS.intervals, "cũ")
    new = OfficeHours(Span(change), ((time(7), time(11)), (time(13), time(17))), "mới")

    office = calendar(hours=(old, new))

    assert office.describe(date(2026, 2, 27)).hours[0] == (time(7, 30), time(11, 30))
    assert office.describe(date(2026, 3, 2)).hours[0] == (time(7), time(11))
    assert office.describe(date(2026, 3, 2)).source == "mới"


@pytest.mark.parametrize(
    "intervals",
    [
        (),
        ((time(11, 30), time(7, 30)),),
        ((time(7, 30), time(7, 30)),),
        ((time(13, 30), time(17)), (time(7, 30), time(11, 30))),
        ((time(7, 30), time(11, 30)), (time(11), time(17))),
        ((time(7, 30, 30), time(11, 30)),),
    ],
)
def test_hours_that_cannot_be_kept_are_refused(intervals: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(HoursMalformed) as refused:
        OfficeHours(Span(date(2026, 1, 1)), intervals, "nguồn")

    assert sentence(refused.value)


def test_a_calendar_that_contradicts_itself_is_refused() -> None:
    tet = special(date(2026, 2, 17), DayKind.HOLIDAY)
    late = OfficeHours(Span(date(2026, 2, 1)), MORNING, "từ tháng 2")
    faults: list[tuple[type[Refusal], list[CalendarDay], list[OfficeHours]]] = [
        (DayGivenTwice, [tet, tet], [LAI_CHAU_HOURS]),
        (HoursOverlap, [], [LAI_CHAU_HOURS, LAI_CHAU_HOURS]),
        (HoursMissing, [], [late]),
        (
            HalfDayWithoutHours,
            [special(date(2026, 3, 2), DayKind.HALF_DAY_AFTERNOON)],
            [OfficeHours(Span(date(2018, 1, 1)), MORNING, "chỉ buổi sáng")],
        ),
    ]

    for fault, days, hours in faults:
        with pytest.raises(fault) as refused:
            WorkCalendar(version="test", days=days, hours=hours, years=[2026])
        assert sentence(refused.value)


def test_a_half_day_without_hours_is_refused() -> None:
    with pytest.raises(HalfDayWithoutHours):
        special(date(2026, 3, 2), DayKind.HALF_DAY)


def test_calendars_are_equal_when_version_and_content_are() -> None:
    tet = special(date(2026, 2, 17), DayKind.HOLIDAY)

    assert calendar(tet) == calendar(tet)
    assert hash(calendar(tet)) == hash(calendar(tet))
    assert calendar(tet) != calendar()
    assert calendar(tet) != "test"


@given(st.integers(0, 10_000))
def test_a_random_office_is_open_exactly_in_its_hours(seed: int) -> None:
    chance = seeded(seed)
    world = random_world(chance, f"open-{seed}")

    ordinal = chance.choice(list(world.days))
    day = date.fromordinal(ordinal)
    minutes = [chance.randrange(24 * 60) for _ in range(20)]

    for minute in minutes:
        now = datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(minutes=minute)
        expected = any(a <= minute <= b for a, b in world.days[ordinal])
        assert world.calendar.is_open(now) == expected
