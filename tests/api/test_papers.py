"""Scans through the API: the same checks and sentences as on the screen, nothing half done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import builders, cast, life, rows, scans
from tests.api.machines import ROOT, Answer, Machine, request
from thongsuot.actions.access import issue_token
from thongsuot.actions.dossier import receive
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import PaperGiven
from thongsuot.records.files import FileRow
from thongsuot.records.looks import LookRow

BIRTH = "Giấy khai sinh"


@pytest.fixture
def dossier(hoa: Machine, store: Path) -> Dossier:
    asked = replace(builders.submission(), papers=(PaperGiven(BIRTH, originals=1),))
    return receive(request=life.request(submission=asked), by=cast.HOA, at=cast.MONDAY)


def send(
    d: Dossier, *files: tuple[str, bytes], key: str = "", by: Any = cast.HOA, **given: str
) -> Answer:
    """The files as another software of the province sends them."""
    scanned = [SimpleUploadedFile(name, content) for name, content in files]
    body = encode_multipart(BOUNDARY, {"paper": BIRTH, **given, "files": scanned})
    return post(d, body, MULTIPART_CONTENT, key=key, by=by)


def post(d: Dossier, body: bytes, kind: str, *, key: str = "", by: Any = cast.HOA) -> Answer:
    token = issue_token(account=by.account, name="thử", at=rows.KNOWN_AT)
    headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
    client = Client(raise_request_exception=False)
    address = f"{ROOT}/dossiers/{d.code}/papers"
    return Answer(client.generic("POST", address, body, content_type=kind, headers=headers))


def test_files_come_to_their_paper_and_go_out_with_a_logged_look(
    hoa: Machine, dossier: Dossier
) -> None:
    made = send(dossier, ("1.pdf", scans.pdf(2)), ("2.png", scans.picture()), is_checked="true")
    looks = LookRow.objects.count()
    digest = FileRow.objects.get(media_type="application/pdf").sha256

    given = hoa.get(f"/dossiers/{dossier.code}/files/{digest}")

    assert made.status == 200
    assert [event["name"] for event in made.json["events"]].count("digitised") == 2
    assert (given.status, given.body) == (200, scans.pdf(2))
    assert given.headers["Content-Disposition"] == 'attachment; filename="1.pdf"'
    assert LookRow.objects.count() == looks + 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trống.pdf", b"", "file_empty"),
        ("lớn.pdf", scans.pdf() + b" " * 2**21, "file_too_large"),
        ("ảnh.png", b"PK\x03\x04" + b"0" * 64, "file_mislabelled"),
        ("chữ.txt", "chữ".encode(), "file_type_unknown"),
        ("khóa.pdf", scans.pdf(password="mật"), "file_encrypted"),
        ("cụt.pdf", scans.pdf()[:200], "file_cut_off"),
    ],
)
def test_a_bad_file_is_one_sentence_and_leaves_nothing(
    dossier: Dossier, settings: Any, name: str, content: bytes, code: str
) -> None:
    if code == "file_too_large":
        settings.FILE_MEGABYTES = 1

    answer = send(dossier, ("tốt.png", scans.picture()), (name, content))

    assert (answer.status, answer.refusal) == (422, code)
    assert answer.json["detail"].endswith(".")
    assert FileRow.objects.count() == 0


def test_a_script_in_a_name_stays_a_name(hoa: Machine, dossier: Dossier) -> None:
    made = send(dossier, ('<script>alert("x")</script>.pdf', scans.pdf()))

    assert made.status == 200
    digest = FileRow.objects.get().sha256
    given = hoa.get(f"/dossiers/{dossier.code}/files/{digest}")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{}", "application/json", 415, "media_type_unsupported"),
        (b"x", "multipart/form-data", 400, "form_with_files_malformed"),
        (b"--x", "multipart/form-data; boundary=" + "y" * 300, 400, "form_with_files_malformed"),
        (f"--{BOUNDARY}--".encode(), MULTIPART_CONTENT, 422, "field_needed"),
    ],
)
def test_what_is_no_form_with_files_is_refused(
    dossier: Dossier, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = post(dossier, body, kind)

    assert (answer.status, answer.refusal) == (status, code)


def test_what_the_dossier_does_not_hold_is_refused(hoa: Machine, dossier: Dossier) -> None:
    assert send(dossier, ("1.pdf", scans.pdf()), paper="Sổ đỏ").refusal == "no_such_paper"
    assert send(dossier).refusal == "no_file_given"
    assert send(dossier, ("1.pdf", scans.pdf()), surprise="x").refusal == "field_unknown"
    assert send(dossier, ("1.pdf", scans.pdf()), by=cast.SUNG).status == 403
    assert hoa.get(f"/dossiers/{dossier.code}/files/{'0' * 64}").refusal == "no_such_file"


def test_the_same_files_with_the_same_key_come_in_once(dossier: Dossier) -> None:
    first = send(dossier, ("1.pdf", scans.pdf()), key="k1")

    again = send(dossier, ("1.pdf", scans.pdf()), key="k1")
    other = send(dossier, ("1.pdf", scans.pdf(3)), key="k1")

    assert again.body == first.body
    assert other.refusal == "idempotency_key_reused"
    assert FileRow.objects.count() == 1


@pytest.mark.parametrize(
    ("applicant", "code"),
    [
        ({"name": "Hợp tác xã", "number": "0100109107"}, "tax_number_malformed"),
        ({"name": "Hợp tác xã", "number": "0100109106"}, "representative_needed"),
        ({"name": "Mỷ", "kind": "ma"}, "bad_field"),
        ({"name": "Mỷ", "proxy": "Páo"}, "proxy_paper_needed"),
    ],
)
def test_who_applies_is_asked_for_as_at_the_counter(
    hoa: Machine, applicant: dict[str, str], code: str
) -> None:
    assert hoa.post("/dossiers", request(applicant=applicant)).refusal == code


def test_what_is_held_comes_with_a_dossier_or_nothing_does(hoa: Machine, dossier: Dossier) -> None:
    send(dossier, ("1.pdf", scans.pdf()))

    made = hoa.post("/dossiers", request(reused=[BIRTH], aware_of=[dossier.code]))
    wrong = hoa.post("/dossiers", request(reused=["Sổ đỏ"]))

    names = [event["name"] for event in made.json["events"]]
    assert names == ["received", "paper_reused"]
    assert made.json["events"][0]["body"]["aware_of"] == [dossier.code]
    assert wrong.refusal == "nothing_held"
    assert rows.count("records_dossierrow") == 2
