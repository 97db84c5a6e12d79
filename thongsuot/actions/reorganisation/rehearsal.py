"""A plan is tried on live data: what would go where by which rule, and what it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from thongsuot.actions.reorganisation.ground import Facts, Ground, ground_for, local_day
from thongsuot.actions.reorganisation.moves import LOOKS, Begins, Move
from thongsuot.domain.deadline import due
from thongsuot.domain.directory import Level
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.reorganisation import (
    DossierFacts,
    Gap,
    GapKind,
    Heir,
    Known,
    LongerTerm,
    Plan,
    Subject,
    require_sound,
)
from thongsuot.domain.reorganisation.longer import term_of
from thongsuot.domain.workdays import NoCalendarForYear
from thongsuot.records import access, calendar, catalogue
from thongsuot.records.access import GrantRow, RoleRow
from thongsuot.records.catalogue import ProcedureRow, ProcessUseRow
from thongsuot.records.directory import PlaceRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.routing import CompetenceRow

CHUNK = 5000
COLUMNS = (
    "code",
    "competent_office",
    "office",
    "procedure",
    "place_given",
    "place_today",
    "status",
    "received_at",
    "process_version",
    "stage",
)
_CLOCK = ("code", "competent_office", "procedure", "due_at", "calendar_version")


class Passed(NamedTuple):
    """An open dossier that another body will carry on."""

    code: str
    body: str
    to: str
    procedure: str
    rule: str
    is_fallback: bool
    operation: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a subject go from one body to another; those by fallback counted apart."""

    subject: Subject
    body: str
    to: str
    many: int
    by_fallback: int = 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a plan would do, and what it leaves open, as the data is at a moment."""

    plan: str
    seal: str
    at: datetime
    moves: tuple[Move, ...]
    dossiers: tuple[Passed, ...]
    gaps: tuple[tuple[Gap, str], ...]  # with the dossier that the gap holds back, "" for none
    counts: tuple[Count, ...]
    longer: LongerTerm | None = None  # what the plan adds to due moments, on which basis

    @property
    def is_whole(self) -> bool:
        """Whether the plan answers everything."""
        return not self.gaps

    @property
    def by_fallback(self) -> int:
        """The dossiers for which only the explicit fallback decided."""
        return sum(one.is_fallback for one in self.dossiers)

    @property
    def totals(self) -> dict[str, int]:
        """How many things of each subject are touched."""
        found = Counter(move.subject.value for move in self.moves)
        found[Subject.DOSSIERS.value] = len(self.dossiers)
        return dict(found)


def look(plan: Plan, *, at: datetime) -> Rehearsal:
    """What a plan would do to the data as it is. Raises PlanNotSound."""
    ground = ground_for(plan)
    require_sound(plan, known(ground))
    found = [one(ground) for one in LOOKS.values()]
    moves = tuple(move for one in found for move in one.moves)
    gaps: list[tuple[Gap, str]] = [(gap, "") for one in found for gap in one.gaps]
    dossiers = _Dossiers(ground, moves)
    passed = tuple(dossiers.pass_on())
    gaps += dossiers.gaps
    gaps += [(gap, code) for gap, code in _without_calendar(plan, passed)]
    return Rehearsal(
        plan.id,
        plan.seal,
        at,
        moves,
        passed,
        tuple(dict.fromkeys(gaps)),
        tuple(_counted(moves, passed)),
        plan.longer_term,
    )


def known(ground: Ground) -> Known:
    """What the plan may speak of."""
    names = set(ProcedureRow.objects.values_list("field", flat=True).distinct())
    if names:
        names |= set(CompetenceRow.objects.values_list("field", flat=True).distinct())
    return Known(
        ground.before,
        places=frozenset(PlaceRow.objects.values_list("code", flat=True).distinct()),
        procedures=frozenset(ProcedureRow.objects.values_list("base", flat=True).distinct()),
        fields=frozenset(names),
    )


def require_planner(by: Person, at: datetime) -> None:
    """Only who keeps the registers of the whole province plans. Raises NotYourRight."""
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=local_day(at))


class _Dossiers:
    """The open dossiers of the bodies of a plan, read once, by the few columns that decide."""

    def __init__(self, ground: Ground, moves: tuple[Move, ...]) -> None:
        self._ground = ground
        self._facts = Facts(ground.plan)
        self._answers: dict[DossierFacts, Heir | Gap] = {}
        self._needs: set[tuple[str, str]] = set()  # an heir, and a role that its work needs
        self._works: set[tuple[str, str]] = set()  # an heir, and a procedure
        self._roles: dict[tuple[str, str], str] = {}
        self._moves = moves
        self.gaps: list[tuple[Gap, str]] = []

    def pass_on(self) -> Iterator[Passed]:
        """Every open dossier that another body will carry on."""
        touched = list(self._ground.touched)
        held = Q(competent_office__in=touched) | Q(office__in=touched)
        rows = DossierRow.objects.filter(OPEN, held)
        for row in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
            (
                code,
                competent,
                office,
                procedure,
                given,
                today,
                status,
                received_at,
                process,
                stage,
            ) = row
            body = competent if competent in self._ground.touched else office
            facts = self._facts.of(
                office=body,
                procedure=procedure,
                place_given=given,
                place_today=today,
                status=status,
                received_at=received_at,
            )
            answer = self._answers.get(facts)
            if answer is None:
                answer = self._answers[facts] = self._ground.heirs.of(facts)
            if isinstance(answer, Gap):
                self.gaps.append((answer, code))
                continue
            if not answer.moves:
                continue
            self._works.add((answer.body, procedure))
            role = self._role(process, stage)
            if role:
                self._needs.add((answer.body, role))
            yield Passed(
                code,
                body,
                answer.body,
                procedure,
                answer.rule,
                answer.is_fallback,
                answer.operation,
            )
        self.gaps += [(gap, "") for gap in (*self._without_holder(), *self._without_process())]

    def _role(self, process: str, stage: str) -> str:
        key = (process, stage)
        if key not in self._roles:
            found = catalogue.processes([process])
            stages = {one.key: one.role for each in found for one in each.stages}
            self._roles[key] = stages.get(stage, "")
        return self._roles[key]

    def _without_holder(self) -> Iterator[Gap]:
        """Roles that the work needs at its heir and that nobody there holds after the plan."""
        day = self._ground.day
        grants = GrantRow.objects.filter(valid__contains=day, account__is_active=True)
        there = set(grants.values_list("office", "role__code"))
        codes = dict(RoleRow.objects.values_list("pk", "code"))
        for move in self._moves:
            for change in move.changes:
                if isinstance(change, Begins) and isinstance(change.row, GrantRow):
                    there.add((change.row.office, codes[change.row.role_id]))
        for body, role in sorted(self._needs):
            if (body, role) not in there and ("", role) not in there:
                operation = self._ground.operation_of(body)
                yield Gap(GapKind.ROLE_WITHOUT_HOLDER, body, role=role, operation=operation)

    def _without_process(self) -> Iterator[Gap]:
        """Procedures for which the level of the heir has no process."""
        uses = ProcessUseRow.objects.filter(valid__contains=self._ground.day)
        there = set(uses.values_list("procedure", "level"))
        for body, procedure in sorted(self._works):
            level = self._ground.after[body].level
            if level is Level.DISTRICT:
                continue
            if not there & {(procedure, level.value), ("", level.value)}:
                operation = self._ground.operation_of(body)
                yield Gap(GapKind.NO_PROCESS, body, procedure, operation=operation)


def _without_calendar(plan: Plan, passed: tuple[Passed, ...]) -> Iterator[tuple[Gap, str]]:
    """The dossier due last, where a year that the plan reaches into has no calendar yet."""
    if plan.longer_term is None:
        return
    codes = [one.code for one in passed]
    rows = DossierRow.objects.filter(code__in=codes, due_at__isnull=False)
    last = rows.order_by("-due_at").only(*_CLOCK).first()
    if last is None or last.due_at is None:
        return
    own = calendar.calendar(office=last.competent_office, version=last.calendar_version)
    try:
        due(last.due_at, term_of(plan.longer_term), own)
    except NoCalendarForYear:
        yield Gap(GapKind.NO_CALENDAR, last.competent_office, last.procedure), last.code


def _counted(moves: tuple[Move, ...], passed: tuple[Passed, ...]) -> Iterator[Count]:
    many: Counter[tuple[Subject, str, str]] = Counter()
    fallback: Counter[tuple[Subject, str, str]] = Counter()
    for one in passed:
        many[Subject.DOSSIERS, one.body, one.to] += 1
        fallback[Subject.DOSSIERS, one.body, one.to] += one.is_fallback
    for move in moves:
        many[move.subject, move.body, move.to] += 1
    order = {subject: place for place, subject in enumerate(Subject)}
    for key in sorted(many, key=lambda one: (order[one[0]], one[1], one[2])):
        yield Count(*key, many[key], fallback[key])
