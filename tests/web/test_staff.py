"""Administrators open and staff accounts; the absent name who stands in; inspectors read the log."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests import cast, life
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.access import issue_token, open_reading
from thongsuot.domain.looks import Purpose
from thongsuot.records.access import AccountRow, GrantRow, RoleRow, SubstitutionRow, TokenRow
from thongsuot.records.access_log import AccessChangeRow
from thongsuot.records.looks import person_key

GIVEN = {"role": "handler", "where": cast.BAN_MAY, "first": "2025-09-10", "last": "2025-09-30"}
ACCOUNT = {"username": "moi.banmay", "name": "Sùng Thị Mới", "office": cast.BAN_MAY}
ABSENCE = {"substitute": cast.LAN.account, "first": "2025-09-10", "last": "2025-09-12"}


@pytest.fixture
def rights(province: None) -> None:
    """Minh administers, Nhung inspects, Sơn leads."""
    for role, held in (("operator", "accounts"), ("office", "looks"), ("leader", "absences")):
        RoleRow.objects.filter(code=role).update(rights=[held])


@pytest.fixture
def administrator(rights: None, sign_in: SignIn) -> Client:
    return sign_in(cast.MINH)


def test_a_new_account_signs_in_with_the_password_that_is_shown_once(
    administrator: Client,
) -> None:
    told = administrator.post("/can-bo/moi", ACCOUNT)
    (password,) = re.findall(r'<code class="code">(.*?)</code>', told.content.decode())
    client = Client()

    client.post("/dang-nhap", {"username": "moi.banmay", "password": password})

    assert client.get("/").status_code == 200
    assert password not in pages.text(administrator.get("/can-bo/moi.banmay"))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"username": "Không Dấu"}, "username", "chữ thường không dấu"),
        ({"username": cast.HOA.account}, "username", "Đã có tài khoản"),
        ({"name": ""}, "name", "còn trống"),
        ({"office": "H99.999"}, "office", "H99.999"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why_and_keeps_what_was_typed(
    administrator: Client, given: dict[str, str], field: str, said: str
) -> None:
    before = AccountRow.objects.count()

    refused = administrator.post("/can-bo/moi", ACCOUNT | given)

    assert said in pages.beside(refused, field)
    assert pages.typed(refused, "name") == (ACCOUNT | given)["name"]
    assert AccountRow.objects.count() == before


def test_a_post_is_given_for_days_and_ended_today(administrator: Client, sign_in: SignIn) -> None:
    lan = sign_in(cast.LAN)
    address = f"/can-bo/{cast.LAN.account}"

    administrator.post(address, {"do": "grant", **GIVEN})
    held = GrantRow.objects.get(account__username=cast.LAN.account)

    assert str(held.valid) == "[2025-09-10, 2025-10-01)"
    assert lan.get("/").status_code == 302, "a changed post asks to sign in again"
    administrator.post(address, {"do": "end_grant", "number": held.pk})
    assert not GrantRow.objects.filter(account__username=cast.LAN.account).exists()


def test_a_post_that_began_keeps_the_days_in_which_it_was_held(administrator: Client) -> None:
    held = GrantRow.objects.get(account__username=cast.HOA.account)

    administrator.post("/can-bo/hoa", {"do": "end_grant", "number": held.pk})
    again = administrator.post("/can-bo/hoa", {"do": "end_grant", "number": held.pk})

    held.refresh_from_db()
    assert held.valid.upper.isoformat() == "2025-09-10"
    assert "đã kết thúc" in pages.text(again)


def test_a_closed_account_is_out_with_its_keys(administrator: Client, sign_in: SignIn) -> None:
    hoa = sign_in(cast.HOA)
    issue_token(account="hoa", name="máy quét", at=cast.MONDAY)

    administrator.post("/can-bo/hoa", {"do": "revoke", "token": "máy quét"})
    administrator.post("/can-bo/hoa", {"do": "close"})

    assert hoa.get("/").status_code == 302
    assert TokenRow.objects.get().revoked_at is not None
    assert "đã đóng" in pages.text(administrator.get("/can-bo/hoa"))
    administrator.post("/can-bo/hoa", {"do": "open"})
    assert AccountRow.objects.get(username="hoa").is_active


def test_nobody_gives_themselves_a_post(administrator: Client) -> None:
    refused = administrator.post(f"/can-bo/{cast.MINH.account}", {"do": "grant", **GIVEN})

    assert refused.status_code == 403
    assert GrantRow.objects.filter(account__username=cast.MINH.account).count() == 1


def test_the_list_of_accounts_asks_no_more_for_more_accounts(administrator: Client) -> None:
    administrator.get("/can-bo")
    few = pages.questions(administrator, "/can-bo")

    for number in range(30):
        AccountRow.objects.create(username=f"them.{number}", name="Thêm", office=cast.BAN_MAY)

    assert pages.questions(administrator, "/can-bo") == few


def test_the_absent_one_records_who_stands_in_and_comes_back(sign_in: SignIn) -> None:
    tam = sign_in(cast.TAM)

    tam.post("/vang-mat", ABSENCE)
    recorded = SubstitutionRow.objects.get()
    page = tam.get("/vang-mat")

    assert (recorded.absent.username, recorded.substitute.username) == ("tam", "lan")
    assert str(recorded.during) == "[2025-09-10, 2025-09-13)"
    assert cast.LAN.name in pages.text(page)
    tam.post("/vang-mat", {"end": recorded.pk})
    assert not SubstitutionRow.objects.exists()


def test_the_substitute_sees_the_dossier_of_the_absent_one(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())
    lan = sign_in(cast.LAN)
    assert lan.get(f"/ho-so/{dossier.code}").status_code == 403

    sign_in(cast.TAM).post("/vang-mat", ABSENCE)

    assert lan.get(f"/ho-so/{dossier.code}").status_code == 200


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"substitute": ""}, "substitute", "còn trống"),
        ({"substitute": "tam"}, "substitute", "chính mình"),
        ({"first": "2025-09-01", "last": "2025-09-02"}, "last", "đã qua"),
        ({"first": "ngày kia"}, "first", "Từ ngày"),
    ],
)
def test_an_absence_that_cannot_be_says_why(
    sign_in: SignIn, given: dict[str, str], field: str, said: str
) -> None:
    refused = sign_in(cast.TAM).post("/vang-mat", ABSENCE | given)

    assert said in pages.beside(refused, field)
    assert not SubstitutionRow.objects.exists()


def test_nobody_has_two_substitutes_and_no_substitute_is_absent(sign_in: SignIn) -> None:
    sign_in(cast.TAM).post("/vang-mat", ABSENCE)

    twice = sign_in(cast.TAM).post("/vang-mat", ABSENCE | {"substitute": "pao"})
    in_turn = sign_in(cast.PAO).post("/vang-mat", ABSENCE | {"substitute": "tam"})

    assert "đã có người thay" in pages.text(twice)
    assert "cũng vắng" in pages.text(in_turn)
    assert SubstitutionRow.objects.count() == 1


def test_a_leader_records_for_others_of_the_office_and_nobody_else_does(
    rights: None, sign_in: SignIn
) -> None:
    by_leader = sign_in(cast.SON).post("/vang-mat", ABSENCE | {"absent": "tam"})
    by_colleague = sign_in(cast.PAO).post("/vang-mat", ABSENCE | {"absent": "lai"})
    elsewhere = sign_in(cast.SON).post("/vang-mat", ABSENCE | {"absent": "dung"})

    assert by_leader.status_code == 302
    assert by_colleague.status_code == elsewhere.status_code == 403
    assert [row.absent.username for row in SubstitutionRow.objects.all()] == ["tam"]


def test_the_log_finds_the_looks_at_a_dossier_and_at_a_person(
    rights: None, sign_in: SignIn
) -> None:
    code = life.received().code
    sign_in(cast.TAM).get(f"/ho-so/{code}")
    key = person_key(cast.MY.number)
    open_reading(by=cast.HOA, about=key, purpose=Purpose.RECEIVE, at=cast.MONDAY)
    nhung = sign_in(cast.NHUNG)

    of_dossier = pages.text(nhung.get("/nhat-ky-xem", {"about": code}))
    of_person = pages.text(nhung.get("/nhat-ky-xem", {"about": cast.MY.number}))

    assert cast.TAM.name in of_dossier
    assert cast.HOA.name not in of_dossier
    assert f"{cast.HOA.name} hoa {key[:19]} tiếp nhận" in of_person


def test_the_log_goes_on_page_by_page_and_asks_no_more_for_more(
    rights: None, sign_in: SignIn
) -> None:
    nhung = sign_in(cast.NHUNG)
    nhung.get("/nhat-ky-xem")
    open_reading(by=cast.HOA, about="list:register", purpose=Purpose.EXPORT, at=cast.MONDAY)
    few = pages.questions(nhung, "/nhat-ky-xem")
    for _ in range(60):
        open_reading(by=cast.HOA, about="list:register", purpose=Purpose.EXPORT, at=cast.MONDAY)

    first = nhung.get("/nhat-ky-xem")
    (following,) = re.findall(r'rel="next" href="(.*?)"', first.content.decode())
    rest = nhung.get(f"/nhat-ky-xem{following}")

    assert first.content.decode().count("<tr>") - 1 == 50
    assert rest.content.decode().count("<tr>") - 1 == 11
    assert pages.questions(nhung, "/nhat-ky-xem") == few


def test_what_an_administrator_does_stands_in_a_log_that_inspectors_read(
    administrator: Client, sign_in: SignIn
) -> None:
    address = f"/can-bo/{cast.LAN.account}"
    administrator.post(address, {"do": "grant", **GIVEN})
    administrator.post(address, {"do": "close"})

    page = pages.text(sign_in(cast.NHUNG).get("/nhat-ky-tai-khoan", {"account": "lan"}))

    assert "Chu Thị Lan lan Đóng tài khoản Giàng A Minh minh" in page
    assert "Giao nhiệm vụ vai trò handler; tại H99.101; thời gian 10/09/2025 – 30/09/2025" in page
    assert page.index("Đóng tài khoản") < page.index("Giao nhiệm vụ")


def test_the_log_of_accounts_cannot_be_changed_or_emptied(administrator: Client) -> None:
    administrator.post(f"/can-bo/{cast.LAN.account}", {"do": "close"})

    for forbidden in (AccessChangeRow.objects.all().delete, _blame_somebody_else):
        with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
            forbidden()
    assert AccessChangeRow.objects.get().by == cast.MINH.account


def test_what_was_refused_leaves_no_line_in_the_log(administrator: Client) -> None:
    administrator.post(f"/can-bo/{cast.LAN.account}", {"do": "grant", **GIVEN, "role": "khong-co"})

    assert not AccessChangeRow.objects.exists()


def test_whoever_neither_administers_nor_inspects_does_not_read_the_log(sign_in: SignIn) -> None:
    assert sign_in(cast.HOA).get("/nhat-ky-tai-khoan").status_code == 403


def test_somebody_sees_where_they_are_signed_in_and_signs_out_everywhere_else(
    sign_in: SignIn,
) -> None:
    here, elsewhere, other = sign_in(cast.HOA), sign_in(cast.HOA), sign_in(cast.TAM)
    elsewhere.get("/", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})

    page = pages.text(here.get("/tai-khoan/phien"))
    told = pages.text(here.post("/tai-khoan/phien", follow=True))

    assert "Firefox, Windows 127.0.0.1" in page
    assert "Đã đăng xuất khỏi 1 phiên khác." in told
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert other.get("/").status_code == 200


def test_an_administrator_signs_somebody_out_everywhere(
    administrator: Client, sign_in: SignIn
) -> None:
    hoa = sign_in(cast.HOA)

    administrator.post(f"/can-bo/{cast.HOA.account}", {"do": "sign_out"})

    assert hoa.get("/").status_code == 302


def _blame_somebody_else() -> None:
    AccessChangeRow.objects.update(by=cast.LONG.account)
