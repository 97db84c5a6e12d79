"""New rows beside those that are there: the same again is nothing, other content is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db import models

from thongsuot.actions.load.report import Read, Sheet
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.records.spans import to_range, to_span

BATCH = 2000
FEW = 1000  # up to so many lines it is quicker to look for their rows alone
DAYS = "valid"  # the column in which every row with days keeps them

Row = TypeVar("Row", bound=models.Model)
Key = tuple[object, ...]


class ContentDiffers(Refusal):
    """A row of this key is there with other content; a day is needed from which it changes."""

    code = "content_differs"
    kind = Kind.CONFLICT


class VersionOverlaps(Refusal):
    """Another version of the same thing holds on some of these days."""

    code = "version_overlaps"
    kind = Kind.CONFLICT


class LineTwice(Refusal):
    """An earlier line of the same file already speaks of this."""

    code = "line_twice"
    kind = Kind.MALFORMED


def reseat(row: models.Model, span: Span, _: int) -> None:
    """Let a row hold on other days."""
    setattr(row, DAYS, to_range(span))


@dataclass(frozen=True, slots=True)
class Kept(Generic[Row]):
    """A table: what tells its rows apart, what they say, how a version gets days and number."""

    model: type[Row]
    key: tuple[str, ...]
    content: Callable[[Row], object]
    reseat: Callable[[Row, Span, int], None] = reseat

    def key_of(self, row: Row) -> Key:
        """What tells a row apart."""
        return tuple(_hashable(getattr(row, name)) for name in self.key)

    def stored(self, read: Read[Row]) -> Sequence[Row]:
        """The rows that are there and may be spoken of."""
        rows = self.model._default_manager.order_by("pk")
        if len(read) <= FEW:
            first = self.key[0]
            rows = rows.filter(**{f"{first}__in": [getattr(row, first) for _, row in read]})
        return list(rows)


def columns(*names: str) -> Callable[[models.Model], object]:
    """Some columns of a row as what it says."""

    def content(row: models.Model) -> object:
        return [getattr(row, name) for name in names]

    return content


def add_rows(sheet: Sheet, read: Read[Row], table: Kept[Row], *, as_of: date | None) -> None:
    """Keep rows without days of their own; with a day given, other content replaces."""
    known = {table.key_of(row): row for row in table.stored(read)}
    fresh: dict[Key, Row] = {}
    for line, row in read:
        key = table.key_of(row)
        before = known.get(key)
        if key in fresh:
            sheet.refuse(line, LineTwice("line", given=_said(key)))
        elif before is None:
            fresh[key] = row
            sheet.loaded += 1
        elif table.content(before) == table.content(row):
            sheet.unchanged += 1
        elif as_of is None:
            sheet.refuse(line, ContentDiffers("line", given=_said(key)))
        else:
            row.pk = before.pk
            row.save()
            sheet.loaded += 1
    table.model._default_manager.bulk_create(fresh.values(), batch_size=BATCH)


def add_versions(
    sheet: Sheet, read: Read[Row], table: Kept[Row], *, as_of: date | None
) -> list[Row]:
    """Keep rows that hold on days; with a day given, other content follows from that day.

    Returns the rows that are new.
    """
    merge = _Versions(table, as_of, table.stored(read))
    for line, row in read:
        try:
            is_new = merge.take(row)
        except Refusal as refusal:
            sheet.refuse(line, refusal)
            continue
        sheet.loaded += is_new
        sheet.unchanged += not is_new
    merge.keep()
    return merge.fresh


@dataclass(slots=True)
class _Versions(Generic[Row]):
    table: Kept[Row]
    as_of: date | None
    stored: Sequence[Row]
    known: dict[Key, list[Row]] = field(default_factory=dict)
    fresh: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = defaultdict(list)
        for row in self.stored:
            self.known[self.table.key_of(row)].append(row)

    def take(self, row: Row) -> bool:
        """Whether a version is new; the same as one that is there is not.

        Raises LineTwice, ContentDiffers, VersionOverlaps.
        """
        versions = self.known[self.table.key_of(row)]
        same = [version for version in versions if self._is_same(version, row)]
        if same and same[0].pk is None:
            raise LineTwice("line", given=_said(self.table.key_of(row)))
        if same:
            return False
        in_the_way = [version for version in versions if _span(version).overlaps(_span(row))]
        if not in_the_way:
            self._add(row, _span(row))
        else:
            self._follow(in_the_way, row)
        return True

    def keep(self) -> None:
        """Write what was decided; what ends, ends before what follows it begins."""
        for row in self.moved:
            row.save()
        self.table.model._default_manager.bulk_create(self.fresh, batch_size=BATCH)

    def _is_same(self, version: Row, row: Row) -> bool:
        # A version that was let in from a day begins later than its line says.
        there, given = _span(version), _span(row)
        days = there.end == given.end and there.start >= given.start
        return days and self.table.content(version) == self.table.content(row)

    def _follow(self, in_the_way: list[Row], row: Row) -> None:
        last, given = in_the_way[-1], _span(row)
        key = _said(self.table.key_of(row))
        if any(version.pk is None for version in in_the_way):
            raise LineTwice("line", given=key)
        if self.as_of is None:
            same_start = _span(last).start == given.start
            raise (ContentDiffers if same_start else VersionOverlaps)("line", given=key)
        there = _span(last)
        if not there.contains(self.as_of) or there.start == self.as_of:
            raise VersionOverlaps("line", given=key)
        self._replace(last, row, self.as_of)

    def _replace(self, last: Row, row: Row, day: date) -> None:
        """From a day on, what the line says; where only the end differs, only that changes."""
        there, given = _span(last), _span(row)
        if self.table.content(last) == self.table.content(row):
            self._seat(last, Span(there.start, given.end), self._number(last))
        else:
            follows = Span(day, given.end)
            self._seat(last, Span(there.start, day), self._number(last))
            self._add(row, follows)
        self.moved.append(last)

    def _add(self, row: Row, span: Span) -> None:
        versions = self.known[self.table.key_of(row)]
        self._seat(row, span, len(versions) + 1)
        versions.append(row)
        self.fresh.append(row)

    def _number(self, row: Row) -> int:
        return self.known[self.table.key_of(row)].index(row) + 1

    def _seat(self, row: Row, span: Span, number: int) -> None:
        self.table.reseat(row, span, number)


def _span(row: models.Model) -> Span:
    return to_span(getattr(row, DAYS))


def _said(key: Key) -> str:
    return " · ".join(str(part) for part in key if part != "")


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
