"""Plans on the screen: written without loss, rehearsed, approved by a second person."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, lai_chau, life
from tests.everyone import PLAN
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.reorganisation import rehearsal
from thongsuot.records.access import GrantRow, RoleRow
from thongsuot.records.reorganisation import ReorganisationRow

ADDRESS = "/sap-xep/mau"


@pytest.fixture
def planner(sign_in: SignIn) -> Client:
    """Nhung, who keeps the registers of the whole province."""
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])
    return sign_in(cast.NHUNG)


def kept(planner: Client) -> None:
    planner.post("/sap-xep/moi", {"text": PLAN, "do": "keep"})


def test_the_list_says_how_to_begin_and_then_what_there_is(planner: Client) -> None:
    assert "Bắt đầu từ đâu?" in pages.text(planner.get("/sap-xep"))

    kept(planner)

    assert "Hai xã thành một" in pages.text(planner.get("/sap-xep"))


def test_a_wrong_text_is_told_line_by_line_and_nothing_typed_is_lost(planner: Client) -> None:
    wrong = PLAN.replace(cast.BAN_MAY, "H99.777").replace("\n", "\r\n")

    refused = planner.post("/sap-xep/moi", {"text": wrong, "do": "keep"})

    assert refused.status_code == 422
    shown = pages.text(refused)
    assert "1 lỗi phải sửa" in shown
    assert "vào: H99.777" in shown
    assert not ReorganisationRow.objects.exists()


def test_a_text_may_be_checked_without_being_kept(planner: Client) -> None:
    shown = pages.text(planner.post("/sap-xep/moi", {"text": PLAN, "do": "check"}))

    assert "Không có lỗi" in shown
    assert not ReorganisationRow.objects.exists()


def test_a_plan_is_told_in_sentences_with_its_lineage(planner: Client) -> None:
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    kept(planner)

    shown = pages.text(planner.get(ADDRESS))

    assert f"Nhập UBND xã Nậm Sương ({cast.NAM_SUONG}) vào UBND xã Bản Mây" in shown
    assert "UBND xã Nậm Sương → UBND xã Bản Mây: 1 hồ sơ" in shown


def test_a_rehearsal_tells_each_thing_and_is_approved_by_another(
    planner: Client, sign_in: SignIn
) -> None:
    kept(planner)
    planner.post(f"{ADDRESS}/dien-tap")
    result = pages.text(planner.get(f"{ADDRESS}/dien-tap?loai=accounts"))
    assert "Không còn chỗ hổng nào" in result
    assert cast.SUNG.account in result
    assert planner.get(f"{ADDRESS}/dien-tap.xlsx").content[:2] == b"PK"
    assert "người khác phải phê duyệt" in pages.text(planner.get(ADDRESS))
    assert planner.post(ADDRESS, {"waive": "x"}).status_code == 403

    second = sign_in(cast.MINH)
    red = second.post(ADDRESS, {"waive": ""})
    done = second.post(ADDRESS, {"waive": "Xong trước ngày chuyển"}, follow=True)

    assert red.status_code == 422
    assert "chưa sẵn sàng" in pages.text(red)
    assert "đã phê duyệt" in pages.text(done)


def test_gaps_are_listed_with_their_dossiers(planner: Client) -> None:
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    GrantRow.objects.filter(role__code="counter").delete()
    kept(planner)
    planner.post(f"{ADDRESS}/dien-tap")

    shown = pages.text(planner.get(f"{ADDRESS}/dien-tap"))

    assert "Còn 1 chỗ hổng" in shown
    assert "chưa có ai giữ vai trò counter" in shown


def test_a_province_without_an_open_sketch_says_so_and_the_page_stays_useful(
    planner: Client,
) -> None:
    planner.post("/sap-xep/moi", {"text": PLAN, "do": "keep"})

    shown = pages.text(planner.get(f"{ADDRESS}/so-do"))

    assert "Sơ đồ, không phải địa giới hành chính" in shown
    assert "Chưa có sơ đồ của tỉnh này" in shown


def test_a_rehearsal_is_kept_with_its_moment_and_not_computed_to_be_read(
    planner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(planner)
    address = f"{ADDRESS}/dien-tap"
    assert "Chưa diễn tập" in pages.text(planner.get(address))
    planner.post(address)
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)

    with monkeypatch.context() as nothing_is_computed:
        nothing_is_computed.setattr(rehearsal, "ground_for", None)
        shown = pages.text(planner.get(address))

    assert "0 hồ sơ sẽ đổi nơi giữ" in shown
    assert "Kết quả diễn tập lúc" in shown
    planner.post(address)
    assert "1 hồ sơ sẽ đổi nơi giữ" in pages.text(planner.get(address))


def test_a_rehearsal_of_an_older_text_says_so(planner: Client) -> None:
    kept(planner)
    planner.post(f"{ADDRESS}/dien-tap")
    later = PLAN.replace("2025-10-01", "2025-11-01")
    planner.post(f"{ADDRESS}/sua", {"text": later, "do": "keep"})

    shown = pages.text(planner.get(f"{ADDRESS}/dien-tap"))

    assert "Phương án đã sửa sau lần diễn tập này" in shown


def test_the_plan_of_a_whole_province_weighs_at_most_100_kilobytes(planner: Client) -> None:
    lai_chau.eve()
    planner.post("/sap-xep/moi", {"text": lai_chau.text(), "do": "keep"})

    page = planner.get(f"/sap-xep/{lai_chau.KEY}")

    assert "Ai tiếp tục việc của ai" in pages.text(page)
    assert len(page.content) <= 100 * 1024, len(page.content)
    assert planner.get(f"/sap-xep/{lai_chau.KEY}?tu=40").status_code == 200
