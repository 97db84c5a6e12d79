"""The dossiers that were open when a switch began, and what became of each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection, models
from django.db.models import Count
from psycopg import sql

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier, Entry, Status
from thongsuot.domain.dossier.events import Applicant, CustodyPassed, PlaceGiven
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.dossier.transfer import Custody, custody_of
from thongsuot.domain.messages import Message
from thongsuot.domain.reorganisation import Gap, Subject
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.records.codec import Json, encode
from thongsuot.records.dossier import DossierRow, EventRow, event_columns
from thongsuot.records.messages import OutboxRow, owed_columns
from thongsuot.records.reorganisation import GapRow, MovedRow, ReorganisationRow
from thongsuot.records.writing import defaults_of


class Fate(StrEnum):
    """What became of one dossier of a census; empty while nobody looked at it yet."""

    WAITS = ""
    PASSED = "passed"
    STAYS = "stays"  # its bodies go on with it
    ENDED = "ended"  # the applicant had the result before its turn came
    HELD = "held"  # a gap holds it back


class CensusRow(models.Model):
    """A dossier in the balance of a switch: as it was when the switch began."""

    plan = models.ForeignKey(ReorganisationRow, models.PROTECT, related_name="census")
    dossier = models.ForeignKey(DossierRow, models.PROTECT, related_name="+")
    office = models.CharField(max_length=35)
    procedure = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    due_at = models.DateTimeField(null=True)
    was_open = models.BooleanField()
    is_since = models.BooleanField()  # taken in while the switch was going on
    fate = models.CharField(max_length=6, blank=True)
    to_office = models.CharField(max_length=35, blank=True)
    operation = models.PositiveIntegerField(default=0)
    custody_version = models.PositiveIntegerField(null=True)
    undone_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "dossier"], name="census_once"),
            models.CheckConstraint(
                name="census_fate_is_known",
                condition=models.Q(fate__in=[fate.value for fate in Fate]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "dossier"], name="census_waits", condition=models.Q(fate="")
            ),
            models.Index(fields=["plan", "operation", "dossier"], name="census_by_operation"),
            models.Index(fields=["plan", "office", "to_office"], name="census_by_pair"),
        ]


@dataclass(frozen=True, slots=True)
class Taken:
    """One dossier of a batch, locked: its census line, its row and what its columns say of it."""

    census: int
    row: int
    dossier: Dossier
    next_check_at: datetime | None


@dataclass(frozen=True, slots=True)
class Clock:
    """What lists read of a clock that a plan moved by its legal basis, or moved back."""

    due_at: datetime | None
    extended_to: datetime | None
    standing: str
    next_check_at: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """One dossier of a batch with its custody event and what that makes us owe."""

    taken: Taken
    entry: Entry
    after: Custody
    owed: tuple[Message, ...]
    clock: Clock | None = None  # where the plan moved it


_COUNT_IN = """
INSERT INTO records_censusrow (plan_id, dossier_id, office, procedure, version, due_at, was_open,
                               is_since, fate, to_office, operation)
SELECT %(plan)s, id, office, procedure, version, due_at, ended_at IS NULL AND outcome = '', %(since)s, '', '', 0
  FROM records_dossierrow
 WHERE NOT is_handed_over AND (ended_at IS NULL OR outcome <> 'not_received')
   AND (office = ANY(%(bodies)s) OR competent_office = ANY(%(bodies)s)
        OR return_office = ANY(%(bodies)s))
   AND id > %(after)s
