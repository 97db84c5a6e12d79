"""Two accounts are compared: by sums of segments, then by dossiers, then by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from django.db import connections

from thongsuot.actions.reconciliation.sides import (
    RECORDS,
    Database,
    Side,
    SideUnknown,
    opened,
    portraits,
)
from thongsuot.domain.reconciliation import (
    Difference,
    Portrait,
    ReconcileLevel,
    Repair,
    Segment,
    compare,
    differing,
    masked,
)
from thongsuot.records.digests import Summed
from thongsuot.records.reference import unchanging

# So many dossiers are looked into; beyond, two sides are not the same thing at all.
LOOKED_INTO_AT_MOST = 50_000
_PLACES_TOGETHER = 1024
PARTNER = "partner:"
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of a comparison."""

    level: ReconcileLevel
    left: int
    right: int
    looked_into: int  # dossiers that stood for something else on the other side
    differences: tuple[Difference, ...]
    left_out: int = 0  # dossiers that differ, too many to be looked into
    unheard: tuple[str, ...] = ()  # the parts of which one side tells nothing

    @property
    def is_equal(self) -> bool:
        """Whether both sides agree at this level."""
        return self.left == self.right and not self.differences and not self.left_out


OpenPartner = Callable[[str], "PartnerBook"]


def reconcile(
    left: str,
    right: str,
    *,
    level: ReconcileLevel,
    at: datetime,
    files: Path | None = None,
    partner: OpenPartner | None = None,
) -> Reconciled:
    """Compare two sides, each one that `sides.opened` knows, or `partner:CODE` beside `records`.

    The files that an export names are looked for below `files`; `partner` opens a partner's book.
    Where one side tells only an old system's dossiers, so does the other.
    Raises SideUnknown, ExportNotBroughtIn, BadField, NoSuchDatabase, DatabaseOtherwise,
    ArchiveUnreadable, and what reading an export refuses.
    """
    asked = [side.startswith(PARTNER) for side in (left, right)]
    if partner is not None and any(asked):
        if RECORDS not in (left, right):
            raise SideUnknown("side", given=f"{left} – {right}")
        book = partner((left if asked[0] else right).removeprefix(PARTNER))
        return with_partner(book, level, is_left=asked[0])
    with (
        opened(left, at=at, files=files) as one,
        opened(right, at=at, files=files) as other,
        unchanging(),
    ):
        systems = {side.system for side in (one, other) if side.system}
        if len(systems) != 1:
            return compared(one, other, level)
        (whose,) = systems
        return compared(one.of_system(whose), other.of_system(whose), level)


class PartnerBook(Protocol):
    """What a partner has of our dossiers, and what it should have, both in its words."""

    def expected(self) -> Iterator[Portrait]:
        """What is kept here of the dossiers that it acknowledged."""

    def portraits(self) -> Iterator[Portrait]:
        """What it says of them, one as often as it has it."""


def with_partner(book: PartnerBook, level: ReconcileLevel, *, is_left: bool) -> Reconciled:
    """What is kept here of the dossiers that a partner acknowledged, beside what it says of them.

    Each is asked for by itself, so nothing is narrowed. Files are not shown by any.
    """
    known, told = list(book.expected()), list(book.portraits())
    sides = (told, known) if is_left else (known, told)
    found = () if level is ReconcileLevel.COUNTS else compare(*sides, level)
    mended = (replace(one, repair=Repair.SEND_AGAIN) for one in map(masked, found))
    unheard = ("files",) if "files" in level.parts else ()
    left, right = (len(side) for side in sides)
    return Reconciled(level, left, right, len(known), tuple(mended), unheard=unheard)


def compared(one: Side, other: Side, level: ReconcileLevel) -> Reconciled:
    """Two accounts of the same dossiers, narrowed from their sums to what differs."""
    what = _summed(one, other, level)
    tell_files = one.tells_files and other.tells_files
    unheard = () if tell_files or "files" not in level.parts else ("files",)
    ours, theirs = _both(one, other, lambda side: side.segments(what))
    left, right = _many(ours), _many(theirs)
    places = differing(ours, theirs)
    if level is ReconcileLevel.COUNTS or not places:
        return Reconciled(level, left, right, 0, (), unheard=unheard)
    codes = _differing_codes(one, other, what, places)
    wanted = dict(islice(codes, LOOKED_INTO_AT_MOST))
    left_out = sum(1 for _ in codes)
    found = compare(
        _portraits(one, {code: many for code, (many, _) in wanted.items()}, level),
        _portraits(other, {code: many for code, (_, many) in wanted.items()}, level),
        level,
    )
    told = tuple(map(masked, found))
    return Reconciled(level, left, right, len(wanted), told, left_out, unheard)


def _summed(one: Side, other: Side, level: ReconcileLevel) -> Summed:
    """What stands for a dossier: two databases of one server need no common way of writing."""
    if not level.parts:
        return Summed()
    both_databases = isinstance(one, Database) and isinstance(other, Database)
    return Summed(
        of_rows=both_databases and all(_is_now(side) for side in (one, other)),
        of_events=True,
        is_written=not both_databases,
    )


def _is_now(side: Side) -> bool:
    return isinstance(side, Database) and side.known_at is None


def _differing_codes(
    one: Side, other: Side, what: Summed, places: frozenset[int]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The dossiers that differ, and how often each side has them; some segments at a time."""
    rest = iter(sorted(places))
    while some := list(islice(rest, _PLACES_TOGETHER)):
        ours, theirs = _both(one, other, partial(_digests, what, some))
        for code in sorted(differing(ours, theirs)):
            yield code, (_times(ours, code), _times(theirs, code))


def _digests(what: Summed, places: Sequence[int], side: Side) -> dict[str, Segment]:
    return side.digests(what, places)


def _times(side: Mapping[str, Segment], code: str) -> int:
    found = side.get(code)
    return found.many if found else 0


def _portraits(side: Side, times: Mapping[str, int], level: ReconcileLevel) -> Iterator[Portrait]:
    """The dossiers that a side has, in full where more than their codes is compared."""
    there = {code for code, many in times.items() if many}
    if level.parts:
        return portraits(side, there)
    return (Portrait(code, {}, {}, {}) for code in there for _ in range(times[code]))


def _both(one: Side, other: Side, ask: Callable[[Side], Found]) -> tuple[Found, Found]:
    """The same of both sides: at once where another connection can do it meanwhile."""
    for side, here in ((other, one), (one, other)):
        if isinstance(side, Database) and side.using != "default":
            with ThreadPoolExecutor(1) as beside:
                asked = beside.submit(_alone, ask, side)
                ours = ask(here)
                return (ours, asked.result()) if side is other else (asked.result(), ours)
    return ask(one), ask(other)


def _alone(ask: Callable[[Side], Found], side: Database) -> Found:
    """In a thread of its own, with a connection of its own that ends with it."""
    try:
        return ask(side)
    finally:
        connections[side.using].close()


def _many(side: Mapping[int, Segment]) -> int:
    return sum(segment.many for segment in side.values())
