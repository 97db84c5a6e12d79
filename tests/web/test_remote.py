"""Dossiers held elsewhere on the screen: to read, to count, and where two systems disagree."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, rows
from tests.actions.test_remote import THEIRS
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import inbox, remote
from thongsuot.domain.exchange import Arrival
from thongsuot.records.access import RoleRow
from thongsuot.records.remote import DivergenceRow


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code="operator").update(rights=["systems", "see"])
    return sign_in(cast.MINH)


@pytest.fixture
def told(keeper: Client) -> None:
    rows.reception_system(partner="bo-x")
    rows.moved("2025-09-01 00:00")
    for number in range(3):
        body = {**THEIRS, "code": f"H99.101-250908-17000{number}"}
        if number == 2:
            body["received_at"] = "2025-08-30T08:00:00+07:00"
        inbox.take_in(Arrival("bo-x", str(number), remote.KIND, body), at=cast.MONDAY)


def test_an_empty_list_says_why(keeper: Client) -> None:
    assert "Chưa hệ thống nào báo về hồ sơ" in pages.text(keeper.get("/ho-so-noi-khac"))
    assert "Hai bên khớp nhau" in pages.text(keeper.get("/ho-so-noi-khac/khac-nhau"))


def test_the_work_list_counts_what_others_hold_and_the_list_shows_it(
    keeper: Client, told: None
) -> None:
    work = pages.text(keeper.get("/"))
    shown = pages.text(keeper.get("/ho-so-noi-khac?he-thong=bo-x&loc=open&q=170001"))

    assert "Ở hệ thống khác 3" in work
    assert "H99.101-250908-170001" in shown
    assert "170000" not in shown
    assert "bên đó ghi: Đang xử lý" in shown
    assert "Không có hồ sơ nào khớp" in pages.text(keeper.get("/ho-so-noi-khac?loc=over"))


def test_a_difference_is_shown_with_two_values_and_settled_with_a_reason(
    keeper: Client, told: None
) -> None:
    address = "/ho-so-noi-khac/khac-nhau"
    number = DivergenceRow.objects.get().pk

    shown = pages.text(keeper.get(address))
    empty = keeper.post(address, {"number": number, "reason": ""})
    done = keeper.post(address, {"number": number, "reason": "đã chuyển về tỉnh"})

    assert "Hệ thống thông tin giải quyết TTHC của tỉnh" in shown
    assert empty.status_code == 422
    assert done.status_code == 302
    assert "Hai bên khớp nhau" in pages.text(keeper.get(address))
