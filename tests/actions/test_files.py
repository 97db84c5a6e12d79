"""A file is looked at before it is kept, and kept once, whole, by its content."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests import cast, scans
from thongsuot.actions.files import (
    FileCutOff,
    FileEmpty,
    FileEncrypted,
    FileMislabelled,
    FileTooLarge,
    FileTypeUnknown,
    ImageTooLarge,
    Upload,
    inspect,
    keep,
)
from thongsuot.domain.files import MediaType, label
from thongsuot.domain.refusal import Refusal
from thongsuot.records import files as records
from thongsuot.words.refusals import sentence

PICTURE = scans.picture("JPEG", size=(200, 200))


@pytest.mark.parametrize(
    ("name", "content", "media_type", "pages"),
    [
        ("tờ khai.pdf", scans.pdf(3), MediaType.PDF, 3),
        ("ảnh.png", scans.picture("PNG"), MediaType.PNG, 1),
        ("ảnh.JPG", PICTURE, MediaType.JPEG, 1),
        ("quét.tif", scans.picture("TIFF"), MediaType.TIFF, 1),
    ],
)
def test_a_file_is_what_its_content_says(
    name: str, content: bytes, media_type: MediaType, pages: int
) -> None:
    found = inspect(Upload(name, content))

    assert (found.media_type, found.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("trống.pdf", b"", FileEmpty),
        ("to.pdf", b"%PDF-1.7" + b" " * 1024 * 1024, FileTooLarge),
        ("trang.pdf", scans.HTML, FileMislabelled),
        ("máy.pdf", scans.PROGRAM, FileMislabelled),
        ("ảnh.png", b"chi la chu", FileMislabelled),
        ("ghi chú.txt", b"chi la chu", FileTypeUnknown),
        ("trang.html", scans.HTML, FileTypeUnknown),
        ("khóa.pdf", scans.pdf(password="123"), FileEncrypted),
        ("cụt.pdf", scans.pdf(9)[:-200], FileCutOff),
        ("rỗng ruột.pdf", b"%PDF-1.7\n%%EOF\n", FileCutOff),
        ("cụt.jpg", PICTURE[: len(PICTURE) // 2], FileCutOff),
        ("to.png", scans.picture(size=(9000, 9000)), ImageTooLarge),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_paper_is_refused_in_one_sentence(
    name: str, content: bytes, refusal: type[Refusal], settings: Settings
) -> None:
    settings.FILE_MEGABYTES = 1
    if refusal is ImageTooLarge:
        settings.FILE_MEGABYTES = 500

    with pytest.raises(refusal) as refused:
        inspect(Upload(name, content))

    assert name.rpartition(".")[0] in sentence(refused.value)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\Hoa\\tờ khai.PDF", "tờ khai.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
        ("to\u0302\u0300 khai\u202e.pdf", "tồ khai.pdf"),
        ("", "tep.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + ".pdf"),
    ],
)
def test_a_name_is_only_a_label(given: str, shown: str) -> None:
    assert label(given, MediaType.PDF) == shown


@pytest.mark.django_db
def test_the_same_content_is_kept_once_under_any_name(store: Path) -> None:
    first = keep(inspect(Upload("a.pdf", scans.pdf())), by="hoa", at=cast.MONDAY)

    second = keep(inspect(Upload("b.pdf", scans.pdf())), by="tam", at=cast.MONDAY)

    assert (first.sha256, first.name, second.name) == (second.sha256, "a.pdf", "b.pdf")
    assert records.FileRow.objects.get().stored_by == "hoa"
    assert [file.name for file in store.rglob("*") if file.is_file()] == [first.sha256]
    assert records.content_of(first.sha256) == scans.pdf()


@pytest.mark.django_db
def test_a_store_that_fails_half_way_leaves_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thongsuot.records.storage.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        keep(inspect(Upload("a.pdf", scans.pdf())), by="hoa", at=cast.MONDAY)

    assert not [file for file in store.rglob("*") if file.is_file()]
    assert not records.FileRow.objects.exists()


@pytest.mark.django_db
def test_content_that_is_gone_or_changed_in_the_store_is_not_handed_out(store: Path) -> None:
    kept = keep(inspect(Upload("a.pdf", scans.pdf())), by="hoa", at=cast.MONDAY)

    store.joinpath(records.place_of(kept.sha256)).write_bytes(b"khac")
    with pytest.raises(records.NoSuchFile):
        records.content_of(kept.sha256)
    store.joinpath(records.place_of(kept.sha256)).unlink()
    with pytest.raises(records.NoSuchFile):
        records.content_of(kept.sha256)
