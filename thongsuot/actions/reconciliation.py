"""Two accounts are compared: what is kept here, an old system's export, an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thongsuot.actions.archive import dossiers_of
from thongsuot.actions.migration.around import around
from thongsuot.actions.migration.attachments import finder, none_found
from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.reading import fingerprint, rows_of
from thongsuot.domain.dossier import replay
from thongsuot.domain.migration import Judged, judge
from thongsuot.domain.reconciliation import (
    Difference,
    Portrait,
    ReconcileLevel,
    compare,
    differing,
    masked,
    portrait,
    segment_of,
    segments,
)
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import dossier
from thongsuot.records.migration import MigrationRow
from thongsuot.records.reference import unchanging
from thongsuot.words import reading

RECORDS, EXPORT, ARCHIVE = "records", "export", "archive"


class SideUnknown(Refusal):
    """A side is `records`, `records@MOMENT`, `export:PATH` or `archive:PATH`."""

    code = "reconcile_side_unknown"
    kind = Kind.MALFORMED


class ExportNotBroughtIn(Refusal):
    """An export is compared by its maps: it has to be read and mapped first."""

    code = "export_not_brought_in"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Side:
    """One account: its name, and its dossiers as often as they are asked for."""

    name: str
    system: str  # whose dossiers it tells; "" for all
    each: Callable[[], Iterator[Portrait]]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of a comparison."""

    level: ReconcileLevel
    left: int
    right: int
    looked_into: int  # segments that did not agree
    differences: tuple[Difference, ...]

    @property
    def is_equal(self) -> bool:
        """Whether both sides tell the same."""
        return self.left == self.right and not self.differences


def reconcile(
    left: str, right: str, *, level: ReconcileLevel, at: datetime, files: Path | None = None
) -> Reconciled:
    """Compare two sides, each named as `records[@MOMENT]`, `export:PATH`, `archive:PATH`.

    The files that an export names are looked for below `files`.
    What is kept here is narrowed to the dossiers of the old system that the other side is of.
    Raises SideUnknown, ExportNotBroughtIn, BadField, and what reading an export refuses.
    """
    named = [_side(text, at=at, files=files) for text in (left, right)]
    systems = {side.system for side in named if side.system}
    whose = systems.pop() if len(systems) == 1 else ""
    one, other = (_narrowed(side, whose, at=at) for side in named)
    with unchanging():
        ours, theirs = segments(one.each(), level), segments(other.each(), level)
        places = differing(ours, theirs)
        found: list[Difference] = []
        if places and level is not ReconcileLevel.COUNTS:
            found = compare(_within(one.each(), places), _within(other.each(), places), level)
    left_many, right_many = (
        sum(segment.many for segment in side.values()) for side in (ours, theirs)
    )
    return Reconciled(level, left_many, right_many, len(places), tuple(map(masked, found)))


def _within(portraits: Iterable[Portrait], places: frozenset[int]) -> Iterator[Portrait]:
    return (one for one in portraits if segment_of(one.code) in places)


def _side(text: str, *, at: datetime, files: Path | None) -> Side:
    kind, _, path = text.partition(":")
    if kind == EXPORT and path:
        return _export(Path(path), text, at=at, files=files)
    if kind == ARCHIVE and path:
        return Side(text, "", lambda: _archived(Path(path)))
    name, _, moment = text.partition("@")
    if name != RECORDS:
        raise SideUnknown("side", given=text)
    known_at = reading.moment("side", moment) if moment else at
    return Side(text, "", lambda: _kept("", known_at))


def _narrowed(side: Side, system: str, *, at: datetime) -> Side:
    if side.system or not system:
        return side
    _, _, moment = side.name.partition("@")
    known_at = reading.moment("side", moment) if moment else at
    return Side(side.name, system, lambda: _kept(system, known_at))


def _kept(system: str, known_at: datetime) -> Iterator[Portrait]:
    """What is kept here, as it was known at a moment."""
    for entries in dossier.histories(system=system, known_at=known_at):
        now = replay(entries)
        if now is not None:
            yield portrait(now, entries)


def _archived(path: Path) -> Iterator[Portrait]:
    for one in dossiers_of(path):
        now = replay(one.entries)
        if now is not None:
            yield portrait(now, one.entries)


def _export(path: Path, name: str, *, at: datetime, files: Path | None) -> Side:
    """Raises ExportNotBroughtIn, and what reading refuses."""
    run = MigrationRow.objects.filter(sha256=fingerprint(path)).order_by("-pk").first()
    if run is None:
        raise ExportNotBroughtIn("file", given=path.name)
    return Side(name, run.system, lambda: _told(run, path, at=at, files=files))


def _told(run: MigrationRow, path: Path, *, at: datetime, files: Path | None) -> Iterator[Portrait]:
    """What an export says, by the maps of today; a code told again is told once.

    A row that is refused is no dossier: it stands in the books with its reason.
    """
    shape = layout_of(run.layout)
    near = around(run, shape, at=(run.loaded_at or at).astimezone(VIETNAM))
    find = finder(files, keeps=False, by="", at=at) if files else none_found
    seen = set[str]()
    for row in rows_of(shape, path):
        judged = judge(row.legacy, near, find(row.legacy))
        if judged.dossier is None or judged.dossier.code in seen:
            continue
        seen.add(judged.dossier.code)
        yield portrait(judged.dossier, judged.entries, _rules(judged))


def _rules(judged: Judged) -> dict[str, str]:
    return {_FIELD.get(value.kind.value, value.kind.value): value.rule for value in judged.mapped}


_FIELD = {"person": "holder"}
