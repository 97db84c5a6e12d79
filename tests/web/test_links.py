"""Signed addresses, addresses of closed portals and online services on the screen."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests import cast, life, rows
from tests.actions.test_links import address
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow, IdentifierRow
from thongsuot.records.links import ClosedPortalRow, FileLinkRow
from thongsuot.records.online import OnlineServiceRow

LINKS = "/chuyen-he-thong/dia-chi-tep"
SERVICES = "/dich-vu-truc-tuyen"


@pytest.fixture
def keeper(sign_in: SignIn, store: Path) -> Client:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    return sign_in(cast.MINH)


@pytest.fixture
def closed(keeper: Client) -> None:
    ClosedPortalRow.objects.create(
        host="dvc.may-trang.example",
        name="Cổng Mây Trắng",
        closed_on=date(2025, 7, 1),
        instead="https://dichvucong.gov.vn",
        decision="CV 1",
        source="bịa",
    )


def test_a_partner_fetches_a_file_and_is_told_when_the_address_is_over(keeper: Client) -> None:
    partner = Client()

    over = partner.get(f"/lien-ket-tep/{address(cast.MONDAY - timedelta(days=400))}")
    given = partner.get(f"/lien-ket-tep/{address()}")

    assert given.content == b"%PDF-1.4 ket qua"
    assert given["Content-Disposition"].startswith("attachment")
    assert over.status_code == 410
    assert partner.get("/lien-ket-tep/la").status_code == 404
    assert "1 lượt" in pages.text(keeper.get(LINKS))


def test_an_address_is_renewed_and_revoked_with_a_reason(keeper: Client) -> None:
    assert "Không có địa chỉ nào" in pages.text(keeper.get(LINKS))
    address()
    number = FileLinkRow.objects.get().pk

    empty = keeper.post(LINKS, {"do": "renew", "number": number, "reason": ""})
    renewed = keeper.post(LINKS, {"do": "renew", "number": number, "reason": "cổng cần"})
    revoked = keeper.post(LINKS, {"do": "revoke", "number": number, "reason": "gửi nhầm"})

    assert [r.status_code for r in (empty, renewed, revoked)] == [422, 302, 302]
    assert "đã thu hồi" in pages.text(keeper.get(f"{LINKS}?loc=revoked"))


def test_an_old_address_leads_to_its_dossier_whatever_its_form(closed: None) -> None:
    code = life.received(at=cast.MONDAY).code
    row = DossierRow.objects.get(code=code)
    IdentifierRow.objects.create(dossier=row, system="cong_cu", code="5f3c-guid")
    anyone = Client()

    for old in (f"/cong-cu/vi/ho-so/{code}", f"/cong-cu?maHoSo={code}", "/cong-cu/x?id=5f3c-guid"):
        found = anyone.get(old)
        assert found.status_code == 302
        assert found["Location"] == f"/tra-cuu?ma={code}"
    legacy = anyone.get("/cong-cu/tra-cuu?ma=000.00.06.H99-231027-0361")
    assert legacy["Location"] == "/tra-cuu?ma=000.00.06.H99-231027-0361"


def test_an_old_address_of_nothing_says_where_to_go_now(closed: None) -> None:
    page = pages.text(Client().get(f"/cong-cu/thu-tuc/{ProcedureCode.parse(rows.FIVE_DAYS)}"))

    assert "Cổng Mây Trắng đã đóng giao diện từ ngày 01/07/2025" in page
    assert f"Thủ tục {rows.FIVE_DAYS}" in page
    assert "https://dichvucong.gov.vn" in page


def test_services_are_reviewed_registered_and_not_published_untested(keeper: Client) -> None:
    one = f"{SERVICES}/{rows.FIVE_DAYS}"
    assert "Chưa đăng ký dịch vụ nào" in pages.text(keeper.get(SERVICES))
    assert "còn đòi bản chính" in pages.text(keeper.get(f"{SERVICES}/ra-soat"))
    assert "Không có thủ tục nào" in pages.text(keeper.get(f"{SERVICES}/ra-soat?loc=du"))
    code = life.received(at=cast.MONDAY).code

    part = keeper.post(one, {"do": "register", "level": "part", "decision": "QĐ 1"})
    whole = keeper.post(one, {"do": "register", "level": "whole", "decision": "QĐ 1"})
    early = keeper.post(one, {"do": "publish", "dossier": code, "decision": "QĐ 2"})

    assert [r.status_code for r in (part, whole, early)] == [422, 302, 422]
    assert "chưa đi trọn vòng" in pages.text(early)
    assert "Nộp từ Cổng quốc gia chưa có" in pages.text(early)
    assert OnlineServiceRow.objects.get().state == "registered"
    assert "1 toàn trình" in pages.text(keeper.get(SERVICES))
    assert keeper.post(one, {"do": "withdraw", "decision": "x", "reason": "y"}).status_code == 302
