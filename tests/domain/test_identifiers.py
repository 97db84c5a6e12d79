"""Identifiers are read in every printed form, written back as they were, or refused."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.identifiers import (
    DossierCode,
    DossierCodeHasNoSuchDay,
    DossierCodeMalformed,
    DossierForm,
    DossierNumberOutOfRange,
    NotACentralCode,
    OfficeCode,
    OfficeCodeMalformed,
    OfficeCodeTooLong,
    OfficeCodeWithoutRoot,
    PassportNumber,
    PassportNumberMalformed,
    PersonNumber,
    PersonNumberMalformed,
    ProcedureCode,
    ProcedureCodeMalformed,
    SuffixStyle,
    TaxNumber,
    TaxNumberMalformed,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.words.refusals import sentence

CATALOGUE = Path(__file__).parents[2] / "data/tthc/procedures.csv"
SA_DE_PHIN = OfficeCode.parse("H35.101.02")
OLD_OFFICE = OfficeCode.parse("000.00.20.H35")

roots = st.from_regex(r"[A-Y][0-9]{2}", fullmatch=True)
units = st.from_regex(r"[0-9]{1,3}", fullmatch=True)
office_texts = st.one_of(
    st.builds(lambda root, rest: ".".join([root, *rest]), roots, st.lists(units, max_size=5)),
    st.builds(
        lambda root, rest: ".".join([*rest, root]), roots, st.lists(units, min_size=1, max_size=5)
    ),
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
noise = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)
almost = st.text("H35.-0129AÝ १２\u0000", max_size=60)


@given(office_texts)
def test_an_office_code_is_written_back_as_it_was(text: str) -> None:
    code = OfficeCode.parse(text)

    assert str(code) == code.format() == text
    assert OfficeCode.parse(code.canonical).canonical == code.canonical


def test_both_orders_of_a_code_name_the_same_office() -> None:
    new, old = OfficeCode.parse("H35.20"), OfficeCode.parse("000.00.20.H35")

    assert old.old_order
    assert not new.old_order
    assert old.canonical == new.canonical == "H35.20"
    assert old.root == new.root == "H35"
    assert str(old) == "000.00.20.H35"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("H35", "H35"),
        ("000.00.00.H35", "H35"),
        ("38.98.H29", "H29.98.38"),
        ("000.09.23.H34", "H34.23.09"),
        ("000.05.00.H35", "H35.00.05"),  # not H35.05: that is another office
        ("H35.101.02", "H35.101.02"),
        (" H55.242 ", "H55.242"),
    ],
)
def test_the_canonical_code_is_in_the_new_order_without_filling(
    written: str, canonical: str
) -> None:
    assert OfficeCode.parse(written).canonical == canonical


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", OfficeCodeMalformed),
        ("h35.101", OfficeCodeMalformed),
        ("H35..01", OfficeCodeMalformed),
        ("H35.1 01", OfficeCodeMalformed),
        ("H35.Ộ1", OfficeCodeMalformed),
        ("35.101.02", OfficeCodeWithoutRoot),
        ("Z35.101", OfficeCodeWithoutRoot),
        ("H35" + ".001" * 9, OfficeCodeTooLong),
    ],
)
def test_what_is_not_an_office_code_is_refused_by_what_is_wrong(
    text: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        OfficeCode.parse(text)

    assert sentence(refused.value)


def test_the_longest_office_code_has_35_characters() -> None:
    longest = "H35" + ".001" * 8

    assert len(longest) == 35
    assert str(OfficeCode.parse(longest)) == longest


def test_a_reversed_code_that_would_be_read_forwards_is_not_an_old_code() -> None:
    with pytest.raises(OfficeCodeMalformed):
        OfficeCode(("H35", "H01"), old_order=True)


def test_every_code_of_lai_chau_is_read_and_written_back() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        printed = [row["code"] for row in csv.DictReader(file)]

    read = [ProcedureCode.parse(code) for code in printed]

    assert len(printed) > 500
    assert [str(code) for code in read] == printed
    assert sum(code.province == "H35" for code in read) > 500
    assert {code.style for code in read} >= {SuffixStyle.SHORT, SuffixStyle.LONG}


@pytest.mark.parametrize(
    ("text", "province", "style"),
    [
        ("1.001193", None, SuffixStyle.NONE),
        ("1.014459.H35", "H35", SuffixStyle.SHORT),
        ("1.001193.000.00.00.H35", "H35", SuffixStyle.LONG),
    ],
)
def test_a_procedure_code_is_printed_in_three_ways(
    text: str, province: str | None, style: SuffixStyle
) -> None:
    code = ProcedureCode.parse(text)

    assert (code.province, code.style, str(code)) == (province, style, text)
    assert code.base == text[:8]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.00119",
        "1.0011934",
        "1,001193",
        "0.001193",
        "1.001193.H3",
        "1.001193.000.00.H35",
        "1.001193.h35",
        "1.001193.01",
        "2.000815.000.00.00.H55.02",
        "１.001193",
        "1.001193." * 9,
    ],
)
def test_what_is_not_a_procedure_code_is_refused(text: str) -> None:
    with pytest.raises(ProcedureCodeMalformed) as refused:
        ProcedureCode.parse(text)

    assert "1.001193" in sentence(refused.value)


def test_a_suffix_without_a_province_is_refused() -> None:
    with pytest.raises(ProcedureCodeMalformed):
        ProcedureCode("1.001193", None, SuffixStyle.SHORT)
    with pytest.raises(ProcedureCodeMalformed):
        ProcedureCode("1.001193", "H35", SuffixStyle.NONE)


@given(office_texts, days, st.integers(1, 2_000_000))
def test_a_local_dossier_code_is_written_back_as_it_was(
    office: str, day: date, number: int
) -> None:
    code = DossierCode.local(OfficeCode.parse(office), day, number)

    assert DossierCode.parse(str(code)) == code
    assert (code.prefix, code.day, code.number) == (office, day, number)
    assert code.ministry is None


@given(days, st.from_regex(r"[0-9]{2}", fullmatch=True), st.integers(1, 2_000_000))
def test_a_central_dossier_code_is_written_back_as_it_was(
    day: date, ministry: str, number: int
) -> None:
    code = DossierCode.central(SA_DE_PHIN, day, ministry, number)

    assert DossierCode.parse(str(code), central=True) == code
    assert (code.ministry, code.number) == (ministry, number)


def test_the_number_of_the_day_has_at_least_four_digits() -> None:
    day = date(2026, 1, 15)

    assert str(DossierCode.local(SA_DE_PHIN, day, 7)) == "H35.101.02-260115-0007"
    assert str(DossierCode.local(SA_DE_PHIN, day, 12345)) == "H35.101.02-260115-12345"
    assert str(DossierCode.central(SA_DE_PHIN, day, "15", 7)) == "H35.101.02-260115-150007"


def test_six_digits_may_be_local_or_central_and_the_reader_says_which() -> None:
    text = "H35.101.02-260115-150007"

    local, central = DossierCode.parse(text), DossierCode.parse(text, central=True)

    assert (local.form, local.number) == (DossierForm.LOCAL, 150007)
    assert (central.form, central.ministry, central.number) == (DossierForm.CENTRAL, "15", 7)
    assert local.could_be_central
    assert str(local) == str(central) == text
    assert not DossierCode.parse("H35.101.02-260115-15000").could_be_central


def test_a_code_of_the_old_generation_keeps_its_form() -> None:
    code = DossierCode.parse("000.00.06.H56-231027-0361")

    assert (code.form, code.day, code.number) == (DossierForm.LEGACY, date(2023, 10, 27), 361)
    assert not code.could_be_central
    assert DossierCode.local(OLD_OFFICE, date(2025, 6, 2), 3).form is DossierForm.LEGACY


def test_dossier_codes_are_in_the_order_of_their_numbers() -> None:
    codes = [DossierCode.local(SA_DE_PHIN, date(2026, 1, 15), n) for n in (10000, 9999, 2)]

    assert [code.number for code in sorted(codes)] == [2, 9999, 10000]


@pytest.mark.parametrize(
    ("text", "central", "refusal"),
    [
        ("", False, DossierCodeMalformed),
        ("H35.101-260115-007", False, DossierCodeMalformed),
        ("H35.101-260115-0007-1", False, DossierCodeMalformed),
        ("H35.101_260115_0007", False, DossierCodeMalformed),
        ("H35.101-260115-" + "1" * 99, False, DossierCodeMalformed),
        ("H35.101-260231-0007", False, DossierCodeHasNoSuchDay),
        ("H35.101-261301-0007", False, DossierCodeHasNoSuchDay),
        ("35.101-260115-0007", False, OfficeCodeWithoutRoot),
        ("H35.101-260115-0007", True, NotACentralCode),
        ("000.00.06.H56-231027-150361", True, NotACentralCode),
    ],
)
def test_what_is_not_a_dossier_code_is_refused_by_what_is_wrong(
    text: str, central: bool, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        DossierCode.parse(text, central=central)

    assert sentence(refused.value)


def test_a_dossier_number_begins_at_one_and_a_ministry_has_two_digits() -> None:
    with pytest.raises(DossierNumberOutOfRange):
        DossierCode.local(SA_DE_PHIN, date(2026, 1, 15), 0)
    with pytest.raises(DossierNumberOutOfRange):
        DossierCode.central(SA_DE_PHIN, date(2026, 1, 15), "15", 0)
    with pytest.raises(NotACentralCode):
        DossierCode.central(SA_DE_PHIN, date(2026, 1, 15), "5", 1)


def test_a_dossier_code_cannot_be_dated_outside_its_century() -> None:
    with pytest.raises(DossierCodeHasNoSuchDay):
        DossierCode.local(SA_DE_PHIN, date(1999, 12, 31), 1)


def test_the_form_of_a_code_goes_with_the_order_of_its_office() -> None:
    with pytest.raises(DossierCodeMalformed):
        DossierCode(SA_DE_PHIN, date(2026, 1, 15), "0007", DossierForm.LEGACY)


def test_a_person_number_is_shown_only_in_part() -> None:
    number = PersonNumber.parse(" 0120 9400 1234 ")

    assert number.masked == "0120••••••34"
    assert str(number) == number.format() == "012094001234"
    assert "9400" not in repr(number)


@pytest.mark.parametrize(
    "text", ["", "01209400123", "0120940012345", "01209400123x", "०१२०९४००१२३४"]
)
def test_what_is_not_a_person_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(PersonNumberMalformed) as refused:
        PersonNumber.parse(text)

    assert refused.value.facts == {"length": len(text)}
    assert "12 chữ số" in sentence(refused.value)


@pytest.mark.parametrize("text", ["B1234567", " b 1234567 ", "X12345"])
def test_a_passport_number_is_kept_in_capitals_without_blanks(text: str) -> None:
    assert str(PassportNumber.parse(text)) == "".join(text.split()).upper()
    assert text.strip() not in repr(PassportNumber.parse(text))


@pytest.mark.parametrize("text", ["", "12 34 x", "ABCDEFGH", "B123456789", "B123-4567", "Б1234567"])
def test_what_is_no_passport_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(PassportNumberMalformed) as refused:
        PassportNumber.parse(text)

    assert refused.value.facts == {"length": len("".join(text.split()))}
    assert "hộ chiếu" in sentence(refused.value)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0100109106", "0100109106"),
        ("0100109106001", "0100109106-001"),
        (" 0100 109 106-001", "0100109106-001"),
    ],
)
def test_a_tax_number_is_printed_with_a_hyphen_before_its_branch(text: str, printed: str) -> None:
    assert str(TaxNumber.parse(text)) == printed


@pytest.mark.parametrize(
    "text", ["", "0100109107", "010010910", "01001091060", "0100109106-000", "0100109106-1", "x"]
)
def test_a_digit_that_does_not_fit_is_no_tax_number(text: str) -> None:
    with pytest.raises(TaxNumberMalformed) as refused:
        TaxNumber.parse(text)

    assert "Mã số thuế" in sentence(refused.value)


@given(st.one_of(noise, almost, office_texts))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader in (OfficeCode.parse, ProcedureCode.parse, DossierCode.parse, PersonNumber.parse):
        try:
            read = reader(text)
        except Refusal as refusal:
            assert sentence(refusal)
        else:
            assert str(read) == "".join(text.split())
