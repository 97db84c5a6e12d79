"""What was set aside waits for people, who send it again, mend it or let it be, and say why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, life, rows
from thongsuot.actions import messages
from thongsuot.actions.messages import Attempt, MendedElsewhere
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Acknowledged, Patience, Refused
from thongsuot.queries import messages as queries
from thongsuot.records import errands
from thongsuot.records.access import RoleRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.messages import NoSuchMessage, OutboxRow, PayloadBeforeRow

PORTAL = "national_portal"
LEASE = timedelta(minutes=5)
pytestmark = pytest.mark.django_db


@pytest.fixture
def aside() -> OutboxRow:
    """The first message of a dossier, refused by the portal."""
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.grant(cast.PAO, "operator", "")
    life.forwarded(life.received())
    (parcel,) = messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    attempt = Attempt(parcel, Refused("-3", "thiếu mã"), cast.MONDAY)
    messages.note([attempt], patience=Patience(), at=cast.MONDAY)
    return OutboxRow.objects.get(pk=parcel.number)


def taken() -> list[int]:
    return [p.number for p in messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)]


def test_it_is_told_with_how_many_wait_behind_it(aside: OutboxRow) -> None:
    (line,) = queries.standing()

    assert (line.partner, line.waiting, line.aside, line.acknowledged) == (PORTAL, 1, 1, 0)
    assert line.oldest == aside.owed_at
    assert taken() == []


def test_errands_are_counted_with_messages_and_told_apart(aside: OutboxRow) -> None:
    for key in ("a", "b"):
        errands.owe(
            partner=PORTAL, kind="x", about=key, key=key, payload={}, by="x", at=cast.MONDAY
        )
    ErrandRow.objects.filter(key="a").update(set_aside_at=cast.MONDAY)
    errands.owe(
        partner="postal",
        kind="postal_order",
        about="o",
        key="o",
        payload={},
        by="x",
        at=cast.MONDAY,
    )

    portal, postal = sorted(queries.standing(), key=lambda line: line.partner)
    assert (portal.waiting, portal.aside, portal.ever, portal.difference) == (2, 2, 4, 0)
    assert (portal.messages_waiting, portal.messages_aside) == (1, 1)
    assert (postal.waiting, postal.errands_waiting, postal.ever) == (1, 1, 1)


def test_sent_again_it_goes_before_those_that_waited_for_it(aside: OutboxRow) -> None:
    assert messages.replay([aside.pk], reason="đã sửa mã", by=cast.PAO, at=cast.MONDAY) == (
        aside.pk,
    )

    assert taken() == [aside.pk]
    told = [line.step for line in queries.ledger_of(aside.pk, partner=PORTAL)]
    assert told == ["begun", "refused", "set_aside", "replayed", "begun"]


def test_what_is_not_set_aside_is_not_sent_again(aside: OutboxRow) -> None:
    other = OutboxRow.objects.exclude(pk=aside.pk).get(partner=PORTAL)

    assert messages.replay([other.pk], reason="x", by=cast.PAO, at=cast.MONDAY) == ()


def test_let_be_it_holds_up_nothing_any_more_and_is_counted_apart(aside: OutboxRow) -> None:
    messages.skip(number=aside.pk, reason="đối tác đã có", by=cast.PAO, at=cast.MONDAY)

    (following,) = taken()
    assert following != aside.pk
    (line,) = queries.standing()
    assert (line.skipped, line.aside, line.acknowledged) == (1, 0, 0)
    with pytest.raises(NoSuchMessage):
        messages.skip(number=aside.pk, reason="lần nữa", by=cast.PAO, at=cast.MONDAY)


def test_mended_it_says_something_else_and_what_it_said_is_kept(aside: OutboxRow) -> None:
    mended = aside.payload | {"procedure": "1.000999"}

    messages.mend(
        number=aside.pk, payload=mended, reason="sai mã thủ tục", by=cast.PAO, at=cast.MONDAY
    )

    (parcel,) = messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    assert parcel.payload["procedure"] == "1.000999"
    before = PayloadBeforeRow.objects.get()
    assert (before.payload, before.by) == (aside.payload, cast.PAO.account)
    messages.note(
        [Attempt(parcel, Acknowledged("9"), cast.MONDAY)], patience=Patience(), at=cast.MONDAY
    )
    assert queries.verify() == ()


def test_a_message_never_becomes_one_about_another_dossier(aside: OutboxRow) -> None:
    with pytest.raises(MendedElsewhere):
        messages.mend(
            number=aside.pk,
            payload=aside.payload | {"code": "H35.9-250908-9999"},
            reason="x",
            by=cast.PAO,
            at=cast.MONDAY,
        )


def test_only_who_answers_for_the_shared_systems_decides(aside: OutboxRow) -> None:
    with pytest.raises(NotYourRight):
        messages.replay([aside.pk], reason="x", by=cast.HOA, at=cast.MONDAY)
