"""The accounts that can be compared: what is kept here or in a copy, an export, an archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from thongsuot.actions import archive
from thongsuot.actions.migration.around import around
from thongsuot.actions.migration.attachments import Finder, finder, none_found
from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.reading import fingerprint, rows_of
from thongsuot.domain.dossier import Entry, replay
from thongsuot.domain.migration import LegacyDossier, composed, judge
from thongsuot.domain.reconciliation import (
    Portrait,
    Segment,
    portrait,
    segment_of,
    segments,
    unreadable,
)
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import archive as kept
from thongsuot.records import digests, elsewhere, migration
from thongsuot.records.codec import encode
from thongsuot.records.digests import Summed
from thongsuot.records.migration import MigrationRow
from thongsuot.words import reading

RECORDS, EXPORT, RUN, ARCHIVE = "records", "export", "run", "archive"
LONGEST_NUMBER = 10
TOGETHER = 500


class SideUnknown(Refusal):
    """A side is `records[:DATABASE][@MOMENT]`, `run:NUMBER`, `export:PATH` or `archive:PATH`."""

    code = "reconcile_side_unknown"
    kind = Kind.MALFORMED


class ExportNotBroughtIn(Refusal):
    """An export is compared by its maps: it has to be read and mapped first."""

    code = "export_not_brought_in"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class History:
    """A dossier as a side tells it: its events, and what old systems told of it."""

    code: str
    entries: Sequence[Entry] | None  # None: nobody can read them
    told_by: Sequence[
        Mapping[str, Any]
    ]  # as an archive tells it; of an export only what was mapped
    listed: Mapping[str, str] = field(default_factory=dict)


class Side(Protocol):
    """One account: what stands for its dossiers in short, and some of them in full."""

    @property
    def name(self) -> str:
        """As it was asked for."""

    @property
    def system(self) -> str:
        """Whose dossiers it tells; "" of all."""

    @property
    def tells_files(self) -> bool:
        """Whether its files are known; where not, nothing is said about files."""

    def of_system(self, system: str) -> Side:
        """The same account, of one old system's dossiers alone."""

    def segments(self, what: Summed) -> dict[int, Segment]:
        """How many dossiers fall in each segment, and the sum of what stands for them."""

    def digests(self, what: Summed, places: Collection[int]) -> dict[str, Segment]:
        """What stands for each dossier in some segments."""

    def histories(self, codes: Collection[str]) -> Iterator[History]:
        """Some of its dossiers, as often as it tells them."""


