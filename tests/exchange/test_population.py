"""The population database is asked through its own dialect, and whatever it does, an answer comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests import cast, rows
from tests.exchange.connecting import connect, connect_to
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import enquiries
from thongsuot.exchange import connections
from thongsuot.exchange.connector import Connector
from thongsuot.exchange.enquiries import put
from thongsuot.exchange.transports import xml
from thongsuot.exchange.transports.http import Unreadable
from thongsuot.queries import messages as ledgers
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.looks import LookRow, person_key

NUMBER, NAME = "012090000001", "Nguyễn Văn Bịa"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rows.province()
    connect_to(partners, "population", monkeypatch)
    yield
    partners.well()


def ask(name: str = NAME, number: str = NUMBER, key: str = "mot") -> int:
    return enquiries.ask_about_person(
        name=name,
        number=number,
        procedure=rows.FIVE_DAYS,
        office=cast.BAN_MAY,
        key=key,
        by=cast.HOA,
        at=cast.MONDAY,
    )


def opened(partner: str) -> Connector:
    return connections.opened(partner, at=cast.MONDAY)[0]


def answered(number: int) -> EnquiryRow:
    put(number=number, open_=opened, at=cast.MONDAY, now=lambda: cast.MONDAY)
    return EnquiryRow.objects.get(pk=number)


@pytest.mark.parametrize(
    ("name", "number", "verdict"),
    [
        (NAME, NUMBER, "agrees"),
        ("nguyen van bia", NUMBER, "spelled_otherwise"),
        ("Nguyễn Văn Khác", NUMBER, "unknown"),
        (NAME, "012090000099", "unknown"),
    ],
)
def test_only_what_it_makes_of_name_and_number_is_kept(
    name: str, number: str, verdict: str
) -> None:
    row = answered(ask(name, number))

    assert (row.state, row.answer) == ("answered", {"verdict": verdict})
    assert row.asked == {}
    assert number not in str(EnquiryRow.objects.filter(pk=row.pk).values())


def test_every_question_is_a_look_and_a_line_of_the_ledger(partners: Partners) -> None:
    partners.forget("population")

    row = answered(ask())

    look = LookRow.objects.get()
    assert (look.account, look.about, look.purpose) == ("hoa", person_key(NUMBER), "verify")
    line = LedgerRow.objects.get(partner="population")
    assert (line.step, line.message, line.by) == ("looked_up", row.pk, "hoa")
    assert ledgers.verify("population") == ()
    (question,) = partners.book("population", "questions").values()
    assert question[-1]["value"]["MaCanBo"] == "hoa"


@pytest.mark.parametrize(
    ("mode", "how", "states"),
    [
        ("down", {}, {"away"}),
        ("slow", {"seconds": 5}, {"away"}),
        ("times_out_after", {"seconds": 5}, {"away"}),
        ("error_200", {}, {"away"}),
        ("throttled", {}, {"away"}),
        ("schema_drift", {}, {"away", "answered"}),
        ("wrong_encoding", {}, {"away", "answered"}),
        ("expired_session", {"count": 1}, {"answered"}),
        ("duplicate", {}, {"away", "answered"}),
        ("reordering", {}, {"answered"}),
    ],
)
def test_whatever_it_does_nobody_waits_for_long(
    partners: Partners, mode: str, how: dict[str, Any], states: set[str]
) -> None:
    partners.fail("population", mode, **how)
    begun = time.monotonic()

    row = answered(ask())

    assert row.state in states
    assert row.answer in ({}, {"verdict": "agrees"})
    assert time.monotonic() - begun < 5


def test_a_secret_that_is_wrong_is_no_answer_about_the_person(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect("population", partners.address("population"), monkeypatch, user="ai-do")

    assert answered(ask()).state == "away"


def test_a_document_type_in_its_xml_is_not_read() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with pytest.raises(Unreadable):
        xml.read(bomb)
    with pytest.raises(Unreadable):
        xml.read("<a>" * 100 + "</a>" * 100)
    assert xml.text(xml.read('<x:a xmlns:x="n"><x:b> c </x:b></x:a>'), "b") == "c"


def test_ninety_five_of_a_hundred_questions_are_answered_within_two_seconds() -> None:
    took = []
    for number in range(40):
        begun = time.monotonic()
        answered(ask(key=str(number)))
        took.append(time.monotonic() - begun)

    assert sorted(took)[int(len(took) * 0.95)] < 2.0
