"""Signing in and out."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.web import pages
from tests.web.conftest import SignIn

PASSWORD = "mat-khau-thu"


@pytest.mark.parametrize("path", ["/", "/tiep-nhan", "/ho-so/H99.101-250908-0001"])
def test_whoever_has_not_signed_in_is_asked_to_and_then_led_on(province: None, path: str) -> None:
    client = Client()

    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap?next=/")


def test_the_right_password_leads_to_the_page_that_was_asked_for(province: None) -> None:
    client = Client()
    given = {"username": cast.HOA.account, "password": PASSWORD, "next": "/tiep-nhan"}

    response = client.post("/dang-nhap", given)

    assert response.status_code == 302
    assert response["Location"] == "/tiep-nhan"


def test_a_wrong_password_says_what_to_try_and_keeps_the_name(province: None) -> None:
    client = Client()

    response = client.post("/dang-nhap", {"username": cast.HOA.account, "password": "sai"})

    assert "chưa đúng" in pages.text(response)
    assert pages.typed(response, "username") == cast.HOA.account


def test_an_empty_form_says_so_beside_both_fields(province: None) -> None:
    response = Client().post("/dang-nhap", {})

    assert "Nhập tên đăng nhập" in pages.text(response)
    assert "Nhập mật khẩu." in pages.text(response)


def test_a_foreign_address_to_be_led_on_to_is_not_followed(province: None) -> None:
    given = {"username": cast.HOA.account, "password": PASSWORD, "next": "https://example.org/"}

    response = Client().post("/dang-nhap", given)

    assert response["Location"] == "/"


def test_one_leaves_by_a_button_and_not_by_a_link(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    by_link = client.get("/dang-xuat")
    by_button = client.post("/dang-xuat")

    assert by_link.status_code == 405
    assert by_button["Location"] == "/dang-nhap"
    assert client.get("/").status_code == 302
