"""Everything but dossiers is switched subject by subject, and moved back operation by operation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from thongsuot.actions.reorganisation.ground import Ground, ground_for, local_day
from thongsuot.actions.reorganisation.moves import LOOKS, Begins, Change, Move, Sets
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Plan, Subject
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.domain.spans import Span
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow, GrantRow, SubstitutionRow
from thongsuot.records.codec import Json
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reorganisation import MovedRow, ReorganisationRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_range, to_span

# Their names in what is kept of a move; never changed.
TABLES: dict[str, type[Model]] = {
    "office": OfficeRow,
    "succession": SuccessionRow,
    "counter": ReceptionPointRow,
    "account": AccountRow,
    "grant": GrantRow,
    "substitution": SubstitutionRow,
    "roster": RosterRow,
    "competence": CompetenceRow,
}
NAMES = {table: name for name, table in TABLES.items()}
OF_DOSSIERS = (Subject.DOSSIERS, Subject.STEPS)
BATCH = 1000


def switch_subjects(plan_row: ReorganisationRow, plan: Plan, at: datetime, by: Person) -> int:
    """Move everything but dossiers; how many things were moved now.

    One transaction for each subject; begun again, it goes on after the last one that was kept.
    """
    return sum(
        _switch_one(plan_row, name, ground_for(plan), at=at, by=by.account) for name in LOOKS
    )


@transaction.atomic
def _switch_one(
    plan_row: ReorganisationRow, name: str, ground: Ground, *, at: datetime, by: str
) -> int:
    # Two who switch the same plan take turns.
    ReorganisationRow.objects.select_for_update().get(pk=plan_row.pk)
    moves = list(_not_yet(plan_row, LOOKS[name](ground).moves))
    for move in moves:
        done = [_write(change, ground.day) for change in move.changes]
        _note(plan_row, move, done, by=by, at=at).save()
    return len(moves)


def _not_yet(plan_row: ReorganisationRow, moves: Iterable[Move]) -> Iterable[Move]:
    """The moves that are not noted, or were noted and moved back."""
    noted: dict[tuple[str, str], str] = {}
    rows = MovedRow.objects.filter(plan=plan_row).exclude(
        subject__in=[subject.value for subject in OF_DOSSIERS]
    )
    for subject, key, step in rows.order_by("pk").values_list("subject", "key", "step"):
        noted[subject, key] = step
    for move in moves:
        thing = (move.subject.value, move.key[:80])
        if noted.get(thing, MoveStep.UNDONE.value) == MoveStep.UNDONE.value:
            noted[thing] = move.step.value
            yield move


def undo_subjects(
    plan_row: ReorganisationRow, operation_number: int, at: datetime, by: Person
) -> int:
    """Move back everything but dossiers that one operation moved; how many things."""
    return sum(
        _undo_one(plan_row, operation_number, subject, at=at, by=by.account)
        for subject in reversed(Subject)
        if subject not in OF_DOSSIERS
    )


@transaction.atomic
def _undo_one(
    plan_row: ReorganisationRow, operation: int, subject: Subject, *, at: datetime, by: str
) -> int:
    ReorganisationRow.objects.select_for_update().get(pk=plan_row.pk)
    last: dict[str, MovedRow] = {}
    rows = MovedRow.objects.filter(plan=plan_row, subject=subject.value, operation=operation)
    for row in rows.order_by("pk"):
        last[row.key] = row
    moved = [row for row in last.values() if row.step != MoveStep.UNDONE.value]
    for row in reversed(moved):
        for done in reversed(_done(row)):
            _take_back(done, on=local_day(at))
        records.moved(
            plan_row,
            operation=operation,
            subject=subject,
            key=row.key,
            before=row.after,
            after=row.before,
            rule=row.rule,
            by=by,
            at=at,
            step=MoveStep.UNDONE,
        ).save()
    return len(moved)


def _note(
    plan_row: ReorganisationRow, move: Move, done: list[Json], *, by: str, at: datetime
) -> MovedRow:
    return records.moved(
        plan_row,
        operation=move.operation,
        subject=move.subject,
        key=move.key[:80],
        before=move.before,
        after=move.after | {"done": done},
        rule=move.rule,
        by=by,
        at=at,
        step=move.step,
    )


def _done(row: MovedRow) -> list[dict[str, Any]]:
    return list(row.after.get("done", ())) if isinstance(row.after, dict) else []


def _write(change: Change, day: date) -> Json:
    """Carry out one change; what has to be known to take it back."""
    row: Any = change.row
    table = NAMES[type(row)]
    if isinstance(change, Begins):
        row.save()
        return {"did": "begin", "table": table, "row": row.pk}
    if isinstance(change, Sets):
        before = getattr(row, change.column)
        type(row).objects.filter(pk=row.pk).update(**{change.column: change.value})
        return {"did": "set", "table": table, "row": row.pk, "was": {change.column: before}}
    held = to_span(getattr(row, change.span))
    valid = to_range(Span(held.start, day))
    type(row).objects.filter(pk=row.pk).update(**{change.span: valid})
    was = held.end.isoformat() if held.end else None
    return {"did": "end", "table": table, "row": row.pk, "was": {change.span: was}}


def _take_back(done: dict[str, Any], *, on: date) -> None:
    table: Any = TABLES[done["table"]]
    rows = table.objects.filter(pk=done["row"])
    if done["did"] == "set":
        rows.update(**done["was"])
    elif done["did"] == "end":
        row = rows.first()
        for column, was in done["was"].items() if row else ():
            held = to_span(getattr(row, column))
            end = date.fromisoformat(was) if was else None
            rows.update(**{column: to_range(Span(held.start, end))})
    else:
        _take_away(rows, on=on)


def _take_away(rows: Any, *, on: date) -> None:
    """What began is as if it had never been; a body that worked keeps the days on which it did."""
    row = rows.first()
    if (isinstance(row, OfficeRow) and _worked(row)) or (
        isinstance(row, ReceptionPointRow) and _received_at(row.key)
    ):
        start = to_span(row.valid).start
        rows.update(valid=to_range(Span(start, max(on, start + timedelta(days=1)))))
    else:
        rows.delete()


def _worked(office: OfficeRow) -> bool:
    """Whether a body that was new had a dossier, so that its code has to be known for ever."""
    if OfficeRow.objects.filter(code=office.code).exclude(pk=office.pk).exists():
        return False
    code = office.code
    held = Q(receiving_office=code) | Q(competent_office=code) | Q(office=code)
    return DossierRow.objects.filter(held).exists()


def _received_at(key: str) -> bool:
    if ReceptionPointRow.objects.filter(key=key).count() > 1:
        return False
    return DossierRow.objects.filter(receiving_point=key).exists()
