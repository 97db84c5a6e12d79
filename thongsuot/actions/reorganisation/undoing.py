"""Operations of a switch are taken back, as long as no heir has decided by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from thongsuot.actions.reorganisation.around import Around, posts
from thongsuot.actions.reorganisation.clocks import clocks
from thongsuot.actions.reorganisation.rehearsal import require_planner
from thongsuot.actions.reorganisation.subjects import undo_subjects
from thongsuot.actions.reorganisation.switching import as_written
from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import (
    Abolish,
    Known,
    MoveFunction,
    Operation,
    Plan,
    Split,
    faults,
    needed_by,
    without,
)
from thongsuot.domain.reorganisation.course import PlanNotAtThisStep, PlanState, PlanStep
from thongsuot.domain.reorganisation.custody import Origins, Posts, give_back, give_to_origin
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import census
from thongsuot.records import reorganisation as records
from thongsuot.records.census import Decided, Taken, Written
from thongsuot.records.reference import unchanging
from thongsuot.records.reorganisation import ReorganisationRow

BATCH = 2000

Tell = Callable[[int], None]


class OperationUnknown(Refusal):
    """The plan has no operation of this number."""

    code = "operation_unknown"
    kind = Kind.UNKNOWN


class HeirHasDecided(Refusal):
    """What a body decided by an operation stands; a new plan corrects it."""

    code = "heir_has_decided"
    kind = Kind.CONFLICT


class OthersDepend(Refusal):
    """Other operations of the plan rest on this one: they are taken back before it, or with it."""

    code = "others_depend"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and what could not be: the operation, and who decided what since."""

    operations: tuple[int, ...]
    dossiers: int
    received_since: int
    refused: tuple[tuple[int, HeirHasDecided], ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What an undo takes back of a plan, and what stays because an heir has decided."""

    plan: Plan
    numbers: tuple[int, ...]
    refused: tuple[tuple[int, HeirHasDecided], ...]


def undo(
    *, key: str, operation: int | None, by: Person, at: datetime, tell: Tell | None = None
) -> Undone:
    """Take one operation back, or all of a plan that can be; begun again, it goes on.

    Bodies, people and counters first, then dossiers batch by batch. One operation alone is
    refused where its heir has decided; of a whole plan those stay, with the operations that make
    their bodies, and are told.
    Raises NotYourRight, NoSuchReorganisation, OperationUnknown, PlanNotAtThisStep, OthersDepend,
    HeirHasDecided.
    """
    require_planner(by, at)
    row, plan, numbers, refused = _set_undone(key, operation, by=by, at=at)
    around = Around(plan)
    first = census.before_since(plan.effective_at)
    for number in sorted(numbers, reverse=True):
        undo_subjects(row, number, at, by)
    serving = posts(at.astimezone(VIETNAM).date())
    dossiers = since = 0
    for number in sorted(numbers):
        while made := _give_back_batch(row, plan, number, serving, by=by, at=at):
            dossiers += made
            if tell:
                tell(dossiers)
        since += _give_since(row, around, number, serving, first, by=by, at=at)
    _end(row, by=by, at=at)
    return Undone(tuple(sorted(numbers)), dossiers, since, refused)


@transaction.atomic
def _set_undone(
    key: str, operation: int | None, *, by: Person, at: datetime
) -> tuple[ReorganisationRow, Plan, tuple[int, ...], tuple[tuple[int, HeirHasDecided], ...]]:
    """Note which operations hold no more, after every reason against it was looked at."""
    row = records.find(key, lock=True)
    scope = scope_of(row, operation)
    _note_why(row, scope.refused)
    fresh = row.operations.filter(number__in=scope.numbers, undone_at=None)
    fresh.update(undone_at=at, undone_by=by.account, why_not_undone="")
    return row, scope.plan, scope.numbers, scope.refused


@transaction.atomic
def scope_of(row: ReorganisationRow, operation: int | None) -> Scope:
    """What an undo of one operation, or of all, takes back and what stays.

    Raises PlanNotAtThisStep, OperationUnknown, HeirHasDecided, OthersDepend.
    """
    key = row.key
    if row.state not in (PlanState.SWITCHED.value, PlanState.UNDONE.value):
        raise PlanNotAtThisStep("plan", plan=key, plan_state=row.state, step=PlanStep.UNDO.value)
    whole = whole_of(row)
    every = tuple(number for number, _ in whole.numbered)
    if operation is not None and operation not in every:
        raise OperationUnknown("operation", plan=key, given=operation)
    wanted = every if operation is None else (operation,)
    undone = set(row.operations.filter(undone_at__isnull=False).values_list("number", flat=True))
    around = Around(whole)
    refused = _refused(row, around, [number for number in wanted if number not in undone])
    if operation is not None and refused:
        raise refused[0][1]
    stay = needed_by(whole, (number for number, _ in refused))
    numbers = tuple(number for number in wanted if number not in stay)
    if rest := set(every) - undone - set(numbers):
        _require_standing_alone(without(whole, set(every) - rest), numbers, around)
    return Scope(whole, numbers, refused)


def _require_standing_alone(left: Plan, numbers: Iterable[int], around: Around) -> None:
    """What is left of a plan holds without these operations. Raises OthersDepend.

    Only the order of the bodies is looked at: what the catalogue has become since hinders nobody.
    """
    found = faults(left, Known(around.before))
    if not found:
        return
    lines = {fault.line for fault in found}
    others = [n for n, one in left.numbered if lines & {one.line, *_lines_of_shares(one)}]
    raise OthersDepend(
        "operation",
        plan=left.id,
        operation=", ".join(map(str, sorted(numbers))),
        others=", ".join(map(str, others)),
    )


def _lines_of_shares(operation: Operation) -> Iterator[int]:
    if isinstance(operation, Split | Abolish | MoveFunction):
        yield from (share.line for share in operation.shares)


def whole_of(row: ReorganisationRow) -> Plan:
    """The plan as it was switched, with what was undone since."""
    return replace(row.value(), undone=frozenset())


def _refused(
    row: ReorganisationRow, around: Around, numbers: Iterable[int]
) -> tuple[tuple[int, HeirHasDecided], ...]:
    found: list[tuple[int, HeirHasDecided]] = []
    first = census.before_since(around.plan.effective_at)
    for number in numbers:
        decided = census.decided_since(row, number) or _decided_on_new(row, around, number, first)
        if decided is not None:
            found.append((number, _has_decided(row, number, decided)))
    return tuple(found)


def _decided_on_new(
    row: ReorganisationRow, around: Around, number: int, first: int
) -> Decided | None:
    """What heirs decided on dossiers that they have only because of the operation."""
    origins = Origins(around.plan, number, around.before)
    for batch in _received_since(row, around, origins, first):
        for taken, decided in census.decided_of(batch):
            if _origin(taken.dossier, around, origins) is not None:
                return decided
    return None


def received_since(row: ReorganisationRow, scope: Scope) -> int:
    """How many dossiers that heirs took in since the instant would go to bodies of the old order."""
    around = Around(scope.plan)
    first = census.before_since(scope.plan.effective_at)
    found: set[int] = set()
    for number in scope.numbers:
        origins = Origins(around.plan, number, around.before)
        with transaction.atomic():
            for batch in _received_since(row, around, origins, first):
                found |= {
                    one.row
                    for one in batch
                    if not one.dossier.is_handed_over
                    and _origin(one.dossier, around, origins) is not None
                }
    return len(found)


def _received_since(
    row: ReorganisationRow, around: Around, origins: Origins, first: int
) -> Iterator[list[Taken]]:
    last, since = first, around.plan.effective_at
    while batch := census.take_received_since(
        row, origins.heirs, since=since, after=last, limit=BATCH
    ):
        yield batch
        last = batch[-1].row


def _has_decided(row: ReorganisationRow, number: int, decided: Decided) -> HeirHasDecided:
    return HeirHasDecided(
        "operation",
        plan=row.key,
        operation=number,
        office=decided.office,
        event=decided.event,
        code=decided.code,
    )


def _note_why(row: ReorganisationRow, refused: Iterable[tuple[int, HeirHasDecided]]) -> None:
    for number, why in refused:
        row.operations.filter(number=number).update(why_not_undone=str(why)[:300])


@unchanging()
@transaction.atomic
def _give_back_batch(
    row: ReorganisationRow, plan: Plan, number: int, serving: Posts, *, by: Person, at: datetime
) -> int:
    batch = census.take_passed(row, number, limit=BATCH)
    held = census.befores(row, batch)
    written: list[Written] = []
    nothing: list[Taken] = []
    watches = clocks(plan.longer_term, batch)
    for taken in map(watches.whole, batch):
        before, after = held[taken.dossier.code]
        event = None
        if not taken.dossier.is_handed_over:
            event = give_back(
                taken.dossier,
                before=before,
                after=after,
                plan=plan.id,
                operation=number,
                posts=serving,
            )
        if event is None:
            nothing.append(taken)
        else:
            event = watches.given_back(taken, event)
            written.append(_written(taken, event, by=by, at=at))
    census.write(row, written, is_undo=True)
    census.set_undone(nothing)
    return len(batch)


@unchanging()
def _give_since(
    row: ReorganisationRow,
    around: Around,
    number: int,
    serving: Posts,
    first: int,
    *,
    by: Person,
    at: datetime,
) -> int:
    """Give what heirs took in since the instant to the bodies of the old order; how many."""
    origins = Origins(around.plan, number, around.before)
    given = 0
    with transaction.atomic():
        for batch in _received_since(row, around, origins, first):
            written: list[Written] = []
            for taken in batch:
                found = None
                if not taken.dossier.is_handed_over:
                    found = _origin(taken.dossier, around, origins)
                if found is not None:
                    event = give_to_origin(
                        taken.dossier,
                        found[0],
                        plan=around.plan.id,
                        operation=number,
                        posts=serving,
                        is_fallback=found[1],
                    )
                    written += [_written(taken, event, by=by, at=at)] if event else []
            census.write(row, written, is_undo=True)
            given += len(written)
    return given


def _origin(dossier: Dossier, around: Around, origins: Origins) -> tuple[str, bool] | None:
    """The body of the old order that would have a dossier; None where it is that one already."""
    found = origins.of(around.facts(dossier), around.places_before(dossier))
    return None if found is None or found[0] == dossier.competent_office else found


def _written(taken: Taken, event: CustodyPassed, *, by: Person, at: datetime) -> Written:
    entry = Entry(event, at, at, by.account, taken.dossier.office, settings.HOME_SYSTEM)
    return as_written(taken, entry)


@transaction.atomic
def _end(row: ReorganisationRow, *, by: Person, at: datetime) -> None:
    """A plan of which nothing holds any more is undone."""
    row = records.find(row.key, lock=True)
    if row.state == PlanState.SWITCHED.value and not row.operations.filter(undone_at=None).exists():
        records.take_step(row, PlanStep.UNDO, by=by.account, at=at)
