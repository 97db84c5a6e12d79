"""Old systems on the screen: read, mapped, signed by two, rehearsed, loaded, told row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, everyone
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import migration
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.migration import CodeMapRow, MigrationRow

AT = cast.moment("2026-01-05 09:00")
SAID = {"layout": "mau-chung", "system": "he-cu", "told_at": ""}


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])
    return sign_in(cast.MINH)


def sent(text: str = everyone.OLD_EXPORT, name: str = "xuat.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def address(keeper: Client) -> str:
    answer = keeper.post("/chuyen-du-lieu", {**SAID, "file": sent()})
    assert answer.status_code == 302, pages.text(answer)
    return f"/chuyen-du-lieu/{MigrationRow.objects.get().pk}"


def decided(keeper: Client, at: str) -> None:
    """Whoever knows says what the two strange codes are."""
    ours = {"9.999999": "1.000101", "Phòng lạ": cast.BAN_MAY}
    waiting = CodeMapRow.objects.filter(theirs__in=ours)
    keeper.post(f"{at}/anh-xa", {f"ours-{row.pk}": ours[row.theirs] for row in waiting})


def test_others_are_refused(sign_in: SignIn) -> None:
    for page in ("", "/1", "/1/anh-xa", "/1/anh-xa.csv", "/1/dong", "/1/dong.xlsx"):
        assert sign_in(cast.HOA).get(f"/chuyen-du-lieu{page}").status_code == 403


def test_before_anything_came_in_the_page_says_what_to_do(keeper: Client) -> None:
    assert "Chưa có hệ thống cũ nào" in pages.text(keeper.get("/chuyen-du-lieu"))
    assert keeper.get("/chuyen-du-lieu/9").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"system": "Hệ cũ"}, "system", "chữ thường không dấu"),
        ({"told_at": "2099-01-01T08:00"}, "told_at", "chưa đến"),
        ({"system": ""}, "system", "còn trống"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    keeper: Client, typed: dict[str, str], field: str, told: str
) -> None:
    answer = keeper.post("/chuyen-du-lieu", {**SAID, **typed, "file": sent()})

    assert answer.status_code == 422
    assert told in pages.beside(answer, field)
    assert MigrationRow.objects.count() == 0


def test_a_file_without_the_columns_of_its_layout_says_which(keeper: Client) -> None:
    answer = keeper.post("/chuyen-du-lieu", {**SAID, "file": sent("một,hai\n1,2\n")})

    assert answer.status_code == 422
    assert "thiếu cột Mã hồ sơ" in pages.text(answer)


def test_codes_that_wait_are_decided_on_the_screen_or_refused_in_one_sentence(
    keeper: Client,
) -> None:
    at = address(keeper)
    assert "2 mã chờ người quyết định" in pages.text(keeper.get(at))
    wrong = CodeMapRow.objects.get(theirs="Phòng lạ")

    refused = keeper.post(f"{at}/anh-xa", {f"ours-{wrong.pk}": "H99.999"})
    assert refused.status_code == 422
    assert "H99.999" in pages.text(refused)
    decided(keeper, at)

    assert "đủ" in pages.text(keeper.get(f"{at}/anh-xa"))
    assert "Mọi mã đã có ánh xạ" in pages.text(keeper.get(f"{at}/anh-xa?cho=1"))
    assert "UBND xã Bản Mây" in pages.text(keeper.get(f"{at}/anh-xa?loai=office"))
    assert "Phòng lạ" in keeper.get(f"{at}/anh-xa.csv").content.decode()


def test_an_old_system_comes_in_by_two_people_and_a_worker(keeper: Client, sign_in: SignIn) -> None:
    at = address(keeper)
    number = MigrationRow.objects.get().pk
    decided(keeper, at)
    assert "chưa đủ hai người ký" in pages.text(keeper.post(at, {"step": "load"}))

    keeper.post(at, {"step": "sign_maps"})
    other = sign_in(cast.NHUNG)
    other.post(at, {"step": "sign_maps"})
    other.post(at, {"step": "rehearse"})
    assert "máy đang diễn tập" in pages.text(other.get(at))
    assert other.post(at, {"step": "load"}).status_code == 409  # one thing at a time
    migration.do_asked(number, at=AT)
    assert DossierRow.objects.count() == 0
    other.post(at, {"step": "load"})
    migration.do_asked(number, at=AT)
    other.post(at, {"step": "sign"})
    assert "còn một người nữa" in pages.text(other.get(at))
    sign_in(cast.MINH).post(at, {"step": "sign"})

    shown = pages.text(other.get(at))
    assert "Sổ cân: đọc 2 =" in shown
    assert "Lê Hồng Nhung" in shown
    assert DossierRow.objects.count() == 2
    listed = pages.text(other.get(f"{at}/dong?ket-qua=remarked"))
    assert "Hồ sơ đã xong nhưng không có ngày kết thúc" in listed
    assert other.get(f"{at}/dong.xlsx?ket-qua=remarked").content[:2] == b"PK"
    assert "Không có dòng nào" in pages.text(other.get(f"{at}/dong?ket-qua=refused"))


def test_a_step_that_nobody_knows_is_refused(keeper: Client) -> None:
    assert keeper.post(address(keeper), {"step": "xóa"}).status_code == 422


def test_the_history_of_an_old_dossier_tells_the_old_systems_words(
    keeper: Client, sign_in: SignIn, tmp_path: Path
) -> None:
    at = address(keeper)
    number = MigrationRow.objects.get().pk
    decided(keeper, at)
    for person in (cast.MINH, cast.NHUNG):
        migration.sign_maps(number, by=person, at=AT)
    migration.load(number, by=cast.MINH, at=AT)

    shown = pages.text(sign_in(cast.TAM).get("/ho-so/CU-1"))

    assert "Hệ thống cũ báo" in shown
    assert "Đang xử lý" in shown