ON CONFLICT (plan_id, dossier_id) DO NOTHING
"""


def count_in(
    plan: ReorganisationRow, bodies: Iterable[str], *, since: bool, newest_only: bool = False
) -> int:
    """Put every dossier that bodies have, and that is not there yet, into the census; how many.

    `newest_only` looks at what was taken in after all that is in the census.
    """
    after = 0
    if newest_only:
        newest = CensusRow.objects.filter(plan=plan).aggregate(last=models.Max("dossier"))
        after = newest["last"] or 0
    given: dict[str, int | bool | list[str]] = {
        "plan": plan.pk,
        "bodies": [*bodies],
        "since": since,
        "after": after,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_IN, given)
        return int(cursor.rowcount)


_HEAD = [
    "id",
    "code",
    "version",
    "procedure",
    "procedure_version",
    "procedure_name",
    "process_version",
    "case",
    "channel",
    "applicant_name",
    "applicant_number",
    "applicant_email",
    "place_given",
    "place_today",
    "receiving_point",
    "receiving_official",
    "receiving_office",
    "competent_office",
    "return_point",
    "return_office",
    "received_at",
    "competent_received_at",
    "term",
    "calendar_version",
    "promised_at",
    "extended_to",
    "due_at",
    "ended_at",
    "home_system",
    "parent",
    "stage",
    "status",
    "office",
    "assignee",
    "outcome",
    "standing",
    "is_handed_over",
    "next_check_at",
]


def take(plan: ReorganisationRow, *, limit: int) -> list[Taken]:
    """The next dossiers that wait for their turn, locked in the order of their numbers."""
    waiting = CensusRow.objects.filter(plan=plan, fate=Fate.WAITS.value).order_by("dossier")
    return _locked(dict(waiting.values_list("dossier", "pk")[:limit]))


def take_passed(plan: ReorganisationRow, operation: int, *, limit: int) -> list[Taken]:
    """The next dossiers that an operation moved and that are not given back, locked."""
    passed = CensusRow.objects.filter(
        plan=plan, operation=operation, fate=Fate.PASSED.value, undone_version=None
    )
    return _locked(dict(passed.order_by("dossier").values_list("dossier", "pk")[:limit]))


# A reception that is being written has a number that is not far from the newest.
_BEING_WRITTEN = 10_000


def before_since(since: datetime) -> int:
    """A number that no dossier received from a moment on has, or anything below it.

    Looked for once, it spares each later look the dossiers of all years before.
    """
    numbers = DossierRow.objects.filter(received_at__gte=since).values_list("pk", flat=True)
    newest = DossierRow.objects.aggregate(last=models.Max("pk"))["last"] or 0
    return max(0, min(numbers, default=newest) - _BEING_WRITTEN)


def before_switch(plan: ReorganisationRow) -> int:
    """A number that no dossier taken in since a switch began has, or anything below it."""
    counted = CensusRow.objects.filter(plan=plan, is_since=False)
    return max(0, (counted.aggregate(last=models.Max("dossier"))["last"] or 0) - _BEING_WRITTEN)


def take_received_since(
    plan: ReorganisationRow, bodies: Iterable[str], *, since: datetime, after: int, limit: int
) -> list[Taken]:
    """Dossiers that bodies took in from a moment on, ended ones too, by their numbers, locked.

    What a switch passed on is not among them: it is given back as it was.
    """
    rows = DossierRow.objects.filter(
        pk__gt=after,
        competent_office__in=[*bodies],
        received_at__gte=since,
    ).exclude(pk__in=CensusRow.objects.filter(plan=plan, fate=Fate.PASSED.value).values("dossier"))
    return _locked(dict.fromkeys(rows.order_by("pk").values_list("pk", flat=True)[:limit], 0))


def _locked(numbers: Mapping[int, int]) -> list[Taken]:
    rows = DossierRow.objects.filter(pk__in=numbers).order_by("pk")
    lines = rows.select_for_update(no_key=True).values_list(*_HEAD, named=True)
    return [
        Taken(numbers[line.id], line.id, _seen(line), line.next_check_at)
        for line in lines.iterator(chunk_size=len(numbers) or 1)
    ]


def _seen(line: Any) -> Dossier:
    """A dossier as far as its columns tell: without its papers, pauses and opinions.

    Who has it does not depend on those, and replaying a hundred thousand histories would take
    longer than a switch may; `thongsuot dossier verify` proves that columns and events agree.
    """
    return Dossier(
        version=line.version,
        code=line.code,
        procedure=line.procedure,
        procedure_version=line.procedure_version,
        procedure_name=line.procedure_name,
        process_version=line.process_version,
        case=line.case,
        channel=Channel(line.channel),
        applicant=Applicant(
            line.applicant_name, number=line.applicant_number, email=line.applicant_email
        ),
        place=PlaceGiven(line.place_given, line.place_today),
        receiving_point=line.receiving_point,
        receiving_official=line.receiving_official,
        receiving_office=line.receiving_office,
        competent_office=line.competent_office,
        return_point=line.return_point,
        return_office=line.return_office,
        received_at=line.received_at,
        competent_received_at=line.competent_received_at,
        term=line.term,
        counts_from_next_day_after_15h=False,
        calendar_version=line.calendar_version,
        promised_at=line.promised_at,
        due_at=line.due_at,
        home_system=line.home_system,
        identifiers=(),
        parent=line.parent,
        stage=line.stage,
        status=Status(line.status),
        office=line.office,
        extended_to=line.extended_to,
        ended_at=line.ended_at,
        outcome=Outcome(line.outcome) if line.outcome else None,
        assignee=line.assignee,
        is_handed_over=line.is_handed_over,
        standing=line.standing,
    )


def set_fates(fates: Iterable[tuple[Taken, Fate]]) -> None:
    """Note what became of dossiers that did not pass, in the caller's transaction."""
    by_fate: dict[str, list[int]] = {}
    for taken, fate in fates:
        by_fate.setdefault(fate.value, []).append(taken.census)
    for value, numbers in by_fate.items():
        CensusRow.objects.filter(pk__in=numbers).update(fate=value)


