"""A whole class at the counter: typed in a table, shown, taken in, all papers printed at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, rows
from tests.journeys.conftest import PHONE, Desks
from thongsuot.actions import together
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkRow

pytestmark = pytest.mark.journey


def test_two_children_of_a_class_are_taken_in_by_keys_without_a_script(desks: Desks) -> None:
    desk = desks.of(cast.HOA)
    desk.page.goto(f"/tiep-nhan/{rows.FIVE_DAYS}")
    desk.press("Nhận nhiều hồ sơ cùng loại")

    desk.tick("Tờ khai")
    desk.fill("Họ và tên, dòng 1", "Giàng Thị Mỷ")
    desk.fill("Họ và tên, dòng 2", "Sùng A Chứ")
    desk.fill("Số định danh, dòng 2", "123")
    desk.press("Xem trước")
    desk.picture("nhieu-sai")
    assert desk.says("Chưa ghi được, còn một chỗ phải sửa")
    desk.page.get_by_label("Số định danh, dòng 2").fill("")
    desk.press("Xem trước")
    desk.picture("nhieu-xem-truoc")
    desk.page.set_viewport_size(PHONE)
    desk.picture("nhieu-dien-thoai")
    desk.press("Tiếp nhận 2 hồ sơ")
    while together.do_next(run=BulkRow.objects.get().pk, at=cast.MONDAY + timedelta(hours=1)):
        pass
    desk.press("Xem tiến độ mới nhất")
    desk.picture("nhieu-xong")

    assert desk.says("In 2 giấy tiếp nhận")
    assert DossierRow.objects.count() == 2
