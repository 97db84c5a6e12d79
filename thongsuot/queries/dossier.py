"""What can be told about dossiers: the work list, one dossier's page, and whether all is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from thongsuot.domain.deadline import Deadline
from thongsuot.domain.directory import Office
from thongsuot.domain.dossier import Dossier, Entry, clock, name_of, replay
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.dossier.resolution import opinions_to_ask
from thongsuot.domain.duties import Duties
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Lineage
from thongsuot.domain.workdays import VIETNAM, NoCalendarForYear, WorkCalendar
from thongsuot.domain.workflow import Act, Move, Process
from thongsuot.queries import land_steps
from thongsuot.queries.calendar import told
from thongsuot.queries.filters import Filters, narrowed
from thongsuot.queries.opinions import OpinionLine, opinions
from thongsuot.queries.then_and_now import structure
from thongsuot.queries.trying import RefusedAct, tried
from thongsuot.records import access, calendar, catalogue, directory
from thongsuot.records import dossier as records
from thongsuot.records.access import AccountRow
from thongsuot.records.codec import Json, encode
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import OPEN, TO_RETURN, DossierRow
from thongsuot.records.reference import unchanging

EVERYTHING = Filters()
# Held by more open dossiers than these, words soon fill a page along the list itself. PostgreSQL
# cannot know that open dossiers have open words, and would gather all of them first.
COMMON = 1000
# What a line of a list shows: a row is more than three times as wide.
LISTED = (
    "code",
    "version",
    "applicant_name",
    "procedure_name",
    "process_version",
    "stage",
    "status",
    "office",
    "assignee",
    "received_at",
    "due_at",
    "standing",
    "is_paused",
    "ended_at",
    "outcome",
)


class NotYoursToSee(Refusal):
    """The dossier belongs to offices in which the person has no duty."""

    code = "not_yours_to_see"
    kind = Kind.FORBIDDEN


class Tab(StrEnum):
    """The ways an official looks at the work."""

    MINE = "mine"
    OFFICE = "office"
    NEAR = "near"
    LATE = "late"
    WAITING = "waiting"
    TO_RETURN = "to_return"


class Order(StrEnum):
    """By what a list of work is ordered; each has the column that it goes by."""

    DUE = "due"
    DUE_LAST = "-due"
    RECEIVED = "received"
    RECEIVED_LAST = "-received"
    PERSON = "person"
    PERSON_LAST = "-person"
    PROCEDURE = "procedure"
    PROCEDURE_LAST = "-procedure"

    @property
    def column(self) -> str:
        """The column of the projection."""
        return _COLUMN[self.value.removeprefix("-")]

    @property
    def is_descending(self) -> bool:
        """Whether the greatest comes first."""
        return self.value.startswith("-")


_COLUMN = {
    "due": "due_at",
    "received": "received_at",
    "person": "applicant_name",
    "procedure": "procedure_name",
}


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """A dossier as a line of a list."""

    code: str
    version: int
    applicant: str
    procedure: str
    stage: str
    status: str
    office: str
    assignee: str
    received_at: datetime
    due_at: datetime | None
    standing: str
    is_paused: bool
    is_open: bool
    step_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One event of a dossier as a line of its story."""

    version: int
    name: str
    occurred_at: datetime
    recorded_at: datetime
    by: str
    office: str
    body: dict[str, Json]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """The clock of a dossier, with what it was computed from."""

    deadline: Deadline | None
    due_at: datetime | None
    promised_at: datetime | None
    extended_to: datetime | None
    last_apology_on: date | None


