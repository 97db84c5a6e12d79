"""Forms are dated data: the day of the paper says which one it is printed on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.paper.world import FORMS, META, write
from thongsuot.paper import forms, specimens
from thongsuot.paper.forms import FormMalformed, FormsOverlap, Layout, NoFormInForce
from thongsuot.words.labels import PAPER

LAW = {"receipt", "supplement", "decline", "apology", "stop", "control", "register"}
LAST_OLD_DAY, FIRST_NEW_DAY = date(2025, 9, 14), date(2025, 9, 15)


def test_the_six_old_forms_hold_until_the_day_before_the_seven_new_ones() -> None:
    old = {form.key: form for form in FORMS if form.key in LAW and LAST_OLD_DAY in form.valid}
    new = {form.key: form for form in FORMS if form.key in LAW and FIRST_NEW_DAY in form.valid}

    assert set(old) == LAW - {"stop"}
    assert set(new) == LAW
    assert {form.version for form in old.values()} == {"tt01-2018"}
    assert {form.version for form in new.values()} == {"tt03-2025"}


@pytest.mark.parametrize(
    ("key", "on", "number"),
    [
        ("receipt", LAST_OLD_DAY, "Mẫu số 01"),
        ("control", LAST_OLD_DAY, "Mẫu số 05"),
        ("control", FIRST_NEW_DAY, "Mẫu số 06"),
        ("register", LAST_OLD_DAY, "Mẫu số 06"),
        ("register", FIRST_NEW_DAY, "Mẫu số 07"),
        ("stop", FIRST_NEW_DAY, "Mẫu số 05"),
    ],
)
def test_a_form_has_the_number_of_its_circular(key: str, on: date, number: str) -> None:
    assert forms.choose(FORMS, key, on).number == number


def test_no_notice_of_stopping_existed_before_the_new_circular() -> None:
    with pytest.raises(NoFormInForce) as refused:
        forms.choose(FORMS, "stop", LAST_OLD_DAY)

    assert refused.value.facts == {"paper_kind": "stop", "on": "2025-09-14"}


def test_every_new_form_says_that_its_official_layout_was_not_found() -> None:
    new = [form for form in FORMS if form.version == "tt03-2025"]

    assert {form.layout for form in new} == {Layout.NOT_FOUND}
    assert all("chưa tìm thấy" in form.certainty or "thiết kế" in form.certainty for form in new)
    assert not any(form.prints_basis for form in new)


def test_every_form_belongs_to_a_paper_that_we_make_and_can_name() -> None:
    keys = {form.key for form in FORMS}

    assert keys == set(PAPER)
    assert all(len(specimens.of(key)) == 2 for key in keys)


def test_two_versions_may_not_hold_on_the_same_day(tmp_path: Path) -> None:
    write(tmp_path, "notice/one", META)
    write(tmp_path, "notice/two", META.replace("2026-01-01", "2026-06-01"))

    with pytest.raises(FormsOverlap) as refused:
        forms.read(tmp_path)

    assert refused.value.facts == {"form": "notice/one", "other": "notice/two"}


def test_one_version_may_follow_another_on_the_day_it_ends(tmp_path: Path) -> None:
    write(tmp_path, "notice/one", META + "valid_until = 2026-06-01")
    write(tmp_path, "notice/two", META.replace("2026-01-01", "2026-06-01"))

    read = forms.read(tmp_path)

    assert forms.choose(read, "notice", date(2026, 5, 31)).version == "one"
    assert forms.choose(read, "notice", date(2026, 6, 1)).version == "two"


@pytest.mark.parametrize(
    ("meta", "field"),
    [
        (META.replace('title = "Giấy thử"', ""), "title"),
        (META.replace('title = "Giấy thử"', "title = 3"), "title"),
        (META.replace("valid_from = 2026-01-01", ""), "valid_from"),
        (META.replace("valid_from = 2026-01-01", 'valid_from = "hôm nay"'), "valid_from"),
        (META.replace('layout = "own"', 'layout = "pretty"'), "layout"),
        (META + 'required = "unit"', "required"),
        (META + "required = [1]", "required"),
        (META + 'prints_basis = "no"', "prints_basis"),
        (META + "column = [1]", "column"),
        (META + '[[column]]\ntitle = "TT"', "column"),
        (META + '[[column]]\ntitle = "TT"\nfield = "row"\nwidth = "wide"', "column"),
        (META + "= broken", "meta.toml"),
    ],
)
def test_a_description_that_cannot_be_read_names_the_form_and_the_field(
    tmp_path: Path, meta: str, field: str
) -> None:
    write(tmp_path, "notice/v1", meta)

    with pytest.raises(FormMalformed) as refused:
        forms.read(tmp_path)

    assert refused.value.facts == {"form": "notice/v1", "field": field}


def test_a_description_without_a_template_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "notice/v1", META)
    (tmp_path / "notice/v1/template.typ").unlink()

    with pytest.raises(FormMalformed) as refused:
        forms.read(tmp_path)

    assert refused.value.facts == {"form": "notice/v1", "field": "template.typ"}
