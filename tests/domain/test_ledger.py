"""The ledger adds up to the term, and says of every day why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendars import lai_chau_calendar
from tests.domain.oracle import DAY
from tests.domain.worlds import World, moment, random_case, random_world, seeded
from thongsuot.domain.deadline import Deadline, LedgerDay, Pause, PauseKind, Term, Unit, Why, due
from thongsuot.domain.workdays import VIETNAM, NoCalendarForYear
from thongsuot.words import clock as words
from thongsuot.words.refusals import sentence

LAI_CHAU = lai_chau_calendar()
WORLDS = [random_world(seeded(seed), f"ledger-{seed}") for seed in range(3)]
OFF = {Why.WEEKEND, Why.HOLIDAY, Why.COMPENSATORY, Why.SWAP_OFF}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def ledger(received: str, term: str, *pauses: Pause) -> dict[date, LedgerDay]:
    counted = due(at(received), Term.parse(term), LAI_CHAU, pauses=pauses)
    return {entry.day: entry for entry in counted.ledger()}


def random_deadline(world: World, seed: int) -> Deadline | None:
    chance = seeded(seed)
    case = random_case(chance, world)
    pauses = [
        Pause(moment(begins), moment(ends), chance.choice(list(PauseKind)))
        for begins, ends in case.pauses
    ]
    term = Term(case.halves, case.unit)
    try:
        return due(
            moment(case.received), term, world.calendar, pauses=pauses, after_15h=case.after_15h
        )
    except NoCalendarForYear as refusal:
        assert sentence(refusal)
        return None


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_what_is_counted_adds_up_to_the_term(world: World, seed: int) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None:
        return

    entries = deadline.ledger()

    counted = sum(entry.counted for entry in entries)
    match deadline.term.unit:
        case Unit.WORKING_DAY | Unit.DAY:
            assert counted == deadline.term.halves / 2
        case Unit.HOUR | Unit.WORKING_HOUR:
            assert sum(entry.minutes or 0 for entry in entries) == deadline.term.halves * 30
        case Unit.MONTH:
            assert counted >= deadline.term.halves / 2 * 28


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_the_ledger_runs_day_by_day_from_the_receipt_to_the_due_day(
    world: World, seed: int
) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None:
        return

    days = [entry.day for entry in deadline.ledger()]

    assert days[0] == deadline.received_at.astimezone(VIETNAM).date()
    assert days[-1] == deadline.at.date()
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_every_entry_and_every_reason_has_a_sentence(world: World, seed: int) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None:
        return

    sentences = [words.why(entry) for entry in deadline.ledger()]
    reasons = [words.reason(reason) for reason in deadline.because()]

    assert all(sentences)
    assert all(reasons)
    assert all(reason.source for reason in deadline.because())


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_a_working_term_counts_working_days_only(world: World, seed: int) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None or deadline.term.unit not in (Unit.WORKING_DAY, Unit.WORKING_HOUR):
        return

    for entry in deadline.ledger():
        if not world.calendar.is_working_day(entry.day):
            assert (entry.counted, entry.why in OFF) == (0, True)


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_between_the_first_and_the_last_day_every_running_minute_is_counted(
    world: World, seed: int
) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None or deadline.term.unit not in (Unit.WORKING_HOUR, Unit.HOUR):
        return
    real = deadline.term.unit is Unit.HOUR
    entries = [entry for entry in deadline.ledger() if entry.minutes]

    for entry in entries[1:-1]:
        day = entry.day.toordinal() * DAY
        hours = ((0, DAY),) if real else world.days[entry.day.toordinal()]
        running = [
            now
            for opens, closes in hours
            for now in (moment(day + minute) for minute in range(opens, closes))
            if not any(pause.start <= now < pause.end for pause in deadline.pauses)
        ]
        assert (entry.day, entry.minutes) == (entry.day, len(running))


@given(st.sampled_from(WORLDS), st.integers(0, 1_000_000))
def test_between_the_first_and_the_last_day_every_untouched_working_day_is_one(
    world: World, seed: int
) -> None:
    deadline = random_deadline(world, seed)
    if deadline is None or deadline.term.unit is not Unit.WORKING_DAY:
        return
    entries = [entry for entry in deadline.ledger() if entry.counted]

    for entry in entries[1:-1]:
        midnight = moment(entry.day.toordinal() * DAY)
        touched = any(
            pause.start < midnight + timedelta(days=1) and midnight < pause.end
            for pause in deadline.pauses
        )
        assert touched or entry.counted == 1


def test_the_day_a_term_starts_during_is_made_up_for_by_the_last_day() -> None:
    entries = ledger("2025-04-25T14:10", "15 ngày làm việc")

    assert (entries[date(2025, 4, 25)].counted, entries[date(2025, 4, 25)].why) == (
        0,
        Why.START_DAY,
    )
    assert [entry.counted for entry in entries.values() if entry.counted] == [1] * 15


def test_a_term_from_opening_counts_its_first_day() -> None:
    entries = ledger("2025-06-02T07:30", "3 ngày làm việc")

    assert [entry.counted for entry in entries.values()] == [1, 1, 1]


def test_a_start_in_the_morning_splits_a_day_over_the_first_and_the_last() -> None:
    entries = ledger("2025-06-02T09:00", "3 ngày làm việc")

    assert [entry.counted for entry in entries.values()] == [0.5, 1, 1, 0.5]


def test_a_holiday_is_named_with_its_source_and_how_sure_it_is() -> None:
    tet = ledger("2027-02-03T09:00", "1 ngày làm việc")[date(2027, 2, 9)]

    assert tet.why is Why.COMPENSATORY
    assert tet.facts["status"] == "projected"
    assert "dự kiến" in words.why(tet)
    assert "Tết Nguyên đán Đinh Mùi" in words.why(tet)


def test_an_unchecked_holiday_asks_for_its_text() -> None:
    culture = ledger("2026-11-23T09:00", "1 ngày làm việc")[date(2026, 11, 24)]

    assert "cần kiểm tra văn bản" in words.why(culture)


def test_a_day_in_a_pause_names_the_pause() -> None:
    waiting = Pause(at("2025-06-03T07:30"), at("2025-06-04T17:00"), PauseKind.OPINION)

    entries = ledger("2025-06-02T07:30", "3 ngày làm việc", waiting)

    assert [entry.counted for entry in entries.values()] == [1, 0, 0, 1, 1]
    assert entries[date(2025, 6, 3)].why is Why.OPINION
    assert words.why(entries[date(2025, 6, 3)]) == (
        "Tạm dừng từ 03/06/2025 07:30 đến 04/06/2025 17:00: chờ ý kiến cơ quan khác"
    )


def test_a_pause_that_moved_nothing_is_not_in_the_ledger() -> None:
    too_late = Pause(at("2025-06-04T17:00"), at("2025-06-09T17:00"), PauseKind.OPINION)

    entries = ledger("2025-06-02T07:30", "3 ngày làm việc", too_late)

    assert {entry.why for entry in entries.values()} == {Why.COUNTED}


def test_minutes_of_a_pause_are_not_counted() -> None:
    two_hours = Pause(at("2025-06-02T10:00"), at("2025-06-02T14:00"), PauseKind.SYSTEM_INCIDENT)

    entries = ledger("2025-06-02T09:00", "4 giờ làm việc", two_hours)

    assert entries[date(2025, 6, 2)].minutes == 60 + 180
    assert words.why(entries[date(2025, 6, 2)]) == "Ngày làm việc, tính 4 giờ 00 phút"


def test_the_reasons_are_said_in_order() -> None:
    pause = Pause(at("2025-06-03T09:00"), at("2025-06-05T09:00"), PauseKind.SUPPLEMENT)
    deadline = due(at("2025-06-02T06:00"), Term.parse("5 ngày làm việc"), LAI_CHAU, pauses=[pause])

    said = [words.reason(reason) for reason in deadline.because()]

    assert said == [
        "Nhận lúc 02/06/2025 06:00, trước giờ làm việc: tính từ 02/06/2025 07:30",
        "Thời hạn giải quyết: 5 ngày làm việc",
        "Tạm dừng từ 03/06/2025 09:00 đến 05/06/2025 09:00 (chờ bổ sung hồ sơ): "
        "hạn lùi thêm 2 ngày làm việc",
    ]