@dataclass(frozen=True, slots=True)
class ChildLine:
    """An interlinked dossier under its parent, with its own clock."""

    code: str
    procedure: str
    office: str
    due_at: datetime | None
    standing: str
    is_paused: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything that the page of one dossier shows."""

    dossier: Dossier
    stage: str
    office: Office | None
    competent: Office | None
    officials: dict[str, str]
    timeline: tuple[TimelineLine, ...]
    clock: ClockLine
    acts: tuple[Act, ...]
    refused: tuple[RefusedAct, ...]
    opinions: tuple[OpinionLine, ...]
    opinions_to_ask: tuple[str, ...]
    children: tuple[ChildLine, ...]
    reported: tuple[land_steps.ReportedLine, ...]
    step: Deadline | None
    branches: dict[Act, tuple[Move, ...]]
    process_is_approved: bool
    process_name: str


def worklist(
    account: str,
    *,
    tab: Tab,
    at: datetime,
    filters: Filters = EVERYTHING,
    order: Order = Order.DUE,
    after: str = "",
    limit: int = 50,
) -> tuple[WorklistLine, ...]:
    """The lines of a person's work list, the most urgent first; `after` is the last code seen.

    With the structure of a day, each line names the body that it is counted to on that day.
    Raises StructureNotYet.
    """
    rows = narrowed(tabbed(account, tab, at), filters, at=at)
    if filters.search and tab is not Tab.TO_RETURN and records.open_with(filters.search) < COMMON:
        rows = rows.filter(words__is_open=True)  # of ten texts, nine need not be looked at
    column = F(order.column)
    by = column.desc(nulls_last=True) if order.is_descending else column.asc(nulls_last=True)
    found: tuple[WorklistLine, ...] = ()
    for part in _following(rows, after, order) if after else (rows,):
        if len(found) < limit:
            found += lines_of(part.order_by(by, "code")[: limit - len(found)])
    if filters.structure is None:
        return found
    then = structure(filters.structure, today=at.astimezone(VIETNAM).date())
    bodies = then.bodies_of(line.code for line in found)
    return tuple(replace(line, office=bodies[line.code]) for line in found)


@unchanging()
def lines_of(rows: QuerySet[DossierRow]) -> tuple[WorklistLine, ...]:
    """Dossiers as lines of a list, in the order of the rows."""
    found = list(rows.only(*LISTED))
    known = catalogue.processes({row.process_version for row in found if row.process_version})
    processes = {process.key: process for process in known}
    steps = _steps(found, processes)
    names = _names_of(known)
    return tuple(_line(row, names, steps.get(row.code)) for row in found)


def _steps(rows: list[DossierRow], processes: dict[str, Process]) -> dict[str, datetime]:
    """When the steps that have a term are due; only those dossiers are replayed."""
    timed = [
        row
        for row in rows
        if row.process_version in processes
        and row.ended_at is None
        and processes[row.process_version].stage(row.stage).term
    ]
    due = {}
    for dossier in records.replayed(timed):
        own = calendar.calendar(office=dossier.competent_office, version=dossier.calendar_version)
        step = clock.step_deadline_of(dossier, processes[dossier.process_version], own)
        if step is not None:
            due[dossier.code] = step.at
    return due


def counts(account: str, *, at: datetime, at_most: int = 100) -> dict[Tab, int]:
    """How many lines each tab has, counted no further than `at_most`, in one statement."""
    held = access.duties(account)
    lists = [_of_tab(held, account, tab, at).values("pk")[:at_most] for tab in Tab]
    try:
        texts, given = zip(*(rows.query.sql_with_params() for rows in lists), strict=True)
    except EmptyResultSet:  # there is no office in which they have a duty
        return dict.fromkeys(Tab, 0)
    told = ", ".join(f"(SELECT count(*) FROM ({text}) AS one)" for text in texts)  # noqa: S608 - Django's own text
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told}", list(chain.from_iterable(given)))
        return dict(zip(Tab, cursor.fetchone(), strict=True))


def page(code: str, *, account: str, at: datetime, reading: ReadingToken) -> DossierPage:
    """One dossier as its page shows it to a person. Raises NoSuchDossier, NotYoursToSee."""
    entries, dossier = _read(code, reading)
    _require_sight(dossier, account, at)
    process = catalogue.process(dossier.process_version) if dossier.process_version else None
    offices = _offices({dossier.office, dossier.competent_office})
    acts, refused = tried(dossier, process, account, at) if process else ((), ())
    return DossierPage(
        dossier=dossier,
        stage=process.stage(dossier.stage).name if process and dossier.stage else "",
        office=offices.get(dossier.office),
        competent=offices.get(dossier.competent_office),
        officials=_names({entry.by for entry in entries} | {dossier.assignee}),
        timeline=tuple(_timeline(step, entry) for step, entry in enumerate(entries, 1)),
        clock=clock_of(dossier, at),
        acts=acts,
        refused=refused,
        opinions=opinions(entries, dossier, at),
        opinions_to_ask=opinions_to_ask(dossier, process) if process else (),
        children=_children(dossier),
        reported=land_steps.reported(dossier.code, reading=reading),
        step=_step(dossier, process) if process else None,
        branches=_branches(process, dossier.stage) if process else {},
        process_is_approved=bool(process and process.decision),
        process_name=process.name if process else "",
    )


def _branches(process: Process, stage: str) -> dict[Act, tuple[Move, ...]]:
    """The acts by which several ways lead on from here: the official chooses one."""
    ways = {act: process.branches(act, stage) for act in Act}
    ways[Act.CLAIM] = ways[Act.ASSIGN]
    return {act: moves for act, moves in ways.items() if len(moves) > 1}


def show(code: str, *, reading: ReadingToken) -> dict[str, Json]:
    """A dossier with its events and its clock's ledger, as JSON. Raises NoSuchDossier."""
    entries, _ = _read(code, reading)
    return _told(entries)


