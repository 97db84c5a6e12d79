"""Reorganisation is no reason to refuse, however it is written; other reasons pass."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.dossier.reasons import (
    Phrase,
    ReasonNeeded,
    ReorganisationIsNoReason,
    fold,
    forbid_reorganisation,
)
from thongsuot.domain.spans import Span

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = tomllib.loads(
    (Path(__file__).parent / "examples" / "reorganisation_reasons.toml").read_text()
)
ON: date = EXAMPLES["on"]
Form = Literal["NFC", "NFD"]


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _shipped() -> tuple[Phrase, ...]:
    with (ROOT / "data" / "rules" / "forbidden_reasons.csv").open(encoding="utf-8") as file:
        return tuple(
            Phrase(
                _list(row["first"]),
                _list(row["then"]),
                int(row["within"]),
                Span(date.fromisoformat(row["valid_from"])),
                row["source"],
                _list(row["unless"]),
            )
            for row in csv.DictReader(file)
        )


PHRASES = _shipped()


def _bare(text: str) -> str:
    """The text as it is typed without accents."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def _judge(reason: str, *, on: date = ON, about_reorganisation: bool = False) -> None:
    forbid_reorganisation(reason, phrases=PHRASES, on=on, about_reorganisation=about_reorganisation)


@pytest.mark.parametrize("reason", EXAMPLES["blocked"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_reorganisation_is_recognised_as_a_reason(reason: str, form: Form) -> None:
    written = unicodedata.normalize(form, reason)

    with pytest.raises(ReorganisationIsNoReason) as refused:
        _judge(written)

    assert refused.value.facts["phrase"]


@pytest.mark.parametrize("reason", EXAMPLES["blocked"])
def test_a_reorganisation_is_recognised_without_accents_and_in_capitals(reason: str) -> None:
    bare = _bare(reason)

    for written in (bare, bare.upper(), reason.upper()):
        with pytest.raises(ReorganisationIsNoReason):
            _judge(written)


@pytest.mark.parametrize("reason", EXAMPLES["passed"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_lawful_reason_passes(reason: str, form: Form) -> None:
    _judge(unicodedata.normalize(form, reason))


@pytest.mark.parametrize("reason", EXAMPLES["passed"])
def test_a_lawful_reason_passes_without_accents(reason: str) -> None:
    _judge(_bare(reason))


def test_it_is_found_in_the_middle_of_a_long_sentence() -> None:
    lawful = "Thành phần hồ sơ đã đủ, lệ phí đã nộp"

    with pytest.raises(ReorganisationIsNoReason):
        _judge(f"{lawful}; tuy nhiên đang sắp xếp đơn vị hành chính; {lawful}")


def test_invisible_marks_do_not_hide_it() -> None:
    with pytest.raises(ReorganisationIsNoReason):
        _judge("đang s\u200báp nh\u200dập xã")


def test_a_procedure_about_a_reorganisation_is_not_blocked() -> None:
    _judge("Chưa có đề án sắp xếp đơn vị hành chính", about_reorganisation=True)


def test_before_the_law_the_phrase_is_not_looked_for() -> None:
    _judge("Đang sáp nhập xã", on=date(2024, 6, 1))


@pytest.mark.parametrize("reason", ["", "  ", "…", "-"])
def test_a_reason_without_words_is_none(reason: str) -> None:
    with pytest.raises(ReasonNeeded):
        _judge(reason)


@given(st.sampled_from(EXAMPLES["blocked"]), st.sampled_from(EXAMPLES["passed"]))
def test_a_lawful_sentence_beside_it_does_not_hide_it(blocked: str, passed: str) -> None:
    with pytest.raises(ReorganisationIsNoReason):
        _judge(f"{passed}. {blocked}. {passed}")


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)

    assert fold(" ".join(once)) == once
