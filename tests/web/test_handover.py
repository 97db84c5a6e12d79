"""A hand-over on the screen: frozen, checked by a worker, approved by another, followed, proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from tests import cast, handovers, life
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import evidence
from thongsuot.actions import handover as actions
from thongsuot.exchange import handing
from thongsuot.records.handover import HandoverRow

AT = cast.moment("2025-09-08 10:00")
SAID = {"field": handovers.FIELD, "decision": "CV 12 (bịa)"}


@pytest.fixture
def keeper(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Client:
    handovers.ministry()
    monkeypatch.setenv(handovers.SECRET, "bí mật thử")
    return sign_in(cast.MINH)


def planned(keeper: Client) -> str:
    answer = keeper.post("/ban-giao", SAID)
    assert answer.status_code == 302, pages.text(answer)
    return f"/ban-giao/{HandoverRow.objects.get().pk}"


def worked() -> None:
    """A worker does what was asked on the page."""
    handing.do_asked(HandoverRow.objects.get().pk, at=AT)


def checked(keeper: Client) -> str:
    at = planned(keeper)
    keeper.post(at, {"step": "check"})
    worked()
    return at


def test_others_are_refused(sign_in: SignIn) -> None:
    for page in ("", "/1", "/1/ho-so", "/1/ho-so.xlsx", "/1/bang-chung.json", "/1/giay/x"):
        assert sign_in(cast.HOA).get(f"/ban-giao{page}").status_code == 403


def test_before_any_the_page_says_what_to_do(keeper: Client) -> None:
    assert "Chưa có đợt bàn giao nào" in pages.text(keeper.get("/ban-giao"))
    assert keeper.get("/ban-giao/9").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"decision": ""}, "decision", "còn trống"),
        ({"field": ""}, "field", "còn trống"),
        ({"received_before": "hôm qua"}, "received_before", "hôm qua"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    keeper: Client, typed: dict[str, str], field: str, told: str
) -> None:
    life.received()
    answer = keeper.post("/ban-giao", {**SAID, **typed})

    assert answer.status_code == 422
    assert told in pages.beside(answer, field)
    assert HandoverRow.objects.count() == 0


def test_a_field_without_open_dossiers_is_refused_in_one_sentence(keeper: Client) -> None:
    answer = keeper.post("/ban-giao", SAID)

    assert answer.status_code == 422
    assert "không có hồ sơ nào bàn giao được" in pages.text(answer)


def test_checked_the_page_tells_who_goes_and_who_stays_and_why(keeper: Client) -> None:
    fit = life.received()
    stays = life.approved(life.received(at=cast.moment("2025-09-08 08:01")))
    at = planned(keeper)
    assert "máy đang kiểm tra" in pages.text(keeper.post(at, {"step": "check"}, follow=True))
    assert keeper.post(at, {"step": "check"}).status_code == 409  # one thing at a time
    worked()

    shown = pages.text(keeper.get(at))
    assert "Hồ sơ đã có quyết định" in shown
    assert "Duyệt 1 hồ sơ" in shown
    kept = pages.text(keeper.get(f"{at}/ho-so?tinh-trang=kept"))
    assert (stays.code in kept, fit.code in kept) == (True, False)
    assert keeper.get(f"{at}/ho-so.xlsx").status_code == 200


def test_what_a_worker_could_not_do_stands_on_the_page(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.received()
    monkeypatch.delenv(handovers.SECRET)
    at = checked(keeper)
    actions.shape_for("bo-x", "ministry_igate")

    assert HandoverRow.objects.get().wanted == ""
    assert "Kiểm tra" in pages.text(keeper.get(at))


def test_nobody_approves_their_own_list(keeper: Client, sign_in: SignIn) -> None:
    life.received()
    at = checked(keeper)
    digest = HandoverRow.objects.get().digest

    refused = keeper.post(at, {"step": "approve", "digest": digest})
    assert refused.status_code == 422
    assert "cần một người khác duyệt" in pages.text(refused)
    other = sign_in(cast.NHUNG)
    assert other.post(at, {"step": "approve", "digest": "khác"}).status_code == 409
    assert other.post(at, {"step": "approve", "digest": digest}).status_code == 302


def test_withdrawing_needs_a_reason_and_keeps_every_dossier(keeper: Client) -> None:
    life.received()
    at = checked(keeper)

    assert "còn trống" in pages.beside(keeper.post(at, {"step": "withdraw"}), "reason")
    keeper.post(at, {"step": "withdraw", "reason": "bộ hoãn"})

    shown = pages.text(keeper.get(at))
    assert "Đã rút vì: bộ hoãn" in shown
    assert "Bước tiếp theo" not in shown


def test_it_is_followed_to_zero_closed_and_proved(
    keeper: Client, sign_in: SignIn, tmp_path: Path
) -> None:
    dossier = life.received()
    at = checked(keeper)
    digest = HandoverRow.objects.get().digest
    other = sign_in(cast.NHUNG)
    other.post(at, {"step": "approve", "digest": digest})
    other.post(at, {"step": "send"})
    worked()
    number = HandoverRow.objects.get().pk
    assert "còn 1 hồ sơ chưa có kết quả" in pages.text(other.get(at))
    assert other.post(at, {"step": "close"}).status_code == 422
    assert other.get(f"{at}/bang-chung.json").status_code == 404
    on_its_way = other.get(f"/ho-so/{dossier.code}")
    assert "đang được bàn giao sang Hệ thống bo-x" in pages.text(on_its_way)
    handovers.acknowledged(at=AT)
    actions.follow(number, at=AT)

    other.post(at, {"step": "close"})
    key = tmp_path / "khoa.pem"
    evidence.new_key(key)
    actions.certify(number, key=key, by=cast.MINH, at=AT)

    assert "Sổ cân: chọn 1 = bộ đã nhận 1" in pages.text(other.get(at))
    there = pages.text(other.get(f"{at}/ho-so?tinh-trang=there"))
    assert "64f00001" in there
    told = other.get(f"{at}/giay/{dossier.code}")
    assert "Khớp gốc đã ký" in pages.text(told)
    alone = other.get(f"{at}/giay/{dossier.code}/tep").content
    assert evidence.verify(alone)[1] == []
    whole = json.loads(other.get(f"{at}/bang-chung.json").content)
    assert [one["dossier"]["code"] for one in whole["certificates"]] == [dossier.code]
    assert other.get(f"{at}/giay/khac").status_code == 404
    gone = pages.text(other.get(f"/ho-so/{dossier.code}"))
    assert "đã bàn giao sang Hệ thống bo-x" in gone
    assert "https://motcua.bo-x.example" in gone
    assert "Đã bàn giao sang hệ thống khác" in gone