def hold_back(plan: ReorganisationRow, held: Iterable[tuple[Taken, Gap]], *, at: datetime) -> None:
    """Keep the gaps that hold dossiers back, each with its dossier."""
    GapRow.objects.bulk_create(
        GapRow(
            plan=plan,
            kind=gap.kind.value,
            office=gap.office,
            procedure=gap.procedure,
            place=gap.place,
            role=gap.role,
            candidates=list(gap.candidates),
            operation=gap.operation,
            dossier=taken.dossier.code,
            found_at=at,
        )
        for taken, gap in held
    )


def let_go(plan: ReorganisationRow, *, at: datetime) -> int:
    """Let dossiers that gaps held back have another turn; how many."""
    held = CensusRow.objects.filter(plan=plan, fate=Fate.HELD.value)
    codes = held.values_list("dossier__code", flat=True)
    plan.gaps.filter(closed_at=None, dossier__in=[*codes]).update(closed_at=at)
    return held.update(fate=Fate.WAITS.value)


def write(plan: ReorganisationRow, batch: Sequence[Written], *, is_undo: bool = False) -> None:
    """Keep the custody events of a batch, their columns, messages and lines, set by set."""
    if not batch:
        return
    _copy("records_eventrow", [_event_line(one) for one in batch])
    _copy("records_movedrow", [_moved_line(plan, one, is_undo=is_undo) for one in batch])
    _copy("records_outboxrow", [line for one in batch for line in _outbox_lines(one)])
    _project(batch)
    _set_clocks({one.taken.row: one.clock for one in batch if one.clock})
    _set_passed(batch, is_undo=is_undo)


Line = Mapping[str, object]


def _event_line(one: Written) -> Line:
    columns = event_columns(one.taken.dossier.version + 1, one.entry)
    columns["body"] = _json(columns["body"])
    return {"dossier_id": one.taken.row, **columns}


def _moved_line(plan: ReorganisationRow, one: Written, *, is_undo: bool) -> Line:
    event = event_of(one.entry)
    step = MoveStep.UNDONE if is_undo else MoveStep.MOVED
    return {
        "plan_id": plan.pk,
        "operation": event.operation,
        "subject": Subject.DOSSIERS.value,
        "key": one.taken.dossier.code,
        "step": step.value,
        "before": _json(encode(custody_of(one.taken.dossier))),
        "after": _json(encode(one.after)),
        "rule": event.rule[:200],
        "is_fallback": event.is_fallback,
        "by": one.entry.by,
        "at": one.entry.recorded_at,
    }


def _outbox_lines(one: Written) -> list[Line]:
    lines: list[Line] = []
    for message in one.owed:
        seq, at = one.taken.dossier.version + 1, one.entry.recorded_at
        columns = owed_columns(message, seq=seq, at=at)
        columns["payload"] = _json(columns["payload"])
        left = defaults_of(OutboxRow, ("dossier_id", *columns))
        lines.append({"dossier_id": one.taken.row, **columns, **left})
    return lines


_PROJECT = """
UPDATE records_dossierrow AS d
   SET version = d.version + 1, office = n.office, competent_office = n.competent_office,
       return_office = n.return_office, return_point = n.return_point, assignee = n.assignee
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
       AS n(id, office, competent_office, return_office, return_point, assignee)
 WHERE d.id = n.id
"""


