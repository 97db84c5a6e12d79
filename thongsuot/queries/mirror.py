"""Where our catalogue and the national procedure database differ; nothing is applied here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from thongsuot.domain.catalogue import Origin, Procedure
from thongsuot.domain.mirror import Aspect, Difference, Mirrored, differences
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.mirror import NEW, MirrorRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class MirrorLine:
    """One procedure that differs; `answer` says in which of the two answers."""

    base: str
    code: str
    name: str
    answer: str
    is_ours: bool
    seen_at: datetime | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class MirrorPage:
    """A page of what differs, how much there is of each kind, and when it was last read."""

    lines: tuple[MirrorLine, ...]
    total: int
    same: int
    counts: tuple[tuple[Aspect, int], ...]
    read_at: datetime | None


def compared(*, on: date, aspect: str = "", number: int = 1) -> MirrorPage:
    """What differs today, by code; `aspect` narrows to one kind."""
    ours = _in_force(on)
    rows = list(MirrorRow.objects.order_by("base", "answer", "code"))
    lines = [_line(ours.get(row.base), row) for row in rows]
    if any(row.answer == NEW for row in rows):
        told = {row.base for row in rows if row.answer == NEW}
        lines += [
            _missing(one) for base, one in ours.items() if base not in told and _is_there(one)
        ]
    differing = sorted((one for one in lines if one.differences), key=lambda one: one.base)
    wanted = [one for one in differing if not aspect or aspect in _aspects(one)]
    start = (max(number, 1) - 1) * PAGE
    counts = ((each, sum(each in _aspects(one) for one in differing)) for each in Aspect)
    return MirrorPage(
        lines=tuple(wanted[start : start + PAGE]),
        total=len(wanted),
        same=len(lines) - len(differing),
        counts=tuple(one for one in counts if one[1]),
        read_at=MirrorRow.objects.aggregate(last=Max("seen_at"))["last"],
    )


def _in_force(on: date) -> dict[str, Procedure]:
    rows = ProcedureRow.objects.filter(valid__contains=on)
    return {row.base: row.value() for row in rows}


def _is_there(ours: Procedure) -> bool:
    """Internal procedures are nobody's but ours: the database does not list them."""
    return ours.origin is not Origin.INTERNAL


def _line(ours: Procedure | None, row: MirrorRow) -> MirrorLine:
    theirs: Mirrored = row.value()
    return MirrorLine(
        base=row.base,
        code=row.code,
        name=ours.name if ours else theirs.name,
        answer=row.answer,
        is_ours=ours is not None,
        seen_at=row.seen_at,
        differences=differences(ours, theirs),
    )


def _missing(ours: Procedure) -> MirrorLine:
    return MirrorLine(
        base=ours.code.base,
        code=str(ours.code),
        name=ours.name,
        answer=NEW,
        is_ours=True,
        seen_at=None,
        differences=differences(ours, None),
    )


def _aspects(line: MirrorLine) -> set[str]:
    return {one.aspect.value for one in line.differences}
