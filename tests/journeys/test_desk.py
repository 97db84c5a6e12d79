"""A desk's day: assigned in one run, ordered, proposed, and one kind of paper printed of many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import ViewportSize

from tests import cast, life
from tests.journeys.conftest import OFFICE_SCREEN, PHONE, Desks
from thongsuot.actions import together
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkRow

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [OFFICE_SCREEN, PHONE])
def test_dossiers_are_assigned_together_and_one_is_proposed(
    desks: Desks, size: ViewportSize
) -> None:
    early = cast.MONDAY - timedelta(days=3)
    codes = [life.forwarded(life.received(at=early + timedelta(minutes=n))).code for n in range(2)]
    intake = desks.of(cast.PAO, size)
    intake.page.goto("/?tab=office&chon=1")
    intake.press("Phân công…")
    intake.go_to("Người xử lý")
    intake.page.keyboard.type("Nguyễn Minh Tâm")
    intake.press("Xem trước kết quả từng hồ sơ")
    intake.picture(f"1-phan-cong-{size['width']}")
    intake.press("Phân công 2 hồ sơ")
    while together.do_next(run=BulkRow.objects.get().pk, at=cast.MONDAY):
        pass
    intake.press("Xem tiến độ mới nhất")
    intake.picture(f"2-ket-qua-{size['width']}")
    assert intake.says("Xong: 2/2 dòng")

    handler = desks.of(cast.TAM, size)
    handler.page.goto("/?tab=mine&order=-received")
    handler.picture(f"3-viec-cua-toi-{size['width']}")
    handler.press(codes[1])
    handler.press("Trình lãnh đạo")
    handler.page.get_by_label("Nội dung trình").focus()
    handler.page.keyboard.type("Đủ điều kiện.")
    handler.press("Xác nhận: trình lãnh đạo")
    handler.picture(f"4-da-trinh-{size['width']}")

    stages = dict(DossierRow.objects.values_list("code", "stage"))
    assert stages == {codes[0]: "work", codes[1]: "approval"}


def test_papers_of_many_are_looked_over_before_they_are_printed(desks: Desks) -> None:
    done = life.issued(life.received()).code
    waiting = life.received().code
    counter = desks.of(cast.HOA, PHONE)

    counter.page.goto(f"/in/xem-truoc?code={done}&code={waiting}&kind=result_handover")
    counter.picture("5-in-nhieu-390")

    assert counter.says("1 hồ sơ có giấy này; 1 hồ sơ chưa có")
    assert counter.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    counter.go_to("In 1 giấy trong một tệp PDF")
