"""A file is loaded line by line, or, when it is not whole, not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests import cast
from tests.actions.files import OFFICE, table
from thongsuot.actions.load import Report, Subject, load_files
from thongsuot.actions.load.directory import CONTACTS, OFFICES
from thongsuot.actions.load.reading import FileCut, FileMissing, FileNotUtf8, HeaderWrong
from thongsuot.actions.load.running import FileOfNoKind
from thongsuot.domain.refusal import Refusal
from thongsuot.records.catalogue import LoadRow, RefusedLineRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.spans import to_span

pytestmark = pytest.mark.django_db


def _load(file: Path, *, as_of: date | None = None) -> Report:
    (report,) = load_files(
        [file], folder=file.parents[1], subject=Subject.DIRECTORY, at=cast.MONDAY, as_of=as_of
    )
    return report


def test_a_line_that_cannot_be_loaded_is_told_with_its_reason_and_the_rest_is_loaded(
    tmp_path: Path,
) -> None:
    wrong = {**OFFICE, "code": "khong-phai-ma"}
    lost = {**OFFICE, "code": "H99.101", "parent": "H99.9"}
    file = table(tmp_path, OFFICES, OFFICE, wrong, lost)

    report = _load(file)

    assert (report.read, report.loaded, report.unchanged) == (3, 1, 0)
    assert [(line.line, line.code) for line in report.refused] == [
        (3, "office_code_malformed"),
        (4, "office_unknown"),
    ]
    assert "H99.9" in report.refused[1].message
    assert OfficeRow.objects.get().code == "H99"


def test_refused_lines_are_kept_with_what_they_said(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, {**OFFICE, "level": "ward"})

    _load(file)

    kept = RefusedLineRow.objects.get()
    assert kept.load.refused == 1
    assert kept.content["level"] == "ward"
    assert "ward" in kept.message


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE)
    _load(file)

    again = _load(file)

    assert (again.loaded, again.unchanged, again.refused) == (0, 1, ())
    assert OfficeRow.objects.count() == 1


def test_other_content_is_refused_unless_a_day_is_given(tmp_path: Path) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))

    report = _load(table(tmp_path, OFFICES, {**OFFICE, "name": "Tỉnh Mây Hồng"}))

    assert [line.code for line in report.refused] == ["content_differs"]
    assert OfficeRow.objects.get().name == OFFICE["name"]


def test_from_the_day_given_the_new_content_follows_the_old(tmp_path: Path) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))
    changed = table(tmp_path, OFFICES, {**OFFICE, "name": "Tỉnh Mây Hồng"})

    first = _load(changed, as_of=date(2026, 1, 1))
    again = _load(changed)

    old, new = OfficeRow.objects.order_by("valid")
    assert (first.loaded, again.unchanged) == (1, 1)
    assert to_span(old.valid).end == to_span(new.valid).start == date(2026, 1, 1)
    assert (old.name, new.name) == (OFFICE["name"], "Tỉnh Mây Hồng")


def test_only_the_end_of_a_body_may_become_known(tmp_path: Path) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))
    ending = table(tmp_path, OFFICES, {**OFFICE, "valid_to": "2026-07-01"})

    _load(ending, as_of=date(2026, 7, 1))

    assert to_span(OfficeRow.objects.get().valid).end == date(2026, 7, 1)


@pytest.mark.parametrize("day", ["2019-01-01", "2020-01-01"])
def test_a_day_before_the_old_content_began_is_no_day_to_change_it(
    tmp_path: Path, day: str
) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))
    changed = table(tmp_path, OFFICES, {**OFFICE, "name": "Tỉnh Mây Hồng"})

    report = _load(changed, as_of=date.fromisoformat(day))

    assert [line.code for line in report.refused] == ["version_overlaps"]


def test_a_version_that_overlaps_another_is_refused(tmp_path: Path) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))

    report = _load(table(tmp_path, OFFICES, {**OFFICE, "valid_from": "2024-01-01", "name": "Hai"}))

    assert [line.code for line in report.refused] == ["version_overlaps"]


def test_a_line_that_stands_twice_is_kept_once(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE, OFFICE, {**OFFICE, "name": "Khác"})

    report = _load(file)

    assert [line.code for line in report.refused] == ["line_twice", "line_twice"]
    assert OfficeRow.objects.count() == 1


HEADER = ",".join(OFFICES.columns).encode()
WHOLE = ",".join(OFFICE.values()).encode()


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", HeaderWrong),
        (b"code,name\r\nH99,X\r\n", HeaderWrong),
        (HEADER + b",code\r\n", HeaderWrong),
        (HEADER + b"\r\n" + WHOLE[:30], FileCut),
        (HEADER + b"\r\n" + WHOLE + b",them\r\n", FileCut),
        (HEADER + b'\r\n"H99' + WHOLE[3:], FileCut),
        (HEADER + b"\r\n" + "Tỉnh".encode("utf-16"), FileNotUtf8),
    ],
)
def test_a_file_that_is_not_whole_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes, refused: type[Refusal]
) -> None:
    file = table(tmp_path, OFFICES, OFFICE)
    file.write_bytes(content)

    with pytest.raises(refused):
        _load(file)

    assert not OfficeRow.objects.exists()
    assert not LoadRow.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        _load(tmp_path / "agency" / "lai_chau_offices.csv")


def test_a_file_under_another_name_is_known_by_its_columns(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE)
    renamed = file.rename(file.with_name("co-quan-moi.csv"))

    report = _load(renamed)

    assert report.loaded == 1


def test_a_file_of_no_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "agency" / "gi-do.csv"
    file.parent.mkdir()
    file.write_text("a,b\n1,2\n")

    with pytest.raises(FileOfNoKind):
        _load(file)


def test_a_zero_byte_in_a_line_is_a_reason_to_refuse_that_line(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE, {**OFFICE, "code": "H99.1", "name": "a\x00b"})

    report = _load(file)

    assert [line.line for line in report.refused] == [3]
    assert json.dumps(report.refused[0].content)


def test_hotlines_are_loaded_for_bodies_that_are_there_and_wrong_lines_are_told(
    tmp_path: Path,
) -> None:
    _load(table(tmp_path, OFFICES, OFFICE))
    line = {
        "office": "H99",
        "hotline": "0213 000 0001",
        "email": "",
        "valid_from": "2025-07-01",
        "valid_to": "",
        "source": "bịa ra để thử",
    }
    wrong = {**line, "hotline": "gọi cho tôi"}

    report = _load(table(tmp_path, CONTACTS, line, wrong, {**line, "office": "H99.9"}))

    assert (report.loaded, [one.code for one in report.refused]) == (
        1,
        ["hotline_malformed", "office_unknown"],
    )
    assert OfficeContactRow.objects.get().hotline == "0213 000 0001"
