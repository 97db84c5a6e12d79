"""What is kept by COPY is what was given, whatever stands in it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import cast
from thongsuot.domain.catalogue import Channel
from thongsuot.records.copying import copy_text, line_of

pytestmark = pytest.mark.django_db

COLUMNS = ("number", "is_so", "moment", "day", "first", "second")
# No text in PostgreSQL holds these.
TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"])
) | st.sampled_from(["\\N", "\\", "\\.", "a\tb", "\\t", "\r\n", "\\\t\n", " "])


def kept(*lines: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS copied")
        cursor.execute(
            "CREATE TEMPORARY TABLE copied (id int GENERATED ALWAYS AS IDENTITY, number int,"
            " is_so boolean, moment timestamptz, day date, first text, second text)"
        )
        copy_text("copied", COLUMNS, lines)
        cursor.execute("SELECT number, is_so, moment, day, first, second FROM copied ORDER BY id")
        return list(cursor.fetchall())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-(2**31), 2**31 - 1),
            st.none() | st.booleans(),
            st.none() | st.just(cast.MONDAY),
            st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)),
            st.none() | TEXTS,
            st.none() | TEXTS,
        ),
        max_size=4,
    )
)
def test_every_row_comes_back_as_it_was_given(
    given: list[tuple[int, bool, datetime, date, str, str]],
) -> None:
    assert kept(*map(line_of, given)) == given


def test_a_choice_is_kept_as_its_value() -> None:
    (row,) = kept(line_of((1, True, None, None, Channel.ONLINE, "")))

    assert row[4:] == ("online", "")
