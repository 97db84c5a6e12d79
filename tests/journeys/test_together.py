"""Many dossiers chosen by keys, claimed at once, followed to the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import cast, life
from tests.journeys.conftest import PHONE, Desks
from tests.journeys.test_drafts import scripted
from thongsuot.actions import together
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkRow

pytestmark = pytest.mark.journey


def work_off() -> None:
    """What the worker does."""
    while together.do_next(run=BulkRow.objects.get().pk, at=cast.MONDAY + timedelta(hours=8)):
        pass


def test_three_of_four_are_claimed_with_space_and_shift(desks: Desks) -> None:
    early = cast.MONDAY - timedelta(days=3)
    codes = [life.forwarded(life.received(at=early + timedelta(minutes=n))).code for n in range(4)]
    desk = desks.of(cast.TAM)
    page = scripted(desk)
    keys = page.keyboard
    page.goto("/?tab=office")

    page.get_by_label(f"Chọn {codes[0]}").focus()
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Shift+Space")
    expect(page.locator("[data-told]")).to_have_text("Đã chọn 3 hồ sơ.")
    page.screenshot(path=desk.pictures / "chon-nhieu.png")
    page.get_by_role("button", name="Nhận việc", exact=True).press("Enter")
    page.wait_for_url("**/hang-loat/moi")
    page.screenshot(path=desk.pictures / "xem-truoc.png", full_page=True)
    page.get_by_role("button", name="Nhận việc 3 hồ sơ").press("Enter")
    page.wait_for_url("**/hang-loat/*")
    expect(page.locator("[role=status]").first).to_contain_text("0/3 dòng")
    page.screenshot(path=desk.pictures / "dang-lam.png", full_page=True)
    work_off()

    expect(page.locator("[data-live=over]")).to_be_visible()
    expect(page.locator("[role=status]").first).to_contain_text("3/3 dòng")
    page.screenshot(path=desk.pictures / "xong.png", full_page=True)
    _by_phone(page, desks, desk.pictures)
    assigned = DossierRow.objects.filter(assignee=cast.TAM.account).order_by("code")
    assert list(assigned.values_list("code", flat=True)) == codes[:3]


def _by_phone(page: Page, desks: Desks, pictures: object) -> None:
    page.set_viewport_size(PHONE)
    page.screenshot(path=f"{pictures}/xong-dien-thoai.png", full_page=True)
    page.goto("/?tab=office")
    page.screenshot(path=f"{pictures}/chon-dien-thoai.png", full_page=True)


def test_a_whole_page_is_chosen_without_a_script(desks: Desks) -> None:
    early = cast.MONDAY - timedelta(days=3)
    for minute in range(2):
        life.forwarded(life.received(at=early + timedelta(minutes=minute)))
    desk = desks.of(cast.TAM)
    desk.page.goto("/?tab=office")

    desk.press("Chọn tất cả trên trang")
    desk.press("Nhận việc")
    desk.press("Nhận việc 2 hồ sơ")
    assert desk.says("0/2 dòng")
    work_off()
    desk.press("Xem tiến độ mới nhất")

    assert desk.says("Xong: 2/2 dòng")
