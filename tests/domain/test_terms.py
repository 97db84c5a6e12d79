"""Terms are read as procedures print them, and refused where they cannot be counted."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.deadline import (
    HalfCalendarTerm,
    Term,
    TermMalformed,
    TermNotInHalves,
    TermOutOfRange,
    TermUnitUnknown,
    Unit,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.words.refusals import sentence

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
CHANNELS = Path(__file__).parents[2] / "data/tthc/channels.csv"


@st.composite
def terms(draw: st.DrawFn) -> Term:
    unit = draw(st.sampled_from(Unit))
    halves = draw(st.integers(1, 2 * 9999))
    return Term(halves + halves % 2 if unit.is_calendar else halves, unit)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("15 ngày làm việc", Term(30, Unit.WORKING_DAY)),
        ("03 ngày làm việc", Term(6, Unit.WORKING_DAY)),
        ("0,5 ngày làm việc", Term(1, Unit.WORKING_DAY)),
        ("1.5 ngày làm việc", Term(3, Unit.WORKING_DAY)),
        ("1,50 Ngày Làm Việc", Term(3, Unit.WORKING_DAY)),
        ("2 buổi", Term(2, Unit.WORKING_DAY)),
        ("1 buổi làm việc", Term(1, Unit.WORKING_DAY)),
        ("8 giờ làm việc", Term(16, Unit.WORKING_HOUR)),
        ("0,5 giờ làm việc", Term(1, Unit.WORKING_HOUR)),
        ("24 giờ", Term(48, Unit.HOUR)),
        ("15 ngày", Term(30, Unit.DAY)),
        ("15,0 ngày", Term(30, Unit.DAY)),
        ("1 tháng", Term(2, Unit.MONTH)),
        ("  1\u00a0 THÁNG\t", Term(2, Unit.MONTH)),
        ("15ngay lam viec", Term(30, Unit.WORKING_DAY)),
        ("1 thang", Term(2, Unit.MONTH)),
    ],
)
def test_a_term_is_read_as_procedures_print_it(text: str, term: Term) -> None:
    assert Term.parse(text) == term


@given(terms(), st.sampled_from(FORMS), st.booleans(), st.booleans())
def test_a_term_is_read_back_from_what_it_prints(
    term: Term, form: Literal["NFC", "NFD"], loud: bool, bare: bool
) -> None:
    text = unicodedata.normalize(form, str(term).upper() if loud else str(term))
    if bare:
        letters = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))

    assert Term.parse(text) == term


def test_a_term_prints_halves_with_a_comma() -> None:
    assert str(Term(1, Unit.WORKING_DAY)) == "0,5 ngày làm việc"
    assert str(Term(5, Unit.WORKING_HOUR)) == "2,5 giờ làm việc"
    assert str(Term(30, Unit.DAY)) == "15 ngày"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", TermMalformed),
        ("15", TermMalformed),
        ("ngày làm việc", TermMalformed),
        ("-3 ngày", TermMalformed),
        ("1/2 ngày làm việc", TermUnitUnknown),
        ("15 tuần", TermUnitUnknown),
        ("15 ngày làm việc nhé", TermUnitUnknown),
        ("1,,5 ngày", TermMalformed),
        ("१५ ngày", TermMalformed),
        ("1 " + "ngày " * 20, TermMalformed),
        ("0,25 ngày làm việc", TermNotInHalves),
        ("1.500 ngày", TermNotInHalves),
        ("1,5 buổi", TermNotInHalves),
        ("1,5 ngày", HalfCalendarTerm),
        ("0,5 tháng", HalfCalendarTerm),
        ("0 ngày", TermOutOfRange),
        ("0,0 giờ", TermOutOfRange),
        ("99999 ngày", TermOutOfRange),
    ],
)
def test_what_is_not_a_term_is_refused_by_what_is_wrong(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        Term.parse(text)

    assert sentence(refused.value)


def test_half_a_calendar_day_is_refused_with_how_to_mend_it() -> None:
    with pytest.raises(HalfCalendarTerm) as refused:
        Term(1, Unit.DAY)

    assert "0,5 ngày làm việc" in sentence(refused.value)


@given(
    st.one_of(
        st.text(st.characters(blacklist_categories=["Cs"]), max_size=80),
        st.text("0123456789.,- ngàyfviệcthbuổiđĐ\u0301\u0300\n", max_size=80),
    )
)
def test_any_text_is_a_term_or_refused(text: str) -> None:
    try:
        term = Term.parse(text)
    except Refusal as refusal:
        assert sentence(refusal)
    else:
        assert Term.parse(str(term)) == term


def test_every_term_of_the_real_catalogue_is_read() -> None:
    with CHANNELS.open(encoding="utf-8", newline="") as file:
        printed = {
            f"{row['time']} {row['unit']}"
            for row in csv.DictReader(file)
            if row["time"] and row["unit"]
        }

    assert len(printed) > 50
    assert {Term.parse(text).unit for text in printed} >= {Unit.WORKING_DAY, Unit.DAY}
