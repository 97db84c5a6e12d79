"""The screens of a switch: how far it is, its balance, and the minutes of each pair."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, switches
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.reorganisation import switching
from thongsuot.records.access import RoleRow

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
