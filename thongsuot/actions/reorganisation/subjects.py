"""Everything but dossiers is switched subject by subject, and moved back operation by operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import transaction
from django.db.models import DateField, F, Func, Model, Q, QuerySet, Value

from thongsuot.actions.reorganisation.ground import Ground, ground_for, local_day
from thongsuot.actions.reorganisation.moves import LOOKS, Begins, Change, Ends, Move, Sets
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Plan, Subject
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow, GrantRow, SubstitutionRow
from thongsuot.records.census import before_switch
from thongsuot.records.codec import Json
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reorganisation import MovedRow, ReorganisationRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_span

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
    _write([change for move in moves for change in move.changes], ground.day)
    MovedRow.objects.bulk_create(
        [_note(plan_row, move, by=by, at=at) for move in moves], batch_size=BATCH
    )
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
    _take_back([done for row in moved for done in _done(row)], plan_row, on=local_day(at))
    MovedRow.objects.bulk_create(
        [
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
            )
            for row in reversed(moved)
        ],
        batch_size=BATCH,
    )
    return len(moved)


def _note(plan_row: ReorganisationRow, move: Move, *, by: str, at: datetime) -> MovedRow:
    done: list[Json] = [_told(change) for change in move.changes]
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


def _write(changes: Sequence[Change], day: date) -> None:
    """Carry out changes, those of a kind together: what ends makes room for what begins."""
    ends = defaultdict[tuple[type[Model], str], list[int]](list)
    sets = defaultdict[tuple[type[Model], str, str | bool], list[int]](list)
    begins = defaultdict[type[Model], list[Model]](list)
    for change in changes:
        kind = type(change.row)
        match change:
            case Ends():
                ends[kind, change.span].append(change.row.pk)
            case Sets():
                sets[kind, change.column, change.value].append(change.row.pk)
            case Begins():
                begins[kind].append(change.row)
    for (kind, span), numbers in ends.items():
        _end(kind, span, numbers, day)
    for (kind, column, value), numbers in sets.items():
        _rows(kind).filter(pk__in=numbers).update(**{column: value})
    for kind, rows in begins.items():
        _rows(kind).bulk_create(rows, batch_size=BATCH)


def _told(change: Change) -> Json:
    """What has to be known to take a change back that was carried out."""
    row: Any = change.row
    told: dict[str, Json] = {"table": NAMES[type(row)], "row": row.pk}
    match change:
        case Begins():
            return told | {"did": "begin"}
        case Sets():
            return told | {"did": "set", "was": {change.column: getattr(row, change.column)}}
        case Ends():
            end = to_span(getattr(row, change.span)).end
            return told | {"did": "end", "was": {change.span: end.isoformat() if end else None}}


def _take_back(changes: Sequence[dict[str, Any]], plan_row: ReorganisationRow, *, on: date) -> None:
    """Take changes back, those of a kind together, in the reverse order of their writing."""
    begun = defaultdict[str, list[int]](list)
    was = defaultdict[tuple[str, str, str, Any], list[int]](list)
    for done in changes:
        for column, value in done.get("was", {}).items():
            was[done["did"], done["table"], column, value].append(done["row"])
        if done["did"] == "begin":
            begun[done["table"]].append(done["row"])
    for table, numbers in begun.items():
        _take_away(_rows(TABLES[table]).filter(pk__in=numbers), plan_row, on=on)
    for (did, table, column, value), numbers in sorted(was.items(), key=_sets_first):
        if did == "set":
            _rows(TABLES[table]).filter(pk__in=numbers).update(**{column: value})
        else:
            end = date.fromisoformat(value) if value else None
            _end(TABLES[table], column, numbers, end)


def _sets_first(one: tuple[tuple[str, str, str, Any], list[int]]) -> bool:
    return one[0][0] != "set"


def _rows(kind: type[Model]) -> QuerySet[Any]:
    return kind._default_manager.all()


def _end(kind: type[Model], span: str, numbers: Sequence[int], end: date | None) -> None:
    """Rows hold until a day; None is for ever."""
    until = Func(
        F(f"{span}__startswith"),
        Value(end, output_field=DateField()),
        function="daterange",
        output_field=DateRangeField(),
    )
    _rows(kind).filter(pk__in=numbers).update(**{span: until})


def _take_away(rows: QuerySet[Any], plan_row: ReorganisationRow, *, on: date) -> None:
    """What began is as if it had never been; a body that worked keeps the days on which it did."""
    if rows.model in (OfficeRow, ReceptionPointRow):
        first = before_switch(plan_row)
        for row in rows:
            if _worked(row) if isinstance(row, OfficeRow) else _received_at(row.key, after=first):
                start = to_span(row.valid).start
                _end(rows.model, "valid", [row.pk], max(on, start + timedelta(days=1)))
                rows = rows.exclude(pk=row.pk)
    rows.delete()


def _worked(office: OfficeRow) -> bool:
    """Whether a body that was new had a dossier, so that its code has to be known for ever."""
    if OfficeRow.objects.filter(code=office.code).exclude(pk=office.pk).exists():
        return False
    code = office.code
    held = Q(receiving_office=code) | Q(competent_office=code) | Q(office=code)
    return DossierRow.objects.filter(held).exists()


def _received_at(key: str, *, after: int) -> bool:
    if ReceptionPointRow.objects.filter(key=key).count() > 1:
        return False
    return DossierRow.objects.filter(receiving_point=key, pk__gt=after).exists()
