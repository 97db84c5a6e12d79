"""The product's main job in a real browser, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest

from tests import cast, life, rows
from tests.journeys.conftest import PHONE, Desk, Desks
from thongsuot.domain.dossier.reasons import fold
from thongsuot.queries.dossier import verified
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.dossier import DossierRow

pytestmark = pytest.mark.journey

NAME = "Đăng ký khai sinh"


def test_a_dossier_goes_from_the_counter_through_every_desk_and_back(desks: Desks) -> None:
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).update(name=NAME, search=" ".join(fold(NAME)))

    counter = desks.of(cast.HOA)
    _take_in(counter)
    code = counter.page.url.rpartition("/")[2]
    counter.picture("1-tiep-nhan")
    counter.press("Chuyển cơ quan giải quyết")

    intake = desks.of(cast.PAO)
    intake.press(code)
    intake.press("Phân công")
    intake.fill("Người xử lý", cast.TAM.name)
    intake.press("Xác nhận: phân công")

    handler = desks.of(cast.TAM)
    assert handler.says("Của tôi 1")
    handler.press(code)
    handler.open("Việc khác")
    handler.press("Yêu cầu bổ sung")
    handler.fill("Giấy tờ còn thiếu", "Ảnh chân dung")
    handler.fill("Lý do", "Thiếu ảnh")
    handler.press("Xác nhận: yêu cầu bổ sung")
    assert handler.says("Đồng hồ đang dừng")
    handler.picture("2-tam-dung")

    counter.page.reload()
    counter.press("Nhận bổ sung")
    counter.fill("Giấy tờ nhận thêm", "Ảnh chân dung")
    counter.press("Xác nhận: nhận bổ sung")
    assert not counter.says("Đồng hồ đang dừng")

    handler.page.reload()
    handler.press("Trình lãnh đạo")
    handler.fill("Nội dung trình", "Đủ điều kiện")
    handler.press("Xác nhận: trình lãnh đạo")

    leader = desks.of(cast.SON)
    leader.press(code)
    leader.press("Phê duyệt")
    assert leader.says("người nộp không thể rút hồ sơ nữa")
    leader.press("Xác nhận: phê duyệt")

    clerk = desks.of(cast.LAI)
    clerk.press(code)
    clerk.press("Phát hành kết quả")
    clerk.fill("Số văn bản kết quả", "12/GKS")
    clerk.press("Xác nhận: phát hành kết quả")

    counter.page.reload()
    counter.press("Trả kết quả")
    counter.press("Xác nhận: trả kết quả")
    counter.picture("3-tra-ket-qua")

    assert counter.says("Hồ sơ đã đóng, không còn việc phải làm.")
    row = DossierRow.objects.get(code=code)
    assert (row.status, row.is_handed_over, row.applicant_name) == ("10", True, cast.MY.name)
    assert list(verified()) == [(code, [])]


def test_what_is_wrong_is_said_where_the_keyboard_already_is(desks: Desks) -> None:
    counter = desks.of(cast.HOA)
    counter.page.goto(f"/tiep-nhan/{rows.FIVE_DAYS}")
    counter.fill("Điện thoại", "0900000017")
    counter.press("Tiếp nhận")

    assert counter.says("còn một chỗ phải sửa")
    counter.page.wait_for_selector(".problems:focus")
    counter.page.keyboard.press("Tab")
    counter.page.keyboard.press("Enter")
    counter.page.keyboard.type(cast.MY.name)

    assert counter.page.input_value("#f-applicant-name") == cast.MY.name
    assert counter.page.input_value("#f-applicant-phone") == "0900000017"


def test_the_first_key_leads_past_the_frame(desks: Desks) -> None:
    counter = desks.of(cast.HOA)

    counter.page.keyboard.press("Tab")
    counter.page.keyboard.press("Enter")

    assert counter.page.url.endswith("#main")


def test_no_page_is_wider_than_a_phone(desks: Desks) -> None:
    address = f"/ho-so/{life.received().code}"
    counter = desks.of(cast.HOA, PHONE)

    widths = {}
    for path in ("/", "/tiep-nhan", f"/tiep-nhan/{rows.FIVE_DAYS}", address, "/ho-so/khong-co"):
        counter.page.goto(path)
        widths[path] = counter.page.evaluate("document.documentElement.scrollWidth")

    assert max(widths.values()) <= PHONE["width"], widths


def _take_in(counter: Desk) -> None:
    """Hoa takes the dossier of Mrs Mỷ in."""
    counter.press("Tiếp nhận hồ sơ")
    counter.begin("#q", "KHAI sinh")
    counter.press(NAME)
    counter.fill("Họ và tên", cast.MY.name)
    counter.fill("Số định danh", cast.MY.number)
    counter.tick("Tờ khai")
    counter.press("Tiếp nhận")
    assert counter.says("Đã tiếp nhận hồ sơ")
