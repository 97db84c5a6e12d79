"""A process in a real browser, by keyboard, without JavaScript: proposed, appraised, in force."""

from __future__ import annotations

import pytest

from tests import cast
from tests.journeys.conftest import PHONE, Desks
from thongsuot.records.catalogue import process

pytestmark = pytest.mark.journey


def test_a_body_proposes_the_office_appraises_and_a_decision_puts_it_in_force(
    desks: Desks,
) -> None:
    leader = desks.of(cast.SON)
    leader.press("Danh mục")
    leader.press("Quy trình")
    leader.press("chung@1")
    leader.picture("quy-trinh")
    leader.press("Đề xuất phiên bản mới")
    leader.fill("Tên quy trình", " sửa đổi")
    with leader.page.expect_navigation():
        leader.page.keyboard.press("Enter")
    address = leader.page.url
    leader.press("Đề xuất với Văn phòng")

    office = desks.of(cast.NHUNG)
    office.page.goto(address)
    office.fill("Nhận xét của Văn phòng", "Đạt")
    office.press("Thẩm định đạt")
    office.fill("Số quyết định", "31/QĐ-UBND")
    office.fill("Người hoặc cơ quan ký", "Chủ tịch UBND tỉnh")
    office.press("Đưa vào áp dụng theo quyết định")
    office.picture("quy-trinh-co-hieu-luc")

    phone = desks.of(cast.SON, PHONE)
    phone.page.goto(address)
    phone.picture("quy-trinh-dien-thoai")

    assert phone.says("Có hiệu lực theo quyết định")
    assert process("chung@2").decision == "31/QĐ-UBND"
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
