"""Shared systems on the screen: the list, one, what must be rewired, and a table brought in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.shared_systems import FindingRow, SystemEntryRow


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    return sign_in(cast.MINH)


@pytest.fixture
def flow(keeper: Client) -> None:
    rows.shared_system()
    rows.system_entry("flow", "BC-1", cast.BAN_MAY, other=cast.PROVINCE, via=[cast.BAN_CU])


def test_empty_registers_say_why_and_what_to_do(keeper: Client) -> None:
    assert "Chưa có hệ thống dùng chung nào" in pages.text(keeper.get("/he-thong"))
    assert "Không có mục nào phải chuyển" in pages.text(keeper.get("/he-thong/ra-soat"))


def test_others_are_refused(sign_in: SignIn) -> None:
    assert sign_in(cast.HOA).get("/he-thong").status_code == 403


def test_a_system_shows_what_is_set_up_in_it(keeper: Client, flow: None) -> None:
    shown = pages.text(keeper.get("/he-thong/bao-cao?loai=flow&q=BC"))

    assert "BC-1" in shown
    assert "UBND xã Bản Cũ" in shown
    assert "Không có mục cấu hình nào khớp" in pages.text(keeper.get("/he-thong/bao-cao?q=la"))
    assert keeper.get("/he-thong/la").status_code == 404


def test_a_finding_is_recorded_proposed_accepted_and_done(keeper: Client, flow: None) -> None:
    assert "Còn 1 mục" in pages.text(keeper.get("/he-thong/ra-soat"))
    keeper.post("/he-thong/ra-soat")
    address = f"/he-thong/ra-soat/{FindingRow.objects.get().pk}"

    refused = keeper.post(address, {"step": "propose", "reason": ""})
    assert "còn trống" in pages.beside(refused, "reason")
    for step in ("propose", "accept", "finish"):
        keeper.post(address, {"step": step, "reason": "nối thẳng"})

    assert "Đã làm xong" in pages.text(keeper.get(address))
    assert "Không còn mục nào" in pages.text(keeper.get("/he-thong/ra-soat"))


def test_a_unit_sees_what_concerns_it_and_only_that(
    keeper: Client, flow: None, sign_in: SignIn
) -> None:
    rows.system_entry("flow", "BC-2", cast.NAM_SUONG, other=cast.PROVINCE, via=[cast.BAN_CU])

    shown = pages.text(sign_in(cast.SON).get("/he-thong/ra-soat"))

    assert "BC-1" in shown
    assert "BC-2" not in shown


def test_an_unknown_step_changes_nothing(keeper: Client, flow: None) -> None:
    keeper.post("/he-thong/ra-soat")
    number = FindingRow.objects.get().pk

    assert keeper.post(f"/he-thong/ra-soat/{number}", {"step": "la"}).status_code == 200
    assert FindingRow.objects.get().state == "found"


def test_the_list_of_findings_is_a_workbook_too(keeper: Client, flow: None) -> None:
    book = keeper.get("/he-thong/ra-soat/tep.xlsx?he-thong=bao-cao")

    assert book.content[:2] == b"PK"


def test_a_table_is_brought_in_and_each_refused_line_told(keeper: Client, flow: None) -> None:
    head = "system,kind,key,name,office,other,via,valid_from,valid_to,source"
    lines = (
        head,
        f"bao-cao,unit,DV-1,Một,{cast.BAN_MAY},,,2025-07-01,,bịa",
        "bao-cao,unit,DV-2,Hai,H99.999,,,2025-07-01,,bịa",
    )
    file = SimpleUploadedFile("../bang.csv", "\n".join(lines).encode())

    told = pages.text(keeper.post("/he-thong/nhap", {"file": file}))

    assert "đọc 2 dòng, nạp 1" in told
    assert "H99.999" in told
    assert SystemEntryRow.objects.filter(key="DV-1").exists()


def test_a_form_without_a_file_says_so(keeper: Client) -> None:
    assert "còn trống" in pages.text(keeper.post("/he-thong/nhap", {}))


def test_the_number_of_questions_does_not_grow_with_the_entries(keeper: Client, flow: None) -> None:
    few = pages.questions(keeper, "/he-thong/ra-soat")
    for number in range(2, 30):
        rows.system_entry(
            "flow", f"BC-{number}", cast.NAM_SUONG, other=cast.PROVINCE, via=[cast.BAN_CU]
        )

    assert pages.questions(keeper, "/he-thong/ra-soat") == few
