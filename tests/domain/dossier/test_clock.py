"""What stops the clock of a dossier, what lets it run on, and what never moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests import builders, cast
from tests.builders import CALENDAR, POLICIES, after, received
from tests.cast import MONDAY, moment
from tests.domain.calendars import LAI_CHAU_HOURS, holidays
from thongsuot.domain.deadline import Standing
from thongsuot.domain.dossier import Dossier, Event, clock, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reasons import ReasonNeeded
from thongsuot.domain.dossier.refusals import (
    AlreadyPaused,
    AmountNotPositive,
    BasisNeeded,
    DecisionMade,
    NothingMissing,
    NotPaused,
    SupplementAlreadyAsked,
)
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus, WorkCalendar


def asked_for(
    dossier: Dossier, *, basis: str = "", missing: tuple[str, ...] = ("Ảnh",)
) -> e.SupplementAsked:
    return clock.ask_supplement(
        dossier, missing=missing, reason="hồ sơ thiếu", basis=basis, policies=POLICIES
    )


def waiting(dossier: Dossier, since: datetime = MONDAY, *, basis: str = "") -> Dossier:
    return after(dossier, asked_for(dossier, basis=basis), since)


def supplemented(dossier: Dossier, at: datetime) -> Dossier:
    return after(
        dossier, clock.receive_supplement(dossier, papers=(), at=at, calendar=CALENDAR), at
    )


def test_the_clock_stops_while_the_applicant_completes_the_file() -> None:
    asked = waiting(received())

    back = supplemented(asked, moment("2025-09-10 08:00"))

    assert asked.is_paused
    assert not back.is_paused
    assert back.due_at == moment("2025-09-17 08:00")  # two working days later
    assert back.promised_at == moment("2025-09-15 08:00")


def test_what_was_missing_becomes_part_of_the_dossier() -> None:
    photo = e.PaperGiven("Ảnh", originals=2)

    told = clock.receive_supplement(
        waiting(received()), papers=(photo,), at=moment("2025-09-09 08:00"), calendar=CALENDAR
    )

    assert after(waiting(received()), told).papers[-1] == photo


def test_a_supplement_is_asked_once_and_again_only_on_a_recorded_basis() -> None:
    once = supplemented(waiting(received()), moment("2025-09-09 08:00"))

    with pytest.raises(SupplementAlreadyAsked):
        asked_for(once)
    with pytest.raises(SupplementAlreadyAsked):
        asked_for(once, basis="  ")
    assert asked_for(once, basis="Điều 12 Luật Hộ tịch").basis == "Điều 12 Luật Hộ tịch"


def test_a_request_for_a_supplement_says_what_is_missing_and_why() -> None:
    with pytest.raises(NothingMissing):
        asked_for(received(), missing=("", " "))
    with pytest.raises(ReasonNeeded):
        clock.ask_supplement(received(), missing=("Ảnh",), reason=" ", basis="", policies=POLICIES)


def test_nothing_is_asked_of_the_applicant_once_a_decision_is_made() -> None:
    with pytest.raises(DecisionMade):
        asked_for(after(received(), e.Approved("issue")))


def test_pauses_that_overlap_count_once() -> None:
    # given a supplement from Monday to Wednesday and an incident from Tuesday to Thursday
    dossier = waiting(received(), MONDAY)
    down = clock.begin_incident(dossier, what="mất mạng", announced_in="TB 5/VNPT")
    dossier = after(dossier, down, moment("2025-09-09 08:00"))
    dossier = supplemented(dossier, moment("2025-09-10 08:00"))
    assert dossier.is_paused  # the incident goes on

    # when both are over
    up_at = moment("2025-09-11 08:00")
    dossier = after(dossier, clock.end_incident(dossier, at=up_at, calendar=CALENDAR), up_at)

    # then three working days passed, not four
    assert dossier.due_at == moment("2025-09-18 08:00")


def test_a_financial_duty_stops_the_clock_until_it_is_paid() -> None:
    duty = clock.raise_financial_duty(received(), amount=150_000, what="lệ phí trước bạ")
    owing = after(received(), duty, MONDAY)

    paid = clock.settle_financial_duty(
        owing, receipt="BL 77", at=moment("2025-09-09 08:00"), calendar=CALENDAR
    )

    assert owing.status == "6"
    assert paid.due_at == moment("2025-09-16 08:00")
    with pytest.raises(AmountNotPositive):
        clock.raise_financial_duty(received(), amount=0, what="lệ phí")


def test_an_incident_counts_only_when_it_was_announced() -> None:
    with pytest.raises(BasisNeeded):
        clock.begin_incident(received(), what="mất mạng", announced_in=" ")


def test_a_pause_begun_after_the_due_moment_moves_nothing() -> None:
    late = moment("2025-09-16 08:00")

    dossier = supplemented(waiting(received(), late), moment("2025-09-18 08:00"))

    assert dossier.due_at == moment("2025-09-15 08:00")


def test_a_pause_of_no_length_moves_nothing() -> None:
    dossier = supplemented(waiting(received(), MONDAY), MONDAY)

    assert dossier.due_at == received().due_at
    assert dossier.pauses == ()


def test_an_appointment_by_hand_is_moved_by_its_pauses() -> None:
    dossier = received(term=None)

    back = supplemented(waiting(dossier, MONDAY), moment("2025-09-10 08:00"))

    # two real days after Friday at four: on Monday, moved off the Sunday
    assert dossier.due_at == moment("2025-09-19 16:00")
    assert back.due_at == moment("2025-09-22 16:00")


BEGIN: dict[str, Callable[[Dossier], Event]] = {
    "supplement": asked_for,
    "financial_duty": lambda d: clock.raise_financial_duty(d, amount=1, what="phí"),
    "incident": lambda d: clock.begin_incident(d, what="mất mạng", announced_in="TB 5"),
}
END: dict[str, Callable[[Dossier], Event]] = {
    "supplement": lambda d: clock.receive_supplement(d, papers=(), at=MONDAY, calendar=CALENDAR),
    "financial_duty": lambda d: clock.settle_financial_duty(
        d, receipt="1", at=MONDAY, calendar=CALENDAR
    ),
    "incident": lambda d: clock.end_incident(d, at=MONDAY, calendar=CALENDAR),
}


@pytest.mark.parametrize("kind", list(BEGIN))
def test_the_clock_waits_for_the_same_thing_once_and_only_what_waits_goes_on(kind: str) -> None:
    with pytest.raises(AlreadyPaused):
        BEGIN[kind](after(received(), BEGIN[kind](received())))
    with pytest.raises(NotPaused):
        END[kind](received())


def test_an_opinion_stops_the_clock_only_where_a_named_law_says_so() -> None:
    with pytest.raises(BasisNeeded):
        resolution.ask_opinion(
            received(),
            of=cast.CONSTRUCTION,
            question="?",
            stops_clock=True,
            basis="",
            on=MONDAY.date(),
        )
    free = resolution.ask_opinion(
        received(),
        of=cast.CONSTRUCTION,
        question="?",
        stops_clock=False,
        basis="",
        on=MONDAY.date(),
    )

    assert not after(received(), free).is_paused


def test_opinions_run_side_by_side_each_with_its_own_pause() -> None:
    # given two opinions that stop the clock, asked on Monday and on Tuesday
    dossier = received()
    for asked_at, of in ((MONDAY, cast.CONSTRUCTION), (moment("2025-09-09 08:00"), cast.CENTRE)):
        asked = resolution.ask_opinion(
            dossier, of=of, question="?", stops_clock=True, basis="Điều 5 Luật X", on=MONDAY.date()
        )
        dossier = after(dossier, asked, asked_at)

    # when the second answers first
    for answered_at, number in ((moment("2025-09-10 08:00"), 2), (moment("2025-09-11 08:00"), 1)):
        answer = resolution.give_opinion(
            dossier, opinion=number, answer="Đồng ý", at=answered_at, calendar=CALENDAR
        )
        dossier = after(dossier, answer, answered_at)

    # then the clock stood from Monday to Thursday
    assert dossier.opinions_open == ()
    assert dossier.due_at == moment("2025-09-18 08:00")


def test_a_dossier_becomes_near_eight_working_hours_before_it_is_due_and_then_late() -> None:
    dossier = received()
    seen = {
        text: clock.notice(dossier, at=moment(text), calendar=CALENDAR, policies=POLICIES)
        for text in ("2025-09-11 17:00", "2025-09-12 08:00", "2025-09-15 08:00", "2025-09-15 08:01")
    }

    # eight working hours before Monday 08:00: half an hour on Monday, seven and a half on Friday
    assert seen == {
        "2025-09-11 17:00": e.BecameNear(),
        "2025-09-12 08:00": e.BecameNear(),
        "2025-09-15 08:00": e.BecameNear(),
        "2025-09-15 08:01": e.BecameLate(),
    }
    assert clock.near_from(moment("2025-09-15 08:00"), CALENDAR, POLICIES) == moment(
        "2025-09-11 17:00"
    )


def test_nothing_is_noticed_twice_nor_while_the_clock_stands() -> None:
    late = moment("2025-09-16 08:00")
    noted = after(received(), e.BecameLate())

    assert clock.notice(noted, at=late, calendar=CALENDAR, policies=POLICIES) is None
    assert clock.notice(waiting(received()), at=late, calendar=CALENDAR, policies=POLICIES) is None
    assert clock.next_check(noted, calendar=CALENDAR, policies=POLICIES) is None


def test_what_was_noted_is_forgotten_when_the_due_moment_moves() -> None:
    near = after(received(), e.BecameNear())
    moved = supplemented(waiting(near, moment("2025-09-12 08:00")), moment("2025-09-16 08:00"))

    assert near.standing == Standing.NEAR
    assert moved.standing == Standing.ON_TIME


def with_a_day_off(day: date) -> WorkCalendar:
    storm = CalendarDay(day, DayKind.HOLIDAY, "Nghỉ bão", DayStatus.OFFICIAL, "CĐ 1")
    return WorkCalendar(
        version="lai-chau-bao",
        days=[*holidays(), storm],
        hours=[LAI_CHAU_HOURS],
        years=range(2023, 2028),
    )


def test_a_calendar_changed_later_moves_an_appointment_only_when_accepted() -> None:
    storm = with_a_day_off(date(2025, 9, 11))
    dossier = received()

    differs = clock.due_of(dossier, storm)
    told = clock.accept_due(dossier, calendar=storm, reason="Nghỉ bão theo CĐ 1")
    accepted = after(dossier, told)

    assert dossier.due_at == moment("2025-09-15 08:00")
    assert differs == told.due_at == accepted.due_at == moment("2025-09-16 08:00")
    assert accepted.calendar_version == storm.version
    assert accepted.promised_at == moment("2025-09-15 08:00")


def test_accepting_a_due_moment_needs_a_reason() -> None:
    with pytest.raises(ReasonNeeded):
        clock.accept_due(received(), calendar=CALENDAR, reason=" ")


def test_the_reasons_of_a_clock_are_those_of_its_due_moment() -> None:
    back = supplemented(waiting(received()), moment("2025-09-10 08:00"))

    told = clock.deadline_of(back, CALENDAR)

    assert told is not None
    assert told.at == back.due_at
    assert sum(day.counted for day in told.ledger()) == 5
    assert clock.deadline_of(received(term=None), CALENDAR) is None
    assert clock.deadline_of(replace(back, reported_by="old"), CALENDAR) is None
    assert builders.received(competent=cast.DEPARTMENT).competent_received_at is None
