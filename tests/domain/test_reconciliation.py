"""Every way in which a dossier can be spoilt on its way is found, and nothing is invented."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests import builders, cast
from thongsuot.domain.dossier import Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.files import MediaType, StoredFile
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
)

MANY = 120
SPOILT = 20
LEVELS = list(ReconcileLevel)
Story = list[Entry]


def moment(day: int, hour: int = 9) -> datetime:
    return cast.MONDAY + timedelta(days=day, hours=hour - 8)


def file_of(name: str) -> StoredFile:
    return StoredFile(name.encode().hex().ljust(64, "0")[:64], name, MediaType.PDF, 10, 1)


def story(number: int) -> Story:
    """A dossier that was received, paused, paid for, scanned and finished."""
    received = builders.receipt()
    applicant = replace(received.applicant, name=f"Giàng Thị Mỷ {number}")
    code = f"H99.101-250908-{number:04d}"
    first = replace(received, code=code, applicant=applicant)
    later: list[tuple[e.Later, datetime]] = [
        (e.Assigned("tam", "work"), moment(1)),
        (e.SupplementAsked(("Bản sao",), "thiếu"), moment(2)),
        (e.SupplementReceived((), moment(9)), moment(4)),
        (e.FeeCollected("Lệ phí", 50_000, e.Payment.CASH, receipt_number="1"), moment(4, 10)),
        (e.Digitised("Đơn", "", file_of(f"don-{number}")), moment(4, 11)),
        (e.Digitised("Sổ", "", file_of(f"so-{number}")), moment(4, 12)),
        (e.ResultIssued("handover", f"KQ-{number}"), moment(6)),
    ]
    events = [(first, first.received_at), *later]
    return [Entry(event, at, at, "tam", cast.BAN_MAY, "thu") for event, at in events]


def drawn(entries: Sequence[Entry]) -> Portrait:
    now = replay(entries)
    assert now is not None
    return portrait(now, entries)


def with_first(entries: Story, **changes: object) -> Story:
    first = entries[0]
    return [replace(first, event=replace(first.event, **changes)), *entries[1:]]  # type: ignore[arg-type]


def with_event(entries: Story, kind: type[e.Event], **changes: object) -> Story:
    return [
        replace(one, event=replace(one.event, **changes)) if isinstance(one.event, kind) else one  # type: ignore[arg-type]
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
        lambda s: [*s, replace(s[5], event=e.Digitised("Kết quả", "", s[5].event.file))],  # type: ignore[union-attr]
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
    left = [drawn(one) for one in stories]
    right = [drawn(renamed(one, "khác") if n == 7 else one) for n, one in enumerate(stories)]
    level = ReconcileLevel.FIELDS

    places = differing(segments(left, level), segments(reversed(right), level))

    assert places == {segment_of(left[7].code)}
    assert segments(left, level) == segments(reversed(left), level)
    assert all(0 <= place < SEGMENTS for place in segments(left, level))


def test_a_doubled_dossier_cannot_hide_in_the_sum_of_its_segment(stories: list[Story]) -> None:
    left = [drawn(stories[0])]

    for times in (2, 3, 2**4):
        right = left * times
        assert differing(segments(left, ReconcileLevel.KEYS), segments(right, ReconcileLevel.KEYS))
