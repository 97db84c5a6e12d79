"""Every way in which a dossier can be spoilt on its way is found, and nothing is invented."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests import cast
from tests.spoiling import Story, file_of, moment, story
from thongsuot.domain.dossier import Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.reconciliation import (
    SEGMENTS,
    Nature,
    Portrait,
    ReconcileLevel,
    compare,
    differing,
    portrait,
    segment_of,
    segments,
    unreadable,
)

MANY = 120
SPOILT = 20
LEVELS = list(ReconcileLevel)


def drawn(entries: Sequence[Entry]) -> Portrait:
    now = replay(entries)
    assert now is not None
    return portrait(now, entries)


def changed(event: e.Event, changes: Mapping[str, Any]) -> e.Event:
    return replace(event, **changes)


def with_first(entries: Story, **changes: object) -> Story:
    first = entries[0]
    return [replace(first, event=changed(first.event, changes)), *entries[1:]]


def with_event(entries: Story, kind: type[e.Event], **changes: object) -> Story:
    return [
        replace(one, event=changed(one.event, changes)) if isinstance(one.event, kind) else one
        for one in entries
    ]


def without(entries: Story, *kinds: type[e.Event]) -> Story:
    return [one for one in entries if not isinstance(one.event, kinds)]


def applicant_of(entries: Story) -> e.Applicant:
    first = entries[0].event
    assert isinstance(first, e.Received)
    return first.applicant


def renamed(entries: Story, name: str) -> Story:
    return with_first(entries, applicant=replace(applicant_of(entries), name=name))


def reordered(entries: Story) -> Story:
    one, other = entries[1], entries[4]
    first = replace(other, occurred_at=one.occurred_at)
    last = replace(one, occurred_at=other.occurred_at)
    return [entries[0], first, *entries[2:4], last, *entries[5:]]


def exchanged(entries: Story) -> Story:
    """The two files stand for each other's papers."""
    first, second = entries[5].event, entries[6].event
    assert isinstance(first, e.Digitised)
    assert isinstance(second, e.Digitised)
    return [
        *entries[:5],
        replace(entries[5], event=replace(first, file=second.file)),
        replace(entries[6], event=replace(second, file=first.file)),
        *entries[7:],
    ]


