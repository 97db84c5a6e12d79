"""A calendar is followed by another one, never changed; hours, numbers and phrases are dated."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_files, load_shipped
from thongsuot.actions.load.calendar import HOLIDAYS, HOURS, PHRASES, POLICIES
from thongsuot.actions.load.reading import Shape
from thongsuot.records import calendar
from thongsuot.records.calendar import CalendarRow, PhraseRow, PolicyRow

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"


@pytest.fixture(autouse=True)
def shipped() -> None:
    load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.CALENDAR}))


def _changed(folder: Path, shape: Shape, was: str, becomes: str) -> Path:
    file = folder / shape.path
    file.parent.mkdir(parents=True)
    shutil.copyfile(DATA / shape.path, file)
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    return file


def _load(file: Path, *, as_of: date | None = None) -> Report:
    (report,) = load_files(
        [file], folder=DATA, subject=Subject.CALENDAR, at=cast.MONDAY, as_of=as_of
    )
    return report


def test_the_shipped_calendar_covers_five_years_with_the_hours_of_the_province() -> None:
    known = calendar.calendar(office="")

    row = CalendarRow.objects.get()
    assert row.version == known.version == "vn-2026.1"
    assert row.years == [2023, 2024, 2025, 2026, 2027]
    assert known.next_opening(cast.moment("2025-05-02 09:00")) == cast.moment("2025-05-05 07:30")


def test_a_changed_day_makes_a_new_version_and_leaves_the_old_one(tmp_path: Path) -> None:
    report = _load(_changed(tmp_path, HOLIDAYS, "2027-09-03,Fri", "2027-09-01,Wed"))

    versions = list(CalendarRow.objects.order_by("id").values_list("version", flat=True))
    assert (report.loaded, report.refused) == (77, ())
    assert versions == ["vn-2026.1", "vn-2026.2"]
    assert calendar.current_version() == "vn-2026.2"


def test_a_day_given_twice_is_refused_once(tmp_path: Path) -> None:
    report = _load(_changed(tmp_path, HOLIDAYS, "2027-11-24,Wed", "2027-09-02,Wed"))

    assert [line.code for line in report.refused] == ["line_twice"]


def test_changed_hours_reach_the_clock_by_a_new_version(tmp_path: Path) -> None:
    file = _changed(tmp_path, HOURS, ",2025-11-20,,07:30-11:30", ",2025-11-20,,08:00-11:30")

    report = _load(file, as_of=date(2026, 9, 1))

    known = calendar.calendar(office="")
    assert (report.loaded, known.version) == (1, "vn-2026.2")
    assert known.opening_of(date(2026, 9, 3)) == cast.moment("2026-09-03 08:00")
    assert known.opening_of(date(2026, 8, 28)) == cast.moment("2026-08-28 07:30")


@pytest.mark.parametrize("hours", ["07:30", "7h30-11h30", "11:30-07:30", "07:30-12:00 11:00-17:00"])
def test_hours_that_cannot_be_read_are_refused(tmp_path: Path, hours: str) -> None:
    file = _changed(tmp_path, HOURS, "2025-11-20,,07:30-11:30 13:30-17:00", f"2025-11-20,,{hours}")

    report = _load(file, as_of=date(2026, 9, 1))

    assert [line.code in ("hours_unreadable", "hours_malformed") for line in report.refused] == [
        True
    ]
    assert calendar.current_version() == "vn-2026.1"


@pytest.mark.parametrize("day", [date(2018, 6, 21), date(2025, 6, 30), date(2026, 11, 22)])
def test_the_numbers_of_the_law_are_there_on_every_day_of_its_time(day: date) -> None:
    policies = calendar.policies(on=day)

    assert (policies.supplements_at_most, policies.extensions_at_most) == (1, 1)
    assert policies.transfer_next_morning_from.hour == 15


def test_a_changed_number_holds_from_the_day_given(tmp_path: Path) -> None:
    file = _changed(tmp_path, POLICIES, "near_working_hours,8", "near_working_hours,16")

    report = _load(file, as_of=date(2026, 12, 1))

    assert report.loaded == 1
    assert PolicyRow.objects.filter(key="near_working_hours").count() == 2
    assert calendar.policies(on=date(2026, 11, 30)).near_working_hours == 8
    assert calendar.policies(on=date(2026, 12, 1)).near_working_hours == 16


def test_the_phrases_are_those_of_the_file() -> None:
    found = calendar.phrases(on=date(2025, 7, 15))

    assert len(found) == PhraseRow.objects.count() > 15
    assert any(phrase.unless for phrase in found)


def test_a_phrase_without_words_is_refused(tmp_path: Path) -> None:
    report = _load(_changed(tmp_path, PHRASES, "sxbm|sx bm", "|…|sx bm"))

    assert "phrase_without_words" in [line.code for line in report.refused]
