"""The figures of a body beside ours, on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, life, reports, scans
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.report_own import OwnFigureRow, ReportDocumentRow
from thongsuot.web import door

PAGE = f"/bao-cao/quarterly/2025-Q3/{cast.BAN_MAY}/don-vi-bao"


@pytest.fixture(autouse=True)
def known(province: None, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: cast.moment("2025-09-18 08:00"))


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(cast.NHUNG)


def attach(client: Client) -> None:
    file = SimpleUploadedFile("bao cao.pdf", scans.pdf(), content_type="application/pdf")
    told = {"step": "attach", "notation": "12/BC", "issued_on": "2025-09-16", "file": file}
    assert client.post(PAGE, told).status_code == 302


def test_one_who_may_not_is_kept_out(sign_in: SignIn) -> None:
    assert sign_in(cast.TAM).get(PAGE).status_code == 403
    other = f"/bao-cao/quarterly/2025-Q3/{cast.NAM_SUONG}/don-vi-bao"
    assert sign_in(cast.SON).post(other, {"step": "tell"}).status_code == 403


def test_without_a_document_nothing_is_kept_and_what_was_typed_stays(office: Client) -> None:
    typed = {"step": "tell", "bieu": "II.06a", "s:total:3": "12"}

    refused = office.post(PAGE, typed)

    assert refused.status_code == 422
    assert "cần văn bản kèm theo" in pages.text(refused)
    assert 'value="12"' in refused.content.decode()
    assert not OwnFigureRow.objects.exists()


def test_text_in_a_number_cell_is_refused_marked_and_nothing_typed_is_lost(office: Client) -> None:
    attach(office)
    typed = {"step": "tell", "bieu": "II.06a", "s:total:3": "mười", "s:total:4": "7"}

    refused = office.post(PAGE, typed)
    page = refused.content.decode()

    assert refused.status_code == 422
    assert 'value="mười"' in page
    assert 'value="7"' in page
    assert page.count('aria-invalid="true"') == 1
    assert not OwnFigureRow.objects.exists()


def test_both_figures_stand_side_by_side_and_the_document_opens(office: Client) -> None:
    life.received()
    attach(office)

    kept = office.post(
        PAGE,
        {"step": "tell", "bieu": "II.06a", "s:total:3": "5", "l:total:3": "đếm cả hồ sơ giấy"},
    )
    page = pages.text(office.get(f"{PAGE}?bieu=II.06a"))
    number = ReportDocumentRow.objects.get().pk

    assert kept.status_code == 302
    assert "Khác ở 1 ô trên 1 ô đã nhập" in page
    assert "đếm cả hồ sơ giấy" in office.get(f"{PAGE}?bieu=II.06a").content.decode()
    assert office.get(f"{PAGE}/tep/{number}").content[:4] == b"%PDF"
    assert office.get(f"{PAGE}/tep/{number}?tep=9").status_code == 404
    assert office.get(f"{PAGE}/tep/999").status_code == 404
    way = "bieu=II.06a&dong=total&cot=3&cach=known_then"
    assert office.get(f"{PAGE}/ho-so?{way}").status_code == 200


def test_a_day_that_is_none_and_a_file_that_is_missing_are_told(office: Client) -> None:
    for typed in (
        {"step": "attach", "notation": "12/BC"},
        {"step": "attach", "notation": "12/BC", "issued_on": "hôm qua"},
    ):
        refused = office.post(PAGE, typed)
        assert refused.status_code == 422
        assert 'value="12/BC"' in refused.content.decode()
    assert not ReportDocumentRow.objects.exists()
