"""The way from the counter to the body that resolves."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import builders, cast
from tests.builders import CALENDAR, POLICIES, process
from tests.cast import moment
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import receive_supplement
from thongsuot.domain.dossier.refusals import AlreadyArrived, NotForwarded
from thongsuot.domain.dossier.transfer import arrive, forward, transfer_until


def sent(dossier: Dossier, at: datetime) -> e.Forwarded:
    return forward(dossier, process=process(), at=at, calendar=CALENDAR, policies=POLICIES)


def for_the_department(
    at: datetime = cast.MONDAY, *, term: str | None = "5 ngày làm việc"
) -> Dossier:
    return builders.received(at=at, competent=cast.DEPARTMENT, term=term)


@pytest.mark.parametrize(
    ("received", "until"),
    [
        ("2025-09-08 08:00", "2025-09-08 17:00"),
        ("2025-09-08 11:45", "2025-09-08 17:00"),  # taken up after lunch
        ("2025-09-08 14:59", "2025-09-08 17:00"),
        ("2025-09-08 15:00", "2025-09-09 07:30"),
        ("2025-09-08 18:00", "2025-09-09 17:00"),  # taken up next morning
        ("2025-09-12 15:30", "2025-09-15 07:30"),  # a Friday afternoon
        ("2025-09-13 09:00", "2025-09-15 17:00"),  # a Saturday
        ("2025-08-29 16:00", "2025-09-03 07:30"),  # before the National Day
    ],
)
def test_a_dossier_is_transferred_the_same_day_or_next_morning_after_three(
    received: str, until: str
) -> None:
    assert transfer_until(moment(received), CALENDAR, POLICIES) == moment(until)


def test_a_transfer_in_time_and_a_late_one_are_recorded_apart() -> None:
    dossier = for_the_department()

    in_time = sent(dossier, moment("2025-09-08 17:00"))
    late = sent(dossier, moment("2025-09-09 07:30"))

    assert (in_time.is_late, late.is_late) == (False, True)
    assert in_time.to_office == cast.DEPARTMENT


def test_what_waited_for_the_applicant_is_not_transferred_late() -> None:
    # given a dossier completed at the counter three days after it came
    asked = builders.after(for_the_department(), e.SupplementAsked(("Ảnh",), "thiếu"))
    back = moment("2025-09-11 09:00")
    answer = receive_supplement(asked, papers=(), at=back, calendar=CALENDAR)
    complete = builders.after(asked, answer, back)

    # when it leaves the same day
    left = sent(complete, moment("2025-09-11 10:00"))

    # then the three days were not the counter's
    assert not left.is_late
    assert sent(complete, moment("2025-09-12 10:00")).is_late


def test_the_clock_starts_when_the_competent_body_has_the_dossier() -> None:
    on_the_way = builders.after(for_the_department(), sent(for_the_department(), cast.MONDAY))
    arrived_at = moment("2025-09-09 14:10")

    told = arrive(on_the_way, at=arrived_at, calendar=CALENDAR)
    dossier = builders.after(on_the_way, told, arrived_at)

    assert dossier.competent_received_at == arrived_at
    assert dossier.due_at == moment("2025-09-16 14:10")
    assert dossier.promised_at == moment("2025-09-15 17:00")


def test_a_pause_before_the_arrival_does_not_lengthen_the_term() -> None:
    dossier = for_the_department()
    asked = builders.after(dossier, e.SupplementAsked(("Ảnh",), "thiếu"))
    back = moment("2025-09-10 08:00")
    complete = builders.after(
        asked, receive_supplement(asked, papers=(), at=back, calendar=CALENDAR), back
    )
    on_the_way = builders.after(complete, sent(complete, back), back)

    assert arrive(on_the_way, at=moment("2025-09-10 14:00"), calendar=CALENDAR).due_at == moment(
        "2025-09-17 14:00"
    )


def test_an_appointment_given_by_hand_does_not_move_on_arrival() -> None:
    dossier = for_the_department(term=None)
    on_the_way = builders.after(dossier, sent(dossier, cast.MONDAY))

    told = arrive(on_the_way, at=moment("2025-09-10 14:00"), calendar=CALENDAR)

    assert told.due_at == dossier.promised_at


def test_only_what_was_forwarded_arrives_and_only_once() -> None:
    here = for_the_department()
    there = builders.after(here, sent(here, cast.MONDAY))
    arrived = builders.after(there, arrive(there, at=cast.MONDAY, calendar=CALENDAR))

    with pytest.raises(NotForwarded):
        arrive(here, at=cast.MONDAY, calendar=CALENDAR)
    with pytest.raises(AlreadyArrived):
        arrive(arrived, at=cast.MONDAY, calendar=CALENDAR)
