"""How messages are delivered, valued and proved, whoever the partner is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders, cast
from thongsuot.domain.exchange import (
    Acknowledged,
    Aside,
    Done,
    Doubtful,
    Failed,
    Later,
    Line,
    Linked,
    MapUnknown,
    MapWrong,
    Patience,
    Refused,
    Step,
    Translation,
    Unavailable,
    ValueMaps,
    ValueUnmapped,
    after,
    faults,
    link,
)
from thongsuot.domain.exchange.ledger import BEGINNING
from thongsuot.domain.spans import Span

PATIENT = Patience()
PORTAL = "national_portal"
YEAR = date(2026, 1, 1)


def test_a_partner_that_is_away_is_tried_for_ever_and_never_further_apart_than_agreed() -> None:
    # given a partner away for three days
    waited, attempt = timedelta(), 0
    while waited < timedelta(hours=72):
        attempt += 1
        then = after(Unavailable("away"), attempt=attempt, patience=PATIENT)

        assert isinstance(then, Later)
        assert not then.is_doubtful
        assert then.wait <= PATIENT.longest
        waited += then.wait

    assert attempt > PATIENT.most


def test_a_partner_that_is_there_and_fails_is_tried_so_often_and_then_people_look() -> None:
    last = [
        after(Failed("500"), attempt=PATIENT.most - 1, patience=PATIENT),
        after(Failed("500"), attempt=PATIENT.most, patience=PATIENT),
    ]

    assert last == [Later(PATIENT.longest, "500", False), Aside("500")]


def test_a_partner_that_asks_for_time_gets_it() -> None:
    then = after(Failed("429", timedelta(hours=1)), attempt=1, patience=PATIENT)

    assert then == Later(timedelta(hours=1), "429", is_doubtful=False)


def test_what_was_refused_waits_for_people_at_once_with_its_reason() -> None:
    assert after(Refused("-3", "thiếu MaTTHC"), attempt=1, patience=PATIENT) == Aside(
        "-3: thiếu MaTTHC"
    )


def test_after_an_unknown_outcome_the_partner_is_asked_before_anything_is_sent_again() -> None:
    then = after(Doubtful("no answer"), attempt=1, patience=PATIENT)

    assert then == Later(PATIENT.first, "no answer", is_doubtful=True)


def test_what_the_partner_acknowledged_is_done() -> None:
    assert after(Acknowledged("77"), attempt=99, patience=PATIENT) == Done("77")


@given(attempt=st.integers(1, 10_000))
def test_waits_grow_and_stay_bounded(attempt: int) -> None:
    assert PATIENT.first <= PATIENT.wait(attempt) <= PATIENT.wait(attempt + 1) <= PATIENT.longest


def maps(*given: tuple[str, str, Span]) -> ValueMaps:
    return ValueMaps(PORTAL, (Translation(PORTAL, "channel", *one) for one in given))


def test_a_value_has_the_name_of_the_day() -> None:
    told = maps(("direct", "0", Span(date(2020, 1, 1), YEAR)), ("direct", "1", Span(YEAR)))

    assert told.theirs("channel", "direct", date(2025, 12, 31)) == "0"
    assert told.theirs("channel", "direct", YEAR) == "1"
    assert told.ours("channel", "1", YEAR) == "direct"


def test_a_value_without_a_name_is_never_blank() -> None:
    with pytest.raises(ValueUnmapped) as refused:
        maps(("direct", "1", Span(YEAR))).theirs("channel", "post", YEAR)
    assert refused.value.facts == {"partner": PORTAL, "value": "post", "on": "2026-01-01"}

    with pytest.raises(MapUnknown):
        maps().theirs("channel", "direct", YEAR)


def test_two_names_at_once_and_blank_names_are_refused_when_they_are_laid_down() -> None:
    with pytest.raises(MapWrong):
        maps(("direct", "1", Span(YEAR)), ("direct", "2", builders.ALWAYS))
    with pytest.raises(MapWrong):
        maps(("direct", " ", Span(YEAR)))


def test_gaps_are_found_before_anything_is_sent() -> None:
    told = maps(("direct", "1", Span(YEAR)))

    assert list(told.gaps("channel", ["direct", "post"], YEAR)) == ["post"]
    assert list(told.gaps("channel", ["direct"], date(2025, 12, 31))) == ["direct"]


def test_several_names_of_a_partner_may_come_in_as_one_value() -> None:
    told = ValueMaps(
        PORTAL,
        (
            Translation(PORTAL, "status", "4", "processing", Span(YEAR)),
            Translation(PORTAL, "status", "4", "pausing", Span(YEAR), goes="in"),
        ),
    )

    assert told.ours("status", "pausing", YEAR) == told.ours("status", "processing", YEAR) == "4"
    assert told.theirs("status", "4", YEAR) == "processing"


def chain(length: int) -> list[Linked]:
    linked: list[Linked] = []
    for number in range(1, length + 1):
        line = Line(PORTAL, Step.BEGUN, cast.MONDAY, message=number, told="Mỷ")
        previous = linked[-1].digest if linked else BEGINNING
        linked.append(link(line, number=number, previous=previous))
    return linked


def found(lines: list[Linked], whole: list[Linked]) -> list[tuple[int, str]]:
    head = (whole[-1].number, whole[-1].digest) if whole else (0, BEGINNING)
    return [(fault.number, fault.kind) for fault in faults(PORTAL, lines, head=head)]


def test_a_whole_chain_has_no_fault_and_an_empty_one_neither() -> None:
    assert found(chain(5), chain(5)) == []
    assert found([], []) == []


@given(length=st.integers(1, 12), at=st.integers(0, 11))
def test_an_edited_line_is_found_where_it_stands(length: int, at: int) -> None:
    lines = chain(length)
    at %= length
    lines[at] = replace(lines[at], line=replace(lines[at].line, told="Mỹ"))

    assert found(lines, chain(length)) == [(at + 1, "edited")]


@given(length=st.integers(1, 12), at=st.integers(0, 11))
def test_an_edited_line_that_was_linked_anew_no_longer_fits_what_follows(
    length: int, at: int
) -> None:
    lines = chain(length)
    at %= length
    old = lines[at]
    lines[at] = link(replace(old.line, told="Mỹ"), number=old.number, previous=old.previous)

    assert [kind for _, kind in found(lines, chain(length))] in (["moved"], ["cut_off"])


@given(length=st.integers(1, 12), at=st.integers(0, 11))
def test_a_removed_line_is_missed(length: int, at: int) -> None:
    lines = chain(length)
    del lines[at % length]

    assert [kind for _, kind in found(lines, chain(length))] in (["missing"], ["cut_off"])
