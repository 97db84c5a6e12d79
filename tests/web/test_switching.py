"""The screens of a switch: how far it is, its balance, and the minutes of each pair."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, switches
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.reorganisation import switching
from thongsuot.records.access import AccountRow, RoleRow

KEY = switches.PLAN.id


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    life.received()
    return sign_in(cast.MINH)


def test_a_plan_that_nobody_knows_has_no_screen(keeper: Client) -> None:
    assert keeper.get("/sap-xep/khong-co/chuyen").status_code == 404
    assert keeper.get("/sap-xep/khong-co/can-doi").status_code == 404


def test_others_are_refused(sign_in: SignIn) -> None:
    for page in ("chuyen", "can-doi", "can-doi.xlsx", "bien-ban"):
        assert sign_in(cast.HOA).get(f"/sap-xep/{KEY}/{page}").status_code == 403


def test_before_its_time_the_screens_say_what_will_happen(keeper: Client) -> None:
    switches.approved()

    assert "Chưa đến lúc chuyển" in pages.text(keeper.get(f"/sap-xep/{KEY}/chuyen"))
    assert "Chưa có gì để cân đối" in pages.text(keeper.get(f"/sap-xep/{KEY}/can-doi"))


def test_while_it_runs_what_remains_is_told_and_looked_at_anew(keeper: Client) -> None:
    switching.begin(key=switches.approved(), by=None, at=switches.AT)

    page = keeper.get(f"/sap-xep/{KEY}/chuyen")

    assert "Đã chuyển 0 trên 1 hồ sơ (0 %)." in pages.text(page)
    assert "Xem lại" in pages.buttons(page)
    assert "CHƯA cân đối" in pages.text(keeper.get(f"/sap-xep/{KEY}/can-doi"))


def test_the_balance_closes_in_one_sentence_and_can_be_taken_along(keeper: Client) -> None:
    switches.switched()

    page = pages.text(keeper.get(f"/sap-xep/{KEY}/can-doi"))
    body = pages.text(keeper.get(f"/sap-xep/{KEY}/can-doi?co-quan={cast.BAN_MAY}"))
    table = keeper.get(f"/sap-xep/{KEY}/can-doi.xlsx")

    assert "1 hồ sơ đang mở trước khi chuyển: 1 đã bàn giao" in page
    assert "= khớp" in body
    assert table.content[:2] == b"PK"


def test_the_minutes_of_a_pair_are_printed_and_listed(keeper: Client) -> None:
    switches.switched()
    pair = f"?giao={cast.BAN_MAY}&nhan={switches.NEW}"

    printed = keeper.get(f"/sap-xep/{KEY}/bien-ban{pair}")
    listed = keeper.get(f"/sap-xep/{KEY}/bien-ban{pair}&dang=xlsx")
    nothing = keeper.get(f"/sap-xep/{KEY}/bien-ban?giao={cast.CENTRE}&nhan={switches.NEW}")

    assert printed.content[:5] == b"%PDF-"
    assert listed.content[:2] == b"PK"
    assert nothing.status_code == 404
    assert "không bàn giao hồ sơ nào" in pages.text(nothing)


def test_what_an_abolished_body_did_stays_readable_to_its_heir_and_to_those_who_inspect(
    sign_in: SignIn,
) -> None:
    done = life.handed_over(life.received())
    went = life.assigned(life.received())
    sign_in(cast.HOA).get(f"/ho-so/{done.code}")
    switches.switched()

    ended = sign_in(cast.HOA).get(f"/ho-so/{done.code}")
    passed = pages.text(sign_in(cast.HOA).get(f"/ho-so/{went.code}"))
    paper = sign_in(cast.HOA).get(f"/ho-so/{done.code}/in/receipt")
    RoleRow.objects.filter(code="operator").update(rights=["looks"])
    looks = pages.text(sign_in(cast.MINH).get("/nhat-ky-xem", {"about": done.code}))

    assert "Hoàng Văn Sơn · UBND xã Bản Mây" in pages.text(ended)  # who approved it, and where
    assert paper.status_code == 200
    assert "Bàn giao do sắp xếp bộ máy" in passed
    assert "Từ UBND xã Bản Mây Đến UBND xã Mây Sương" in passed
    assert "cơ quan nhập (thao tác 2)" in passed
    assert done.code in looks
    assert cast.HOA.name in looks
    assert sign_in(cast.DUNG).get(f"/ho-so/{done.code}").status_code == 403  # another's


def test_a_counter_of_a_body_that_ended_is_told_where_people_go_now(sign_in: SignIn) -> None:
    switches.switched()
    left = AccountRow.objects.filter(username=cast.HOA.account)
    left.update(office=cast.BAN_MAY, reception_point=cast.AT_BAN_MAY)
    client = sign_in(cast.HOA)

    first = pages.text(client.get("/tiep-nhan"))
    form = client.get("/tiep-nhan/1.000101")

    assert "đã đóng từ ngày 10/09/2025" in first
    assert "Bộ phận Một cửa – UBND xã Mây Sương" in first
    assert "đề nghị quản trị chuyển tài khoản sang quầy mới" in first
    assert "Lò Thị Hoa UBND xã Bản Mây" in first  # its last name, no bare code
    assert form.status_code == 422
    assert "Bộ phận Một cửa – UBND xã Mây Sương" in pages.text(form)
