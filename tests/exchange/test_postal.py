"""The post is ordered once, followed on its way; a report is handed over as the file it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests import cast, life, rows, scans
from tests.exchange.connecting import connect_to
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import messages, postal
from thongsuot.actions.files import Upload, inspect, keep
from thongsuot.actions.postal import PostalOrderStands
from thongsuot.domain.duties import NotYourDuty
from thongsuot.exchange import connections
from thongsuot.exchange.connector import Collecting
from thongsuot.exchange.inbox import fetch
from thongsuot.exchange.outbox import send_due
from thongsuot.queries import messages as ledgers
from thongsuot.records import errands
from thongsuot.records.access import RoleRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.messages import InboxRow
from thongsuot.records.postal import PostalMoveRow, PostalOrderRow
from thongsuot.words.reading import FieldNeeded

AT = cast.MONDAY
TO = {"name": "Giàng Thị Mỷ", "address": "Bản Mây", "phone": "0900000017", "province": "12"}
pytestmark = pytest.mark.django_db
MODES = [
    ("down", {}, False),
    ("throttled", {"count": 2}, False),
    ("error_200", {"count": 2}, False),
    ("already_exists", {"count": 2}, False),
    ("times_out_after", {"seconds": 3, "count": 1}, False),
]


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch, store: object) -> Iterator[None]:
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    for partner in ("postal", "reports"):
        connect_to(partners, partner, monkeypatch)
        partners.forget(partner)
    yield
    partners.well()


def drain(partner: str, *, since: timedelta = timedelta()) -> None:
    at = AT + since
    for _ in range(6):
        at += timedelta(hours=1)
        send_due(partner, connections.opened(partner, at=AT)[0], at=at)


def an_order() -> str:
    return postal.order(code=life.received().code, **TO, by=cast.HOA, at=AT)


def follow() -> None:
    found = connections.opened("postal", at=AT)[0]
    assert isinstance(found, Collecting)
    fetch("postal", found, at=AT)


def test_an_order_goes_out_once_and_its_way_comes_back(partners: Partners) -> None:
    number = an_order()
    with pytest.raises(PostalOrderStands):
        postal.order(code=number.removesuffix("-BC1"), **TO, by=cast.HOA, at=AT)

    drain("postal")
    partners.place("postal", OrderNumber=number, StatusName="Đang phát (giả lập)")
    follow()
    follow()

    order = partners.book("postal", "orders")[number][-1]["value"]
    assert (order["ReceiverName"], order["ReceiverProvince"]) == ("Giàng Thị Mỷ", "12")
    assert "ReceiverDistrict" not in order
    said = list(PostalMoveRow.objects.order_by("pk").values_list("words", flat=True))
    assert said == ["Đã nhận đơn (giả lập)", "Đang phát (giả lập)"]
    assert ledgers.verify("postal") == ()


def test_an_order_that_is_called_off_is_cancelled_after_it_was_ordered(partners: Partners) -> None:
    number = an_order()
    postal.cancel(number=number, by=cast.HOA, at=AT)
    postal.cancel(number=number, by=cast.HOA, at=AT)

    drain("postal")

    words = partners.book("postal", "orders")[number]
    assert [one["value"]["is_cancelled"] for one in words] == [False, True]
    assert postal.order(code=number.removesuffix("-BC1"), **TO, by=cast.HOA, at=AT) != number


def test_what_nobody_here_ordered_waits_for_people(partners: Partners) -> None:
    number = an_order()
    drain("postal")
    partners.place("postal", OrderNumber=number)
    PostalMoveRow.objects.all().delete()
    ErrandRow.objects.all().delete()
    PostalOrderRow.objects.all().delete()
    follow()

    assert set(InboxRow.objects.values_list("state", flat=True)) == {"quarantined"}


def test_who_hands_nothing_over_orders_nothing_and_a_gap_is_named() -> None:
    dossier = life.received()
    with pytest.raises(NotYourDuty):
        postal.order(code=dossier.code, **TO, by=cast.KHACH, at=AT)
    with pytest.raises(FieldNeeded):
        postal.order(code=dossier.code, **{**TO, "address": " "}, by=cast.HOA, at=AT)

    assert not ErrandRow.objects.exists()


@pytest.mark.parametrize(("mode", "how", "people"), MODES)
def test_whatever_the_post_does_there_is_one_order(
    partners: Partners, mode: str, how: dict[str, Any], people: bool
) -> None:
    number = an_order()
    partners.fail("postal", mode, **how)
    drain("postal")
    partners.well()
    drain("postal", since=timedelta(days=1))

    waits = ErrandRow.objects.filter(sent_at=None)
    assert waits.exists() is people
    for row in waits:
        messages.skip(number=-row.pk, reason="bưu điện đã có", by=cast.MINH, at=AT)
    assert len(partners.book("postal", "orders")[number]) == 1


@pytest.mark.parametrize(("mode", "how"), [("", {}), *((one, how) for one, how, _ in MODES)])
def test_a_report_is_there_as_the_file_that_was_frozen(
    partners: Partners, mode: str, how: dict[str, Any]
) -> None:
    file = keep(inspect(Upload("bao-cao.pdf", scans.pdf())), by="x", at=AT)
    payload = {
        "system": "tinh",
        "sha256": file.sha256,
        "name": file.name,
        "type": "application/pdf",
    }
    errands.owe(
        partner="reports",
        kind="report_file",
        about="tinh:2026-Q1",
        key="tinh:2026-Q1:1",
        payload=payload,
        by="x",
        at=AT,
    )
    if mode:
        partners.fail("reports", mode, **how)
    drain("reports")
    partners.well()
    drain("reports", since=timedelta(days=1))

    kept = partners.book("reports", "files")[f"tinh/{file.name}"][-1]["value"]
    assert kept["sha256"] == file.sha256
    assert not ErrandRow.objects.filter(sent_at=None).exists()
