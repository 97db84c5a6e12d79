"""The board of the cut-over on the screen."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import enquiries
from thongsuot.domain.exchange import Told, Unavailable
from thongsuot.records.access import RoleRow
from thongsuot.records.cutover import CutoverStepRow
from thongsuot.records.enquiries import EnquiryRow

BOARD = "/chuyen-he-thong"
FIELD = f"{BOARD}/linh-vuc?ten=Hộ tịch"
LEFT = f"{BOARD}/con-lai?ten=Hộ tịch"


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    return sign_in(cast.MINH)


@pytest.fixture
def moving(keeper: Client) -> None:
    rows.reception_system(partner="bo-x")
    life.received(at=cast.MONDAY)
    rows.moved("2025-09-09 00:00")


def test_an_empty_board_says_what_to_load_and_others_are_refused(
    keeper: Client, sign_in: SignIn
) -> None:
    assert "Chưa có lĩnh vực nào chuyển" in pages.text(keeper.get(BOARD))
    assert "Chưa có hệ thống tiếp nhận nào" in pages.text(keeper.get(f"{BOARD}/he-thong"))
    assert keeper.get(FIELD).status_code == 404
    assert sign_in(cast.HOA).get(BOARD).status_code == 403


def test_the_board_shows_each_field_and_leads_to_what_is_left(keeper: Client, moving: None) -> None:
    board = pages.text(keeper.get(BOARD))
    page = pages.text(keeper.get(FIELD))
    left = pages.text(keeper.get(LEFT))

    assert "1 lĩnh vực chuyển sang hệ thống của bộ: còn 1 hồ sơ cũ" in board
    assert "UBND xã Bản Mây" in page
    assert "H99.101-250908-0001" in left
    assert "Không có hồ sơ nào" in pages.text(keeper.get(f"{LEFT}&loc=failed"))
    assert "Hệ thống bo-x" in pages.text(keeper.get(f"{BOARD}/he-thong"))


def test_a_field_is_exported_read_back_tested_and_held(keeper: Client, moving: None) -> None:
    assert keeper.post(FIELD, {"do": "export"}).status_code == 302
    told = keeper.get(f"{BOARD}/tep/json?ten=Hộ tịch").content
    sent = SimpleUploadedFile("bo.json", told)
    assert keeper.post(FIELD, {"do": "read", "file": sent}).status_code == 302
    assert keeper.post(FIELD, {"do": "test", "code": "THU-1"}).status_code == 302
    assert keeper.post(FIELD, {"do": "freeze", "reason": "bộ báo lỗi"}).status_code == 302

    page = pages.text(keeper.get(FIELD))

    assert "từ bo.json" in page
    assert "THU-1" in page
    assert "Đang tạm giữ" in page
    for kind in ("quy-trinh", "tai-khoan"):
        assert keeper.get(f"{BOARD}/tep/{kind}?ten=Hộ tịch").content[:2] == b"PK"


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    keeper: Client, moving: None
) -> None:
    empty = keeper.post(FIELD, {"do": "freeze", "decision": "QĐ 77"})
    not_ready = keeper.post(FIELD, {"do": "start", "decision": "QĐ 77", "reason": "đến hạn"})
    no_file = keeper.post(FIELD, {"do": "read"})

    assert [r.status_code for r in (empty, not_ready, no_file)] == [422, 422, 422]
    assert "QĐ 77" in empty.content.decode()
    assert "chưa sẵn sàng" in pages.text(not_ready)
    assert not CutoverStepRow.objects.exists()


def test_the_number_of_questions_does_not_grow_with_fields_and_dossiers(
    keeper: Client, moving: None
) -> None:
    few = pages.questions(keeper, BOARD), pages.questions(keeper, FIELD)
    for number in range(12):
        rows.moved("2025-09-09 00:00", field=f"Lĩnh vực {number}")
        life.received(at=cast.MONDAY)

    assert (pages.questions(keeper, BOARD), pages.questions(keeper, FIELD)) == few


def test_without_a_connection_only_a_file_is_read_back(keeper: Client, moving: None) -> None:
    page = keeper.get(FIELD)

    assert "chưa có kết nối đang dùng" in pages.text(page)
    assert "Đọc qua kết nối" not in pages.buttons(page)
    assert keeper.post(FIELD, {"do": "ask", "key": "k"}).status_code == 422
    assert not EnquiryRow.objects.exists()


def test_the_ministrys_set_up_is_read_through_its_connection_and_the_differences_are_listed(
    keeper: Client, moving: None
) -> None:
    rows.connected("bo-x")
    assert "Xuất cho bộ trước" in pages.text(keeper.get(FIELD))
    keeper.post(FIELD, {"do": "export"})
    assert "Đọc qua kết nối" in pages.buttons(keeper.get(FIELD))

    asked = keeper.post(FIELD, {"do": "ask", "key": "k"})
    again = keeper.post(FIELD, {"do": "ask", "key": "k"})
    row = EnquiryRow.objects.get()
    waiting = pages.text(keeper.get(asked["Location"]))
    told = Told({"bodies": [{"office": cast.BAN_MAY, "procedures": [], "people": []}]})
    enquiries.settle(number=row.pk, reply=told, request=b"", answer=b"", at=cast.MONDAY)
    page = pages.text(keeper.get(asked["Location"]))

    assert asked["Location"] == again["Location"]
    assert row.partner == "bo-x"
    assert rows.FIVE_DAYS in row.asked["procedures"]
    assert "Đang hỏi" in waiting
    assert "Đã đọc 1 cơ quan qua kết nối" in page
    assert "điểm khác giữa bản đã xuất và cấu hình của bộ" in page
    assert "từ bo-x" in page


def test_a_ministry_that_does_not_answer_leaves_what_was_read_before(
    keeper: Client, moving: None
) -> None:
    rows.connected("bo-x")
    keeper.post(FIELD, {"do": "export"})
    asked = keeper.post(FIELD, {"do": "ask", "key": "k"})
    number = EnquiryRow.objects.get().pk

    reply = Unavailable("không mở cửa")
    enquiries.settle(number=number, reply=reply, request=b"", answer=b"", at=cast.MONDAY)
    page = pages.text(keeper.get(asked["Location"]))

    assert "Không có trả lời; đọc lại sau, hoặc nạp tệp JSON bộ gửi." in page
    assert "Chưa đọc lại cấu hình của bộ" in page