def story(code: str, *, reading: ReadingToken) -> tuple[Dossier, tuple[TimelineLine, ...]]:
    """A dossier and what happened to it, in order. Raises NoSuchDossier."""
    entries, dossier = _read(code, reading)
    return dossier, tuple(_timeline(step, entry) for step, entry in enumerate(entries, 1))


def show_to(code: str, *, account: str, at: datetime, reading: ReadingToken) -> dict[str, Json]:
    """A dossier as `show` tells it, with the acts that this person may try on it now.

    Raises NoSuchDossier, NotYoursToSee.
    """
    entries, dossier = _read(code, reading)
    _require_sight(dossier, account, at)
    process = catalogue.process(dossier.process_version) if dossier.process_version else None
    acts = open_acts(dossier, process, account, at) if process else ()
    return {**_told(entries), "acts": [act.value for act in acts]}


def read(
    code: str, *, account: str, at: datetime, reading: ReadingToken
) -> tuple[list[Entry], Dossier]:
    """A dossier with its events, to somebody it concerns. Raises NoSuchDossier, NotYoursToSee."""
    entries, dossier = _read(code, reading)
    _require_sight(dossier, account, at)
    return entries, dossier


def _read(code: str, reading: ReadingToken) -> tuple[list[Entry], Dossier]:
    """A dossier and its events, to somebody whose look at it stands in the log."""
    row = records.find(code)
    reading.require(row.code)
    entries = records.entries_of(row)
    dossier = replay(entries)
    if dossier is None:
        raise NoSuchDossier("code", given=code)
    return entries, dossier


def clock_of(dossier: Dossier, at: datetime) -> ClockLine:
    """The clock of a dossier by the calendar of its appointment."""
    if not dossier.calendar_version:
        return ClockLine(None, None, None, None, None)
    own = calendar.calendar(office=dossier.competent_office, version=dossier.calendar_version)
    policies = calendar.policies(on=at.astimezone(VIETNAM).date())
    return ClockLine(
        deadline=clock.deadline_of(dossier, own),
        due_at=dossier.due_at,
        promised_at=dossier.promised_at,
        extended_to=dossier.extended_to,
        last_apology_on=_last_apology_on(dossier, own, policies),
    )


