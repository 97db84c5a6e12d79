"""Single orders on the screen, and what one is reminded of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import reporting as actions
from thongsuot.records.access import RoleRow
from thongsuot.records.report_orders import ReportOrderAnswerRow, ReportOrderRow
from thongsuot.web import door

NOW = cast.moment("2026-01-05 08:00")
NEW = {
    "number": "01/CĐ-UBND",
    "issued_on": "2026-01-05",
    "issuer": "UBND tỉnh",
    "title": "Rà soát hồ sơ quá hạn",
    "task-1": "Rà soát hồ sơ quá hạn",
    "deadline-1": "2026-01-05T16:00",
    "units": [cast.BAN_MAY],
}


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: NOW)


@pytest.fixture
def body(sign_in: SignIn) -> Client:
    return sign_in(cast.SON)


@pytest.fixture
def province_office(sign_in: SignIn) -> Client:
    return sign_in(cast.NHUNG)


def given(client: Client) -> str:
    client.post("/chi-dao/moi", NEW)
    return f"/chi-dao/{ReportOrderRow.objects.get().pk}"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Số"),
        ({"issued_on": "5/1"}, "5/1"),
        ({"deadline-1": "chiều mai"}, "chiều mai"),
        ({"task-1": "", "deadline-1": ""}, "ít nhất một nhiệm vụ"),
        ({"units": []}, "một đơn vị"),
    ],
)
def test_what_is_wrong_in_an_order_is_told_and_what_was_typed_stays(
    province_office: Client, wrong: dict[str, object], said: str
) -> None:
    answer = province_office.post("/chi-dao/moi", NEW | wrong)

    assert answer.status_code == 422
    assert said in pages.text(answer)
    if "title" not in wrong:
        assert "Rà soát hồ sơ quá hạn" in pages.text(answer)
    assert not ReportOrderRow.objects.exists()


def test_a_body_enters_no_orders_and_sees_no_others_answers(
    body: Client, province_office: Client, sign_in: SignIn
) -> None:
    assert body.get("/chi-dao/moi").status_code == 403
    province_office.post("/chi-dao/moi", NEW | {"units": [cast.NAM_SUONG]})
    number = ReportOrderRow.objects.get().pk

    assert body.get(f"/chi-dao/{number}").status_code == 404
    assert "Chưa có văn bản chỉ đạo nào" in pages.text(body.get("/chi-dao"))


def test_an_order_is_answered_given_back_accepted_and_summed_up(
    body: Client, province_office: Client
) -> None:
    page = given(province_office)
    of = {"answer": f"1:{cast.BAN_MAY}"}
    assert "trước 16 giờ 00" in pages.text(body.get(page))

    for client, sent in (
        (body, {"do": "answer", "said": "Đã rà 12 hồ sơ."}),
        (province_office, {"do": "return", "said": "Thiếu nguyên nhân."}),
        (body, {"do": "answer", "said": "12 hồ sơ, do mất mạng."}),
        (province_office, {"do": "accept"}),
        (province_office, {"do": "close", "said": ""}),
    ):
        assert client.post(page, of | sent).status_code == 302, sent

    told = pages.text(province_office.get(page))
    assert "12 hồ sơ, do mất mạng." in told
    assert "Thiếu nguyên nhân." in told
    assert cast.SON.name in told
    assert province_office.get(f"{page}/tong-hop.xlsx").content[:2] == b"PK"
    assert ReportOrderRow.objects.get().closed_at == NOW


def test_an_empty_answer_is_refused_and_an_unknown_step_too(
    body: Client, province_office: Client
) -> None:
    page = given(province_office)
    of = {"answer": f"1:{cast.BAN_MAY}"}

    assert body.post(page, of | {"do": "answer", "said": ""}).status_code == 422
    assert body.post(page, of | {"do": "fly"}).status_code == 422
    assert ReportOrderAnswerRow.objects.get().state == "open"


def test_what_a_body_is_reminded_of_stands_above_its_reports_until_it_is_done(
    body: Client, province_office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = given(province_office)
    late = cast.moment("2026-01-05 16:30")
    actions.remind(at=late)
    monkeypatch.setattr(door, "now", lambda: late + timedelta(minutes=1))

    before = pages.text(body.get("/bao-cao"))
    body.post(page, {"answer": f"1:{cast.BAN_MAY}", "do": "answer", "said": "Xong."})
    after = pages.text(body.get("/bao-cao"))

    assert "Nhiệm vụ 1 theo 01/CĐ-UBND" in before
    assert "đã muộn" in before
    assert "Nhiệm vụ 1 theo 01/CĐ-UBND" not in after