KINDS: dict[str, tuple[ReconcileLevel, Callable[[Story], Story]]] = {
    "truncated text": (
        ReconcileLevel.FIELDS,
        lambda s: renamed(s, applicant_of(s).name[:6]),
    ),
    "NFD": (
        ReconcileLevel.FIELDS,
        lambda s: renamed(s, unicodedata.normalize("NFD", applicant_of(s).name)),
    ),
    "wrong body": (ReconcileLevel.FIELDS, lambda s: with_first(s, competent_office="H99.102")),
    "wrong procedure": (ReconcileLevel.FIELDS, lambda s: with_first(s, procedure="1.000999")),
    "wrong receipt": (ReconcileLevel.FIELDS, lambda s: with_first(s, received_at=moment(-3))),
    "person exchanged": (
        ReconcileLevel.FIELDS,
        lambda s: with_first(s, applicant=replace(cast.MY, name="Vàng A Khác")),
    ),
    "wrong status": (ReconcileLevel.MEANING, lambda s: without(s, e.ResultIssued)),
    "wrong due": (
        ReconcileLevel.MEANING,
        lambda s: with_event(s, e.SupplementReceived, due_at=moment(30)),
    ),
    "wrong holder": (ReconcileLevel.MEANING, lambda s: with_event(s, e.Assigned, official="pao")),
    "wrong fee": (ReconcileLevel.MEANING, lambda s: with_event(s, e.FeeCollected, amount=1)),
    "event missing": (ReconcileLevel.MEANING, lambda s: without(s, e.FeeCollected)),
    "event doubled": (ReconcileLevel.MEANING, lambda s: [*s[:2], *s[1:]]),
    "event reordered": (ReconcileLevel.MEANING, reordered),
    "pause lost": (
        ReconcileLevel.MEANING,
        lambda s: without(s, e.SupplementAsked, e.SupplementReceived),
    ),
    "file missing": (
        ReconcileLevel.FILES,
        lambda s: [one for n, one in enumerate(s) if n != 5],
    ),
    "file changed": (
        ReconcileLevel.FILES,
        lambda s: [*s[:5], replace(s[5], event=e.Digitised("Đơn", "", file_of("khac"))), *s[6:]],
    ),
    "file swapped": (ReconcileLevel.FILES, exchanged),
    "paper sent as result": (
        ReconcileLevel.FILES,
        lambda s: [*s, replace(s[5], event=changed(s[5].event, {"paper": "Kết quả"}))],
    ),
}


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return [story(number) for number in range(MANY)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_dossier_is_found_at_its_level_and_none_besides(
    stories: list[Story], kind: str
) -> None:
    level, spoil = KINDS[kind]
    left = [drawn(one) for one in stories]
    right = [drawn(spoil(one) if n < SPOILT else one) for n, one in enumerate(stories)]

    found = compare(left, right, ReconcileLevel.MEANING)

    assert {one.code for one in found} == {one.code for one in left[:SPOILT]}
    assert {one.code for one in compare(left, right, level)} == {one.code for one in found}
    before = LEVELS[: LEVELS.index(level)]
    assert all(compare(left, right, shallow) == [] for shallow in before)


def test_missing_extra_and_doubled_dossiers_are_found_by_their_keys(stories: list[Story]) -> None:
    all_ = [drawn(one) for one in stories]

    missing = compare(all_, all_[SPOILT:], ReconcileLevel.KEYS)
    extra = compare(all_[SPOILT:], all_, ReconcileLevel.KEYS)
    doubled = compare(all_, [*all_, *all_[:SPOILT]], ReconcileLevel.KEYS)

    for found, nature in (
        (missing, Nature.MISSING),
        (extra, Nature.EXTRA),
        (doubled, Nature.DOUBLED),
    ):
        assert [one.nature for one in found] == [nature] * SPOILT


def test_two_dossiers_whose_contents_changed_places_are_said_to_be_swapped(
    stories: list[Story],
) -> None:
    left = [drawn(one) for one in stories]
    one, other = left[3], left[8]
    right = [*left]
    right[3], right[8] = replace(other, code=one.code), replace(one, code=other.code)

    found = compare(left, right, ReconcileLevel.MEANING)

    assert {(each.code, each.nature) for each in found} == {
        (one.code, Nature.SWAPPED),
        (other.code, Nature.SWAPPED),
    }


@pytest.mark.parametrize(
    ("kind", "nature"),
    [
        ("NFD", Nature.FORM),
        ("truncated text", Nature.CUT),
        ("event doubled", Nature.REPEATED),
        ("event missing", Nature.GAP),
        ("event reordered", Nature.ORDER),
        ("file missing", Nature.MISSING),
    ],
)
def test_how_two_values_differ_is_said(stories: list[Story], kind: str, nature: Nature) -> None:
    _, spoil = KINDS[kind]

    found = compare([drawn(stories[0])], [drawn(spoil(stories[0]))], ReconcileLevel.MEANING)

    assert nature in {one.nature for one in found}


def test_only_segments_that_differ_are_looked_into(stories: list[Story]) -> None:
    left = [(drawn(one).code, number) for number, one in enumerate(stories)]
    right = [(code, -1 if number == 7 else number) for code, number in left]

    places = differing(segments(left), segments(reversed(right)))

    assert places == {segment_of(left[7][0])}
    assert segments(left) == segments(reversed(left))
    assert all(0 <= place < SEGMENTS for place in segments(left))


def test_a_doubled_dossier_cannot_hide_in_the_sum_of_its_segment(stories: list[Story]) -> None:
    left = [(drawn(stories[0]).code, 0)]

    for times in (2, 3, 2**4):
        assert differing(segments(left), segments(left * times))


def test_a_dossier_that_one_side_cannot_read_is_named_once(stories: list[Story]) -> None:
    left = drawn(stories[0])

    found = compare([left], [unreadable(left.code)], ReconcileLevel.FIELDS)

    assert [(one.code, one.nature) for one in found] == [(left.code, Nature.UNREADABLE)]


def test_what_lists_show_is_told_only_where_the_events_agree(stories: list[Story]) -> None:
    left = replace(drawn(stories[0]), listed={"status": "4", "assignee": ""})
    right = replace(left, listed={"status": "9"})
    spoilt = replace(right, fields={**right.fields, "office": "H99.102"})

    (one,) = compare([left], [right], ReconcileLevel.FIELDS)
    (other,) = compare([left], [spoilt], ReconcileLevel.FIELDS)

    assert (one.nature, one.field, one.left, one.right) == (Nature.LISTED, "status", "4", "9")
    assert other.field == "office"
