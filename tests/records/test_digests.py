"""A sum that PostgreSQL makes of stored events is the one that anybody can make of their text."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spoiling import keep, story
from thongsuot.domain.reconciliation import segments
from thongsuot.records import digests
from thongsuot.records.codec import Json
from thongsuot.records.digests import Summed

# PostgreSQL keeps neither a zero character nor half of a pair.
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.django_db
@settings(deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_a_body_is_written_as_postgresql_writes_it(body: dict[str, Json]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(body)])
        (text,) = cursor.fetchone()

    assert digests.as_jsonb(body) == text


@pytest.mark.django_db
def test_the_server_sums_what_a_reader_of_the_events_sums() -> None:
    codes = keep(range(40))
    by_reading = [
        (code, digests.written(code, digests.told(story(number))))
        for number, code in enumerate(codes)
    ]

    by_server = digests.of_segments(Summed(of_events=True))

    assert by_server == segments(by_reading)


@pytest.mark.django_db
@pytest.mark.parametrize("is_written", [True, False])
def test_the_sum_of_a_segment_is_that_of_its_dossiers(*, is_written: bool) -> None:
    keep(range(40))
    what = Summed(of_rows=True, of_events=True, is_written=is_written)

    whole = digests.of_segments(what)
    each = digests.of_codes(what, whole)

    assert whole == segments((code, one.total) for code, one in each.items())
