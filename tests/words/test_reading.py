"""Readers take what they know and refuse everything else, by the name of the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.words import payload, reading
from thongsuot.words.refusals import sentence

READERS: list[Callable[[str, object], object]] = [
    reading.text,
    reading.lines,
    reading.moment,
    reading.day,
    reading.number,
    reading.flag,
    reading.channel,
    reading.named,
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(raw=anything)
def test_a_reader_answers_or_refuses_and_says_so_in_one_line(raw: object) -> None:
    for read in READERS:
        try:
            read("received", raw)
        except Refusal as refusal:
            assert refusal.where == "received"
            assert len(sentence(refusal).splitlines()) == 1
            assert sentence(refusal).encode()


@given(days=st.integers(0, 70_000), seconds=st.floats(0, 86_400))
def test_a_moment_is_read_as_it_is_written(days: int, seconds: float) -> None:
    raw = datetime(1950, 1, 1, tzinfo=UTC) + timedelta(days=days, seconds=seconds)

    assert reading.moment("received", raw.isoformat()) == raw


def test_a_moment_without_a_zone_is_the_offices() -> None:
    for text in ("2025-04-25T14:10", "2025-04-25 14:10", " 2025-04-25T14:10:00 "):
        assert reading.moment("received", text) == datetime(2025, 4, 25, 14, 10, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "text",
    [
        "2025-04-25",
        "14:10",
        "20250425T1410",
        "2025-W17-5T14:10",
        "2025-04-25T14",
        "2025-04-25T14:60",
        "2025-02-29T14:10",
        "1899-12-31T23:59",
        "٢٠٢٥-٠٤-٢٥T14:10",
        "2025-04-25T14:10+25:00",
    ],
)
def test_what_is_only_nearly_a_moment_is_none(text: str) -> None:
    with pytest.raises(reading.BadField):
        reading.moment("received", text)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("online", Channel.ONLINE),
        ("Trực tuyến", Channel.ONLINE),
        ("truc tiep", Channel.IN_PERSON),
        ("in_person", Channel.IN_PERSON),
        ("Dịch vụ bưu chính", Channel.POST),
    ],
)
def test_a_channel_has_an_english_and_a_vietnamese_name(text: str, channel: Channel) -> None:
    assert reading.channel("channel", text) is channel


def test_empty_is_not_the_same_as_wrong() -> None:
    nothing: list[object] = [None, "", "  ", []]
    for empty in nothing:
        with pytest.raises(reading.FieldNeeded):
            reading.text("reason", empty)
    with pytest.raises(reading.BadField):
        reading.text("reason", 0)


def test_lines_are_read_from_a_text_or_a_list() -> None:
    assert reading.lines("missing", "Ảnh\n\n Tờ khai ") == ("Ảnh", "Tờ khai")
    assert reading.lines("missing", ["Ảnh", "", "Tờ khai"]) == ("Ảnh", "Tờ khai")


def test_a_day_is_read() -> None:
    assert reading.day("on", "2025-07-01") == date(2025, 7, 1)


@given(raw=st.binary())
def test_bytes_are_json_or_refused(raw: bytes) -> None:
    try:
        payload.parse(raw)
    except payload.JsonMalformed as refusal:
        assert sentence(refusal)


def test_json_may_be_nested_only_so_deep() -> None:
    deep = payload.DEEPEST

    assert payload.parse(b"[" * deep + b"]" * deep)
    for depth in (deep + 1, 500, 100_000):
        with pytest.raises(payload.JsonMalformed):
            payload.parse(b"[" * depth + b"]" * depth)
