"""Our spans and PostgreSQL's ranges say the same about the same days."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from thongsuot.domain.spans import Span
from thongsuot.records.spans import to_range, to_span

PAIRS = 3000
FIRST = date(2025, 1, 1)

ASK = """
SELECT one && other, one -|- other, one * other, one @> other, one @> day
FROM unnest(%s::daterange[], %s::daterange[], %s::date[]) AS asked(one, other, day)
"""


def some_span(chance: random.Random) -> Span:
    start = FIRST + timedelta(days=chance.randrange(12))
    length = chance.choice([None, *range(1, 8)])
    return Span(start, start + timedelta(days=length) if length else None)


@pytest.mark.django_db
def test_spans_agree_with_the_ranges_of_postgresql() -> None:
    # given many pairs of spans close to each other, and days among them
    chance = random.Random(1)  # noqa: S311 - the same spans every time
    ones = [some_span(chance) for _ in range(PAIRS)]
    others = [some_span(chance) for _ in range(PAIRS)]
    days = [FIRST + timedelta(days=chance.randrange(20)) for _ in range(PAIRS)]

    # when PostgreSQL is asked
    with connection.cursor() as cursor:
        cursor.execute(ASK, [[*map(to_range, ones)], [*map(to_range, others)], days])
        told = cursor.fetchall()

    # then it says what we say
    ours = [
        (
            one.overlaps(other),
            one.meets(other),
            one.intersection(other),
            one.covers(other),
            one.contains(day),
        )
        for one, other, day in zip(ones, others, days, strict=True)
    ]
    theirs = [(a, b, None if both.isempty else to_span(both), c, d) for a, b, both, c, d in told]
    assert ours == theirs
    assert {answer[0] for answer in ours} == {answer[1] for answer in ours} == {True, False}


def test_a_range_without_a_beginning_is_no_span() -> None:
    with pytest.raises(ValueError, match="begins on a day"):
        to_span(DateRange(None, FIRST))


@pytest.mark.parametrize("end", [None, FIRST + timedelta(days=3)])
def test_a_span_comes_back_from_its_range(end: date | None) -> None:
    assert to_span(to_range(Span(FIRST, end))) == Span(FIRST, end)
