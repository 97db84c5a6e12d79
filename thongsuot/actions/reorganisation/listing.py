"""What a rehearsal found as one list: kept for the screen, and whole in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from thongsuot.actions.reorganisation.rehearsal import Rehearsal
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Subject
from thongsuot.paper.listing import listing
from thongsuot.records import rehearsal as records
from thongsuot.records.directory import OfficeRow
from thongsuot.records.rehearsal import KeptLine
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.words.plans import keys
from thongsuot.words.reorganisation import (
    GAP_COLUMN,
    HELD_BY,
    REHEARSAL_COLUMNS,
    REHEARSAL_TITLE,
    due_sentence,
    gap_sentence,
    rule_sentence,
    told_facts,
)

Told = tuple[str, str]  # a gap in one sentence, and the dossier that it holds back


class Line(Protocol):
    """One thing that a plan touches, in words."""

    @property
    def subject(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def operation(self) -> int: ...


def keep(row: ReorganisationRow, found: Rehearsal, *, by: Person) -> None:
    """Keep what a rehearsal found, for the screens to read."""
    records.keep(
        row,
        list(lines(found)),  # nothing else may be asked while they are copied in
        seal=found.seal,
        at=found.at,
        by=by.account,
        told={
            "due": due_sentence(found.longer)[:600],
            "totals": {**found.totals},
            "by_fallback": found.by_fallback,
            "gaps": [[sentence, dossier] for sentence, dossier in told(found)],
        },
    )


def told(found: Rehearsal) -> list[Told]:
    """The gaps of a rehearsal in sentences."""
    return [(gap_sentence(gap), dossier) for gap, dossier in found.gaps]


def lines(found: Rehearsal) -> Iterator[KeptLine]:
    """Everything that is touched, dossiers first, bodies by their names."""
    names = _names_of(found)
    for one in found.dossiers:
        yield KeptLine(
            Subject.DOSSIERS.value,
            one.code,
            names.get(one.body, one.body),
            names.get(one.to, one.to),
            HELD_BY.format(code=one.body),
            HELD_BY.format(code=one.to),
            rule_sentence(one.rule),
            one.operation,
            one.is_fallback,
        )
    for move in found.moves:
        yield KeptLine(
            move.subject.value,
            move.key,
            names.get(move.body, move.body),
            names.get(move.to, move.to),
            told_facts(move.before),
            told_facts(move.after),
            rule_sentence(move.rule),
            move.operation,
            is_fallback=False,
        )


def workbook(found: Rehearsal, *, by: str) -> bytes:
    """The whole rehearsal as a workbook."""
    return book(found.plan, told(found), lines(found), at=found.at, by=by)


def book(plan: str, gaps: Iterable[Told], found: Iterable[Line], *, at: datetime, by: str) -> bytes:
    """A rehearsal as a workbook, gaps first; written row by row."""
    title = REHEARSAL_TITLE.format(plan=plan)
    return listing(title, REHEARSAL_COLUMNS, _rows(gaps, found), at=at, by=by)


def _rows(gaps: Iterable[Told], found: Iterable[Line]) -> Iterator[tuple[str | int, ...]]:
    for sentence, dossier in gaps:
        yield (GAP_COLUMN, dossier, "", "", sentence, "", "", "")
    for line in found:
        yield (
            keys.SUBJECTS[Subject(line.subject)],
            line.key,
            line.body,
            line.to,
            line.before,
            line.after,
            line.rule,
            line.operation,
        )


def _names_of(found: Rehearsal) -> Mapping[str, str]:
    """The names of the bodies of a rehearsal, those that begin by it too."""
    names = dict(OfficeRow.objects.order_by("valid").values_list("code", "name"))
    for move in found.moves:
        if move.subject is Subject.CODES and "name" in move.after:
            names.setdefault(move.key, str(move.after["name"]))
    return names
