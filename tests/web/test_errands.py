"""What is owed besides messages is seen, and decided on by people with a reason."""

from __future__ import annotations

import pytest

from tests import cast
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records import errands
from thongsuot.records.access import RoleRow
from thongsuot.records.documents import DocumentRow
from thongsuot.records.errands import ErrandRow

PAGE = "/trao-doi/viec-khac"


@pytest.fixture
def keeper(province: None) -> None:
    """Minh keeps the systems of the province."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])


def an_errand() -> ErrandRow:
    errands.owe(
        partner="postal",
        kind="postal_order",
        about="O-1",
        key="k",
        payload={"order": "O-1"},
        by="hoa",
        at=cast.MONDAY,
    )
    ErrandRow.objects.update(set_aside_at=cast.MONDAY, last_error="400: thiếu địa chỉ")
    return ErrandRow.objects.get()


def test_nothing_that_waits_says_what_would_wait_here(keeper: None, sign_in: SignIn) -> None:
    assert "Không có việc nào" in pages.text(sign_in(cast.MINH).get(PAGE))


def test_an_errand_that_was_refused_is_sent_again_or_left_with_a_reason(
    keeper: None, sign_in: SignIn
) -> None:
    client, row = sign_in(cast.MINH), an_errand()
    number = {"number": str(-row.pk)}

    seen = pages.text(client.get(PAGE))
    without = client.post(PAGE, number | {"action": "replay", "reason": ""})
    again = client.post(PAGE, number | {"action": "replay", "reason": "đã bổ sung địa chỉ"})

    assert "đặt bưu điện" in seen
    assert "400: thiếu địa chỉ" in seen
    assert without.status_code == 422
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.set_aside_at is None
    ErrandRow.objects.update(set_aside_at=cast.MONDAY)
    client.post(PAGE, number | {"action": "skip", "reason": "không cần nữa"})
    row.refresh_from_db()
    assert row.is_skipped
    assert "đặt bưu điện" in pages.text(client.get(f"{PAGE}?trang-thai=done"))


def test_an_errand_that_is_none_is_refused_in_one_sentence(keeper: None, sign_in: SignIn) -> None:
    page = sign_in(cast.MINH).post(PAGE, {"number": "9", "action": "skip", "reason": "x"})

    assert "Không có việc số 9" in pages.text(page)


def test_documents_are_listed_and_taken_in(keeper: None, sign_in: SignIn) -> None:
    client = sign_in(cast.MINH)
    row = DocumentRow.objects.create(
        name="000.00.00.G15,2025/09/08,1/CV",
        way="in",
        sender="000.00.00.G15",
        receivers=["000.00.00.H99"],
        subject="Công văn bịa",
        at=cast.MONDAY,
    )

    page = pages.text(client.get("/trao-doi/van-ban"))
    taken = client.post("/trao-doi/van-ban", {"number": str(row.pk)})

    assert "Công văn bịa" in page
    assert taken.status_code == 302
    assert ErrandRow.objects.get().payload["code"] == "03"
    assert "Chưa có văn bản nào" in pages.text(client.get("/trao-doi/van-ban?chieu=out"))


def test_who_keeps_no_systems_sees_none_of_it(keeper: None, sign_in: SignIn) -> None:
    for address in (PAGE, "/trao-doi/van-ban"):
        assert sign_in(cast.HOA).get(address).status_code == 403


def test_what_is_owed_besides_messages_is_counted_with_its_partner_and_found_from_there(
    keeper: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.MINH)
    an_errand()

    board = pages.text(client.get("/trao-doi"))
    assert "+ 1 việc khác" in board
    assert "Phải gửi 1 = đã nhận 0 + bỏ qua 0 + chờ gửi 0 + để riêng 1: khớp." in board
    assert "O-1" in pages.text(client.get(f"{PAGE}?trang-thai=aside&doi-tac=postal"))
    assert "O-1" not in pages.text(client.get(f"{PAGE}?trang-thai=aside&doi-tac=land"))