def _project(batch: Sequence[Written]) -> None:
    columns = zip(
        *(
            (
                one.taken.row,
                one.after.office,
                one.after.competent_office,
                one.after.return_office,
                one.after.return_point,
                one.after.assignee,
            )
            for one in batch
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_PROJECT, [list(column) for column in columns])


_CLOCKS = """
UPDATE records_dossierrow AS d
   SET due_at = n.due_at, extended_to = n.extended_to, standing = n.standing,
       next_check_at = n.next_check_at
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::timestamptz[])
       AS n(id, due_at, extended_to, standing, next_check_at)
 WHERE d.id = n.id
"""


def _set_clocks(clocks: Mapping[int, Clock]) -> None:
    if not clocks:
        return
    columns = zip(
        *(
            (one.due_at, one.extended_to, one.standing, one.next_check_at)
            for one in clocks.values()
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS, [[*clocks], *(list(column) for column in columns)])


_PASSED = """
UPDATE records_censusrow AS c
   SET fate = 'passed', to_office = n.to_office, operation = n.operation,
       custody_version = n.version
  FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[])
       AS n(id, to_office, operation, version)
 WHERE c.id = n.id
"""
_UNDONE = """
UPDATE records_censusrow AS c SET undone_version = n.version
  FROM unnest(%s::bigint[], %s::int[]) AS n(id, version) WHERE c.id = n.id
"""


def _set_passed(batch: Sequence[Written], *, is_undo: bool) -> None:
    numbers = [one.taken.census for one in batch]
    versions = [one.taken.dossier.version + 1 for one in batch]
    with connection.cursor() as cursor:
        if is_undo:
            cursor.execute(_UNDONE, [numbers, versions])
            return
        offices = [one.after.office for one in batch]
        operations = [event_of(one.entry).operation for one in batch]
        cursor.execute(_PASSED, [numbers, offices, operations, versions])


@dataclass(frozen=True, slots=True)
class ToTell:
    """An applicant with an address whose open dossier passed to another body."""

    row: int
    seq: int
    code: str
    procedure: str
    office: str
    point: str
    due_at: datetime | None
    email: str


def to_be_told(plan: ReorganisationRow) -> list[ToTell]:
    """The applicants who are told by a letter that another body has their dossier."""
    passed = CensusRow.objects.filter(
        plan=plan,
        fate=Fate.PASSED.value,
        undone_version=None,
        dossier__ended_at=None,
        dossier__outcome="",
    ).exclude(dossier__applicant_email="")
    names = ("code", "procedure_name", "competent_office", "return_point", "due_at")
    columns = [f"dossier__{name}" for name in (*names, "applicant_email")]
    return [ToTell(*line) for line in passed.values_list("dossier", "custody_version", *columns)]


def passed_between(plan: str) -> Counter[tuple[str, str]]:
    """How many dossiers a plan passed from body to body and did not give back."""
    rows = CensusRow.objects.filter(
        plan__key=plan, fate=Fate.PASSED.value, undone_version=None
    ).values_list("office", "to_office")
    counted = rows.annotate(many=Count("pk")).order_by()
    return Counter({(office, to): many for office, to, many in counted})


def set_undone(taken: Iterable[Taken]) -> None:
    """Note that of these dossiers nothing is left to be given back."""
    for one in taken:
        CensusRow.objects.filter(pk=one.census).update(undone_version=one.dossier.version)


@dataclass(frozen=True, slots=True)
class Decided:
    """An act of a body by which an operation can no more be undone."""

    office: str
    event: str
    code: str


DECIDING = ("approved", "endorsed", "refused", "result_issued")
_DECIDED = """
SELECT e.office, e.name, d.code
  FROM records_censusrow c
  JOIN records_eventrow e ON e.dossier_id = c.dossier_id AND e.version > c.custody_version
  JOIN records_dossierrow d ON d.id = c.dossier_id
 WHERE c.plan_id = %s AND c.operation = %s AND c.fate = 'passed' AND c.undone_version IS NULL
   AND d.version > c.custody_version AND e.name = ANY(%s)
 ORDER BY e.recorded_at, e.id
 LIMIT 1
"""


def decided_since(plan: ReorganisationRow, operation: int) -> Decided | None:
    """The first decision, result or signature on what an operation moved; None when none came."""
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, [plan.pk, operation, list(DECIDING)])
        found = cursor.fetchone()
    return Decided(*found) if found else None


def decided_of(taken: Sequence[Taken]) -> list[tuple[Taken, Decided]]:
    """Which of these dossiers a body decided on, signed or issued, and how first."""
    first: dict[int, Decided] = {}
    rows = EventRow.objects.filter(dossier__in=[one.row for one in taken], name__in=DECIDING)
    known = {one.row: one for one in taken}
    for number, office, name in rows.order_by("recorded_at", "pk").values_list(
        "dossier", "office", "name"
    ):
        first.setdefault(number, Decided(office, name, known[number].dossier.code))
    return [(known[number], decided) for number, decided in first.items()]


def befores(plan: ReorganisationRow, taken: Sequence[Taken]) -> dict[str, tuple[Custody, Custody]]:
    """Who had dossiers before a plan moved them, and after, by their codes."""
    rows = MovedRow.objects.filter(
        plan=plan,
        subject=Subject.DOSSIERS.value,
        step=MoveStep.MOVED.value,
        key__in=[one.dossier.code for one in taken],
    )
    lines = rows.values_list("key", "before", "after")
    return {key: (Custody(**before), Custody(**after)) for key, before, after in lines}


def stories(taken: Sequence[Taken]) -> dict[int, list[Entry]]:
    """Everything that happened to some dossiers, in order, by their numbers."""
    found: dict[int, list[Entry]] = {one.row: [] for one in taken}
    for event in EventRow.objects.filter(dossier__in=found).order_by("version"):
        found[event.dossier_id].append(event.entry())
    return found


def event_of(entry: Entry) -> CustodyPassed:
    """The custody event of an entry that can be no other."""
    if not isinstance(entry.event, CustodyPassed):
        raise TypeError("a switch writes custody events only")
    return entry.event


def _json(value: Json | object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _copy(table: str, lines: Sequence[Line]) -> None:
    if not lines:
        return
    columns = sql.SQL(", ").join(map(sql.Identifier, lines[0]))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(tuple(line.values()))
