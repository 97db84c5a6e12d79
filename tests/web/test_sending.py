"""A result goes to other bodies from its dossier; files of a document that came are opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import builders, cast, life, rows, scans
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.files import Upload, inspect, keep
from thongsuot.domain.dossier import Dossier
from thongsuot.records.access import RoleRow
from thongsuot.records.documents import DocumentRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.looks import LookRow
from thongsuot.records.spans import to_range


@pytest.fixture
def issued(province: None, store: Path) -> Dossier:
    """A dossier of Bản Mây with its result; the axis knows Bản Mây and the department."""
    for code in (cast.BAN_MAY, cast.DEPARTMENT):
        ValueMapRow.objects.create(
            partner="document_axis",
            map="office",
            ours=code,
            theirs=f"X.{code}",
            valid=to_range(builders.ALWAYS),
            source=rows.SOURCE,
        )
    return life.issued(life.received())


def address(dossier: Dossier) -> str:
    return f"/ho-so/{dossier.code}/lien-thong"


def a_form(**given: object) -> dict[str, object]:
    whole: dict[str, object] = {
        "action": "send",
        "receivers": [cast.DEPARTMENT],
        "number": "12",
        "notation": "GCN",
        "subject": "Kết quả bịa",
        "issued_on": "2025-09-09",
        "files": SimpleUploadedFile("kq.pdf", scans.pdf()),
    }
    return whole | given


def test_the_clerk_sends_a_result_and_sees_how_it_stands(issued: Dossier, sign_in: SignIn) -> None:
    client = sign_in(cast.LAI)

    assert "Gửi qua trục liên thông" in pages.text(client.get(f"/ho-so/{issued.code}"))
    assert pages.typed(client.get(address(issued)), "number") == "12"
    for _ in range(2):
        assert client.post(address(issued), a_form()).status_code == 302

    errand = ErrandRow.objects.get()
    row = DocumentRow.objects.get()
    assert errand.payload["to"] == f"X.{cast.DEPARTMENT}"
    assert (row.sender, row.dossier) == (f"X.{cast.BAN_MAY}", issued.code)
    assert row.names == ["kq.pdf"]
    assert "đang gửi" in pages.text(client.get(address(issued)))
    ErrandRow.objects.update(sent_at=cast.MONDAY)
    assert "trục đã nhận" in pages.text(client.get(address(issued)))


def test_bodies_are_found_by_name_and_what_was_typed_stays(
    issued: Dossier, sign_in: SignIn
) -> None:
    asked = {"action": "search", "words": "ban may", "number": "77", "receivers": cast.DEPARTMENT}

    page = sign_in(cast.LAI).post(address(issued), asked)

    assert page.status_code == 200
    assert pages.typed(page, "number") == "77"
    assert f'value="{cast.BAN_MAY}"' in page.content.decode()
    assert f'value="{cast.DEPARTMENT}" checked' in page.content.decode()
    assert not ErrandRow.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"receivers": []}, "receivers"),
        ({"receivers": ["khong.co"]}, "receivers"),
        ({"receivers": [cast.CONSTRUCTION]}, "receivers"),
        ({"number": ""}, "number"),
        ({"notation": "x" * 31}, "notation"),
        ({"issued_on": "hôm qua"}, "issued_on"),
        ({"subject": ""}, "subject"),
        ({"files": ""}, "files"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_owed(
    issued: Dossier, sign_in: SignIn, given: dict[str, object], field: str
) -> None:
    page = sign_in(cast.LAI).post(address(issued), a_form(**given))

    assert page.status_code == 422
    assert f'id="f-{field}-error"' in page.content.decode()
    assert not ErrandRow.objects.exists()
    assert not DocumentRow.objects.exists()


def test_nothing_is_sent_of_a_dossier_without_a_result(issued: Dossier, sign_in: SignIn) -> None:
    client, running = sign_in(cast.LAI), life.received()

    assert "Gửi qua trục liên thông" not in pages.text(client.get(f"/ho-so/{running.code}"))
    assert "chưa có kết quả" in pages.text(client.get(address(running)))
    assert client.post(address(running), a_form()).status_code == 422
    assert not ErrandRow.objects.exists()


def test_who_issues_no_results_there_sends_none(issued: Dossier, sign_in: SignIn) -> None:
    client = sign_in(cast.TAM)

    assert "Gửi qua trục liên thông" not in pages.text(client.get(f"/ho-so/{issued.code}"))
    refused = client.get(address(issued))
    assert refused.status_code == 403
    assert "Phát hành kết quả" in pages.text(refused)
    assert cast.BAN_MAY in pages.text(refused)
    assert client.post(address(issued), a_form()).status_code == 403
    assert not ErrandRow.objects.exists()


def test_from_the_documents_one_comes_to_the_form_and_sees_how_it_stands(
    issued: Dossier, sign_in: SignIn
) -> None:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    sign_in(cast.LAI).post(address(issued), a_form())
    client, here = sign_in(cast.MINH), "/trao-doi/van-ban"

    assert client.get(here, {"ho-so": issued.code})["Location"] == address(issued)
    assert client.get(here, {"ho-so": "a/b"}).status_code == 404
    assert "đang gửi" in pages.text(client.get(here, {"chieu": "out"}))


def test_a_file_of_a_document_that_came_is_opened_and_the_look_logged(
    issued: Dossier, sign_in: SignIn
) -> None:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    file = keep(inspect(Upload("cv.pdf", scans.pdf())), by="x", at=cast.MONDAY)
    row = DocumentRow.objects.create(
        name="x",
        way="in",
        sender="G15",
        receivers=["H99"],
        subject="x",
        files=[file.sha256],
        names=["cv.pdf"],
        at=cast.MONDAY,
    )
    here, client = f"/trao-doi/van-ban/{row.pk}/tep", sign_in(cast.MINH)

    assert f"{here}/{file.sha256}" in client.get("/trao-doi/van-ban").content.decode()
    opened = client.get(f"{here}/{file.sha256}")

    assert opened["Content-Type"] == "application/pdf"
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened.content == scans.pdf()
    assert LookRow.objects.filter(about=f"list:document:{row.pk}", account="minh").exists()
    assert client.get(f"{here}/{'0' * 64}").status_code == 404
    assert sign_in(cast.LAI).get(f"{here}/{file.sha256}").status_code == 403
