"""A procedure is what a decision published: its terms by channel and case, while in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import procedure
from thongsuot.domain.catalogue import (
    CaseNeeded,
    Channel,
    NoSuchCase,
    NoSuchChannel,
    NoSuchProcedure,
    Paper,
    Procedure,
    ProcedureNotYetInForce,
    ProcedureRepealed,
    TermRule,
    in_force,
)
from thongsuot.domain.deadline import Term
from thongsuot.domain.spans import Span

TWO, THREE, FOUR = (Term.parse(f"{n} ngày làm việc") for n in (2, 3, 4))
HERE, ONLINE = Channel.IN_PERSON, Channel.ONLINE


def with_terms(*rules: TermRule) -> Procedure:
    return procedure(terms=rules)


def test_online_may_be_faster_than_in_person() -> None:
    told = with_terms(TermRule(HERE, THREE), TermRule(ONLINE, TWO))

    assert told.term_for("", HERE) == THREE
    assert told.term_for("", ONLINE) == TWO


def test_a_case_has_its_own_term() -> None:
    told = with_terms(TermRule(HERE, TWO, "thường"), TermRule(HERE, FOUR, "phải xác minh"))

    assert told.term_for("phải xác minh", HERE) == FOUR
    assert told.cases == ("thường", "phải xác minh")


def test_when_the_term_depends_on_the_case_the_case_must_be_named() -> None:
    told = with_terms(TermRule(HERE, TWO, "thường"), TermRule(HERE, FOUR, "phải xác minh"))

    with pytest.raises(CaseNeeded) as refused:
        told.term_for("", HERE)

    assert refused.value.facts["known"] == ["thường", "phải xác minh"]


def test_cases_that_share_a_term_need_not_be_named() -> None:
    told = with_terms(TermRule(HERE, TWO, "thường"), TermRule(HERE, TWO, "phải xác minh"))

    assert told.term_for("", HERE) == TWO


def test_a_case_without_a_rule_of_its_own_follows_the_common_rule() -> None:
    told = replace(
        with_terms(TermRule(HERE, THREE), TermRule(HERE, FOUR, "phải xác minh")),
        papers=(Paper("Tờ khai", case="cấp lại"),),
    )

    assert told.term_for("cấp lại", HERE) == THREE


def test_the_law_may_give_no_term() -> None:
    assert procedure(term=None).term_for("", HERE) is None


def test_an_unknown_case_or_channel_is_refused_by_its_name() -> None:
    with pytest.raises(NoSuchCase):
        procedure().term_for("không có", HERE)
    with pytest.raises(NoSuchChannel):
        procedure(channels=[HERE]).term_for("", Channel.POST)


def test_a_case_asks_for_its_own_papers_and_the_common_ones() -> None:
    common, own, other = (
        Paper("Tờ khai"),
        Paper("Giấy cũ", case="cấp lại"),
        Paper("Ảnh", case="cấp mới"),
    )
    told = replace(procedure(), papers=(common, own, other))

    assert told.papers_for("cấp lại") == (common, own)


def test_of_several_versions_the_one_in_force_that_day_counts() -> None:
    old = procedure(valid=Span(date(2020, 1, 1), date(2025, 7, 1)))
    new = procedure(valid=Span(date(2025, 7, 1)), version=2)

    assert in_force([new, old], code="1.000101", on=date(2025, 6, 30)).version == 1
    assert in_force([new, old], code="1.000101", on=date(2025, 7, 1)).version == 2


def test_a_procedure_not_in_force_is_refused_with_the_rule_that_says_so() -> None:
    version = procedure(valid=Span(date(2025, 1, 1), date(2025, 7, 1)))

    with pytest.raises(NoSuchProcedure):
        in_force([], code="1.000101", on=date(2025, 7, 1))
    with pytest.raises(ProcedureNotYetInForce) as early:
        in_force([version], code="1.000101", on=date(2024, 12, 31))
    with pytest.raises(ProcedureRepealed) as late:
        in_force([version], code="1.000101", on=date(2025, 7, 1))

    assert early.value.facts["since"] == "2025-01-01"
    assert late.value.facts["until"] == "2025-07-01"
    assert late.value.facts["decision"] == "QĐ 9/QĐ-UBND"


def test_between_two_versions_a_procedure_is_repealed_since_the_first_ended() -> None:
    first = procedure(valid=Span(date(2024, 1, 1), date(2024, 6, 1)))
    second = procedure(valid=Span(date(2025, 1, 1)), version=2)

    with pytest.raises(ProcedureRepealed) as refused:
        in_force([first, second], code="1.000101", on=date(2024, 8, 1))

    assert refused.value.facts["until"] == "2024-06-01"
