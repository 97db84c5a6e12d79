"""Each refusal can be told at each door: by a code, in a sentence, under an HTTP status."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.architecture.refusals import all_of_them, asked_for, places
from thongsuot.api.problems import status_of
from thongsuot.domain.refusal import Fact, Kind, Refusal
from thongsuot.words.reading import Expected
from thongsuot.words.refusals import EXPECTED, SENTENCES, sentence, told

EXAMPLES: dict[str, Fact] = {
    "act": "approve",
    "channel": "online",
    "day": "2026-02-16",
    "expected": "moment",
    "field": "received_at",
    "heirs": ["H35.102", "H35.103"],
    "known": ["một", "hai"],
    "status": "9",
    "waits_for": "supplement, financial_duty",
}


@pytest.fixture(scope="module")
def refusals() -> tuple[type[Refusal], ...]:
    return all_of_them()


def test_no_two_refusals_share_a_code(refusals: tuple[type[Refusal], ...]) -> None:
    codes = Counter(kind.code for kind in refusals)

    assert [code for code, times in codes.items() if times > 1] == []
    assert len(codes) > 80


def test_every_refusal_has_a_sentence_and_no_sentence_is_left_over(
    refusals: tuple[type[Refusal], ...],
) -> None:
    codes = {kind.code for kind in refusals}

    assert codes == set(SENTENCES)


def test_every_place_that_refuses_gives_the_facts_of_the_sentence(
    refusals: tuple[type[Refusal], ...],
) -> None:
    silent = [
        f"{place} {kind.__name__}: {asked_for(SENTENCES[kind.code]) - given}"
        for kind in refusals
        for place, given in places()[kind]
        if not asked_for(SENTENCES[kind.code]) <= given
    ]

    assert silent == []


def test_every_refusal_is_made_somewhere(refusals: tuple[type[Refusal], ...]) -> None:
    never = [kind.__name__ for kind in refusals if not places()[kind]]

    assert never == []


def test_every_refusal_is_one_sentence_in_vietnamese(refusals: tuple[type[Refusal], ...]) -> None:
    for kind in refusals:
        said = sentence(_example(kind))

        assert "{" not in said
        assert said[-1] in ".…"
        assert not said.isascii()
        assert "\n" not in said


def test_every_refusal_has_a_status_that_blames_the_request(
    refusals: tuple[type[Refusal], ...],
) -> None:
    statuses = {kind.code: status_of(_example(kind)) for kind in refusals}

    assert {code: s for code, s in statuses.items() if not 400 <= s < 500} == {}
    assert {kind.kind for kind in refusals} == set(Kind)


def test_every_refusal_says_in_its_docstring_what_it_means(
    refusals: tuple[type[Refusal], ...],
) -> None:
    silent = [kind.__name__ for kind in refusals if not (kind.__doc__ or "").strip()]

    assert silent == []


def test_a_refusal_is_told_to_machines_with_code_message_place_and_facts(
    refusals: tuple[type[Refusal], ...],
) -> None:
    for kind in refusals:
        refusal = _example(kind)

        assert told(refusal) == {
            "refusal": {
                "code": kind.code,
                "message": sentence(refusal),
                "where": refusal.where,
                "facts": refusal.facts,
            }
        }


def test_facts_are_said_in_the_words_of_the_office() -> None:
    known = {kind.code: kind for kind in all_of_them()}

    duty = known["not_your_duty"]("by", person="Hoa", act="approve", office="H35.1", role="x")
    ended = known["dossier_ended"]("dossier", code="H35.1-260101-0001", status="10")
    closed = known["procedure_repealed"]("procedure", given="1.1", until="2025-07-01", decision="1")
    late = known["received_in_the_future"](given="2025-07-01T07:30:00+07:00", now="2025-07-01")

    assert "Phê duyệt" in sentence(duty)
    assert "Đã trả kết quả" in sentence(ended)
    assert "01/07/2025" in sentence(closed)
    assert "01/07/2025 07:30" in sentence(late)


def test_what_cannot_be_read_is_repeated_as_it_was_typed() -> None:
    known = {kind.code: kind for kind in all_of_them()}

    refusal = known["bad_field"](
        "received", field="received", given="2025-04-25", expected="moment"
    )

    assert "“2025-04-25”" in sentence(refusal)


def test_every_kind_of_field_can_be_named_in_a_refusal() -> None:
    assert set(EXPECTED) == {kind.value for kind in Expected}


def _example(kind: type[Refusal]) -> Refusal:
    names = asked_for(SENTENCES[kind.code])
    return kind("papers.1", **{name: EXAMPLES.get(name, "Bình Lư") for name in names})
