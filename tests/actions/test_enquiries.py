"""A question to a partner is put once, by who may, and given up when nobody waits any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests import cast, rows
from thongsuot.actions import enquiries
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.exchange import EnquiryState, Told, Unavailable
from thongsuot.domain.identifiers import PersonNumberMalformed
from thongsuot.queries import enquiries as queries
from thongsuot.records.enquiries import EnquiryRow, NoSuchEnquiry
from thongsuot.records.looks import LookRow
from thongsuot.words.reading import FieldNeeded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> None:
    rows.province()


def ask(
    *,
    number: str = "012190000017",
    name: str = "Giàng Thị Mỷ",
    by: Person = cast.HOA,
    key: str = "a",
) -> int:
    return enquiries.ask_about_person(
        name=name,
        number=number,
        procedure=rows.FIVE_DAYS,
        office=cast.BAN_MAY,
        key=key,
        by=by,
        at=cast.MONDAY,
    )


def settle(number: int, reply: Told | Unavailable, at: timedelta = timedelta()) -> EnquiryState:
    return enquiries.settle(
        number=number, reply=reply, request=b"q", answer=b"a", at=cast.MONDAY + at
    )


def test_who_receives_nothing_asks_nothing_and_no_look_is_logged() -> None:
    with pytest.raises(NotYourDuty):
        ask(by=cast.KHACH)

    assert not EnquiryRow.objects.exists()
    assert not LookRow.objects.exists()


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"number": "12"}, PersonNumberMalformed),
        ({"number": ""}, FieldNeeded),
        ({"name": " "}, FieldNeeded),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anybody_is_asked(
    given: dict[str, str], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        ask(**given)  # type: ignore[arg-type]  # only texts here

    assert not EnquiryRow.objects.exists()


def test_a_button_pressed_twice_asks_once_and_ahead_of_all_other_work() -> None:
    assert ask() == ask()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, priority FROM procrastinate_jobs WHERE task_name = %s",
            [enquiries.TASK],
        )
        assert cursor.fetchall() == [("interactive", enquiries.PRIORITY)]
    assert LookRow.objects.count() == 1


def test_two_workers_never_put_the_same_question() -> None:
    number = ask()

    assert enquiries.take(number=number, at=cast.MONDAY) is not None
    assert enquiries.take(number=number, at=cast.MONDAY) is None


def test_a_question_that_nobody_waits_for_any_more_is_not_put() -> None:
    number = ask()

    assert enquiries.take(number=number, at=cast.MONDAY + timedelta(minutes=5)) is None
    assert EnquiryRow.objects.get().state == "away"


def test_the_second_answer_to_one_question_changes_nothing() -> None:
    number = ask()
    settle(number, Told({"name": "Giàng Thị Mỷ"}))

    assert settle(number, Unavailable("late")) is EnquiryState.ANSWERED
    assert EnquiryRow.objects.get().answer == {"verdict": "agrees"}


def test_a_partner_that_is_silent_says_since_when_until_it_answers() -> None:
    for minute, key in enumerate("abc"):
        settle(ask(key=key), Unavailable("down"), timedelta(minutes=minute))
    last = EnquiryRow.objects.latest("id")

    silent = queries.enquiry(last.pk, account="hoa", at=cast.MONDAY)
    settle(ask(key="d"), Told({"name": ""}))
    settle(now_down := ask(key="e"), Unavailable("down"), timedelta(minutes=9))
    again = queries.enquiry(now_down, account="hoa", at=cast.MONDAY)

    assert silent.silent_since == cast.MONDAY
    assert again.silent_since == cast.MONDAY + timedelta(minutes=9)


def test_nobody_reads_the_answer_to_another_ones_question() -> None:
    number = ask()

    with pytest.raises(NoSuchEnquiry):
        queries.enquiry(number, account=cast.SUNG.account, at=cast.MONDAY)


def test_questions_are_forgotten_and_the_looks_stay() -> None:
    settle(ask(), Told({"name": ""}))

    assert enquiries.forget_enquiries(at=cast.MONDAY + timedelta(days=31)) == 1
    assert LookRow.objects.count() == 1
