"""A document that belongs to no dossier goes over the axis; what was typed and brought stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import builders, cast, rows, scans
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.documents import DocumentRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.spans import to_range

PAGE = "/trao-doi/van-ban/gui"


def on_axis(*codes: str) -> None:
    for code in codes:
        ValueMapRow.objects.create(
            partner="document_axis",
            map="office",
            ours=code,
            theirs=f"X.{code}",
            valid=to_range(builders.ALWAYS),
            source=rows.SOURCE,
        )


@pytest.fixture
def keeper(province: None, store: Path, sign_in: SignIn) -> Client:
    """Minh keeps the systems; the axis knows Bản Mây, the department and a ministry."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    on_axis(cast.BAN_MAY, cast.DEPARTMENT, "bo-noi-vu")
    return sign_in(cast.MINH)


def a_form(**given: object) -> dict[str, object]:
    whole: dict[str, object] = {
        "action": "send",
        "sender": cast.DEPARTMENT,
        "receivers": ["bo-noi-vu", cast.BAN_MAY],
        "number": "15",
        "notation": "QĐ-SNV",
        "subject": "Quyết định bịa",
        "issued_on": "2025-09-09",
        "files": SimpleUploadedFile("qd.pdf", scans.pdf()),
    }
    return whole | given


def tokens(page: Any) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', page.content.decode())


def test_a_document_is_owed_to_each_receiver_and_seen_among_those_that_went(
    keeper: Client,
) -> None:
    for _ in range(2):
        sent = keeper.post(PAGE, a_form())
        assert sent["Location"] == "/trao-doi/van-ban?chieu=out"

    row = DocumentRow.objects.get()
    owed = ErrandRow.objects.order_by("id")
    assert (row.sender, row.dossier, row.names) == (f"X.{cast.DEPARTMENT}", "", ["qd.pdf"])
    assert [one.payload["to"] for one in owed] == ["X.bo-noi-vu", f"X.{cast.BAN_MAY}"]
    assert "Quyết định bịa" in pages.text(keeper.get("/trao-doi/van-ban?chieu=out"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"receivers": []}, "receivers"),
        ({"sender": ""}, "sender"),
        ({"sender": "khong.co"}, "sender"),
        ({"number": ""}, "number"),
        ({"notation": "x" * 31}, "notation"),
        ({"issued_on": "hôm qua"}, "issued_on"),
        ({"subject": ""}, "subject"),
        ({"files": ""}, "files"),
        ({"files": SimpleUploadedFile("x.pdf", b"MZ")}, "files"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_owed(
    keeper: Client, given: dict[str, object], field: str
) -> None:
    page = keeper.post(PAGE, a_form(**given))

    assert page.status_code == 422
    assert f'id="f-{field}-error"' in page.content.decode()
    assert not ErrandRow.objects.exists()
    assert not DocumentRow.objects.exists()


def test_an_issuing_body_that_was_not_chosen_is_named_as_the_form_names_it(keeper: Client) -> None:
    assert "“Cơ quan ban hành” còn trống" in pages.text(keeper.post(PAGE, a_form(sender="")))


def test_a_file_that_was_brought_stays_while_the_rest_is_mended(keeper: Client) -> None:
    wrong = keeper.post(PAGE, a_form(number=""))
    (token,) = tokens(wrong)

    mended = keeper.post(PAGE, a_form(files="", kept=[token]))

    assert pages.typed(wrong, "subject") == "Quyết định bịa"
    assert f'value="{cast.BAN_MAY}" checked' in wrong.content.decode()
    assert mended.status_code == 302
    assert DocumentRow.objects.get().names == ["qd.pdf"]


def test_nobody_sends_a_file_that_somebody_else_brought_or_nobody_did(
    keeper: Client, sign_in: SignIn
) -> None:
    (token,) = tokens(keeper.post(PAGE, a_form(number="")))
    rows.grant(cast.PAO, "operator", "")
    other = sign_in(cast.PAO)

    for forged in (token, "la"):
        assert other.post(PAGE, a_form(files="", kept=[forged])).status_code == 422
    assert not DocumentRow.objects.exists()


def test_receivers_are_found_by_name_among_those_with_a_code_on_the_axis(keeper: Client) -> None:
    page = keeper.post(PAGE, {"action": "search", "words": "ban may", "number": "7"})
    none = keeper.post(PAGE, {"action": "search", "words": "nam suong"})

    assert page.status_code == 200
    assert f'value="{cast.BAN_MAY}"' in page.content.decode()
    assert pages.typed(page, "number") == "7"
    assert "có mã trên trục; thử ít chữ hơn" in pages.text(none)


def test_without_codes_on_the_axis_it_says_where_to_enter_them(
    keeper: Client, sign_in: SignIn
) -> None:
    ValueMapRow.objects.all().delete()

    assert "Chưa cơ quan nào có mã trên trục" in pages.text(keeper.get(PAGE))
    assert sign_in(cast.HOA).get(PAGE).status_code == 403
