"""What can be told of shared systems: what is set up in them, and what passes through bodies gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.shared_systems import (
    CLOSED,
    EntryKind,
    FindingState,
    FindingStep,
    NewWay,
    Passage,
    Regulation,
    Remedy,
    SharedSystem,
    steps_now,
)
from thongsuot.queries import access, directory
from thongsuot.records import shared_systems as records
from thongsuot.records.codec import Json, encode
from thongsuot.records.shared_systems import (
    FindingRow,
    SharedSystemRow,
    SystemEntryRow,
    SystemRegulationRow,
)
from thongsuot.records.spans import to_span
from thongsuot.words import systems as words

PAGE = 50
Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A shared system as a line of the list."""

    system: SharedSystem
    keeper: str
    regulations: tuple[Regulation, ...]
    entries: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """What is set up for a body, in words."""

    kind: str
    key: str
    name: str
    way: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class SystemPage:
    """A shared system with its regulations and a page of what is set up in it."""

    system: SharedSystem
    keeper: str
    regulations: tuple[Regulation, ...]
    counts: tuple[tuple[str, str, int], ...]
    lines: tuple[EntryLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """An entry that passes through a body that is gone: what, why, what instead, how far."""

    number: int
    system: str
    system_name: str
    kind: str
    key: str
    name: str
    way: str
    bodies: tuple[str, ...]
    why: tuple[str, ...]
    proposal: str
    state: str
    changed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in {state.value for state in CLOSED}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken with a finding."""

    step: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A finding with everything that was done with it."""

    line: FindingLine
    basis: str
    steps: tuple[StepLine, ...]
    open_steps: tuple[FindingStep, ...]


def require_keeper(by: Person, *, on: date, office: str = "") -> frozenset[str]:
    """The offices for which somebody keeps these registers; "" means all.

    Of one office, only whoever keeps its registers. Raises NotYourRight.
    """
    held = access.require_holding(by, Right.SYSTEMS, on=on)
    if office and not held & {"", office}:
        raise NotYourRight("by", person=by.name, right=Right.SYSTEMS.value)
    return held


def systems(*, on: date, offices: frozenset[str] = frozenset({""})) -> tuple[SystemLine, ...]:
    """Every shared system with the regulations of the day, and what these offices still rewire."""
    rows = list(SharedSystemRow.objects.order_by("id"))
    counted = SystemEntryRow.objects.filter(valid__contains=on).values_list("system")
    entries = dict(counted.annotate(many=Count("pk")))
    found = Counter(line.system for line in findings(on=on, offices=offices) if line.is_open)
    keepers = directory.office_names(row.keeper for row in rows)
    rules = _regulations(on)
    return tuple(
        SystemLine(
            row.value(),
            keepers.get(row.keeper, row.keeper),
            rules.get(row.code, ()),
            entries.get(row.code, 0),
            found[row.code],
        )
        for row in rows
    )


def system(code: str, *, on: date, kind: str = "", search: str = "", after: str = "") -> SystemPage:
    """One shared system and a page of what is set up in it. Raises NoSuchSystem."""
    row = records.system(code)
    rows = SystemEntryRow.objects.filter(system=code, valid__contains=on)
    counts = dict(rows.values_list("kind").annotate(many=Count("pk")))
    if kind:
        rows = rows.filter(kind=kind)
    if search:
        known = Q(key__icontains=search) | Q(name__icontains=search)
        rows = rows.filter(known | Q(office=search) | Q(other=search) | Q(via__contains=[search]))
    found = list(rows.filter(key__gt=after).order_by("key", "id")[: PAGE + 1])
    names = _names(found[:PAGE])
    return SystemPage(
        row.value(),
        directory.office_names([row.keeper]).get(row.keeper, row.keeper),
        _regulations(on).get(code, ()),
        tuple(
            (one.value, words.ENTRY_KIND[one.value], counts[one.value])
            for one in EntryKind
            if one.value in counts
        ),
        tuple(_entry_line(one, names) for one in found[:PAGE]),
        found[PAGE - 1].key if len(found) > PAGE else "",
    )


def findings(*, on: date, offices: frozenset[str] = frozenset({""})) -> tuple[FindingLine, ...]:
    """What passes through a body that is gone, computed anew, with how far each was followed.

    What was done is no longer found; what was waived is told with its state. Of some offices only
    what they are concerned by.
    """
    found = records.passages(on=on)
    rows = {
        row.entry_id: row
        for row in FindingRow.objects.filter(entry__in=[entry for entry, _ in found])
    }
    names = _names_of_all(found)
    systems = dict(SharedSystemRow.objects.values_list("code", "name"))
    lines = (_finding_line(e, p, rows.get(e.pk), names, systems) for e, p in found)
    return tuple(line for line in lines if "" in offices or offices & set(line.bodies))


def finding(number: int, *, on: date) -> FindingPage:
    """One finding with its steps. Raises NoSuchFinding."""
    row = records.finding(number)
    passage = next((p for e, p in records.passages(on=on) if e.pk == row.entry_id), None)
    system = records.system(row.entry.system)
    names = _names_of_all([(row.entry, passage)] if passage else [])
    names |= _names([row.entry])
    if passage is None:
        passage = Passage(row.entry.value(), (), Remedy(row.remedy), records.ways_of(row))
    steps = list(row.steps.order_by("id"))
    people = access.names(step.by for step in steps)
    return FindingPage(
        _finding_line(row.entry, passage, row, names, {system.code: system.name}),
        system.direct_source,
        tuple(StepLine(s.step, people.get(s.by, s.by), s.reason, s.at) for s in steps),
        tuple(step for step in steps_now(FindingState(row.state)) if step is not FindingStep.FIND),
    )


def as_json(line: FindingLine) -> Json:
    """A finding as the command line tells it."""
    return encode(line)


def _finding_line(
    entry: SystemEntryRow,
    passage: Passage,
    row: FindingRow | None,
    names: Names,
    systems: dict[str, str],
) -> FindingLine:
    follows = row is not None and row.state not in ("", FindingState.DONE.value)
    kept = Remedy(row.remedy) if row is not None and follows else passage.remedy
    ways = records.ways_of(row) if row is not None and follows else passage.ways
    is_gone = bool(passage.gone)
    state = row.state if row is not None and (follows or not is_gone) else ""
    concerned = {*passage.entry.bodies, *(code for way in ways for code in (way.office, way.other))}
    return FindingLine(
        number=row.pk if row else 0,
        system=entry.system,
        system_name=systems.get(entry.system, entry.system),
        kind=entry.kind,
        key=entry.key,
        name=entry.name,
        way=_way(entry, names),
        bodies=tuple(sorted(concerned - {""})),
        why=words.why(passage, names),
        proposal=words.remedy(kept, ways, names),
        state=state,
        changed_at=row.changed_at if row else None,
    )


def _entry_line(row: SystemEntryRow, names: Names) -> EntryLine:
    since = to_span(row.valid).start
    return EntryLine(row.kind, row.key, row.name, _way(row, names), since, row.source)


def _way(row: SystemEntryRow, names: Names) -> str:
    return words.way(NewWay(row.office, row.other, tuple(row.via)), names)


def _names(rows: list[SystemEntryRow]) -> Names:
    return directory.office_names(code for row in rows for code in row.value().bodies)


def _names_of_all(found: list[tuple[SystemEntryRow, Passage]]) -> Names:
    codes = {code for entry, _ in found for code in entry.value().bodies}
    for _, passage in found:
        codes |= {heir for gone in passage.gone for heir in gone.heirs}
    return directory.office_names(codes)


def _regulations(on: date) -> dict[str, tuple[Regulation, ...]]:
    rows = SystemRegulationRow.objects.filter(valid__contains=on).order_by("valid", "id")
    found: dict[str, tuple[Regulation, ...]] = {}
    for row in rows:
        found[row.system] = (*found.get(row.system, ()), row.value())
    return found
