"""What holds of every page: readable without a mouse, without scripts, in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.views import defaults

import thongsuot.web
from tests import cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn

WEB = Path(thongsuot.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ADDRESSES = ("/", "/tiep-nhan", f"/tiep-nhan/{rows.FIVE_DAYS}", "/ho-so/khong-co", "/ho-so/{code}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_title_a_language_and_a_way_past_its_frame(
    sign_in: SignIn, address: str
) -> None:
    code = life.received().code

    page = sign_in(cast.HOA).get(address.format(code=code)).content.decode()

    assert page.count("<h1") == 1
    assert '<html lang="vi">' in page
    assert 'class="skip" href="#main"' in page
    assert '<main id="main"' in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_field_has_a_label_and_no_place_is_named_twice(sign_in: SignIn, address: str) -> None:
    code = life.received().code

    page = sign_in(cast.HOA).get(address.format(code=code)).content.decode()

    fields = re.findall(r"<(?:input|select|textarea)(?![^>]*type=\"(?:hidden|radio)\")[^>]*>", page)
    places = [re.findall(r'\bid="([^"]+)"', field)[0] for field in fields]
    assert all(f'for="{place}"' in page for place in places)
    named = re.findall(r'\sid="([^"]+)"', page)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_inside(template: Path) -> None:
    written = template.read_text()

    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", written)
    assert "|safe" not in written
    assert "autoescape" not in written


def test_the_browser_is_told_to_run_only_what_is_ours(sign_in: SignIn) -> None:
    response = sign_in(cast.HOA).get("/")

    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "private" in response["Cache-Control"]


def test_an_address_that_does_not_exist_says_so_in_vietnamese(db: None) -> None:
    response = Client(raise_request_exception=False).get("/khong/co/trang/nay")

    assert response.status_code == 404
    assert "Không có trang này" in pages.text(response)


def test_a_form_from_elsewhere_is_refused_in_vietnamese(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/dang-nhap", {"username": "hoa"})

    assert response.status_code == 403
    assert "chưa gửi được" in pages.text(response)


def test_a_fault_says_that_nothing_is_half_kept() -> None:
    response = defaults.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "chưa được lưu dở dang" in pages.text(response)


def test_a_request_that_cannot_be_read_says_so() -> None:
    request = RequestFactory().get("/")

    response = defaults.bad_request(request, ValueError())

    assert response.status_code == 400
    assert "không đọc được" in pages.text(response)


def test_only_the_door_takes_the_clock() -> None:
    clocks = [
        path.name
        for path in WEB.rglob("*.py")
        if re.search(r"timezone\.now|datetime\.now|date\.today", path.read_text())
    ]

    assert clocks == ["door.py"]
