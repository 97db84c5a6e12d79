"""The counter by single keys: find, choose, take in, go back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast, rows
from tests.journeys.conftest import Desks
from tests.journeys.test_drafts import scripted

pytestmark = pytest.mark.journey


def test_a_dossier_is_taken_in_by_keys_alone(desks: Desks) -> None:
    desk = desks.of(cast.HOA)
    page = scripted(desk)
    keys = page.keyboard
    page.goto("/tiep-nhan?q=1.000101")

    page.locator("h1").click()
    keys.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.screenshot(path=desk.pictures / "phim-tat.png")
    keys.press("Escape")
    keys.press("/")
    expect(page.locator("#q")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(f"**/{rows.FIVE_DAYS}*")
    keys.press("Escape")
    page.wait_for_url("**/tiep-nhan")
    page.goto(f"/tiep-nhan/{rows.FIVE_DAYS}")
    page.get_by_label("Họ và tên hoặc tên tổ chức").fill(cast.MY.name)
    keys.press("Control+Enter")
    page.wait_for_url("**/ho-so/**")

    expect(page.locator("body")).to_contain_text("Đã tiếp nhận hồ sơ")
