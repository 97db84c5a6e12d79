"""A paper's fields are clean text and moments in the words of the forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.paper.world import AT, receipt, register
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import MomentWithoutZone
from thongsuot.paper import values
from thongsuot.paper.sheets import FORM_OF, sheet
from thongsuot.words.labels import PAPER


def test_every_paper_has_a_form() -> None:
    assert set(FORM_OF) == set(values.Paper.__args__)
    assert set(FORM_OF.values()) == set(PAPER)


def test_a_moment_is_written_as_the_forms_write_it() -> None:
    one = sheet(receipt())

    assert one.read("received_at.full") == "08 giờ 05 phút, ngày 03 tháng 7 năm 2026"
    assert one.read("received_at.short") == "03/07/2026 08:05"


def test_a_moment_is_written_in_the_time_of_viet_nam() -> None:
    abroad = datetime.fromisoformat("2026-02-01T22:30:00+00:00")

    one = sheet(replace(receipt(), received_at=abroad))

    assert one.read("received_at.full") == "05 giờ 30 phút, ngày 02 tháng 02 năm 2026"


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        sheet(replace(receipt(), received_at=AT.replace(tzinfo=None)))


def test_a_register_names_its_first_and_its_last_day() -> None:
    july = sheet(register())
    since = sheet(replace(register(), during=Span(date(2026, 7, 1))))

    assert july.read("during.first.full") == "ngày 01 tháng 7 năm 2026"
    assert july.read("during.last.full") == "ngày 31 tháng 7 năm 2026"
    assert since.read("during.last") is None


def test_a_field_that_is_not_there_is_a_key_error() -> None:
    one = sheet(receipt())

    for path in ("shoe_size", "addressee.shoe_size", "sets.first"):
        with pytest.raises(KeyError):
            one.read(path)


def test_only_a_paper_about_one_dossier_has_its_code_as_subject() -> None:
    assert sheet(receipt()).subject == "H35.101-260703-0012"
    assert sheet(register()).subject == ""
