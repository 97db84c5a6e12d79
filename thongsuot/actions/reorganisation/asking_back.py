"""An undo is looked at beforehand, asked for with a reason, and made by a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count
from procrastinate.contrib.django import app

from thongsuot.actions.reorganisation.rehearsal import require_planner
from thongsuot.actions.reorganisation.undoing import Undone, received_since, scope_of, undo
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Subject
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.records import access
from thongsuot.records import reorganisation as records
from thongsuot.records import undoing as rows
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.reorganisation import MovedRow, ReorganisationRow
from thongsuot.records.undoing import UndoRow
from thongsuot.words import reading
from thongsuot.words.balance import undone_sentences
from thongsuot.words.refusals import sentence

TASK = "undo_reorganisation"
LONGEST_REASON = 1000


class UndoRuns(Refusal):
    """One undo of a plan is made at a time."""

    code = "undo_runs"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Back:
    """Dossiers that would go from the body that carries on to the one that had them."""

    heir: str
    body: str
    many: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an undo would do now: what goes back where, and why something does not."""

    operations: tuple[int, ...] = ()
    back: tuple[Back, ...] = ()
    received_since: int = 0
    others: tuple[tuple[Subject, int], ...] = ()
    refusals: tuple[Refusal, ...] = ()
    is_possible: bool = True

    @property
    def dossiers(self) -> int:
        """How many dossiers that the switch handed over would go back."""
        return sum(one.many for one in self.back)


def outlook(key: str, operation: int | None) -> Outlook:
    """What an undo of one operation, or of all that can be, would do; nothing is kept.

    Raises NoSuchReorganisation, OperationUnknown.
    """
    row = records.find(key)
    try:
        scope = scope_of(row, operation)
    except Refusal as refusal:
        if refusal.kind is Kind.UNKNOWN:
            raise
        return Outlook(refusals=(refusal,), is_possible=False)
    return Outlook(
        scope.numbers,
        _back(row, scope.numbers),
        received_since(row, scope),
        _others(row, scope.numbers),
        tuple(why for _, why in scope.refused),
        is_possible=bool(scope.numbers),
    )


def ask(key: str, operation: int | None, *, reason: object, by: Person, at: datetime) -> int:
    """Have an undo made by a worker; its number. The reason stays with it.

    Raises NotYourRight, FieldNeeded, NoSuchReorganisation, PlanNotAtThisStep, OperationUnknown,
    HeirHasDecided, OthersDepend, UndoRuns.
    """
    require_planner(by, at)
    why = reading.text("reason", reason, longest=LONGEST_REASON)
    with transaction.atomic():
        row = records.find(key, lock=True)
        scope = scope_of(row, operation)
        asked = UndoRow(
            plan=row,
            operation=operation,
            operations=list(scope.numbers),
            total=rows.to_give_back(row, scope.numbers),
            reason=why,
            by=by.account,
            at=at,
        )
        try:
            with transaction.atomic():
                asked.save(force_insert=True)
        except IntegrityError:
            raise UndoRuns("plan", plan=key) from None
        app.configure_task(TASK).defer(undo=asked.pk)
    return asked.pk


def carry_out(number: int, *, at: datetime) -> int:
    """Make an undo that was asked for, or go on with it; how many dossiers went back."""
    asked = UndoRow.objects.select_related("plan").get(pk=number)
    if asked.ended_at is not None:
        return 0
    by = access.account(asked.by).person()
    try:
        done = undo(key=asked.plan.key, operation=asked.operation, by=by, at=at)
    except Refusal as refusal:
        rows.settle(asked, said=sentence(refusal), is_refused=True, at=at)
        return 0
    rows.settle(asked, said=_said(asked, done), is_refused=False, at=at)
    return done.dossiers


def _said(asked: UndoRow, done: Undone) -> str:
    told = undone_sentences(
        operations=done.operations,
        dossiers=asked.total,
        received_since=done.received_since,
        refused=[sentence(why) for _, why in done.refused],
    )
    return "\n".join(told)


def _back(row: ReorganisationRow, numbers: tuple[int, ...]) -> tuple[Back, ...]:
    passed = CensusRow.objects.filter(
        plan=row, operation__in=numbers, fate=Fate.PASSED.value, undone_version=None
    )
    counted = passed.values("to_office", "office").annotate(many=Count("pk")).order_by("-many")
    return tuple(Back(*line) for line in counted.values_list("to_office", "office", "many"))


def _others(row: ReorganisationRow, numbers: tuple[int, ...]) -> tuple[tuple[Subject, int], ...]:
    """Accounts, counters and codes that were moved and would be moved back."""
    standing = row.operations.filter(number__in=numbers, undone_at=None)
    moved = MovedRow.objects.filter(
        plan=row,
        operation__in=standing.values("number"),
        step=MoveStep.MOVED.value,
    ).exclude(subject=Subject.DOSSIERS.value)
    counted = moved.values("subject").annotate(many=Count("key", distinct=True))
    return tuple(
        (Subject(name), many) for name, many in counted.order_by().values_list("subject", "many")
    )
