"""Due moments: what must hold whatever the receipt, the term and the pauses are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendars import LAI_CHAU_HOURS, holidays, lai_chau_calendar
from thongsuot.domain.deadline import (
    DEFAULT_RULES,
    CountingRules,
    NoCountingRulesOnDay,
    Pause,
    PauseEndsBeforeItStarts,
    PauseKind,
    RuleKey,
    Standing,
    Term,
    Unit,
    due,
    prolong,
    rules_on,
    standing,
)
from thongsuot.domain.workdays import (
    VIETNAM,
    CalendarDay,
    DayKind,
    DayStatus,
    MomentWithoutZone,
    NoCalendarForYear,
    WorkCalendar,
)
from thongsuot.words.refusals import sentence

LAI_CHAU = lai_chau_calendar()
FIVE_DAYS = Term.parse("5 ngày làm việc")
WORKING = (Unit.WORKING_DAY, Unit.WORKING_HOUR)

receipts = st.integers(0, 1000 * 24 * 60 * 60).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds)
)


@st.composite
def terms(draw: st.DrawFn, units: tuple[Unit, ...] = tuple(Unit)) -> Term:
    unit = draw(st.sampled_from(units))
    halves = draw(st.integers(1, 40 if unit is not Unit.MONTH else 8))
    return Term(halves + halves % 2 if unit.is_calendar else halves, unit)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    start = draw(receipts)
    length = draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=20)))
    return Pause(start, start + length, draw(st.sampled_from(PauseKind)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def pause(start: str, end: str, kind: PauseKind = PauseKind.SUPPLEMENT) -> Pause:
    return Pause(at(start), at(end), kind)


@given(receipts, receipts, terms(WORKING))
def test_who_comes_later_is_never_due_earlier(one: datetime, other: datetime, term: Term) -> None:
    first, second = sorted((one, other))

    assert due(first, term, LAI_CHAU).at <= due(second, term, LAI_CHAU).at


@given(receipts, receipts, terms((Unit.HOUR, Unit.DAY, Unit.MONTH)))
def test_in_real_time_who_comes_later_is_never_due_on_an_earlier_day(
    one: datetime, other: datetime, term: Term
) -> None:
    first, second = sorted((one, other))

    # Two ends on one weekend both go to Monday at their own time of day, so only days are in order.
    assert due(first, term, LAI_CHAU).at.date() <= due(second, term, LAI_CHAU).at.date()


@given(receipts, terms(WORKING), st.integers(1, 20))
def test_a_longer_term_is_never_due_earlier(received: datetime, term: Term, more: int) -> None:
    longer = Term(term.halves + more, term.unit)

    assert due(received, term, LAI_CHAU).at <= due(received, longer, LAI_CHAU).at


@given(receipts, terms(WORKING), st.lists(pauses(), max_size=3), pauses())
def test_a_pause_never_brings_a_deadline_nearer(
    received: datetime, term: Term, given_pauses: list[Pause], one_more: Pause
) -> None:
    without = due(received, term, LAI_CHAU, pauses=given_pauses)
    with_it = due(received, term, LAI_CHAU, pauses=[*given_pauses, one_more])

    assert without.at <= with_it.at


@given(receipts, terms(), st.lists(pauses(), max_size=3), pauses())
def test_a_pause_never_brings_the_due_day_nearer(
    received: datetime, term: Term, given_pauses: list[Pause], one_more: Pause
) -> None:
    without = due(received, term, LAI_CHAU, pauses=given_pauses)
    with_it = due(received, term, LAI_CHAU, pauses=[*given_pauses, one_more])

    assert without.at.date() <= with_it.at.date()


@given(receipts, terms(), st.lists(pauses(), min_size=1, max_size=4), st.randoms())
def test_the_order_and_the_repetition_of_pauses_change_nothing(
    received: datetime, term: Term, given_pauses: list[Pause], chance: Random
) -> None:
    shuffled = [*given_pauses, chance.choice(given_pauses)]
    chance.shuffle(shuffled)

    assert (
        due(received, term, LAI_CHAU, pauses=given_pauses).at
        == due(received, term, LAI_CHAU, pauses=shuffled).at
    )


@given(receipts, terms(), st.booleans())
def test_a_due_moment_is_a_whole_minute_inside_office_hours(
    received: datetime, term: Term, flag: bool
) -> None:
    moment = due(received, term, LAI_CHAU, after_15h=flag).at

    assert LAI_CHAU.is_open(moment)
    assert (moment.second, moment.microsecond) == (0, 0)
    assert moment.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2025-06-02T14:10:59.999999", "1 ngày làm việc", "2025-06-03T14:10"),
        ("2025-06-02T10:59:59", "0,5 ngày làm việc", "2025-06-02T16:44"),
        ("2025-06-02T11:29:30", "1 giờ làm việc", "2025-06-02T14:29"),
        ("2025-06-02T10:30:30", "1 giờ làm việc", "2025-06-02T13:30"),
        ("2025-06-02T14:10:30", "24 giờ", "2025-06-03T14:10"),
        ("2025-06-02T17:00:01", "1 ngày làm việc", "2025-06-03T17:00"),
    ],
)
def test_seconds_count_and_are_dropped_once_at_the_end(
    received: str, term: str, expected: str
) -> None:
    assert due(at(received), Term.parse(term), LAI_CHAU).at == at(expected)


@given(receipts, terms(WORKING), st.timedeltas(timedelta(0), timedelta(minutes=1)))
def test_two_pauses_of_half_a_minute_move_a_term_like_one_of_a_minute(
    received: datetime, term: Term, split: timedelta
) -> None:
    begins = received + timedelta(hours=1)
    whole = Pause(begins, begins + timedelta(minutes=2), PauseKind.OPINION)
    halves = [
        Pause(begins, begins + timedelta(minutes=1), PauseKind.OPINION),
        Pause(begins + split, begins + timedelta(minutes=2), PauseKind.SYSTEM_INCIDENT),
    ]

    assert (
        due(received, term, LAI_CHAU, pauses=halves).at
        == due(received, term, LAI_CHAU, pauses=[whole]).at
    )


@given(receipts, terms())
def test_the_zone_of_the_receipt_changes_nothing(received: datetime, term: Term) -> None:
    elsewhere = received.astimezone(UTC)

    assert due(elsewhere, term, LAI_CHAU).at == due(received, term, LAI_CHAU).at


@given(receipts, st.integers(1, 30))
def test_every_start_keeps_its_time_of_day_unless_it_is_an_opening(
    received: datetime, days: int
) -> None:
    start = due(received, Term(2 * days, Unit.WORKING_DAY), LAI_CHAU)
    clock = start.starts_at.time()
    ends = {time(7, 30): time(17), time(13, 30): time(11, 30)}

    assert start.at.time() == ends.get(clock, clock)


def test_a_receipt_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone) as refused:
        due(datetime(2025, 4, 25, 8), FIVE_DAYS, LAI_CHAU)  # noqa: DTZ001 - a naive moment is the point

    assert sentence(refused.value)


@pytest.mark.parametrize(
    "term", ["5 ngày làm việc", "40 giờ làm việc", "100 giờ", "5 ngày", "1 tháng"]
)
def test_a_term_that_leaves_the_known_years_is_refused_by_year(term: str) -> None:
    with pytest.raises(NoCalendarForYear) as refused:
        due(at("2027-12-29T09:00"), Term.parse(term), LAI_CHAU)

    assert refused.value.facts["year"] == 2028


def test_an_end_on_the_last_weekend_of_the_known_years_is_refused() -> None:
    friday = WorkCalendar(version="2022", days=[], hours=[LAI_CHAU_HOURS], years=[2022])

    with pytest.raises(NoCalendarForYear) as refused:
        due(at("2022-12-30T09:00"), Term.parse("1 ngày"), friday)

    assert refused.value.facts["year"] == 2023


def test_a_pause_in_an_unknown_year_after_the_due_moment_is_not_looked_at() -> None:
    later = pause("2029-01-02T08:00", "2029-01-03T08:00")

    moment = due(at("2025-06-02T09:00"), FIVE_DAYS, LAI_CHAU, pauses=[later]).at

    assert moment == at("2025-06-09T09:00")


@pytest.mark.parametrize("term", ["5 ngày làm việc", "20 giờ làm việc", "5 ngày"])
def test_a_pause_that_ends_in_an_unknown_year_is_refused(term: str) -> None:
    long = pause("2027-12-20T08:00", "2028-01-05T08:00")

    with pytest.raises(NoCalendarForYear) as refused:
        due(at("2027-12-17T09:00"), Term.parse(term), LAI_CHAU, pauses=[long])

    assert refused.value.facts["year"] == 2028


def test_a_pause_from_before_the_first_known_year_counts_from_the_start_on() -> None:
    office = WorkCalendar(version="2025", days=[], hours=[LAI_CHAU_HOURS], years=[2025])
    old = pause("2024-06-01T08:00", "2025-06-03T09:00")

    moment = due(at("2025-06-02T09:00"), FIVE_DAYS, office, pauses=[old]).at

    assert moment == at("2025-06-10T09:00")


@pytest.mark.parametrize("end", ["2025-06-02T09:00", "2025-06-02T08:59"])
def test_a_pause_that_does_not_last_is_refused(end: str) -> None:
    with pytest.raises(PauseEndsBeforeItStarts) as refused:
        pause("2025-06-02T09:00", end)

    assert sentence(refused.value)


def test_a_pause_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        Pause(datetime(2025, 6, 2), at("2025-06-03T00:00"), PauseKind.OPINION)  # noqa: DTZ001 - a naive moment is the point


def test_a_pause_begun_before_a_late_receipt_counts_only_from_the_start() -> None:
    evening = pause("2025-06-06T18:00", "2025-06-09T09:00")

    in_days = due(at("2025-06-06T17:30"), Term.parse("1 ngày"), LAI_CHAU, pauses=[evening])

    assert in_days.starts_at == at("2025-06-09T07:30")
    assert in_days.at == at("2025-06-10T09:00")


def test_a_pause_that_begins_when_the_end_has_moved_to_monday_still_counts() -> None:
    # Five days end on Saturday 09:00 and are due on Monday 09:00; the pause begins before that.
    monday = pause("2025-06-09T08:00", "2025-06-12T08:00")

    moment = due(at("2025-06-02T09:00"), Term.parse("5 ngày"), LAI_CHAU, pauses=[monday]).at

    assert moment == at("2025-06-10T09:00")


def test_an_hour_other_than_15_can_be_the_policy() -> None:
    early = CountingRules(DEFAULT_RULES.valid, DEFAULT_RULES.rules, next_day_from=time(14, 30))

    by_default = due(at("2025-06-02T14:30"), FIVE_DAYS, LAI_CHAU, after_15h=True)
    by_policy = due(at("2025-06-02T14:30"), FIVE_DAYS, LAI_CHAU, after_15h=True, rules=early)

    assert by_default.starts_at == at("2025-06-02T14:30")
    assert by_policy.starts_at == at("2025-06-03T07:30")


def test_counting_rules_are_found_by_day_and_each_has_a_source() -> None:
    assert rules_on(date(2026, 1, 1), [DEFAULT_RULES]) is DEFAULT_RULES
    assert {rule.key for rule in DEFAULT_RULES.rules} == set(RuleKey)
    assert all(rule.source and rule.choice for rule in DEFAULT_RULES.rules)
    with pytest.raises(NoCountingRulesOnDay) as refused:
        rules_on(date(2018, 6, 20), [DEFAULT_RULES])
    assert sentence(refused.value)


def test_one_working_day_is_one_even_when_it_is_half_as_long() -> None:
    half = CalendarDay(
        date(2025, 6, 3), DayKind.HALF_DAY_MORNING, "Nghỉ chiều", DayStatus.OFFICIAL, "nguồn"
    )
    office = WorkCalendar(version="half", days=[half], hours=[LAI_CHAU_HOURS], years=[2025])

    from_opening = due(at("2025-06-03T07:30"), Term.parse("1 ngày làm việc"), office).at
    into_it = due(at("2025-06-02T09:30"), Term.parse("1 ngày làm việc"), office).at

    assert from_opening == at("2025-06-03T11:30")
    assert into_it == at("2025-06-03T08:34")  # 2 of 7,5 hours are 64 of 240 minutes


def test_a_changed_calendar_shows_what_it_would_move_and_moves_nothing_itself() -> None:
    announced = CalendarDay(
        date(2025, 6, 4), DayKind.HOLIDAY, "Nghỉ đột xuất", DayStatus.OFFICIAL, "nguồn"
    )
    later = WorkCalendar(
        version="later",
        days=[*holidays(), announced],
        hours=[LAI_CHAU_HOURS],
        years=range(2023, 2028),
    )
    given_before = due(at("2025-06-02T09:00"), FIVE_DAYS, LAI_CHAU)

    recounted = given_before.under(later)

    assert given_before.at == at("2025-06-09T09:00")
    assert recounted.at == at("2025-06-10T09:00")
    assert recounted == due(at("2025-06-02T09:00"), FIVE_DAYS, later)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit.WORKING_DAY, "2025-06-12T16:00"),
        (Unit.WORKING_HOUR, "2025-06-12T16:00"),
        (Unit.HOUR, "2025-06-12T16:00"),
        (Unit.DAY, "2025-06-12T16:00"),
    ],
)
def test_an_appointment_moves_by_the_pause_before_it(unit: Unit, expected: str) -> None:
    two_days = pause("2025-06-04T09:00", "2025-06-06T09:00")

    moved = prolong(at("2025-06-10T16:00"), unit, LAI_CHAU, [two_days])

    assert moved == at(expected)


@given(receipts, st.sampled_from(Unit), st.lists(pauses(), max_size=3))
def test_an_appointment_never_comes_nearer_on_its_axis(
    appointed: datetime, unit: Unit, given_pauses: list[Pause]
) -> None:
    moved = prolong(appointed, unit, LAI_CHAU, given_pauses)

    if unit in WORKING:
        assert moved >= appointed
    assert moved.date() >= appointed.date()
    if all(pause.start >= appointed for pause in given_pauses):
        assert moved == appointed


def test_an_appointment_in_the_break_is_moved_by_a_pause_that_ends_after_it() -> None:
    around_noon = pause("2025-06-10T11:45", "2025-06-10T14:30")

    moved = prolong(at("2025-06-10T12:00"), Unit.WORKING_DAY, LAI_CHAU, [around_noon])

    assert moved == at("2025-06-10T14:30")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-06-09T08:59", Standing.ON_TIME),
        ("2025-06-09T09:00", Standing.NEAR),
        ("2025-06-10T09:00", Standing.NEAR),
        ("2025-06-10T09:01", Standing.LATE),
    ],
)
def test_a_dossier_is_on_time_then_near_then_late(moment: str, expected: Standing) -> None:
    due_at = at("2025-06-10T09:00")

    assert standing(due_at, at(moment), near_from=timedelta(days=1)) is expected
    assert standing(due_at, at(moment), near_from=at("2025-06-09T09:00")) is expected


def test_a_projected_day_is_named_only_where_the_due_moment_rests_on_it() -> None:
    before_tet = due(at("2027-02-01T09:00"), Term.parse("1 ngày làm việc"), LAI_CHAU)
    over_tet = due(at("2027-02-03T09:00"), Term.parse("1 ngày làm việc"), LAI_CHAU)
    a_month = due(at("2027-01-12T09:00"), Term.parse("2 tháng"), LAI_CHAU)
    spans_september = due(at("2027-09-01T09:00"), Term.parse("2 ngày"), LAI_CHAU)

    assert before_tet.projected_days() == ()
    assert over_tet.projected_days() == tuple(date(2027, 2, n) for n in (4, 5, 8, 9, 10))
    assert a_month.projected_days() == ()
    assert spans_september.projected_days() == (date(2027, 9, 3),)
    assert due(at("2026-11-23T09:00"), FIVE_DAYS, LAI_CHAU).unchecked_days() == (
        date(2026, 11, 24),
    )


def test_a_deadline_shows_its_moment_and_not_its_rule_book() -> None:
    deadline = due(at("2025-06-02T09:00"), FIVE_DAYS, LAI_CHAU)

    assert repr(deadline).startswith("Deadline(2025-06-09T09:00:00+07:00, 5 ngày làm việc")
