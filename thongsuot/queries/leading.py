"""What a leader is told: what waits for a decision, what is late and where, who has too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, F, Max, Q, QuerySet

from thongsuot.domain.duties import Duties, Person
from thongsuot.domain.roster import people as named_for
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Act, Process, StageKind
from thongsuot.queries.dossier import Tab, WorklistLine, lines_of, tabbed
from thongsuot.queries.filters import stands
from thongsuot.queries.then_and_now import Structure, names_on, structure
from thongsuot.records import access, catalogue
from thongsuot.records.access import AccountRow, SubstitutionRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.looks import LookRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.spans import to_span

SHOWN = 60
# Half as much again as the others have on the average: somebody to look at, no verdict.
MUCH = 1.5
# What happens to a dossier without a person is nothing new to look at.
_BY_ITSELF = ("notice_sent", "became_near", "became_late")


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A dossier that waits for this leader's decision."""

    line: WorklistLine
    procedure: str
    office: str
    proposal: str
    proposed_by: str
    proposed_at: datetime | None
    is_seen: bool


@dataclass(frozen=True, slots=True)
class KindLine:
    """What waits of one procedure: decided together once each was seen."""

    procedure: str
    name: str
    lines: tuple[WaitingLine, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many open dossiers somebody or something has, and how they stand."""

    office: str
    key: str
    name: str
    open: int
    near: int
    late: int
    paused: int
    is_much: bool = False
    away: str = ""  # who stands in, while this one is absent
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """Everything that a leader's screen shows."""

    kinds: tuple[KindLine, ...]
    waiting: int
    offices: tuple[Load, ...]
    stages: tuple[Load, ...]
    people: tuple[Load, ...]
    average: float


@dataclass(frozen=True, slots=True)
class _Part:
    """The open dossiers of one office, step and person, counted."""

    office: str
    body: str  # of the day asked for, to which the office's work is counted
    process: str
    stage: str
    assignee: str
    open: int
    near: int
    late: int
    paused: int


def page(by: Person, *, at: datetime, then: date | None = None) -> LeaderPage:
    """The work of the offices in which somebody decides, counted by the bodies of a day.

    Without a day, by those that have the work now. Raises NotYourDuty, StructureNotYet.
    """
    on = at.astimezone(VIETNAM).date()
    held = access.duties(by.account)
    deciding = held.deciding(by.account, Act.APPROVE, on)
    if not deciding:
        held.require(by, Act.APPROVE, office="", procedure="", on=on)
    rows = tabbed(by.account, Tab.OFFICE, at)
    offices = {office for office, _ in deciding}
    if "" not in offices:
        rows = rows.filter(office__in=offices)
    parts = _parts(rows, at, structure(then, today=on) if then else None)
    processes = {p.key: p for p in catalogue.processes({part.process for part in parts})}
    waiting = _waiting(rows, parts, processes, deciding)
    bodies = {part.body for part in parts}
    names = names_on(bodies | {part.office for part in parts}, on=then or on)
    loads = _people(parts, on)
    return LeaderPage(
        kinds=_kinds(waiting[:SHOWN], names, held, by.account, on),
        waiting=waiting.count(),
        offices=_summed(parts, lambda _: "", names),
        stages=_summed(parts, lambda p: p.stage, _stage_names(parts, processes)),
        people=loads,
        average=sum(load.open for load in loads if load.key) / max(len(loads), 1),
    )


def _parts(rows: QuerySet[DossierRow], at: datetime, then: Structure | None) -> tuple[_Part, ...]:
    """Everything that is counted on the screen, counted once by PostgreSQL."""
    keys = ("office", "held_by", "process_version", "stage", "assignee")
    held = rows.annotate(held_by=then.holder() if then else F("office"))
    counted = held.order_by().values_list(*keys)
    counted = counted.annotate(
        open=Count("pk"),
        near=Count("pk", filter=stands("near", at)),
        late=Count("pk", filter=stands("late", at)),
        paused=Count("pk", filter=stands("paused", at)),
    )
    parts = (_Part(*line) for line in counted)
    return tuple(replace(part, body=then.body(part.body)) if then else part for part in parts)


def _waiting(
    rows: QuerySet[DossierRow],
    parts: Iterable[_Part],
    processes: dict[str, Process],
    deciding: frozenset[tuple[str, str]],
) -> QuerySet[DossierRow]:
    """What stands before a decision that this role makes, the most urgent first."""
    before = Q(pk__in=())
    for part in parts:
        process = processes.get(part.process)
        stage = process.stage(part.stage) if process and part.stage else None
        mine = stage and {(part.office, stage.role), ("", stage.role)} & deciding
        if stage and mine and stage.kind is StageKind.APPROVAL:
            before |= Q(office=part.office, process_version=part.process, stage=part.stage)
    return rows.filter(before, is_paused=False).order_by("due_at", "code")


def _kinds(
    rows: QuerySet[DossierRow], offices: dict[str, str], held: Duties, account: str, on: date
) -> tuple[KindLine, ...]:
    found = list(rows.defer("search"))
    mine = _not_of_others(found, held.accounts(account, on), on)
    lines = {line.code: line for line in lines_of(rows)}
    seen = _seen([row.code for row in mine], account)
    proposals = _proposals([row.pk for row in mine])
    kinds: dict[str, list[WaitingLine]] = {}
    for row in mine:
        text, by, proposed_at = proposals.get(row.pk, ("", "", None))
        kinds.setdefault(row.procedure, []).append(
            WaitingLine(
                line=lines[row.code],
                procedure=row.procedure_name,
                office=offices.get(row.office, row.office),
                proposal=text,
                proposed_by=by,
                proposed_at=proposed_at,
                is_seen=row.code in seen,
            )
        )
    return tuple(KindLine(code, of[0].procedure, tuple(of)) for code, of in kinds.items())


def _not_of_others(rows: list[DossierRow], mine: tuple[str, ...], on: date) -> list[DossierRow]:
    """Without what a roster gives to others."""
    lines = RosterRow.objects.select_related("decision").filter(
        office__in={row.office for row in rows},
        process__in={row.process_version.rpartition("@")[0] for row in rows},
        valid__contains=on,
    )
    duties: dict[tuple[str, str], list[RosterRow]] = {}
    for line in lines:
        duties.setdefault((line.office, line.process), []).append(line)

    def is_mine(row: DossierRow) -> bool:
        here = duties.get((row.office, row.process_version.rpartition("@")[0]), [])
        named = named_for(
            [line.value() for line in here], stage=row.stage, procedure=row.procedure, on=on
        )
        return named is None or bool(named.intersection(mine))

    return [row for row in rows if is_mine(row)]


def _seen(codes: list[str], account: str) -> frozenset[str]:
    """The dossiers that somebody looked at after the last thing that was done to them."""
    looks = LookRow.objects.filter(account=account, about__in=codes)
    looked = dict(looks.values_list("about").annotate(Max("at")).order_by())
    events = EventRow.objects.filter(dossier__code__in=codes).exclude(name__in=_BY_ITSELF)
    changed = dict(events.values_list("dossier__code").annotate(Max("recorded_at")).order_by())
    return frozenset(code for code, at in looked.items() if at >= changed[code])


def _proposals(keys: list[int]) -> dict[int, tuple[str, str, datetime]]:
    """The last proposal of each dossier: its words, whose, when."""
    rows = EventRow.objects.filter(dossier__in=keys, name="proposed").order_by("version")
    told = {row.dossier_id: row for row in rows}
    names = _names({row.by for row in told.values()})
    return {
        key: (str(row.body.get("proposal", "")), names.get(row.by, row.by), row.recorded_at)
        for key, row in told.items()
    }


def _summed(
    parts: Iterable[_Part], key: Callable[[_Part], str], names: dict[str, str]
) -> tuple[Load, ...]:
    """The counts of an office's parts, the latest first."""
    sums: dict[tuple[str, str], Load] = {}
    for part in parts:
        place = (part.body, key(part))
        name = names.get(place[1] or part.body, place[1])
        sums[place] = _plus(sums.get(place, Load(*place, name, 0, 0, 0, 0)), part)
    return tuple(sorted(sums.values(), key=lambda load: (-load.late, -load.near, -load.open)))


def _plus(load: Load, part: _Part) -> Load:
    return replace(
        load,
        open=load.open + part.open,
        near=load.near + part.near,
        late=load.late + part.late,
        paused=load.paused + part.paused,
    )


def _people(parts: tuple[_Part, ...], on: date) -> tuple[Load, ...]:
    """What each has on the desk; who is absent, with whom in their place."""
    found = _summed(parts, lambda part: part.assignee, _names({part.assignee for part in parts}))
    loads = [load for load in found if load.key]
    average = sum(load.open for load in loads) / max(len(loads), 1)
    absences = SubstitutionRow.objects.select_related("absent", "substitute").filter(
        absent__username__in=[load.key for load in loads], during__contains=on
    )
    away = {row.absent.username: row for row in absences}
    return tuple(_with_absence(load, away.get(load.key), average) for load in found)


def _with_absence(load: Load, absence: SubstitutionRow | None, average: float) -> Load:
    told = replace(load, is_much=bool(load.key) and load.open > MUCH * average)
    if absence is None:
        return told
    return replace(told, away=absence.substitute.name, away_until=to_span(absence.during).end)


def _stage_names(parts: Iterable[_Part], processes: dict[str, Process]) -> dict[str, str]:
    """What each step is called; processes may call the same step by several names."""
    names: dict[str, dict[str, None]] = {}
    for part in parts:
        process = processes.get(part.process)
        if process and part.stage:
            names.setdefault(part.stage, {})[process.stage(part.stage).name] = None
    return {key: " / ".join(called) for key, called in names.items()}


def _names(accounts: set[str]) -> dict[str, str]:
    return dict(AccountRow.objects.filter(username__in=accounts).values_list("username", "name"))
