"""Two accounts are compared: by sums of segments, then by dossiers, then by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connections

from thongsuot.actions.reconciliation.sides import Database, Side, opened
from thongsuot.domain.reconciliation import (
    Difference,
    Portrait,
    ReconcileLevel,
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

    @property
    def is_equal(self) -> bool:
        """Whether both sides agree at this level."""
        return self.left == self.right and not self.differences and not self.left_out


def reconcile(
    left: str, right: str, *, level: ReconcileLevel, at: datetime, files: Path | None = None
) -> Reconciled:
    """Compare two sides, each `records[:DATABASE][@MOMENT]`, `export:PATH` or `archive:PATH`.

    The files that an export names are looked for below `files`.
    Where one side tells only an old system's dossiers, so does the other.
    Raises SideUnknown, ExportNotBroughtIn, BadField, NoSuchDatabase, DatabaseOtherwise,
    ArchiveUnreadable, and what reading an export refuses.
    """
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


def compared(one: Side, other: Side, level: ReconcileLevel) -> Reconciled:
    """Two accounts of the same dossiers, narrowed from their sums to what differs."""
    what = _summed(one, other, level)
    ours, theirs = _both(one, other, lambda side: side.segments(what))
    left, right = _many(ours), _many(theirs)
    places = differing(ours, theirs)
    if level is ReconcileLevel.COUNTS or not places:
        return Reconciled(level, left, right, 0, ())
    codes = _differing_codes(one, other, what, places)
    wanted = dict(islice(codes, LOOKED_INTO_AT_MOST))
    left_out = sum(1 for _ in codes)
    found = compare(
        _portraits(one, {code: many for code, (many, _) in wanted.items()}, level),
        _portraits(other, {code: many for code, (_, many) in wanted.items()}, level),
        level,
    )
    return Reconciled(level, left, right, len(wanted), tuple(map(masked, found)), left_out)


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
        return side.portraits(there)
    return (Portrait(code, {}, {}, {}) for code in there for _ in range(times[code]))


def _both(one: Side, other: Side, ask: Callable[[Side], Found]) -> tuple[Found, Found]:
    """The same of both sides: at once where another connection can do it meanwhile."""
    if isinstance(other, Database) and other.using != "default":
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(_alone, ask, other)
            return ask(one), asked.result()
    return ask(one), ask(other)


def _alone(ask: Callable[[Side], Found], side: Database) -> Found:
    """In a thread of its own, with a connection of its own that ends with it."""
    try:
        return ask(side)
    finally:
        connections[side.using].close()


def _many(side: Mapping[int, Segment]) -> int:
    return sum(segment.many for segment in side.values())
