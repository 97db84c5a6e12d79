"""The operations of a switched plan with what each would give back, and what was asked so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count

from thongsuot.domain.reorganisation import Operation, Plan, heirs_named_by, touched_by
from thongsuot.queries import access
from thongsuot.queries.reorganisation import PlanPage, plan
from thongsuot.records import reorganisation as records
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.undoing import UndoRow


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation: how many dossiers it handed over that are not given back, and its undoing."""

    number: int
    operation: Operation
    dossiers: int
    undone_at: datetime | None
    why_not: str


@dataclass(frozen=True, slots=True)
class UndoLine:
    """An undo that was asked for: who, why, how far it is, what came of it."""

    operation: int | None
    by: str
    reason: str
    at: datetime
    total: int
    remaining: int
    ended_at: datetime | None
    said: tuple[str, ...]
    is_refused: bool

    @property
    def done(self) -> int:
        """How many dossiers went back."""
        return self.total - self.remaining


@dataclass(frozen=True, slots=True)
class UndoPage:
    """What can be taken back of a plan, and what was."""

    page: PlanPage
    whole: Plan  # with what was undone since
    operations: tuple[OperationLine, ...]
    asked: tuple[UndoLine, ...]

    @property
    def bodies(self) -> frozenset[str]:
        """The codes of the bodies that its operations speak of."""
        found: set[str] = set()
        for line in self.operations:
            one = line.operation
            found |= {*touched_by(one), *heirs_named_by(one), getattr(one, "parent", "")}
        return frozenset(found)

    @property
    def runs(self) -> bool:
        """Whether an undo is being made."""
        return any(one.ended_at is None for one in self.asked)


def undo_page(key: str) -> UndoPage:
    """The operations of a plan and its undos, the newest first. Raises NoSuchReorganisation."""
    page = plan(key)
    row = records.find(key)
    passed = CensusRow.objects.filter(plan=row, fate=Fate.PASSED.value, undone_version=None)
    counted = passed.values("operation").annotate(many=Count("pk")).order_by()
    many = dict(counted.values_list("operation", "many"))
    kept = {one.number: one for one in row.operations.all()}
    whole = replace(page.plan, undone=frozenset())
    lines = tuple(
        OperationLine(
            number, one, many.get(number, 0), kept[number].undone_at, kept[number].why_not_undone
        )
        for number, one in whole.numbered
    )
    return UndoPage(page, whole, lines, _asked(row))


def _asked(row: records.ReorganisationRow) -> tuple[UndoLine, ...]:
    found = list(UndoRow.objects.filter(plan=row).select_related("plan").order_by("-pk"))
    names = access.names(one.by for one in found)
    return tuple(
        UndoLine(
            one.operation,
            names.get(one.by, one.by),
            one.reason,
            one.at,
            one.total,
            0 if one.ended_at else one.remaining(),
            one.ended_at,
            tuple(one.said.splitlines()),
            one.is_refused,
        )
        for one in found
    )
