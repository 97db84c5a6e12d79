"""Someone without an account in a real browser: finds the dossier, rates it, finds the unit."""

from __future__ import annotations

import pytest

from tests import cast, life
from tests.journeys.conftest import OFFICE_SCREEN, PHONE, Desk, Desks

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [PHONE, OFFICE_SCREEN], ids=["phone", "office"])
def test_somebody_looks_a_dossier_up_and_rates_it_by_keyboard(desks: Desks, size: object) -> None:
    dossier = life.issued(life.received())
    width = PHONE if size == PHONE else OFFICE_SCREEN
    somebody: Desk = desks.somebody(width)

    somebody.page.goto(f"/tra-cuu?ma={dossier.code}")
    somebody.fill("4 chữ số cuối", "1111")
    somebody.press("Xem hồ sơ")
    assert somebody.says("Không có hồ sơ nào khớp")
    somebody.picture(f"{width['width']}-1-sai")

    somebody.page.fill("[name=so]", cast.MY.number[-4:])
    somebody.press("Xem hồ sơ")
    assert somebody.says("Kết quả đã có; mời ông/bà đến nhận")
    somebody.open("Vì sao là ngày này?")
    somebody.picture(f"{width['width']}-2-ket-qua")

    somebody.tick("Rất hài lòng")
    somebody.press("Gửi đánh giá")
    assert somebody.says("Cảm ơn ông/bà")

    somebody.page.goto("/thong-bao?q=cu ban")
    somebody.picture(f"{width['width']}-3-tim")
    somebody.press("UBND xã Bản Cũ")
    assert somebody.says("Những nơi nay về đây")
    somebody.picture(f"{width['width']}-4-thong-bao")
    somebody.page.emulate_media(media="print")
    somebody.picture(f"{width['width']}-5-in")
