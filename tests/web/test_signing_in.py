"""Guessing is locked out, idle sessions end, administrators show a second factor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest
import pytest_django
from django.test import Client

from tests import cast
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import AccountRow, RoleRow
from thongsuot.records.signing import FactorRow, RecoveryCodeRow

PASSWORD = "mat-khau-thu"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> list[datetime]:
    """The moment of the web door, which a test may move."""
    moments = [now]
    monkeypatch.setattr("thongsuot.web.door.now", lambda: moments[-1])
    return moments


@pytest.fixture
def administrator(province: None) -> None:
    """Minh administers: his role asks for a second factor."""
    RoleRow.objects.filter(code="operator").update(rights=["second_factor"])


def try_password(password: str, *, name: str = cast.HOA.account) -> Client:
    client = Client()
    client.post("/dang-nhap", {"username": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def code_of(account: str, at: datetime) -> str:
    return pyotp.TOTP(FactorRow.objects.get(account__username=account).opened()).at(at)


def enrolled(client: Client, at: datetime) -> list[str]:
    client.get("/tai-khoan/bao-mat")
    told = client.post("/tai-khoan/bao-mat", {"code": code_of(cast.MINH.account, at)})
    assert RecoveryCodeRow.objects.count() == 10
    return [word for word in pages.text(told).split() if len(word) == 11 and word[5] == "-"]


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(
    province: None, clock: list[datetime]
) -> None:
    for _ in range(5):
        try_password("sai")

    locked = Client().post("/dang-nhap", {"username": cast.HOA.account, "password": PASSWORD})

    assert "tạm khóa đến 10/09/2025 09:15" in pages.text(locked)
    assert not is_in(try_password(PASSWORD))
    assert is_in(try_password(PASSWORD, name=cast.TAM.account))
    clock.append(clock[-1] + timedelta(minutes=15))
    assert is_in(try_password(PASSWORD))


def test_a_right_password_forgives_the_failures_before(province: None, now: datetime) -> None:
    for _ in range(2):
        for _ in range(4):
            try_password("sai")
        assert is_in(try_password(PASSWORD))


def test_the_session_gets_a_new_key_when_one_signs_in(province: None) -> None:
    client = Client()
    client.get("/dang-nhap")
    before = client.session.session_key

    client.post("/dang-nhap", {"username": cast.HOA.account, "password": PASSWORD})

    assert client.session.session_key != before


def test_whoever_does_nothing_for_half_an_hour_signs_in_again(
    sign_in: SignIn, clock: list[datetime]
) -> None:
    client = sign_in(cast.HOA)
    assert is_in(client)

    clock.append(clock[-1] + timedelta(minutes=29))
    assert is_in(client)
    clock.append(clock[-1] + timedelta(minutes=31))
    left = client.get("/tiep-nhan?q=a")

    assert left["Location"] == "/dang-nhap?next=%2Ftiep-nhan%3Fq%3Da"
    assert "không làm gì" in pages.text(client.get(left["Location"]))


def test_a_new_password_ends_every_other_session(sign_in: SignIn) -> None:
    here, elsewhere = sign_in(cast.HOA), sign_in(cast.HOA)
    given = {"old": PASSWORD, "new": "sông Nậm Na 1975", "again": "sông Nậm Na 1975"}

    changed = here.post("/tai-khoan/mat-khau", given)

    assert changed["Location"] == "/"
    assert is_in(here)
    assert not is_in(elsewhere)
    assert is_in(try_password("sông Nậm Na 1975"))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"old": "sai", "new": "sông Nậm Na 1975"}, "old", "hiện tại chưa đúng"),
        ({"old": PASSWORD, "new": "12345678901"}, "new", "chưa đủ mạnh"),
        ({"old": PASSWORD, "new": "ngắn"}, "new", "chưa đủ mạnh"),
        ({"old": PASSWORD, "new": "sông Nậm Na", "again": "khác"}, "again", "khác nhau"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    sign_in: SignIn, given: dict[str, str], field: str, said: str
) -> None:
    client = sign_in(cast.HOA)

    refused = client.post("/tai-khoan/mat-khau", {"again": given["new"], **given})

    assert said in pages.beside(refused, field)
    assert is_in(try_password(PASSWORD))


def test_an_administrator_turns_the_second_factor_on_before_any_other_page(
    administrator: None, sign_in: SignIn, now: datetime
) -> None:
    client = sign_in(cast.MINH)

    led = client.get("/", follow=True)
    enrolled(client, now)

    assert [where for where, _ in led.redirect_chain] == [
        "/dang-nhap/ma?next=%2F",
        "/tai-khoan/bao-mat",
    ]
    assert "data:image/svg+xml" in led.content.decode()
    assert is_in(client)
    assert is_in(sign_in(cast.HOA))


def test_the_next_session_asks_for_a_code_and_takes_each_only_once(
    administrator: None, sign_in: SignIn, now: datetime, clock: list[datetime]
) -> None:
    enrolled(sign_in(cast.MINH), now)
    client, other = sign_in(cast.MINH), sign_in(cast.MINH)
    clock.append(now + timedelta(minutes=1))
    code = code_of(cast.MINH.account, clock[-1])

    wrong = client.post("/dang-nhap/ma?next=/ho-so/a", {"code": "000000"})
    right = client.post("/dang-nhap/ma?next=/ho-so/a", {"code": code})
    again = other.post("/dang-nhap/ma", {"code": code})

    assert "chưa đúng" in pages.beside(wrong, "code")
    assert right["Location"] == "/ho-so/a"
    assert is_in(client)
    assert again.status_code == 422
    assert not is_in(other)


def test_a_recovery_code_opens_once(administrator: None, sign_in: SignIn, now: datetime) -> None:
    first, *_ = enrolled(sign_in(cast.MINH), now)
    lost, again = sign_in(cast.MINH), sign_in(cast.MINH)

    lost.post("/dang-nhap/ma", {"code": first})
    again.post("/dang-nhap/ma", {"code": first})

    assert is_in(lost)
    assert not is_in(again)


def test_codes_cannot_be_guessed_for_long(
    administrator: None, sign_in: SignIn, now: datetime, clock: list[datetime]
) -> None:
    enrolled(sign_in(cast.MINH), now)
    client = sign_in(cast.MINH)
    clock.append(now + timedelta(minutes=1))
    for number in range(5):
        client.post("/dang-nhap/ma", {"code": f"00000{number}"})

    right = client.post("/dang-nhap/ma", {"code": code_of(cast.MINH.account, clock[-1])})

    assert "tạm khóa" in pages.text(right)
    assert not is_in(client)


def test_a_session_without_the_code_cannot_put_another_app_in_place(
    administrator: None, sign_in: SignIn, now: datetime
) -> None:
    enrolled(sign_in(cast.MINH), now)
    secret = FactorRow.objects.get().opened()
    client = sign_in(cast.MINH)

    told = client.post("/tai-khoan/bao-mat", {"code": code_of(cast.MINH.account, now)})

    assert "Đã bật" in pages.text(told)
    assert FactorRow.objects.get().opened() == secret
    assert not is_in(client)


def test_an_account_that_is_closed_is_out_at_once(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    AccountRow.objects.filter(username=cast.HOA.account).update(is_active=False)

    assert not is_in(client)


def test_the_secret_of_a_second_factor_lies_sealed_and_no_other_key_opens_it(
    sign_in: SignIn, settings: pytest_django.Settings
) -> None:
    sign_in(cast.TAM).get("/tai-khoan/bao-mat")
    row = FactorRow.objects.get()
    secret = row.opened()

    settings.SECRET_KEY = "khoa-khac"

    assert len(secret) == 32
    assert secret not in row.sealed
    assert row.secret == ""
    assert row.opened() == ""
