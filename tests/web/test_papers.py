"""The page of a dossier's papers: files come in, are shown safely, and what is held is offered."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import builders, cast, life, rows, scans
from tests.web.conftest import SignIn
from tests.web.pages import beside, questions, text, typed
from thongsuot.actions.dossier import papers, receive
from thongsuot.actions.files import Upload
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import PaperGiven
from thongsuot.records.looks import LookRow

BIRTH = "Giấy khai sinh"


@pytest.fixture
def dossier(province: None) -> Dossier:
    return with_birth()


def with_birth(name: str = BIRTH) -> Dossier:
    asked = builders.submission()
    object.__setattr__(asked, "papers", (PaperGiven(name, originals=1),))
    return receive(request=life.request(submission=asked), by=cast.HOA, at=cast.MONDAY)


def send(client: Client, d: Dossier, **given: Any) -> Any:
    return client.post(f"/ho-so/{d.code}/giay-to", {"paper": BIRTH, **given}, follow=True)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def scanned(d: Dossier, content: bytes = scans.pdf(), name: str = "khai sinh.pdf") -> str:
    done = papers.add_scans(
        code=d.code,
        paper=BIRTH,
        uploads=[Upload(name, content)],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )
    return next(scan.file.sha256 for scan in done.scans if scan.file)


def test_several_files_are_sent_at_once(dossier: Dossier, sign_in: SignIn) -> None:
    files = [file("1.pdf", scans.pdf(2)), file("2.png", scans.picture())]

    shown = send(sign_in(cast.HOA), dossier, action="scan", files=files, is_checked="on")

    assert "Đã lưu tệp vào hồ sơ." in text(shown)
    assert "1.pdf" in text(shown) and "2.png" in text(shown)
    assert "đã số hóa" in text(shown)


def test_a_bad_file_is_said_in_one_sentence_and_nothing_is_kept(
    dossier: Dossier, sign_in: SignIn
) -> None:
    shown = send(sign_in(cast.HOA), dossier, action="scan", files=file("x.pdf", scans.HTML))

    assert shown.status_code == 422
    assert "Tệp “x.pdf” không đúng như tên gọi (nội dung là htm" in text(shown)
    assert "chưa số hóa" in text(shown)


def test_a_script_in_a_name_is_only_text(dossier: Dossier, sign_in: SignIn) -> None:
    shown = send(
        sign_in(cast.HOA), dossier, action="scan", files=file("<img onerror=x>.pdf", scans.pdf())
    )

    assert "<img onerror" not in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "policy"), [(scans.pdf(), "default-src 'none'"), (scans.picture(), "sandbox;")]
)
def test_a_file_is_shown_alone_and_the_look_is_logged(
    dossier: Dossier, sign_in: SignIn, content: bytes, policy: str
) -> None:
    digest = scanned(dossier, content)
    before = LookRow.objects.count()

    shown = sign_in(cast.HOA).get(f"/ho-so/{dossier.code}/tep/{digest}")

    assert shown.content == content
    assert shown["Content-Security-Policy"].startswith(policy)
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("inline")
    assert LookRow.objects.count() == before + 1


def test_a_file_is_handed_out_by_its_name(dossier: Dossier, sign_in: SignIn) -> None:
    digest = scanned(dossier)

    shown = sign_in(cast.HOA).get(f"/ho-so/{dossier.code}/tep/{digest}?tai=1")

    assert shown["Content-Disposition"] == 'attachment; filename="khai sinh.pdf"'


def test_a_file_is_shown_only_by_its_own_dossier_and_to_whom_it_concerns(
    dossier: Dossier, sign_in: SignIn
) -> None:
    digest = scanned(dossier)
    other = with_birth("Khác")

    assert sign_in(cast.HOA).get(f"/ho-so/{other.code}/tep/{digest}").status_code == 404
    assert sign_in(cast.SUNG).get(f"/ho-so/{dossier.code}/tep/{digest}").status_code == 403


def test_what_the_province_holds_is_offered_with_its_origin_and_taken(
    dossier: Dossier, sign_in: SignIn
) -> None:
    first = dossier
    scanned(first)
    second = with_birth()
    client = sign_in(cast.HOA)

    page = client.get(f"/ho-so/{second.code}/giay-to")
    taken = send(client, second, action="reuse")

    assert f"Tỉnh đã có giấy tờ này: hồ sơ {first.code} , ngày 08/09/2025" in text(page)
    assert "đã có, dùng lại" in text(taken)


def test_an_exception_from_scanning_stands_beside_the_paper(
    dossier: Dossier, sign_in: SignIn
) -> None:
    shown = send(sign_in(cast.HOA), dossier, action="leave", why="presented_only")

    assert "chỉ xuất trình để đối chiếu (TT 03/2025/TT-VPCP Đ.5.2.b)" in text(shown)


def test_a_fee_without_its_receipt_is_refused_and_what_was_typed_stays(
    dossier: Dossier, sign_in: SignIn
) -> None:
    fee = {"action": "fee", "what": "Lệ phí hộ tịch", "amount": "8000", "how": "cash"}
    client = sign_in(cast.HOA)

    refused = send(client, dossier, **fee)
    paid = send(client, dossier, **fee, receipt_number="0000123")

    assert "Chưa ghi số biên lai" in text(refused)
    assert 'value="Lệ phí hộ tịch"' in refused.content.decode()
    assert "Đã thu: 8.000 đồng" in text(paid)


def test_the_page_asks_no_more_questions_for_more_files(dossier: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in(cast.HOA), f"/ho-so/{dossier.code}/giay-to"
    scanned(dossier)
    one = questions(client, address)

    scanned(dossier, scans.pdf(2))

    assert questions(client, address) == one
    assert rows.count("records_filerow") == 2


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (("trống.pdf", b" "[:0]), "Tệp “trống.pdf” không có nội dung"),
        (("khóa.pdf", scans.pdf(password="mật")), "mật khẩu"),
        (("cụt.pdf", scans.pdf()[:200]), "cụt.pdf"),
        (("lớn.pdf", scans.pdf() + b" " * 2**21), "lớn.pdf"),
        (("chữ.txt", "chữ".encode()), "chữ.txt"),
    ],
)
def test_a_bad_file_is_said_beside_its_field_and_what_was_typed_stays(
    dossier: Dossier, sign_in: SignIn, settings: Any, bad: tuple[str, bytes], said: str
) -> None:
    settings.FILE_MEGABYTES = 1
    files = [file("tốt.png", scans.picture()), file(*bad)]

    shown = send(
        sign_in(cast.HOA),
        dossier,
        action="scan",
        files=files,
        valid_until="2030-01-01",
        is_checked="on",
    )

    assert shown.status_code == 422
    assert said in beside(shown, "scan-1-files")
    assert typed(shown, "valid_until") == "2030-01-01"
    assert 'href="#f-scan-1-files"' in shown.content.decode()
    assert rows.count("records_filerow") == 0


def test_what_is_wrong_with_a_fee_is_said_beside_its_field(
    dossier: Dossier, sign_in: SignIn
) -> None:
    fee = {"action": "fee", "what": "Lệ phí hộ tịch", "amount": "tám nghìn", "how": "cash"}

    shown = send(sign_in(cast.HOA), dossier, **fee)

    assert 'id="f-fee-amount-error"' in shown.content.decode()
    assert typed(shown, "amount") == "tám nghìn"


def test_an_unknown_reason_not_to_scan_is_said_beside_its_field(
    dossier: Dossier, sign_in: SignIn
) -> None:
    shown = send(sign_in(cast.HOA), dossier, action="leave", why="lười", basis="Luật X")

    assert beside(shown, "leave-1-why")
    assert typed(shown, "basis") == "Luật X"
