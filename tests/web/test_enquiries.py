"""The counter asks a national database and never waits for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, life
from tests.exchange.connecting import connect
from tests.web import pages
from tests.web.conftest import SignIn
from tests.web.test_reception import FORM, send
from thongsuot.actions import enquiries
from thongsuot.domain.exchange import Told, Unavailable
from thongsuot.records.dossier import DossierRow
from thongsuot.records.enquiries import EnquiryRow

NOW = cast.moment("2025-09-10 09:00")
BUTTON = "Đối chiếu với dữ liệu dân cư"


@pytest.fixture
def connected(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The population database, at an address that nobody calls here."""
    connect("population", "http://127.0.0.1:9", monkeypatch)


def settle(reply: Told | Unavailable) -> None:
    number = EnquiryRow.objects.latest("id").pk
    enquiries.settle(number=number, reply=reply, request=b"", answer=b"", at=NOW)


def test_without_a_connection_nothing_is_offered(sign_in: SignIn) -> None:
    assert BUTTON not in pages.buttons(sign_in(cast.HOA).get(FORM))


def test_the_question_is_on_its_way_and_the_form_keeps_what_was_typed(
    connected: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.HOA)

    page = send(client, action="check")

    row = EnquiryRow.objects.get()
    assert "Đang hỏi" in pages.text(page)
    assert pages.typed(page, "applicant.name") == "Giàng Thị Mỷ"
    assert pages.typed(page, "enquiry") == str(row.pk)
    assert f'data-enquiry="/tra-cuu-cho/{row.pk}"' in page.content.decode()
    assert "Xem trả lời" in pages.buttons(page)


def test_the_answer_stands_in_the_piece_and_on_the_page(connected: None, sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    send(client, action="check")
    settle(Told({"name": "Giàng Thị Mỷ"}))
    number = str(EnquiryRow.objects.get().pk)

    piece = client.get(f"/tra-cuu-cho/{number}")
    page = send(client, action="look", enquiry=number)
    of_another = send(client, action="look", enquiry=number, applicant__number="012190000025")

    said = "Họ tên khớp với số định danh."
    assert said in pages.text(piece)
    assert 'data-enquiry=""' in piece.content.decode()
    assert said in pages.text(page)
    assert said not in pages.text(of_another)


def test_a_database_that_is_away_says_so_and_the_dossier_is_taken_in(
    connected: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.HOA)
    send(client, action="check")
    settle(Unavailable("down"))
    number = str(EnquiryRow.objects.get().pk)

    page = send(client, action="look", enquiry=number)
    taken = send(client, action="receive", enquiry=number)

    assert "Không có trả lời; cứ tiếp tục" in pages.text(page)
    assert "Chưa trả lời câu hỏi nào từ" in pages.text(page)
    assert taken.status_code == 302
    assert DossierRow.objects.count() == 1


def test_a_number_that_is_none_is_said_beside_its_field(connected: None, sign_in: SignIn) -> None:
    page = send(sign_in(cast.HOA), action="check", applicant__number="12")

    assert "12 chữ số" in pages.beside(page, "applicant.number")
    assert not EnquiryRow.objects.exists()


def test_a_question_of_somebody_else_is_not_shown(connected: None, sign_in: SignIn) -> None:
    send(sign_in(cast.HOA), action="check")

    other = sign_in(cast.SUNG).get(f"/tra-cuu-cho/{EnquiryRow.objects.get().pk}")

    assert other.status_code == 404


def test_a_question_that_no_worker_takes_up_is_over_after_a_minute(
    connected: None, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.HOA)
    send(client, action="check")
    later = NOW + timedelta(minutes=2)
    monkeypatch.setattr("thongsuot.web.door.now", lambda: later)

    piece = client.get(f"/tra-cuu-cho/{EnquiryRow.objects.get().pk}")

    assert "Không có trả lời" in pages.text(piece)


PAY = {"action": "pay", "what": "Lệ phí", "amount": "15000", "key": "mot"}


@pytest.fixture
def platform(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The payment platform, at an address that nobody calls here."""
    connect("payment", "http://127.0.0.1:9", monkeypatch)


def test_a_page_to_pay_on_is_asked_for_and_shown_when_it_is_there(
    platform: None, sign_in: SignIn
) -> None:
    papers = f"/ho-so/{life.received().code}/giay-to"
    client = sign_in(cast.HOA)

    asked = str(client.post(papers, PAY)["Location"])
    waiting = client.get(asked)
    url = "http://127.0.0.1:9/pay/1"
    settle(Told({"url": url}))
    there = client.get(asked)

    assert "Đang hỏi" in pages.text(waiting)
    assert "Trang thanh toán đã sẵn sàng" in pages.text(there)
    assert f'href="{url}"' in there.content.decode()
    assert "chờ người nộp thanh toán" in pages.text(there)


def test_a_platform_that_is_away_leaves_the_fee_to_the_counter(
    platform: None, sign_in: SignIn
) -> None:
    papers = f"/ho-so/{life.received().code}/giay-to"
    client = sign_in(cast.HOA)
    asked = str(client.post(papers, PAY)["Location"])
    settle(Unavailable("down"))

    page = pages.text(client.get(asked))

    assert "Không có trả lời; cứ tiếp tục, thu tại quầy" in page
    assert "Hỏi kết quả" in page
    paid = {"action": "fee", "what": "Lệ phí", "amount": "15000", "how": "cash"}
    assert client.post(papers, paid | {"receipt_number": "1"}).status_code == 302


def test_what_is_wrong_with_a_payment_is_said_beside_its_field(
    platform: None, sign_in: SignIn
) -> None:
    papers = f"/ho-so/{life.received().code}/giay-to"

    page = sign_in(cast.HOA).post(papers, PAY | {"amount": "0"})

    assert page.status_code == 422
    assert 'id="f-pay-amount-error"' in page.content.decode()
    assert "Lệ phí" in pages.typed(page, "what")
