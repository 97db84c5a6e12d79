"""Work typed at the counter outlives a lost connection; with scripts, as the counter has them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import cast, rows
from tests.journeys.conftest import OFFICE_SCREEN, PATIENCE, PHONE, Desk, Desks
from thongsuot.records.dossier import DossierRow
from thongsuot.records.drafts import DraftRow

pytestmark = pytest.mark.journey

FORM = f"/tiep-nhan/{rows.FIVE_DAYS}"


def scripted(desk: Desk) -> Page:
    """The same person's browser with scripts."""
    origin = desk.page.url.split("/", 3)[:3]
    browser = desk.page.context.browser
    assert browser
    context = browser.new_context(
        viewport=OFFICE_SCREEN,
        locale="vi-VN",
        base_url="/".join(origin),
        storage_state=desk.page.context.storage_state(),
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def test_what_was_typed_without_a_connection_is_there_again_and_becomes_one_dossier(
    desks: Desks,
) -> None:
    desk = desks.of(cast.HOA)
    page = scripted(desk)
    page.goto(FORM)
    told = page.locator("[data-draft-told]")

    page.context.set_offline(offline=True)
    page.get_by_label("Họ và tên hoặc tên tổ chức").fill(cast.MY.name)
    expect(told).to_contain_text("đã giữ trên máy này", timeout=PATIENCE)
    page.close()
    page.context.set_offline(offline=False)
    page = page.context.new_page()
    told = page.locator("[data-draft-told]")
    page.goto(FORM)
    expect(page.get_by_label("Họ và tên hoặc tên tổ chức")).to_have_value(cast.MY.name)
    expect(told).to_contain_text("Đã lưu nháp lúc", timeout=PATIENCE)
    page.screenshot(path=desk.pictures / "nhap-1366.png", full_page=True)
    page.set_viewport_size(PHONE)
    page.screenshot(path=desk.pictures / "nhap-390.png", full_page=True)
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.wait_for_url("**/ho-so/**")

    assert DossierRow.objects.get().applicant_name == cast.MY.name
    assert not DraftRow.objects.exists()
