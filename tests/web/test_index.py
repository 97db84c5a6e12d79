"""The index of service on the screen."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.web import door

OCTOBER = cast.moment("2025-10-05 08:00")


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: OCTOBER)


@pytest.fixture
def reporter(sign_in: SignIn) -> Client:
    return sign_in(cast.SON)


def test_one_may_see_the_index_of_ones_own_body_only(reporter: Client, sign_in: SignIn) -> None:
    assert reporter.get("/chi-so-766").status_code == 200
    assert reporter.get(f"/chi-so-766?don-vi={cast.NAM_SUONG}").status_code == 403
    assert sign_in(cast.TAM).get("/chi-so-766").status_code == 403
    assert sign_in(cast.NHUNG).get(f"/chi-so-766?don-vi={cast.NAM_SUONG}").status_code == 200


def test_a_month_that_cannot_be_read_is_told(reporter: Client) -> None:
    answer = reporter.get("/chi-so-766?thang=tháng+chín")

    assert answer.status_code == 422
    assert "tháng chín" in pages.text(answer)


def test_what_has_no_data_is_called_so_and_what_costs_points_opens(reporter: Client) -> None:
    code = life.received().code

    page = reporter.get("/chi-so-766")
    listed = pages.text(reporter.get("/chi-so-766/ho-so?thang=2025-09&thanh-phan=2.1"))

    assert "chưa có số liệu" in pages.text(page)
    assert "tháng 9 năm 2025" in pages.text(page)
    assert "thanh-phan=2.1" in page.content.decode()
    assert code in listed
    assert "hết tháng chưa xong" in listed
    assert cast.MY.name not in listed


def test_an_unknown_component_is_told(reporter: Client) -> None:
    assert reporter.get("/chi-so-766/ho-so?thanh-phan=9.9").status_code == 404


def test_the_province_sees_every_body(sign_in: SignIn) -> None:
    life.issued(life.received())

    assert "UBND xã Bản Mây" in pages.text(sign_in(cast.NHUNG).get("/chi-so-766"))
