"""What we owe goes out once, in order, whatever the partner and the machine do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests import cast, life, rows
from thongsuot.actions import messages
from thongsuot.domain.exchange import (
    Acknowledged,
    Asked,
    CannotTell,
    Doubtful,
    NotTaken,
    Outcome,
    Parcel,
    Refused,
    Taken,
    Unavailable,
    ValueUnmapped,
    faults,
)
from thongsuot.exchange.connector import Sent
from thongsuot.exchange.outbox import LEASE, Manners, Round, send_due
from thongsuot.records import exchange
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import OutboxRow, PartnerRow
from thongsuot.records.spans import to_range

PORTAL = "national_portal"
pytestmark = pytest.mark.django_db

Answer = Callable[[Parcel], Outcome]


class Partner:
    """A partner that answers as a test tells it, and remembers what it got."""

    def __init__(self, answer: Answer | None = None, asked: Asked | None = None) -> None:
        self.got: list[tuple[str, int]] = []
        self.answer: Answer = answer or (lambda parcel: Acknowledged(f"ref-{parcel.number}"))
        self.asked = asked
        self.questions = 0

    def send(self, parcel: Parcel) -> Sent:
        self.got.append((parcel.dossier, parcel.seq))
        return Sent(self.answer(parcel), b"request", b"answer")

    def faults(self, _: datetime) -> tuple[str, ...]:
        return ()

    def ask(self, _: Parcel) -> Asked:
        self.questions += 1
        return self.asked or CannotTell("does not say")


@pytest.fixture(autouse=True)
def province() -> None:
    rows.province()


def send(partner: Partner, at: datetime = cast.MONDAY, **manners: bool) -> Round:
    ways = Manners(send_in_doubt=manners.get("send_in_doubt", False))
    return send_due(PORTAL, partner, at=at, manners=ways)


def sent_until_nothing_is_due(partner: Partner, at: datetime = cast.MONDAY) -> None:
    while send(partner, at).tried:
        pass


def steps(dossier: str) -> list[str]:
    lines = LedgerRow.objects.filter(dossier=dossier).order_by("number")
    return list(lines.values_list("step", flat=True))


def chain_holds() -> bool:
    heads = exchange.heads()
    return not [
        fault
        for partner, head in heads.items()
        for fault in faults(partner, exchange.ledger(partner), head=head)
    ]


def test_everything_owed_arrives_in_the_order_of_its_dossier() -> None:
    partner = Partner()
    codes = [life.proposed(life.received()).code for _ in range(3)]

    sent_until_nothing_is_due(partner)

    for code in codes:
        seqs = [seq for dossier, seq in partner.got if dossier == code]
        assert len(seqs) > 1
        assert seqs == sorted(set(seqs))
    assert not OutboxRow.objects.filter(partner=PORTAL, sent_at=None).exists()
    assert chain_holds()


def test_one_bad_dossier_holds_up_its_own_messages_and_no_other_dossier() -> None:
    bad, good = life.forwarded(life.received()).code, life.forwarded(life.received()).code
    partner = Partner(lambda p: Refused("-3", "thiếu mã") if p.dossier == bad else Acknowledged())

    sent_until_nothing_is_due(partner)

    left = OutboxRow.objects.filter(partner=PORTAL, sent_at=None)
    assert set(left.values_list("dossier__code", flat=True)) == {bad}
    assert left.filter(set_aside_at__isnull=False).get().last_error == "-3: thiếu mã"
    assert [seq for dossier, seq in partner.got if dossier == bad] == [1]
    assert len([seq for dossier, seq in partner.got if dossier == good]) > 1


def test_a_dead_partner_holds_up_no_other_partner() -> None:
    PartnerRow.objects.create(
        code="ministry", name="Bộ", kinds=["dossier"], valid=to_range(rows.ALWAYS), source="x"
    )
    life.received()
    dead = Partner(lambda _: Unavailable("away"))

    assert send(dead).is_away
    assert send_due("ministry", Partner(), at=cast.MONDAY).acknowledged == 1


def test_a_partner_away_for_three_days_loses_nothing_and_sets_nothing_aside() -> None:
    codes = {life.forwarded(life.received()).code for _ in range(2)}
    dead, at = Partner(lambda _: Unavailable("away")), cast.MONDAY
    while at < cast.MONDAY + timedelta(hours=72):
        send(dead, at)
        at += timedelta(minutes=30)
    back = Partner()

    sent_until_nothing_is_due(back, at + timedelta(hours=1))

    assert {code for code, _ in back.got} == codes
    assert len(back.got) == OutboxRow.objects.filter(partner=PORTAL).count()
    assert not OutboxRow.objects.filter(partner=PORTAL, sent_at=None).exists()
    assert chain_holds()


def test_when_the_partner_is_away_the_rest_of_the_round_is_given_back_untried() -> None:
    for _ in range(12):
        life.received()
    dead = Partner(lambda _: Unavailable("away"))

    send(dead)

    assert len(dead.got) == Manners().at_once
    untried = OutboxRow.objects.filter(partner=PORTAL, attempts=0)
    assert untried.count() == 12 - len(dead.got)
    assert not untried.filter(is_leased=True).exists()


def test_a_sender_killed_on_the_way_leaves_a_doubt_and_the_partner_is_asked_first() -> None:
    # given a sender that was killed after it took the message
    dossier = life.received()
    messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    partner = Partner(asked=Taken("has-it"))

    # when somebody else comes, before and after the lease
    assert send(partner).tried == 0
    send(partner, cast.MONDAY + LEASE)

    assert (partner.questions, partner.got) == (1, [])
    assert OutboxRow.objects.get(partner=PORTAL).reference == "has-it"
    assert steps(dossier.code) == ["begun", "begun", "asked"]


def test_a_message_that_the_partner_does_not_have_is_sent_again() -> None:
    dossier = life.received()
    messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    partner = Partner(asked=NotTaken())

    send(partner, cast.MONDAY + LEASE)

    assert partner.got == [(dossier.code, 1)]
    assert steps(dossier.code) == ["begun", "begun", "asked", "acknowledged"]


def test_in_doubt_and_unable_to_ask_people_decide_unless_the_same_twice_does_no_harm() -> None:
    dossier = life.received()
    partner = Partner(lambda _: Doubtful("no answer"))
    send(partner)
    later = cast.MONDAY + timedelta(hours=1)

    send(partner, later)
    waits = OutboxRow.objects.get(partner=PORTAL)

    assert waits.set_aside_at is not None
    assert waits.last_error == "in_doubt: does not say"
    assert partner.got == [(dossier.code, 1)]

    # and where the same twice does no harm
    other = life.received()
    send(partner, later)
    harmless = Partner()
    send(harmless, later + timedelta(hours=1), send_in_doubt=True)

    assert harmless.got == [(other.code, 1)]


def test_a_partner_that_does_not_answer_the_question_is_asked_again_and_told_nothing_meanwhile() -> (
    None
):
    life.received()
    partner = Partner(lambda _: Doubtful("no answer"), CannotTell("away", for_now=True))
    for hour in range(30):
        send(partner, cast.MONDAY + timedelta(hours=hour))

    waits = OutboxRow.objects.get(partner=PORTAL)

    assert (len(partner.got), partner.questions) == (1, 29)
    assert (waits.is_doubtful, waits.set_aside_at) == (True, None)


def test_a_value_without_a_name_waits_with_a_sentence_and_is_never_sent_blank() -> None:
    def unmapped(_: Parcel) -> Outcome:
        raise ValueUnmapped("status", partner=PORTAL, value="5", on="2025-09-08")

    life.received()
    send(Partner(unmapped))

    waits = OutboxRow.objects.get(partner=PORTAL)
    assert waits.set_aside_at is not None
    assert "chưa có giá trị tương ứng với “5”" in waits.last_error


def test_a_fault_in_a_connector_stops_no_other_message() -> None:
    bad, good = life.received().code, life.received().code

    def broken(parcel: Parcel) -> Outcome:
        if parcel.dossier == bad:
            raise KeyError("x")
        return Acknowledged()

    done = send(Partner(broken))

    assert (done.acknowledged, done.later) == (1, 1)
    assert OutboxRow.objects.get(dossier__code=bad, partner=PORTAL).is_doubtful
    assert steps(good) == ["begun", "acknowledged"]


def test_a_payload_changed_behind_our_back_is_never_sent() -> None:
    dossier = life.received()
    OutboxRow.objects.filter(partner=PORTAL).update(payload={"code": "khác"})
    partner = Partner()

    assert send(partner).tried == 0

    assert partner.got == []
    assert steps(dossier.code) == ["set_aside"]
    assert OutboxRow.objects.get(partner=PORTAL).last_error == "payload_changed"


def test_an_answer_that_comes_after_the_lease_changes_nothing_that_was_settled() -> None:
    life.received()
    slow = messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    send(Partner(asked=Taken("quick")), cast.MONDAY + LEASE)

    messages.note(
        [messages.Attempt(slow[0], Refused("x", "late"), cast.MONDAY)],
        patience=Manners().patience,
        at=cast.MONDAY + LEASE,
    )

    kept = OutboxRow.objects.get(partner=PORTAL)
    assert (kept.reference, kept.set_aside_at) == ("quick", None)


def test_an_edited_or_removed_line_of_the_ledger_is_found() -> None:
    life.received()
    send(Partner())
    assert chain_holds()

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE records_ledgerrow SET told = 'khác' WHERE number = 2")
    assert not chain_holds()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_ledgerrow WHERE number = 2")
    assert not chain_holds()


def test_the_ledger_cannot_be_changed_by_the_product() -> None:
    life.received()
    send(Partner())

    with pytest.raises(Exception, match="never changed or removed"):
        LedgerRow.objects.update(told="khác")
