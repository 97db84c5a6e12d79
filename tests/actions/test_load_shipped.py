"""What the product ships is whole: the country before and after, Lai Châu's bodies, procedures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_shipped
from thongsuot.domain.directory import Level, OfficeClosed, OfficeNotYetOpen, heirs
from thongsuot.records import directory
from thongsuot.records.catalogue import ProcedureRow, RefusedLineRow
from thongsuot.records.directory import (
    OfficeAliasRow,
    OfficeRow,
    PlaceRow,
    PlaceSuccessionRow,
    ReceptionPointRow,
)

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"
JUNE, TODAY = date(2025, 6, 20), date(2026, 11, 22)


def _load(*subjects: Subject) -> Mapping[str, Report]:
    reports = load_shipped(DATA, at=cast.MONDAY, subjects=frozenset(subjects))
    return {report.file: report for report in reports}


def test_the_country_and_the_province_stand_in_both_orders() -> None:
    reports = _load(Subject.DIRECTORY)

    _every_line_of_the_directory_is_loaded(reports)
    _the_country_is_counted_right()
    _every_old_commune_goes_somewhere()
    _a_ward_of_dong_nai_was_a_commune_before()
    _lai_chau_has_its_bodies_before_and_after()
    _old_bodies_are_carried_on()


def _every_line_of_the_directory_is_loaded(reports: Mapping[str, Report]) -> None:
    assert len(reports) == 14
    assert {file: r.refused for file, r in reports.items() if r.refused} == {}
    assert all(r.loaded == r.read for r in reports.values())
    # No number of a hotline was found that may be shipped: the province announces its own.
    assert {file for file, r in reports.items() if not r.read} == {"agency/contacts.csv"}


def _the_country_is_counted_right() -> None:
    def counted(on: date, digits: int) -> int:
        return PlaceRow.objects.filter(valid__contains=on, code__regex=rf"^\d{{{digits}}}$").count()

    assert [counted(JUNE, digits) for digits in (2, 3, 5)] == [63, 696, 10035]
    assert [counted(TODAY, digits) for digits in (2, 3, 5)] == [34, 0, 3321]


def _every_old_commune_goes_somewhere() -> None:
    old = PlaceRow.objects.filter(valid__contains=JUNE, code__regex=r"^\d{5}$")
    gone = set(old.values_list("code", flat=True))
    lines = PlaceSuccessionRow.objects.all()

    assert gone <= set(lines.values_list("old", flat=True))
    parts = lines.filter(is_whole=False)
    split = set(parts.values_list("old", flat=True))
    assert len(split) == 442
    assert set(parts.filter(is_suggested=True).values_list("old", flat=True)) == split
    assert directory.place_today("03412", on=TODAY) == "03390"  # xã Bình Lư cũ → xã Bình Lư


def _a_ward_of_dong_nai_was_a_commune_before() -> None:
    wards = PlaceRow.objects.filter(province="75", valid__startswith=date(2026, 4, 30))

    kinds = wards.values_list("kind", flat=True)
    assert sorted(kinds) == ["Phường"] * 10 + ["Thành phố"]


def _lai_chau_has_its_bodies_before_and_after() -> None:
    def counted(level: Level, on: date) -> int:
        return OfficeRow.objects.filter(level=level.value, valid__contains=on).count()

    assert [counted(Level.DISTRICT, JUNE), counted(Level.COMMUNE, JUNE)] == [8, 106]
    assert [counted(Level.DISTRICT, TODAY), counted(Level.COMMUNE, TODAY)] == [0, 38]
    assert ReceptionPointRow.objects.filter(valid__contains=JUNE).count() == 115
    assert ReceptionPointRow.objects.filter(valid__contains=TODAY).count() == 39
    assert OfficeRow.objects.get(is_provisional=False).code == "H35"


def _old_bodies_are_carried_on() -> None:
    old = directory.office("000.36.21.H35", on=JUNE)
    lines = directory.successions()

    assert (old.name, str(old.code)) == ("Ủy ban nhân dân xã Bình Lư", "H35.21.36")
    assert heirs(lines, "H35.21.36", TODAY) == ("H35.102",)
    assert heirs(lines, "H35.21", TODAY) == ("H35",)
    assert OfficeAliasRow.objects.count() == 114
    with pytest.raises(OfficeClosed):
        directory.office("H35.21.36", on=TODAY)
    with pytest.raises(OfficeNotYetOpen):
        directory.office("H35.102", on=JUNE)


def test_the_procedures_of_the_province_are_loaded_and_the_gaps_told() -> None:
    reports = _load(Subject.ACCESS, Subject.CATALOGUE)

    listed = reports["tthc/procedures.csv"]
    reasons = RefusedLineRow.objects.filter(load__file="tthc/procedures.csv")
    assert (listed.read, listed.loaded, len(listed.refused)) == (1952, 828, 1124)
    assert reasons.filter(code="name_missing").count() == 1107
    assert reasons.filter(code="level_missing").count() == 17
    for report in reports.values():
        assert report.read == report.loaded + report.unchanged + len(report.refused)
    procedures = [row.value() for row in ProcedureRow.objects.all()]
    assert all(p.levels and p.terms and p.name and p.decision for p in procedures)
    assert sum(p.about_reorganisation for p in procedures) == 16
    assert {p.field for p in procedures if p.counts_from_next_day_after_15h} == {
        "Chứng thực",
        "Hộ tịch",
        "Đất đai",
    }


def test_what_was_loaded_before_is_left_alone() -> None:
    _load(Subject.CALENDAR, Subject.ACCESS)

    again = _load(Subject.CALENDAR, Subject.ACCESS)

    assert all(report.is_known for report in again.values())
    assert all(report.read == report.loaded == 0 for report in again.values())