def _last_apology_on(dossier: Dossier, own: WorkCalendar, policies: Policies) -> date | None:
    if dossier.due_at is None:
        return None
    try:
        return clock.apology_until(dossier.due_at.astimezone(VIETNAM).date(), own, policies)
    except NoCalendarForYear:  # reported by another system, for a year that we do not know
        return None


def open_acts(dossier: Dossier, process: Process, account: str, at: datetime) -> tuple[Act, ...]:
    """The acts that this person may try on this dossier now."""
    return tried(dossier, process, account, at)[0]


def _children(dossier: Dossier) -> tuple[ChildLine, ...]:
    """The interlinked dossiers, each counted by itself; the parent is not counted again."""
    if not dossier.children:
        return ()
    rows = {row.code: row for row in DossierRow.objects.filter(code__in=dossier.children)}
    return tuple(
        ChildLine(
            row.code,
            row.procedure_name,
            row.office,
            row.due_at,
            row.standing,
            row.is_paused,
            row.ended_at is None and not row.outcome,
        )
        for row in (rows[code] for code in dossier.children if code in rows)
    )


def _step(dossier: Dossier, process: Process) -> Deadline | None:
    if not dossier.calendar_version or not dossier.is_open:
        return None
    own = calendar.calendar(office=dossier.competent_office, version=dossier.calendar_version)
    return clock.step_deadline_of(dossier, process, own)


def verified() -> Iterator[tuple[str, list[str]]]:
    """Every dossier, with the columns in which its projection is not what its events say."""
    for row, events in records.each_with_events():
        yield row.code, records.differences(row, events)


def clocks() -> Iterator[tuple[str, bool]]:
    """Every dossier with a clock, and whether its due moment is what its own calendar adds up to."""
    for row, events in records.each_with_events():
        dossier = replay(event.entry() for event in events)
        if dossier is None or not dossier.calendar_version or dossier.due_at is None:
            continue
        own = calendar.calendar(office=dossier.competent_office, version=dossier.calendar_version)
        yield row.code, clock.due_of(dossier, own) == row.due_at


def recalculated() -> Iterator[tuple[str, datetime, datetime]]:
    """Open dossiers that the newest calendar would give another due moment: code, given, new."""
    newest = calendar.current_version()
    rows = DossierRow.objects.filter(OPEN).exclude(calendar_version=newest)
    for row in rows.order_by("id").iterator(chunk_size=500):
        dossier = replay(records.entries_of(row))
        if dossier is None or dossier.due_at is None:
            continue
        moment = clock.due_of(dossier, calendar.calendar(office=dossier.competent_office))
        if moment != dossier.due_at:
            yield dossier.code, dossier.due_at, moment


def offices_of(account: str, at: datetime) -> frozenset[str]:
    """The offices whose dossiers a person may see now; "" among them means every one."""
    return access.duties(account).offices(account, at.astimezone(VIETNAM).date())


def tabbed(account: str, tab: Tab, at: datetime) -> QuerySet[DossierRow]:
    """The dossiers that a person sees in one way of looking at the work."""
    return _of_tab(access.duties(account), account, tab, at)


def _of_tab(duties: Duties, account: str, tab: Tab, at: datetime) -> QuerySet[DossierRow]:
    on = at.astimezone(VIETNAM).date()
    seen = duties.offices(account, on)
    held = DossierRow.objects.filter(is_handed_over=False)
    if "" not in seen:
        held = held.filter(office__in=seen)
    running = held.filter(OPEN)
    match tab:
        case Tab.MINE:
            return running.filter(assignee__in=duties.accounts(account, on))
        case Tab.OFFICE:
            return running
        case Tab.NEAR:
            return running.filter(standing="near", is_paused=False)
        case Tab.LATE:
            return running.filter(due_at__lt=at, is_paused=False)
        case Tab.WAITING:
            return running.filter(is_paused=True)
        case Tab.TO_RETURN:
            return held.filter(TO_RETURN)


