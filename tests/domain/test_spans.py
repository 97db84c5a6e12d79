"""Spans of days behave as sets of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.spans import Span, SpanEndsBeforeItStarts, cover, gaps

FIRST = date(2025, 6, 20)
HORIZON = [FIRST + timedelta(days=i) for i in range(40)]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.sampled_from(HORIZON[:-1]))
    longest = (HORIZON[-1] - start).days
    length = draw(st.none() | st.integers(1, longest))
    return Span(start, None if length is None else start + timedelta(days=length))


def days(*pieces: Span) -> list[date]:
    return [day for day in HORIZON for piece in pieces if piece.contains(day)]


def test_a_span_holds_its_first_day_and_not_its_end() -> None:
    june = Span(date(2025, 6, 1), date(2025, 7, 1))

    assert june.contains(date(2025, 6, 1))
    assert date(2025, 6, 30) in june
    assert not june.contains(date(2025, 7, 1))


def test_a_span_without_end_is_for_ever() -> None:
    assert date(9999, 12, 31) in Span(date(2025, 7, 1))
    assert date(2025, 6, 30) not in Span(date(2025, 7, 1))


@pytest.mark.parametrize("length", [0, -1])
def test_a_span_without_a_day_is_refused(length: int) -> None:
    with pytest.raises(SpanEndsBeforeItStarts) as refused:
        Span(FIRST, FIRST + timedelta(days=length))

    assert refused.value.facts["start"] == "2025-06-20"


@given(spans(), spans())
def test_the_intersection_holds_the_days_of_both(one: Span, other: Span) -> None:
    both = one.intersection(other)

    assert days(*([both] if both else [])) == [d for d in days(one) if d in other]
    assert one.overlaps(other) == (both is not None)
    assert both == other.intersection(one)


@given(spans(), spans())
def test_what_is_taken_away_and_what_is_left_are_the_whole(one: Span, other: Span) -> None:
    left = one.minus(other)

    assert days(*left) == [day for day in days(one) if day not in other]
    both = one.intersection(other)
    assert cover([*left, *([both] if both else [])]) == (one,)


@given(st.lists(spans(), max_size=6))
def test_a_cover_holds_the_same_days_once_and_never_touches_itself(given_spans: list[Span]) -> None:
    covered = cover(given_spans)

    assert days(*covered) == [day for day in HORIZON if any(day in span for span in given_spans)]
    assert not any(
        left.overlaps(right) or left.meets(right)
        for left in covered
        for right in covered
        if left is not right
    )


@given(st.lists(spans(), max_size=5), spans())
def test_gaps_and_spans_together_fill_the_whole(given_spans: list[Span], within: Span) -> None:
    holes = gaps(given_spans, within)

    assert days(*holes) == [
        day for day in days(within) if not any(day in span for span in given_spans)
    ]
    assert list(holes) == sorted(holes, key=lambda span: span.start)


@given(spans(), spans())
def test_one_span_covers_another_when_it_holds_all_its_days(one: Span, other: Span) -> None:
    assert one.covers(other) == (other.minus(one) == ())


def test_spans_meet_where_one_ends_and_the_other_begins() -> None:
    before, after = Span(FIRST, date(2025, 7, 1)), Span(date(2025, 7, 1))

    assert before.meets(after)
    assert after.meets(before)
    assert not before.overlaps(after)
    assert not before.meets(Span(date(2025, 7, 2)))


def test_a_span_reads_as_its_days() -> None:
    assert str(Span(FIRST, date(2025, 7, 1))) == "[2025-06-20, 2025-07-01)"
    assert str(Span(FIRST)) == "[2025-06-20, …)"
