"""Drafts of a decision: what comes in is looked at, what is decided on is one version and stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests import cast, life, rows, scans
from thongsuot.actions.dossier.drafting import keep_draft
from thongsuot.actions.files import Upload
from thongsuot.actions.files import drafts as inspection
from thongsuot.actions.files.drafts import (
    MacrosRefused,
    NotADraft,
    UnpackedTooLarge,
    inspect_draft,
)
from thongsuot.actions.files.inspection import FileCutOff, FileEmpty, FileEncrypted, FileTooLarge
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.refusals import DraftClosed, DraftNeeded, NoSuchVersion
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.files import MediaType
from thongsuot.domain.workflow import Act
from thongsuot.paper import letters

SHIPPED = Path(__file__).parents[2] / "data" / "letters"


def docx(**parts: bytes) -> bytes:
    """A text that somebody wrote, with more parts in it."""
    content = io.BytesIO()
    given = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | parts
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in given.items():
            packed.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def odt() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("mimetype", MediaType.ODT.value)
        packed.writestr("content.xml", "<x/>")
    return content.getvalue()


def kept(dossier: Dossier, content: bytes | None = None, by: Person = cast.TAM) -> Dossier:
    at = life._next(dossier)
    upload = Upload("Dự thảo.docx", content if content is not None else docx())
    return keep_draft(code=dossier.code, upload=upload, note="", by=by, at=at)


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", FileEmpty),
        (b"x" * 1024, NotADraft),
        (docx()[:60], FileCutOff),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, FileEncrypted),
        (docx(word__vbaProject=b"x"), MacrosRefused),
        (docx(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main"}), MacrosRefused),
        (scans.picture(), NotADraft),
    ],
    ids=["empty", "text", "cut off", "encrypted", "macros", "macros by type", "picture"],
)  # fmt: skip
def test_what_is_no_draft_is_refused_for_what_it_is(
    content: bytes, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        inspect_draft(Upload("dự thảo.docx", content))


def test_a_zip_of_something_else_is_no_draft_by_its_name() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", "a")

    with pytest.raises(NotADraft):
        inspect_draft(Upload("du-thao.docx", other.getvalue()))


def test_what_would_unpack_to_more_than_anybody_writes_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspection, "MOST_UNPACKED", 1)

    with pytest.raises(UnpackedTooLarge):
        inspect_draft(Upload("x.docx", docx(word__media=b"0" * 2_000_000)))


def test_a_draft_is_no_larger_than_other_files(settings: object) -> None:
    settings.FILE_MEGABYTES = 0  # type: ignore[attr-defined]  # pytest-django's own
    with pytest.raises(FileTooLarge):
        inspect_draft(Upload("x.docx", docx()))


def test_a_text_and_a_pdf_are_known_by_their_content() -> None:
    found = [inspect_draft(Upload("tệp.bin", content)) for content in (docx(), odt(), scans.pdf(2))]

    assert [file.media_type for file in found] == [MediaType.DOCX, MediaType.ODT, MediaType.PDF]
    assert [file.name for file in found] == ["tệp.docx", "tệp.odt", "tệp.pdf"]


def test_the_shipped_templates_are_filled_and_a_name_stays_letters(tmp_path: Path) -> None:
    values = dict.fromkeys(letters.FIELDS, "x") | {"applicant": "<w:p>&{{ code }}</w:p>"}

    for letter in letters.read(SHIPPED):
        filled = letters.fill(letter, values)
        inspect_draft(Upload("x.docx", filled))
        text = zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml").decode()
        if letter.key != "ket_qua":
            assert "&lt;w:p&gt;&amp;{{ code }}&lt;/w:p&gt;" in text


def test_a_template_with_an_unknown_field_is_refused_with_its_name_and_place(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "thu" / "v1"
    folder.mkdir(parents=True)
    (folder / "meta.toml").write_bytes((SHIPPED / "ket_qua" / "v1" / "meta.toml").read_bytes())
    text = Document()
    text.add_paragraph("Dòng một {{ code }}")
    text.add_paragraph("Dòng hai {{ so_dien_thoai }}")
    text.save(str(folder / "template.docx"))

    with pytest.raises(letters.LetterFieldUnknown) as refused:
        letters.read(tmp_path)

    assert refused.value.facts["given"] == "so_dien_thoai"
    assert refused.value.facts["line"] == 2
    assert refused.value.facts["name"] == "thu/v1"


def test_a_template_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "thu" / "v1"
    folder.mkdir(parents=True)
    (folder / "meta.toml").write_bytes((SHIPPED / "ket_qua" / "v1" / "meta.toml").read_bytes())
    (folder / "template.docx").write_bytes(b"x")

    with pytest.raises(letters.LetterMalformed):
        letters.read(tmp_path)


@pytest.fixture
def desk(db: None, store: Path) -> Dossier:
    """The dossier on Tâm's desk, in the province."""
    rows.province()
    return life.assigned(life.received())


def test_each_version_is_kept_and_one_of_them_is_decided_on(desk: Dossier) -> None:
    second = kept(kept(desk), odt())
    proposed = life.do(second, Act.PROPOSE, cast.TAM, proposal="Đủ")

    with pytest.raises(DraftNeeded):
        life.do(proposed, Act.APPROVE, cast.SON)
    with pytest.raises(NoSuchVersion):
        life.do(proposed, Act.APPROVE, cast.SON, draft="0" * 64)
    decided = life.do(proposed, Act.APPROVE, cast.SON, draft=second.drafts[0].sha256)

    assert len(decided.drafts) == 2
    assert decided.approved_draft == second.drafts[0].sha256
    with pytest.raises(DraftClosed):
        kept(decided)


def test_a_draft_is_kept_by_who_may_and_a_refused_one_leaves_nothing(desk: Dossier) -> None:
    for stranger in (cast.KHACH, cast.HOA):
        with pytest.raises(NotYourDuty):
            kept(desk, by=stranger)
    with pytest.raises(NotADraft):
        kept(desk, b"x")

    assert rows.count("records_filerow") == 0
