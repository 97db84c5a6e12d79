"""Long lists on the screen: asked for at a cell, followed, fetched by whoever asked, cancelled."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.web import door
from thongsuot.workers import tasks

NOW = cast.moment("2025-09-15 08:00")
CELL = f"/bao-cao/quarterly/2025-Q3/{cast.BAN_MAY}/o?bieu=II.06a&dong=total&cot=3"


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: NOW)
    monkeypatch.setattr(tasks, "now", lambda: NOW)


@pytest.fixture
def reporter(sign_in: SignIn) -> Client:
    return sign_in(cast.SON)


def test_a_list_is_asked_for_followed_and_fetched_by_whoever_asked(
    reporter: Client, sign_in: SignIn
) -> None:
    code = life.received().code
    assert reporter.post(CELL, {"kind": "exe"}).status_code == 422

    begun = reporter.post(CELL, {"kind": "csv"})
    page = begun["Location"]
    waiting = reporter.get(page)
    assert waiting["Refresh"] == "3"
    assert reporter.get(f"{page}/tep").status_code == 404

    tasks.make_long_list(export=ReportExportRow.objects.get().pk)

    file = reporter.get(f"{page}/tep")
    assert "Tải tệp CSV" in pages.text(reporter.get(page))
    assert code in b"".join(file).decode()
    assert sign_in(cast.NHUNG).get(f"{page}/tep").status_code == 404
    assert code not in pages.text(sign_in(cast.NHUNG).get("/ket-xuat"))


def test_a_list_that_was_cancelled_says_so_and_has_no_file(reporter: Client) -> None:
    page = reporter.post(CELL, {"kind": "xlsx"})["Location"]

    reporter.post(page)
    tasks.make_long_list(export=ReportExportRow.objects.get().pk)

    assert "Đã hủy" in pages.text(reporter.get(page))
    assert reporter.get(f"{page}/tep").status_code == 404
