"""What partners send comes to effect once, or stays in quarantine with its reason."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from tests import cast, rows
from thongsuot.actions import inbox
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Arrival, ValueUnmapped
from thongsuot.exchange.connector import Collected
from thongsuot.exchange.inbox import Fetched, fetch
from thongsuot.exchange.transports.http import Away
from thongsuot.queries import messages as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import CursorRow, InboxRow, NoSuchArrival
from thongsuot.words.reading import FieldNeeded

PORTAL = "national_portal"
KIND = "test_word"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made of arrivals; the word “khó” is not understood."""
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.grant(cast.PAO, "operator", "")
    said: list[str] = []

    def take(arrival: Arrival, at: datetime) -> str:
        if arrival.body["word"] == "khó":
            raise ValueUnmapped("word", partner=arrival.partner, value="khó", on=str(at.date()))
        said.append(arrival.body["word"])
        return "H35.1-250908-0001"

    monkeypatch.setitem(inbox.TAKERS, KIND, take)
    return said


def arrival(word: str, key: str = "") -> Arrival:
    return Arrival(PORTAL, key or word, KIND, {"word": word})


def take_in(word: str, key: str = "") -> str:
    return inbox.take_in(arrival(word, key), at=cast.MONDAY)


def steps() -> list[str]:
    return list(LedgerRow.objects.order_by("number").values_list("step", flat=True))


class Partner:
    """A partner with pages of words, that may hang up before the last one."""

    def __init__(self, *pages: list[str], is_away_after: int = 99) -> None:
        self.pages, self.left, self.confirmed = pages, is_away_after, list[tuple[str, bool]]()

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        if self.left == 0:
            raise Away(at.isoformat())
        self.left -= 1
        page = int(cursor or 0)
        arrivals = tuple(map(arrival, self.pages[page])) if page < len(self.pages) else ()
        return Collected(arrivals, str(min(page + 1, len(self.pages))), page + 1 < len(self.pages))

    def confirm(self, one: Arrival, *, is_taken: bool) -> None:
        self.confirmed.append((one.key, is_taken))


def test_the_same_comes_to_effect_once_however_often_it_arrives(taken: list[str]) -> None:
    states = [take_in("một", key="7") for _ in range(3)]

    assert states == ["taken_in"] * 3
    assert taken == ["một"]
    assert InboxRow.objects.get().times == 3
    assert steps() == ["arrived", "taken_in", "repeated", "repeated"]


def test_what_cannot_be_understood_is_kept_as_it_came_with_its_reason(taken: list[str]) -> None:
    assert take_in("khó") == "quarantined"

    kept = InboxRow.objects.get()
    assert kept.body == {"word": "khó"}
    assert "chưa có giá trị tương ứng với “khó”" in kept.reason
    assert taken == []


def test_what_nobody_takes_is_kept_and_never_dropped() -> None:
    state = inbox.take_in(Arrival(PORTAL, "1", "la", {"x": 1}), at=cast.MONDAY)

    assert state == "quarantined"
    assert "chưa nhận loại “la”" in InboxRow.objects.get().reason


def test_a_taker_that_refuses_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(given: Arrival, at: datetime) -> str:
        CursorRow.objects.create(partner="nửa", at=at)
        raise ValueUnmapped("word", partner=given.partner, value="x", on="")

    monkeypatch.setitem(inbox.TAKERS, KIND, half)

    assert take_in("một") == "quarantined"
    assert not CursorRow.objects.exists()


def test_after_its_cause_was_mended_it_is_taken_in_once(
    taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in("khó")
    number = InboxRow.objects.get().pk

    assert inbox.try_again(number=number, by=cast.PAO, at=cast.MONDAY) == "quarantined"

    def understands(given: Arrival, _: datetime) -> str:
        taken.append(given.key)
        return ""

    monkeypatch.setitem(inbox.TAKERS, KIND, understands)
    assert inbox.try_again(number=number, by=cast.PAO, at=cast.MONDAY) == "taken_in"

    with pytest.raises(NoSuchArrival):
        inbox.try_again(number=number, by=cast.PAO, at=cast.MONDAY)
    assert taken == ["khó"]


def test_only_the_province_decides_on_what_is_in_quarantine_and_says_why() -> None:
    take_in("khó")
    number = InboxRow.objects.get().pk

    with pytest.raises(NotYourRight):
        inbox.drop(number=number, reason="thư rác", by=cast.HOA, at=cast.MONDAY)
    with pytest.raises(FieldNeeded):
        inbox.drop(number=number, reason=" ", by=cast.PAO, at=cast.MONDAY)
    inbox.drop(number=number, reason="thư rác", by=cast.PAO, at=cast.MONDAY)

    kept = InboxRow.objects.get()
    assert (kept.state, kept.reason) == ("dropped", "thư rác")


def test_pages_are_fetched_one_after_the_other_and_each_thing_is_acknowledged() -> None:
    partner = Partner(["một", "hai"], ["khó"])

    assert fetch(PORTAL, partner, at=cast.MONDAY) == Fetched(taken_in=2, quarantined=1)
    assert partner.confirmed == [("một", True), ("hai", True), ("khó", False)]
    assert fetch(PORTAL, partner, at=cast.MONDAY) == Fetched()


def test_a_partner_that_hangs_up_between_pages_is_gone_on_with_where_it_stopped(
    taken: list[str],
) -> None:
    partner = Partner(["một"], ["hai"], is_away_after=1)

    assert fetch(PORTAL, partner, at=cast.MONDAY) == Fetched(taken_in=1, is_away=True)
    partner.left = 99
    fetch(PORTAL, partner, at=cast.MONDAY)

    assert taken == ["một", "hai"]
    assert queries.verify() == ()


def test_what_was_kept_and_not_yet_acknowledged_is_kept_once_and_acknowledged_the_next_time(
    taken: list[str],
) -> None:
    # given that we were killed between keeping and acknowledging
    with transaction.atomic():
        take_in("một")
    partner = Partner(["một"])

    fetch(PORTAL, partner, at=cast.MONDAY)

    assert taken == ["một"]
    assert partner.confirmed == [("một", True)]
