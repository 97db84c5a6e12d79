"""Certificates, readiness, incidents, training and the run-off board on the screen."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.incidents import IncidentRow
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.records.training import LessonRow, LessonTakenRow

PAGES = ("/chung-thu", "/chung-thu/viec", "/san-sang", "/su-co", "/tap-huan", "/ket-thuc")
CERTIFICATE = {
    "serial": "CT-1",
    "holder": "body",
    "name": "UBND xã Bản Mây",
    "office": cast.BAN_MAY,
    "first": "2025-07-01",
    "last": "2030-07-01",
}
INCIDENT = {"what": "Mất mạng", "found_at": "2025-09-10T08:00", "found_by": "Trực"}


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    return sign_in(cast.MINH)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_nothing_in_it(keeper: Client, address: str) -> None:
    assert keeper.get(address).status_code == 200


def test_a_certificate_is_registered_and_revoked_and_faults_are_told(keeper: Client) -> None:
    refused = keeper.post("/chung-thu", CERTIFICATE | {"serial": "", "last": "2025-07-01"})
    assert "còn trống" in pages.beside(refused, "serial")
    assert pages.typed(refused, "name") == CERTIFICATE["name"]
    keeper.post("/chung-thu", CERTIFICATE)
    assert "CT-1" in pages.text(keeper.get("/chung-thu?q=CT"))

    keeper.post("/chung-thu", {"revoke": "CT-1", "reason": "mất thiết bị"})

    assert CertificateRow.objects.get().revoked_by == cast.MINH.account


def test_a_span_that_ends_before_it_begins_is_told(keeper: Client) -> None:
    refused = keeper.post("/chung-thu", CERTIFICATE | {"last": "2025-06-01"})

    assert refused.status_code == 422
    assert not CertificateRow.objects.exists()


def test_the_work_with_certificates_is_told_for_a_day(keeper: Client) -> None:
    shown = pages.text(keeper.get("/chung-thu/viec?ngay=2025-07-01"))

    assert "Cấp mới" in shown
    assert keeper.get("/chung-thu/viec?ngay=la").status_code == 422


def test_a_point_shows_why_it_is_not_ready_and_takes_a_note(keeper: Client) -> None:
    address = f"/san-sang/{cast.AT_BAN_MAY}"
    assert "1 tài khoản tiếp nhận" in pages.text(keeper.get(address))

    keeper.post(address, {"item": "devices", "verdict": "ready", "remark": "hai máy"})
    refused = keeper.post(address, {"item": "roster", "verdict": "waived", "remark": ""})
    keeper.post(address, {"item": "la", "verdict": "ready"})

    assert "còn trống" in pages.beside(refused, "remark")
    assert ReadinessNoteRow.objects.count() == 1
    assert "hai máy" in pages.text(keeper.get(address))
    assert keeper.get("/san-sang/la").status_code == 404


def test_an_incident_is_found_told_pauses_clocks_and_is_fixed(keeper: Client) -> None:
    code = life.received().code
    refused = keeper.post("/su-co", INCIDENT | {"what": ""})
    assert "còn trống" in pages.beside(refused, "what")
    keeper.post("/su-co", INCIDENT)
    address = f"/su-co/{IncidentRow.objects.get().pk}"

    early = keeper.post(address, {"do": "pause", "codes": code})
    assert "cơ quan chủ quản" in pages.text(early)
    told = {"do": "tell", "told_at": "2025-09-10T08:30", "told_to": "VNPT", "announced_in": "TB 1"}
    keeper.post(address, told)
    keeper.post(address, {"do": "pause", "codes": f"{code}\n"})
    assert DossierRow.objects.get(code=code).is_paused
    assert code in pages.text(keeper.get(address))
    keeper.post(address, {"do": "fix", "fixed_at": "2025-09-10T09:00", "how": "thay cáp"})

    assert not DossierRow.objects.get(code=code).is_paused
    assert "đã khắc phục" in pages.text(keeper.get(address))
    assert keeper.get("/su-co/tep.xlsx").content[:2] == b"PK"


def test_all_running_dossiers_of_a_body_are_paused_at_once(keeper: Client) -> None:
    code = life.received().code
    keeper.post("/su-co", INCIDENT)
    address = f"/su-co/{IncidentRow.objects.get().pk}"
    told = {"do": "tell", "told_at": "2025-09-10T08:30", "told_to": "VNPT", "announced_in": "TB 1"}
    keeper.post(address, told)

    keeper.post(address, {"do": "pause", "office": DossierRow.objects.get(code=code).office})

    assert DossierRow.objects.get(code=code).is_paused


def test_rules_are_read_and_acknowledged_by_whoever_works_here(
    keeper: Client, sign_in: SignIn
) -> None:
    rules = {"kind": "rules", "title": "Quy chế", "on": "2025-09-10", "office": "*"}
    assert "còn trống" in pages.beside(keeper.post("/tap-huan", rules | {"title": ""}), "title")
    keeper.post("/tap-huan", rules)
    address = f"/tap-huan/{LessonRow.objects.get().pk}"
    hoa = sign_in(cast.HOA)

    assert "Tôi đã đọc" in " ".join(pages.buttons(hoa.get(address)))
    hoa.post(address)

    assert LessonTakenRow.objects.get().account == cast.HOA.account
    assert "đã có tên" in pages.text(hoa.get("/tap-huan"))
    assert hoa.post("/tap-huan", rules).status_code == 403


def test_attendance_is_noted_for_those_chosen(keeper: Client) -> None:
    keeper.post("/tap-huan", {"title": "Tập huấn", "on": "2025-09-10", "office": "*"})
    address = f"/tap-huan/{LessonRow.objects.get().pk}"

    keeper.post(address, {"account": ["hoa", "sung"]})

    assert LessonTakenRow.objects.count() == 2
    assert "2 người đã dự" in pages.text(keeper.get(address))


def test_the_board_leads_to_the_dossiers_without_their_applicants(keeper: Client) -> None:
    code = life.received().code
    DossierRow.objects.filter(code=code).update(competent_office=cast.BAN_CU)

    board = pages.text(keeper.get("/ket-thuc?ngay=2025-07-01"))
    body = pages.text(keeper.get(f"/ket-thuc/{cast.BAN_CU}?ngay=2025-07-01"))

    assert "UBND xã Bản Cũ" in board
    assert code in body
    assert cast.MY.name not in body


def test_the_board_asks_no_more_questions_for_more_dossiers(keeper: Client) -> None:
    few = pages.questions(keeper, "/ket-thuc?ngay=2025-07-01")
    for _ in range(6):
        code = life.received().code
        DossierRow.objects.filter(code=code).update(competent_office=cast.BAN_CU)

    assert pages.questions(keeper, "/ket-thuc?ngay=2025-07-01") <= few + 1
    many = pages.questions(keeper, "/san-sang")
    rows.reception_point("MC-them", cast.BAN_MAY)
    assert pages.questions(keeper, "/san-sang") == many