def _following(
    rows: QuerySet[DossierRow], after: str, order: Order
) -> tuple[QuerySet[DossierRow], ...]:
    """What comes after a dossier: first what comes later by the order, then what has no value.

    Apart, so that PostgreSQL goes on along the index from where the page before ended.
    """
    column = order.column
    last = DossierRow.objects.filter(code=after).values(column, "code").first()
    if last is None:
        return (rows,)
    valueless = rows.filter(**{f"{column}__isnull": True})
    if last[column] is None:
        return (valueless.filter(code__gt=after),)
    beyond = "lte" if order.is_descending else "gte"
    since = rows.filter(**{f"{column}__{beyond}": last[column]})
    return since.exclude(**{column: last[column], "code__lte": after}), valueless


def _line(
    row: DossierRow, names: dict[tuple[str, str], str], step_due_at: datetime | None
) -> WorklistLine:
    return WorklistLine(
        code=row.code,
        version=row.version,
        applicant=row.applicant_name,
        procedure=row.procedure_name,
        stage=names.get((row.process_version, row.stage), row.stage),
        status=row.status,
        office=row.office,
        assignee=row.assignee,
        received_at=row.received_at,
        due_at=row.due_at,
        standing=row.standing,
        is_paused=row.is_paused,
        is_open=row.ended_at is None and not row.outcome,
        step_due_at=step_due_at,
    )


def _names_of(processes: Iterable[Process]) -> dict[tuple[str, str], str]:
    return {
        (process.key, stage.key): stage.name for process in processes for stage in process.stages
    }


def _timeline(step: int, entry: Entry) -> TimelineLine:
    body = encode(entry.event)
    return TimelineLine(
        version=step,
        name=name_of(entry.event),
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        by=entry.by,
        office=entry.office,
        body=body if isinstance(body, dict) else {},
    )


def _told(entries: Sequence[Entry]) -> dict[str, Json]:
    dossier = replay(entries)
    if dossier is None:
        return {}
    state = encode(dossier)
    deadline = clock_of(dossier, entries[-1].recorded_at).deadline
    reckoned = told(deadline) if deadline else {}
    return {
        **(state if isinstance(state, dict) else {}),
        "is_open": dossier.is_open,
        "events": [_event_json(step, entry) for step, entry in enumerate(entries, 1)],
        "ledger": reckoned.get("ledger", []),
        "because": reckoned.get("because", []),
    }


def _event_json(step: int, entry: Entry) -> Json:
    line = _timeline(step, entry)
    return {
        "version": line.version,
        "name": line.name,
        "occurred_at": encode(line.occurred_at),
        "recorded_at": encode(line.recorded_at),
        "by": line.by,
        "office": line.office,
        "source_system": entry.source_system,
        "body": line.body,
    }


def _require_sight(dossier: Dossier, account: str, at: datetime) -> None:
    """A dossier is open to its bodies; what a body left behind, to those that carry its work on.

    Source: NQ 190/2025/QH15 Đ.5.
    """
    concerned = {
        dossier.office,
        dossier.competent_office,
        dossier.receiving_office,
        dossier.return_office,
        *(opinion.of for opinion in dossier.opinions_open),
    }
    seen = offices_of(account, at)
    if {"", *concerned} & seen:
        return
    on = at.astimezone(VIETNAM).date()
    lineage = Lineage(directory.successions())
    if not any(seen.intersection(lineage.today(body, on)) for body in concerned):
        raise NotYoursToSee("code", code=dossier.code)


def _offices(codes: set[str]) -> dict[str, Office]:
    rows = OfficeRow.objects.filter(code__in=codes).order_by("valid")
    return {row.code: row.value() for row in rows}


def _names(accounts: set[str]) -> dict[str, str]:
    rows = AccountRow.objects.filter(username__in=accounts)
    return {**dict(rows.values_list("username", "name")), settings.HOME_SYSTEM: "Hệ thống"}
