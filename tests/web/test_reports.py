"""Reports on the screen: from the figures to the dossiers, from one hand to the next."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import builders, cast, life, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import dossier as dossiers
from thongsuot.records.access import RoleRow
from thongsuot.records.reports import FilledCellRow, FrozenReportRow, ReportRow
from thongsuot.web import door

QUARTER = f"/bao-cao/quarterly/2025-Q3/{cast.BAN_MAY}"
SEPTEMBER = cast.moment("2025-09-15 08:00")


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: SEPTEMBER)


@pytest.fixture
def reporter(sign_in: SignIn) -> Client:
    return sign_in(cast.SON)


@pytest.fixture
def receiver(sign_in: SignIn) -> Client:
    return sign_in(cast.NHUNG)


def test_an_official_without_the_right_is_kept_out(sign_in: SignIn) -> None:
    assert sign_in(cast.TAM).get("/bao-cao").status_code == 403
    assert sign_in(cast.SON).get(f"/bao-cao/quarterly/2025-Q3/{cast.NAM_SUONG}").status_code == 403


def test_a_period_that_is_not_there_is_told(reporter: Client) -> None:
    answer = reporter.get(f"/bao-cao/quarterly/2025-Q9/{cast.BAN_MAY}")

    assert answer.status_code == 404
    assert "2025-Q9" in pages.text(answer)


def test_what_is_owed_is_listed_and_leads_to_the_form(reporter: Client) -> None:
    listed = pages.text(reporter.get("/bao-cao"))

    assert "quý III năm 2025" in listed
    assert "văn bản không nêu" in listed


def test_a_figure_opens_into_its_dossiers_and_says_how_it_was_counted(reporter: Client) -> None:
    code = life.received().code

    form = reporter.get(f"{QUARTER}?bieu=II.06a")
    cell = reporter.get(f"{QUARTER}/o?bieu=II.06a&dong=total&cot=12")

    assert "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC" in pages.text(form)
    assert f'href="{QUARTER}/o?bieu=II.06a&amp;dong=total&amp;cot=12"' in form.content.decode()
    assert code in pages.text(cell)
    assert "Chưa kết thúc lúc chốt số liệu" in pages.text(cell)
    assert cast.MY.name not in pages.text(cell)


def test_text_in_a_cell_for_a_number_is_told_and_what_was_typed_stays(reporter: Client) -> None:
    typed = {
        "step": "fill",
        "bieu": "II.07b",
        "o:total:4": "mười",
        "o:total:5": "7",
        "source": "QĐ 1",
    }

    refused = reporter.post(QUARTER, typed)

    assert refused.status_code == 422
    assert "mười" in pages.text(refused)
    page = refused.content.decode()
    assert 'value="mười"' in page
    assert 'value="7"' in page
    assert 'value="QĐ 1"' in page
    assert not FilledCellRow.objects.exists()


def test_a_report_goes_from_the_commune_to_the_province_and_is_locked(
    reporter: Client, receiver: Client
) -> None:
    life.received()
    for client, step in (
        (reporter, "check"),
        (reporter, "submit"),
        (receiver, "accept"),
        (receiver, "lock"),
    ):
        answer = client.post(QUARTER, {"step": step, "bieu": "II.06a"})
        assert answer.status_code == 302, step

    page = pages.text(reporter.get(QUARTER))
    frozen = FrozenReportRow.objects.get()
    assert ReportRow.objects.get().state == "locked"
    assert "đã khóa" in page
    assert "người thứ hai mở khóa" in page
    assert frozen.sha256 in page
    assert reporter.get(f"{QUARTER}/tep.xlsx?bieu=II.06a").content == (
        reporter.get(f"{QUARTER}/tep.xlsx?bieu=II.06a").content
    )
    assert receiver.post(QUARTER, {"step": "return", "remarks": "x"}).status_code == 422


def test_a_step_that_needs_a_reason_says_so_and_an_unknown_one_is_refused(
    reporter: Client, receiver: Client
) -> None:
    reporter.post(QUARTER, {"step": "check"})
    reporter.post(QUARTER, {"step": "submit"})

    assert "lý do" in pages.text(receiver.post(QUARTER, {"step": "return"}))
    assert receiver.post(QUARTER, {"step": "fly"}).status_code == 422


def test_a_restatement_shows_the_cells_that_changed_and_the_dossiers_behind_them(
    reporter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.received()
    reporter.post(QUARTER, {"step": "check"})
    reporter.post(QUARTER, {"step": "submit"})
    later = cast.moment("2025-09-15 08:03")
    submission = builders.submission(
        received_at=cast.moment("2025-09-12 09:00"), late_entry_reason="mất điện"
    )
    late = dossiers.receive(request=life.request(submission=submission), by=cast.HOA, at=later)
    monkeypatch.setattr(door, "now", lambda: cast.moment("2025-09-15 08:06"))

    answer = reporter.post(QUARTER, {"step": "restate", "remarks": "nhập muộn"})
    changed = pages.text(reporter.get(f"{QUARTER}/ban/2"))

    assert answer.status_code == 302
    assert "Bản 2 khác bản 1" in changed
    assert late.code in changed
    assert "nhập muộn" in changed
    assert "nguyên vẹn" in changed


def test_who_has_reported_is_shown_to_the_province(receiver: Client) -> None:
    reports.sent(cast.BAN_MAY, by=cast.SON, at=SEPTEMBER, period="2025-Q3")

    page = pages.text(receiver.get("/bao-cao/quarterly/2025-Q3"))

    assert "1 trên 4 đơn vị đã gửi" in page
    assert "UBND xã Nậm Sương" in page


def test_the_whole_province_is_one_report_with_a_row_for_each_body(receiver: Client) -> None:
    life.received()

    page = pages.text(receiver.get("/bao-cao/quarterly/2025-Q3/toan-tinh?bieu=II.06c"))

    assert "UBND xã Bản Mây" in page
    assert "Tổng cộng" in page


def test_the_periods_of_a_report_are_a_grid_that_says_in_words_what_it_shows(
    receiver: Client, reporter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = f"/bao-cao/weekly/2026-W01/{cast.BAN_MAY}"
    for client, at in ((reporter, "2026-01-02 16:00"), (receiver, "2026-01-02 18:00")):
        monkeypatch.setattr(door, "now", lambda at=at: cast.moment(at))
        if client is reporter:
            client.post(week, {"step": "check"})
            client.post(week, {"step": "submit"})
    page = receiver.get("/bao-cao/weekly").content.decode()

    assert f'href="{week}" title="gửi 02/01/2026 16:00, đúng hạn"' in page
    assert "chưa gửi, quá hạn 1 giờ" in page
    assert "tuần 1 năm 2026" in page
    assert receiver.get("/bao-cao/nothing").status_code == 404
