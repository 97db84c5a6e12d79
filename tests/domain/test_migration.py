"""Cells of old exports are read as they were meant, and nothing is put in that was not told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from thongsuot.domain.migration import (
    Books,
    CodeMap,
    CodeMaps,
    Column,
    Days,
    Defect,
    Finding,
    Knowledge,
    Layout,
    LayoutWrong,
    LegacyDossier,
    MapKind,
    NotMapped,
    Reader,
    RowOutcome,
    Sheet,
    asked,
    composed,
    outcome_of,
    plain_number,
)
from thongsuot.domain.migration.mapping import MapsOverlap
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM

OLD, NEW = Span(cast.MONDAY.date().replace(2020), cast.MONDAY.date()), Span(cast.MONDAY.date())


@pytest.mark.parametrize(
    ("text", "moment", "defect"),
    [
        ("05/03/2024", "2024-03-05 00:00", None),
        ("5/3/2024 8:05", "2024-03-05 08:05", None),
        ("05-03-2024 08:05:09", "2024-03-05 08:05:09", None),
        ("2024-03-05T08:05:00", "2024-03-05 08:05", Defect.DAY_ELSEWISE),
        ("2024-03-05T01:05:00Z", "2024-03-05 08:05", Defect.DAY_ELSEWISE),
        ("2024-03-05T08:05:00.000+0700", "2024-03-05 08:05", Defect.DAY_ELSEWISE),
        ("03/25/2024", "2024-03-25 00:00", Defect.DAY_ELSEWISE),
        ("20240305080500", "2024-03-05 08:05", Defect.DAY_ELSEWISE),
        ("45356", "2024-03-05 00:00", Defect.DAY_ELSEWISE),
        ("45356.5", "2024-03-05 12:00", Defect.DAY_ELSEWISE),
        ("1709600700000", "2024-03-05 08:05", Defect.DAY_ELSEWISE),
    ],
)
def test_days_are_read_however_they_are_written_and_other_ways_are_said(
    text: str, moment: str, defect: Defect | None
) -> None:
    assert Days("day_first").read(text) == (cast.moment(moment), defect)


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "25:00", "hôm qua", "0", "00/00/0000", "01/01/0001", "99999999", "5/3/24"],
)
def test_a_day_that_cannot_be_stays_missing(text: str) -> None:
    assert Days("day_first").read(text) == (None, Defect.DAY_UNREADABLE)


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reader_of_days(text: str) -> None:
    moment, defect = Days("day_first").read(text)

    assert (moment is None) == (defect is Defect.DAY_UNREADABLE)


@given(st.datetimes(min_value=cast.moment("2000-01-01 00:00").replace(tzinfo=None)))
def test_a_day_written_day_first_is_read_back(moment: object) -> None:
    text = f"{moment:%d/%m/%Y %H:%M:%S}"
    read, _ = Days("day_first").read(text)

    assert read is None or f"{read.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}" == text


def test_both_forms_of_unicode_become_one_and_the_change_is_said() -> None:
    name = "Giàng Thị Mỷ"

    assert composed(f" {name} ").text == name
    assert composed(name).defects == ()
    assert composed(unicodedata.normalize("NFD", name)).text == name
    assert composed(unicodedata.normalize("NFD", name)).defects == (Defect.NOT_COMPOSED,)


@pytest.mark.parametrize(
    ("text", "number", "was_float"),
    [
        ("912345678.0", "912345678", True),
        ("9.12345678E8", "912345678", True),
        ("0912 345 678", "0912345678", False),
        ("1.5", "1.5", False),
        ("9.1E40", "9.1E40", False),
    ],
)
def test_a_number_that_a_sheet_made_of_digits_is_digits_again(
    text: str, number: str, was_float: bool
) -> None:
    cleaned = plain_number(text)

    assert (cleaned.text, bool(cleaned.defects)) == (number, was_float)


def test_the_books_are_balanced_only_when_each_row_has_ended() -> None:
    books = Books.of(9, [("loaded", 5), ("remarked", 1), ("refused", 2)])

    assert (books.pending, books.is_balanced) == (1, False)
    assert Books.of(1, [("already_there", 1)]).is_balanced


def test_one_refusing_defect_is_enough_and_a_remark_does_not_refuse() -> None:
    assert outcome_of([]) is RowOutcome.LOADED
    assert outcome_of([Finding(Defect.END_MISSING)]) is RowOutcome.REMARKED
    assert (
        outcome_of([Finding(Defect.END_MISSING), Finding(Defect.CODE_MISSING)])
        is RowOutcome.REFUSED
    )


def test_an_old_code_means_what_its_day_says() -> None:
    maps = CodeMaps(
        [
            CodeMap(MapKind.OFFICE, "PNN", "H99.20", OLD, "trước sắp xếp"),
            CodeMap(MapKind.OFFICE, "PNN", "H99.101", NEW, "sau sắp xếp"),
        ]
    )

    assert maps.ours(MapKind.OFFICE, "PNN", OLD.start).ours == "H99.20"
    assert maps.ours(MapKind.OFFICE, "PNN", NEW.start).rule == "sau sắp xếp"
    with pytest.raises(NotMapped):
        maps.ours(MapKind.STATUS, "PNN", NEW.start)


def test_an_old_code_cannot_mean_two_things_on_one_day() -> None:
    with pytest.raises(MapsOverlap):
        CodeMaps([CodeMap(MapKind.OFFICE, "A", code, NEW, "") for code in ("H99.1", "H99.2")])


def test_a_telling_is_kept_as_it_was_and_known_again() -> None:
    legacy = LegacyDossier({"code": "1", "status": "x"}, steps=({"at": "1/1/2024", "did": "y"},))

    again = LegacyDossier.of_json(legacy.as_json())

    assert again == legacy
    assert again.digest == legacy.digest
    assert LegacyDossier({"code": "1", "status": "z"}).digest != legacy.digest
    assert asked(legacy) == {(MapKind.STATUS, "x")}


@pytest.mark.parametrize(
    ("days", "columns"),
    [
        ("lúc nào cũng được", (Column("Mã", "code"),)),
        ("day_first", (Column("Mã", "code"), Column("Lạ", "la"))),
        ("day_first", (Column("Tên", "applicant"),)),
    ],
)
def test_a_layout_that_names_what_no_layout_has_is_refused(
    days: str, columns: tuple[Column, ...]
) -> None:
    with pytest.raises(LayoutWrong):
        Layout(
            "thu",
            1,
            "Thử",
            Reader.SHEET,
            Knowledge.WHOLE,
            days,
            "bịa",
            (Sheet("dossier", columns),),
        )


def test_a_name_of_a_pages_length_is_found_in_the_maps_and_not_taken_for_another() -> None:
    long, other = "Giao đất " * 100, "Giao đất " * 100 + "ở"
    maps = CodeMaps(CodeMap(MapKind.PROCEDURE, key, "1.000101", NEW, "") for _, key in told(long))

    assert maps.ours(MapKind.PROCEDURE, long.strip(), NEW.start).ours == "1.000101"
    with pytest.raises(NotMapped):
        maps.ours(MapKind.PROCEDURE, other, NEW.start)


def told(procedure: str) -> set[tuple[MapKind, str]]:
    return asked(LegacyDossier({"procedure": procedure}))
