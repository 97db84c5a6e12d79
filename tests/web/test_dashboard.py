"""Dashboards on the screen."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import cast, life, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.web import door

THEN = cast.moment("2025-09-30 08:00")


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: THEN)


@pytest.fixture
def commune(sign_in: SignIn) -> Client:
    return sign_in(cast.SON)


def test_one_sees_the_figures_of_ones_own_body_only(commune: Client, sign_in: SignIn) -> None:
    assert commune.get("/bang-so-lieu").status_code == 200
    assert commune.get(f"/bang-so-lieu?don-vi={cast.NAM_SUONG}").status_code == 403
    assert commune.get(f"/bang-so-lieu/ho-so?so=open&don-vi={cast.NAM_SUONG}").status_code == 403
    assert sign_in(cast.TAM).get("/bang-so-lieu").status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bang-so-lieu?tu=2025-13", 422),
        ("/bang-so-lieu?tu=hôm+nay", 422),
        ("/bang-so-lieu?tu=2025-09&den=2025-01", 422),
        ("/bang-so-lieu/ho-so?so=tất+cả", 404),
        ("/bang-so-lieu/ho-so?so=open&sau=hỏng", 200),
        ("/bang-so-lieu/ho-so?so=open&sau=2025-09-08_1", 200),
        ("/bang-so-lieu?kenh=chim&nguon=x&linh-vuc=y&hinh=z", 200),
    ],
)
def test_what_cannot_be_asked_is_told_and_no_address_breaks_the_page(
    commune: Client, address: str, status: int
) -> None:
    assert commune.get(address).status_code == status


def test_every_figure_on_the_page_leads_to_a_list_that_opens(commune: Client) -> None:
    life.issued(life.received())
    code = life.received().code

    page = commune.get("/bang-so-lieu?tu=2025-09&den=2025-09").content.decode()
    addresses = {
        found.replace("&amp;", "&")
        for found in re.findall(r'href="(/bang-so-lieu/ho-so[^"]+)"', page)
    }

    assert len(addresses) > 5
    for address in addresses:
        assert commune.get(address).status_code == 200, address
    late = next(address for address in addresses if "buoc=" in address)
    assert code in pages.text(commune.get(late))
    assert cast.MY.name not in pages.text(commune.get(late))


def test_the_picture_is_drawn_from_the_table_beside_it_without_inline_script(
    commune: Client,
) -> None:
    life.received()

    page = commune.get("/bang-so-lieu").content.decode()

    for table in re.findall(r'data-chart="([^"]+)"', page):
        assert f'<table class="table" id="{table}">' in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert " style=" not in page


def test_the_province_sees_each_body_and_may_narrow_to_one(sign_in: SignIn) -> None:
    life.received()
    office = sign_in(cast.NHUNG)

    whole = pages.text(office.get("/bang-so-lieu"))
    narrowed = pages.text(office.get(f"/bang-so-lieu?don-vi={cast.NAM_SUONG}"))

    assert "Theo lĩnh vực" in whole
    assert "UBND xã Nậm Sương: bảng số liệu" in narrowed
    assert "Không có hồ sơ nào" in narrowed