@dataclass(frozen=True, slots=True)
class Database:
    """What is kept here, or in another database of ours, as it is or was known at a moment."""

    name: str
    using: str = "default"
    known_at: datetime | None = None  # None: all that is known now
    system: str = ""
    tells_files: bool = True

    @property
    def is_here(self) -> bool:
        """Whether it is what is kept here now, which alone can be mended."""
        return self.using == "default" and self.known_at is None

    def of_system(self, system: str) -> Database:
        """Only what an old system told of."""
        return replace(self, system=system)

    def segments(self, what: Summed) -> dict[int, Segment]:
        """Summed by the server."""
        return digests.of_segments(self._of_mine(what), using=self.using)

    def digests(self, what: Summed, places: Collection[int]) -> dict[str, Segment]:
        """Summed by the server."""
        return digests.of_codes(self._of_mine(what), places, using=self.using)

    def histories(self, codes: Collection[str]) -> Iterator[History]:
        """Their events, with what lists show beside them."""
        for some in _batched(sorted(codes)):
            for one in kept.histories(some, known_at=self.known_at, using=self.using):
                shown = one.listed if self.known_at is None else {}
                yield History(one.code, one.entries, one.told_by, shown)

    def _of_mine(self, what: Summed) -> Summed:
        return replace(what, system=self.system, known_at=self.known_at)


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds."""

    name: str
    path: Path
    system: str
    tells_files: bool = True

    def of_system(self, system: str) -> Archived:
        """Only what an old system told of."""
        return replace(self, system=system)

    def segments(self, what: Summed) -> dict[int, Segment]:
        """Summed while it is read."""
        return segments(self._each(what))

    def digests(self, what: Summed, places: Collection[int]) -> dict[str, Segment]:
        """Summed while it is read."""
        return _within(self._each(what), places)

    def histories(self, codes: Collection[str]) -> Iterator[History]:
        """Their events, read again."""
        for one in archive.dossiers_of(self.path, codes=codes):
            yield History(one.code, one.entries, one.told_by)

    def _each(self, what: Summed) -> Iterator[tuple[str, int]]:
        return archive.digests_of(self.path, system=self.system, of_events=what.of_events)


@dataclass(frozen=True)
class Exported:
    """What an old system's export says, by the maps of today; a code told again is told once.

    A row that is refused is no dossier: it stands in the books with its reason.
    """

    name: str
    run: MigrationRow
    rows: Callable[[], Iterator[LegacyDossier]]
    find: Finder
    at: datetime
    tells_files: bool

    @property
    def system(self) -> str:
        """Whose export it is."""
        return self.run.system

    def of_system(self, system: str) -> Exported:
        """An export is of one system already."""
        del system
        return self

    def segments(self, what: Summed) -> dict[int, Segment]:
        """Summed while it is judged."""
        return segments(self._each(what))

    def digests(self, what: Summed, places: Collection[int]) -> dict[str, Segment]:
        """Summed while it is judged."""
        return _within(self._each(what), places)

    def histories(self, codes: Collection[str]) -> Iterator[History]:
        """As they are judged."""
        return self._told(codes)

    def _each(self, what: Summed) -> Iterator[tuple[str, int]]:
        for code, (whole, bare) in self._digests.items():
            yield code, whole if what.of_events else bare

    @cached_property
    def _digests(self) -> dict[str, tuple[int, int]]:
        """Judging takes long, and what came of it in short needs little room: once is enough."""
        found = {}
        for one in self._told(None):
            events = digests.told(one.entries or ())
            found[one.code] = digests.written(one.code, events), digests.written(one.code, ())
        return found

    def _told(self, codes: Collection[str] | None) -> Iterator[History]:
        shape = layout_of(self.run.layout)
        near = around(self.run, shape, at=(self.run.loaded_at or self.at).astimezone(VIETNAM))
        seen = set[str]()
        for legacy in self.rows():
            if codes is not None and composed(legacy.code).text not in codes:
                continue
            judged = judge(legacy, near, self.find(legacy))
            if judged.dossier is None or judged.dossier.code in seen:
                continue
            seen.add(judged.dossier.code)
            mapped = [encode(one) for one in dict.fromkeys(judged.mapped)]
            yield History(judged.dossier.code, judged.entries, [{"mapped": mapped}])


def portraits(side: Side, codes: Collection[str]) -> Iterator[Portrait]:
    """Some dossiers of a side as they are compared; none of which nothing had happened yet."""
    for one in side.histories(codes):
        drawn = _drawn(one)
        if drawn is not None:
            silent = frozenset() if side.tells_files else frozenset({"files"})
            yield replace(drawn, listed=one.listed, silent_on=silent)


@contextmanager
def opened(text: str, *, at: datetime, files: Path | None) -> Iterator[Side]:
    """The account that a name stands for.

    Raises SideUnknown, ExportNotBroughtIn, NoSuchMigration, BadField, NoSuchDatabase, DatabaseOtherwise,
    ArchiveUnreadable, and what reading an export refuses.
    """
    kind, _, rest = text.partition(":")
    if kind == EXPORT and rest:
        yield _exported(text, Path(rest), at=at, files=files)
    elif kind == RUN and rest.isascii() and rest.isdecimal() and len(rest) < LONGEST_NUMBER:
        yield _read_before(text, rest, at=at, files=files)
    elif kind == ARCHIVE and rest:
        yield Archived(text, Path(rest), archive.system_of(Path(rest)))
    else:
        name, _, moment = text.partition("@")
        known_at = reading.moment("side", moment) if moment else None
        where, _, database = name.partition(":")
        if where != RECORDS or name.endswith(":"):
            raise SideUnknown("side", given=text)
        with elsewhere.opened(database) if database else nullcontext("default") as using:
            yield Database(text, using, known_at)


def _exported(text: str, path: Path, *, at: datetime, files: Path | None) -> Exported:
    """Raises ExportNotBroughtIn, and what reading refuses."""
    run = MigrationRow.objects.filter(sha256=fingerprint(path)).order_by("-pk").first()
    if run is None:
        raise ExportNotBroughtIn("file", given=path.name)
    shape = layout_of(run.layout)
    return _of_run(
        text, run, lambda: (row.legacy for row in rows_of(shape, path)), at=at, files=files
    )


def _read_before(text: str, number: str, *, at: datetime, files: Path | None) -> Exported:
    """An export by the rows that were kept of it when it was read. Raises NoSuchMigration."""
    run = migration.find(int(number))
    rows = partial(_rows_kept, run)
    return _of_run(text, run, rows, at=at, files=files)


def _rows_kept(run: MigrationRow) -> Iterator[LegacyDossier]:
    return (LegacyDossier.of_json(line.content) for line in migration.each_line(run))


def _of_run(
    text: str,
    run: MigrationRow,
    rows: Callable[[], Iterator[LegacyDossier]],
    *,
    at: datetime,
    files: Path | None,
) -> Exported:
    find = finder(files, keeps=False, by="", at=at) if files else none_found
    return Exported(text, run, rows, find, at, tells_files=files is not None)


def _drawn(one: History) -> Portrait | None:
    """A dossier as it is compared; nothing where nothing had happened yet."""
    entries = one.entries
    try:
        now = replay(entries) if entries is not None else None
    except (KeyError, TypeError, ValueError):  # events that nobody here can make sense of
        now, entries = None, None
    if entries is None:
        return unreadable(one.code)
    if now is None:
        return None
    drawn = portrait(now, entries, _rules(one.told_by))
    # Its events may speak of another dossier than the row that they are kept under.
    other = {} if now.code == one.code else {"code": now.code}
    return replace(drawn, code=one.code, fields={**drawn.fields, **other})


def _rules(told_by: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By which rule of the maps each value came to be."""
    return {
        _FIELD.get(one["kind"], one["kind"]): one["rule"]
        for told in told_by
        for one in told["mapped"]
    }


def _within(each: Iterable[tuple[str, int]], places: Collection[int]) -> dict[str, Segment]:
    found: dict[str, Segment] = {}
    for code, digest in each:
        if segment_of(code) in places:
            found[code] = found.get(code, Segment()).plus(digest)
    return found


def _batched(codes: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(codes)
    while some := list(islice(rest, TOGETHER)):
        yield some


# What a map of people decides is who holds a dossier.
_FIELD = {"person": "holder"}
