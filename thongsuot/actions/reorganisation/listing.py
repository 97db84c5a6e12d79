"""What a rehearsal found as one list: for the screen a part of it, for the workbook all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thongsuot.actions.reorganisation.rehearsal import Rehearsal
from thongsuot.domain.reorganisation import Subject
from thongsuot.paper.listing import listing
from thongsuot.records.directory import OfficeRow
from thongsuot.words.plans import keys
from thongsuot.words.reorganisation import (
    GAP_COLUMN,
    HELD_BY,
    REHEARSAL_COLUMNS,
    REHEARSAL_TITLE,
    gap_sentence,
    rule_sentence,
    told_facts,
)


@dataclass(frozen=True, slots=True)
class TouchedLine:
    """One thing that a plan touches: before, after, by which rule."""

    subject: Subject
    key: str
    body: str
    to: str
    before: str
    after: str
    rule: str
    operation: int
    is_fallback: bool = False


def names_of(found: Rehearsal) -> dict[str, str]:
    """The names of the bodies of a rehearsal, those that begin by it too."""
    names = dict(OfficeRow.objects.order_by("valid").values_list("code", "name"))
    for move in found.moves:
        if move.subject is Subject.CODES and "name" in move.after:
            names.setdefault(move.key, str(move.after["name"]))
    return names


def lines(found: Rehearsal) -> Iterator[TouchedLine]:
    """Everything that is touched, dossiers first."""
    for one in found.dossiers:
        yield TouchedLine(
            Subject.DOSSIERS,
            one.code,
            one.body,
            one.to,
            HELD_BY.format(code=one.body),
            HELD_BY.format(code=one.to),
            rule_sentence(one.rule),
            one.operation,
            one.is_fallback,
        )
    for move in found.moves:
        yield TouchedLine(
            move.subject,
            move.key,
            move.body,
            move.to,
            told_facts(move.before),
            told_facts(move.after),
            rule_sentence(move.rule),
            move.operation,
        )


def workbook(found: Rehearsal, *, by: str) -> bytes:
    """The whole rehearsal as a workbook, gaps first; written row by row."""
    names = names_of(found)
    title = REHEARSAL_TITLE.format(plan=found.plan)
    return listing(title, REHEARSAL_COLUMNS, _rows(found, names), at=found.at, by=by)


def _rows(found: Rehearsal, names: Mapping[str, str]) -> Iterator[tuple[str | int, ...]]:
    for gap, dossier in found.gaps:
        yield (GAP_COLUMN, dossier, gap.office, "", gap_sentence(gap), "", "", gap.operation)
    for line in lines(found):
        yield (
            keys.SUBJECTS[line.subject],
            line.key,
            names.get(line.body, line.body),
            names.get(line.to, line.to),
            line.before,
            line.after,
            line.rule,
            line.operation,
        )
