"""The counter scans, pays and prints in a real browser without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests import cast, life, scans
from tests.journeys.conftest import PHONE, Desks
from thongsuot.actions.dossier.papers import add_scans
from thongsuot.actions.files import Upload

pytestmark = pytest.mark.journey
SUMMARY = "Số hóa, hoặc ghi lý do không quét"


def test_the_counter_scans_several_files_at_once_and_takes_the_fee(
    desks: Desks, store: Path
) -> None:
    code = life.received().code
    counter = desks.of(cast.HOA)
    counter.page.goto(f"/ho-so/{code}")
    counter.press("Giấy tờ, tệp, phí")
    counter.open(SUMMARY)
    counter.picture("1-giay-to")

    counter.page.set_input_files(
        "input[type=file]",
        [
            FilePayload(name="1.pdf", mimeType="application/pdf", buffer=scans.pdf(2)),
            FilePayload(name="2.png", mimeType="image/png", buffer=scans.picture()),
        ],
    )
    counter.tick("Đã đối chiếu")
    counter.press("Lưu tệp")
    assert counter.says("Đã lưu tệp vào hồ sơ.")
    assert counter.says("1.pdf 2 trang")

    counter.open("Ghi một khoản thu")
    counter.fill("Tên phí", "Lệ phí hộ tịch")
    counter.fill("Số tiền", "8000")
    counter.fill("Số biên lai", "0000123")
    counter.press("Ghi khoản thu")
    assert counter.says("Đã thu: 8.000 đồng")
    counter.picture("2-da-thu")


def test_a_bad_file_is_refused_on_the_phone_too(desks: Desks, store: Path) -> None:
    code = life.received().code
    add_scans(
        code=code,
        paper="Tờ khai",
        uploads=[Upload("ảnh.png", scans.picture(size=(300, 200)))],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )
    counter = desks.of(cast.HOA, PHONE)
    counter.page.goto(f"/ho-so/{code}/giay-to")
    counter.open("Thêm tệp")
    counter.page.set_input_files(
        "input[type=file]",
        [FilePayload(name="khai.pdf", mimeType="application/pdf", buffer=scans.HTML)],
    )
    counter.press("Lưu tệp")

    assert counter.says("Tệp “khai.pdf” không đúng như tên gọi")
    counter.picture("3-tep-sai")
