"""The page of the drafts: a template taken, a version brought back, one of them decided on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, life
from tests.actions.test_drafting import docx
from tests.web.conftest import SignIn
from tests.web.pages import text
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Act


def sent(client: Client, dossier: Dossier, content: bytes, name: str = "sửa.docx") -> object:
    """A file sent from the page of the drafts."""
    file = SimpleUploadedFile(name, content)
    given = {"file": file, "note": "sửa tên", "seen_version": str(dossier.version)}
    return client.post(f"/ho-so/{dossier.code}/du-thao", given, follow=True)


def test_a_template_is_taken_edited_brought_back_and_decided_on(
    sign_in: SignIn, store: Path
) -> None:
    dossier = life.assigned(life.received())
    handler = sign_in(cast.TAM)

    taken = handler.get(f"/ho-so/{dossier.code}/du-thao/mau/to_trinh")
    page = text(sent(handler, dossier, taken.content))

    inside = zipfile.ZipFile(io.BytesIO(taken.content)).read("word/document.xml").decode()
    assert dossier.code in inside
    assert cast.MY.name in inside
    assert "attachment" in taken["Content-Disposition"]
    assert "Đã lưu bản dự thảo số 1." in page
    assert "Nguyễn Minh Tâm" in page
    assert "sửa tên" in page

    proposed = life.do(
        dossier, Act.PROPOSE, cast.TAM, cast.moment("2025-09-10 09:30"), proposal="Đủ"
    )
    form = sign_in(cast.SON).get(f"/ho-so/{proposed.code}/approve")
    assert "Dự thảo được duyệt" in text(form)
    assert "Bản 1: sửa.docx" in text(form)


def test_a_version_is_handed_out_as_it_came(sign_in: SignIn, store: Path) -> None:
    dossier = life.assigned(life.received())
    client, content = sign_in(cast.TAM), docx()
    sent(client, dossier, content)

    page = client.get(f"/ho-so/{dossier.code}/du-thao").content.decode()
    address = next(part for part in page.split('"') if "/du-thao/" in part and "mau" not in part)
    answer = client.get(address)

    assert answer.content == content
    assert client.get(f"/ho-so/{dossier.code}/du-thao/{'0' * 64}").status_code == 404


def test_a_bad_file_gets_one_sentence_and_the_note_stays(sign_in: SignIn, store: Path) -> None:
    dossier = life.assigned(life.received())
    client = sign_in(cast.TAM)

    answer = sent(client, dossier, b"khong phai van ban")
    missing = client.post(
        f"/ho-so/{dossier.code}/du-thao", {"seen_version": str(dossier.version), "note": "chưa"}
    )

    assert "không phải DOCX, ODT hay PDF" in text(answer)
    assert 'value="sửa tên"' in answer.content.decode()  # type: ignore[attr-defined]  # a response
    assert missing.status_code == 422
    assert client.get(f"/ho-so/{dossier.code}/du-thao/mau/khong-co").status_code == 404


def test_who_has_no_duty_in_it_neither_keeps_nor_takes(sign_in: SignIn, store: Path) -> None:
    dossier = life.assigned(life.received())

    assert sent(sign_in(cast.HOA), dossier, docx()).status_code == 403  # type: ignore[attr-defined]  # a response
    assert sign_in(cast.DUNG).get(f"/ho-so/{dossier.code}/du-thao").status_code == 403
