"""A fee on the payment platform is paid once here, whatever the platform does meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import cast, life, rows
from tests.exchange.connecting import IMPATIENT, NAME, PATIENT, SETTINGS, connect, connect_to
from tests.exchange.partners import SECRET, Partners, simulated
from thongsuot.actions import enquiries
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Payment as How
from thongsuot.domain.dossier.payments import PaymentDiffers, PaymentUnknown, PaymentWaits
from thongsuot.domain.exchange import Arrival
from thongsuot.exchange import connections
from thongsuot.exchange.connector import Connector
from thongsuot.exchange.connectors.payment import CONFIRM, Payment, SealWrong
from thongsuot.exchange.enquiries import put
from thongsuot.exchange.inbox import understand
from thongsuot.records.dossier import EventRow, load
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.exchange import ConnectionRow
from thongsuot.records.payments import PaymentRow

pytestmark = pytest.mark.django_db
AT = cast.moment("2025-09-08 09:00")


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rows.province()
    connect_to(partners, "payment", monkeypatch, read_seconds=PATIENT)
    partners.forget("payment")
    yield
    partners.well()


@pytest.fixture
def dossier() -> Dossier:
    return life.received()


def opened(partner: str) -> Connector:
    return connections.opened(partner, at=AT)[0]


def answer_all() -> None:
    for number in EnquiryRow.objects.filter(state="waiting").values_list("pk", flat=True):
        at = EnquiryRow.objects.get(pk=number).asked_at
        put(number=number, open_=opened, at=at, now=lambda: at)  # noqa: B023 - called at once


def begin(dossier: Dossier, *, amount: int = 15_000, key: str = "a") -> PaymentRow:
    enquiries.begin_payment(
        code=dossier.code, what="Lệ phí", amount=amount, key=key, by=cast.HOA, at=AT
    )
    answer_all()
    return PaymentRow.objects.latest("id")


def ask_later(minutes: int) -> None:
    enquiries.ask_about_payments(at=AT + timedelta(minutes=minutes))
    answer_all()


def fees(dossier: Dossier) -> list[tuple[int, How]]:
    return [(fee.amount, fee.how) for fee in load(dossier.code).dossier.fees]


def collected(dossier: Dossier) -> int:
    return EventRow.objects.filter(dossier__code=dossier.code, name="fee_collected").count()


def test_the_applicant_gets_a_page_and_what_is_paid_there_is_collected(
    partners: Partners, dossier: Dossier
) -> None:
    payment = begin(dossier)
    assert payment.state == "offered"
    assert payment.url == f"{partners.address('payment')}/pay/{payment.reference}"

    partners.place("payment", MaThamChieu=payment.reference)
    ask_later(5)

    payment.refresh_from_db()
    assert payment.state == "paid"
    assert payment.transaction
    assert fees(dossier) == [(15_000, How.PLATFORM)]


def test_a_payment_that_is_told_in_every_way_and_again_is_collected_once(
    partners: Partners, dossier: Dossier
) -> None:
    payment = begin(dossier)
    partners.place("payment", MaThamChieu=payment.reference)
    ask_later(5)
    word = {"reference": payment.reference, "state": "paid", "amount": 15_000}

    for key in ("a", "b"):
        enquiries.take_payment(Arrival("payment", key, "payment", word), AT)
    ask_later(60)

    assert collected(dossier) == 1


def test_who_has_not_paid_is_waited_for_two_days_and_a_late_word_still_counts(
    partners: Partners, dossier: Dossier
) -> None:
    payment = begin(dossier)
    ask_later(5)
    payment.refresh_from_db()
    assert payment.state == "offered"

    ask_later(49 * 60)
    payment.refresh_from_db()
    assert payment.state == "lapsed"

    word = {"reference": payment.reference, "state": "paid", "amount": 15_000}
    enquiries.take_payment(Arrival("payment", "k", "payment", word), AT)
    assert collected(dossier) == 1


def test_one_fee_has_one_page_and_a_form_sent_twice_asks_once(dossier: Dossier) -> None:
    begin(dossier)
    begin(dossier)
    assert PaymentRow.objects.count() == 1

    with pytest.raises(PaymentWaits):
        begin(dossier, key="b")


@pytest.mark.parametrize(
    ("mode", "how", "state"),
    [
        ("down", {}, "unclear"),
        ("slow", {"seconds": 3}, "unclear"),
        ("times_out_after", {"seconds": 3}, "unclear"),
        ("error_200", {}, "unclear"),
        ("already_exists", {}, "unclear"),
        ("throttled", {}, "unclear"),
        ("schema_drift", {}, ("unclear", "failed", "offered")),
        ("wrong_encoding", {}, ("unclear", "offered")),
        ("duplicate", {}, ("unclear", "offered")),
        ("silent_loss", {}, "offered"),
    ],
)
def test_without_a_page_the_counter_goes_on_and_the_platform_is_asked_until_it_is_clear(
    partners: Partners, dossier: Dossier, mode: str, how: dict[str, Any], state: str | tuple[str]
) -> None:
    ConnectionRow.objects.update(settings={**SETTINGS["payment"], "read_seconds": IMPATIENT})
    partners.fail("payment", mode, **how)
    payment = begin(dossier)
    assert payment.state in ([state] if isinstance(state, str) else state)
    assert fees(dossier) == []

    partners.well()
    ask_later(5)
    payment.refresh_from_db()

    known = payment.reference in partners.book("payment", "requests")
    assert payment.state in ({"offered", "unclear"} if known else {"failed"})
    if payment.state == "failed":
        assert begin(dossier, key="b").state == "offered"


def test_another_amount_than_asked_for_is_left_to_people(
    partners: Partners, dossier: Dossier
) -> None:
    payment = begin(dossier)
    word = {"reference": payment.reference, "state": "paid", "amount": 1}

    with pytest.raises(PaymentDiffers):
        enquiries.take_payment(Arrival("payment", "k", "payment", word), AT)
    with pytest.raises(PaymentUnknown):
        nobody = word | {"reference": "X.1"}
        enquiries.take_payment(Arrival("payment", "k", "payment", nobody), AT)

    assert collected(dossier) == 0


def test_a_confirmation_counts_only_under_the_platforms_seal(
    partners: Partners, dossier: Dossier
) -> None:
    payment = begin(dossier)
    partners.place("payment", MaThamChieu=payment.reference)
    (paid,) = (words[-1]["value"] for words in partners.book("payment", "paid").values())
    connector = opened("payment")
    assert isinstance(connector, Payment)
    sealed = paid | {"MaXacThuc": connector._seal(paid, CONFIRM)}

    read = connector.read(Arrival("payment", "", "raw", sealed))
    assert read.body["state"] == "paid"
    assert enquiries.take_payment(read, AT) == dossier.code
    with pytest.raises(SealWrong):
        connector.read(Arrival("payment", "", "raw", sealed | {"SoTien": "1"}))


def test_a_confirmation_that_the_platform_pushes_is_read_and_collected_once(
    partners: Partners, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = connect("payment", partners.address("payment"), monkeypatch, proof="address")
    row.secrets = {"secret": NAME, "inbound": NAME}
    row.save()
    payment = begin(dossier)
    partners.place("payment", MaThamChieu=payment.reference)
    (paid,) = (words[-1]["value"] for words in partners.book("payment", "paid").values())
    connector = opened("payment")
    assert isinstance(connector, Payment)
    sealed = paid | {"MaXacThuc": connector._seal(paid, CONFIRM)}

    def push(key: str) -> int:
        address = f"/api/doi-tac/payment/khoa/{key}/confirm"
        return Client().post(address, sealed, content_type="application/json").status_code

    assert [push("sai"), push(SECRET), push(SECRET)] == [403, 200, 200]
    understand("payment", connector, at=AT)
    understand("payment", connector, at=AT)

    assert collected(dossier) == 1


def test_a_page_on_another_host_is_not_given_to_anybody(
    partners: Partners, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = partners.address("postal")
    monkeypatch.setattr(
        "thongsuot.exchange.connectors.payment.json_of",
        lambda _: {"MaLoi": "00", "UrlThanhToan": f"{elsewhere}/pay"},
    )

    payment = begin(dossier)

    assert (payment.state, payment.url) == ("failed", "")


def test_money_that_comes_after_the_dossier_is_closed_is_not_lost(
    partners: Partners,
) -> None:
    dossier = life.received()
    payment = begin(dossier)
    life.handed_over(dossier)
    partners.place("payment", MaThamChieu=payment.reference)

    ask_later(5)

    payment.refresh_from_db()
    assert (payment.state, payment.reason) == ("paid", "handed_over")
