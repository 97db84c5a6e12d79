"""What can be told of processes and rosters: in force, proposed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.reasons import begins_words, fold
from thongsuot.domain.proposals import ProposalKind, ProposalState, Step, open_steps
from thongsuot.domain.roster import people
from thongsuot.domain.workflow import Act, Fault, Process, check
from thongsuot.records import catalogue, proposals
from thongsuot.records import roster as rosters
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.proposals import ProposalRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.spans import to_span


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A version of a process as a line of the list."""

    key: str
    name: str
    decision: str
    stages: int
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as a line of the list."""

    number: int
    kind: str
    title: str
    office: str
    state: str
    changed_at: datetime
    decision: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken with a proposal."""

    step: str
    by: str
    remark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal with its steps, and what keeps it from going on."""

    line: ProposalLine
    office_code: str
    body: dict[str, object]
    remark: str
    steps: tuple[StepLine, ...]
    open_steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RosterLine:
    """An official named for a step, in words."""

    office: str
    process: str
    stage: str
    procedure: str
    official: str
    since: date
    until: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class UseLine:
    """A procedure ("" for any) that a process resolves at a level."""

    procedure: str
    level: str


@dataclass(frozen=True, slots=True)
class ProcessImpact:
    """What a new version of a process touches."""

    open_dossiers: int
    rosters: int


def processes(words: str = "", *, on: date) -> list[ProcessLine]:
    """Every version of every process, the last first, with where it is used today."""
    rows = ProcessRow.objects.filter(Q(name__icontains=words) | Q(code__icontains=words))
    uses: dict[int, list[str]] = {}
    for use in ProcessUseRow.objects.filter(valid__contains=on).order_by("level", "procedure"):
        uses.setdefault(use.process_id, []).append(use.procedure or use.level)
    return [
        ProcessLine(
            key=f"{row.code}@{row.version}",
            name=row.name,
            decision=row.decision,
            stages=len(row.body.get("stages", [])),
            uses=tuple(uses.get(row.pk, ())),
        )
        for row in rows.order_by("code", "-version")
    ]


def process(key: str) -> tuple[Process, tuple[Fault, ...]]:
    """A version of a process, and what is wrong with it. Raises NoProcess."""
    code, _, version = key.rpartition("@")
    found = catalogue.process(key if version.isdecimal() and len(version) < 9 else f"{code}@0")
    return found, check(found, roles=frozenset(roles()))


def uses(key: str, *, on: date) -> list[UseLine]:
    """Where a version of a process is used on a day."""
    code, _, version = key.rpartition("@")
    rows = ProcessUseRow.objects.filter(process__code=code, valid__contains=on)
    own = rows.filter(process__version=int(version)) if version.isdecimal() else rows.none()
    return [UseLine(use.procedure, use.level) for use in own.order_by("level", "procedure")]


def process_impact(code: str, *, on: date) -> ProcessImpact:
    """What a new version of a process touches: dossiers under way keep theirs."""
    running = DossierRow.objects.filter(OPEN, process_version__startswith=f"{code}@")
    named = RosterRow.objects.filter(process=code, valid__contains=on)
    return ProcessImpact(running.count(), named.values("office").distinct().count())


def roles() -> dict[str, str]:
    """The names of the roles."""
    return dict(RoleRow.objects.order_by("code").values_list("code", "name"))


def proposed(kind: ProposalKind, *, office: str = "", limit: int = 200) -> list[ProposalLine]:
    """Proposals of a kind, the latest first; of one body where one is named."""
    rows = ProposalRow.objects.select_related("decision").filter(kind=kind.value)
    if office:
        rows = rows.filter(office=office)
    found = list(rows.order_by("-changed_at")[:limit])
    names = _offices({row.office for row in found})
    return [_line(row, names) for row in found]


def proposal(number: int) -> ProposalPage:
    """One proposal. Raises NoSuchProposal."""
    row = proposals.find(number)
    steps = list(row.steps.order_by("id"))
    names = _people({step.by for step in steps})
    return ProposalPage(
        line=_line(row, _offices({row.office})),
        office_code=row.office,
        body=row.body,
        remark=row.remark,
        steps=tuple(StepLine(s.step, names.get(s.by, s.by), s.remark, s.at) for s in steps),
        open_steps=open_steps(ProposalState(row.state)),
    )


def rosters_in_force(*, on: date, office: str = "", words: str = "") -> list[RosterLine]:
    """The lines of rosters in force on a day, by office, process and step.

    Words find them without accents and in any order.
    """
    rows = RosterRow.objects.select_related("decision").filter(valid__contains=on)
    if office:
        rows = rows.filter(office=office)
    found = list(rows.order_by("office", "process", "id")[:500])
    offices, names = _offices({r.office for r in found}), _people({r.official for r in found})
    stages = _stages({r.process for r in found})
    lines = [
        RosterLine(
            office=offices.get(r.office, r.office),
            process=stages.get((r.process, ""), r.process),
            stage=stages.get((r.process, r.stage), r.stage),
            procedure=r.procedure,
            official=names.get(r.official, r.official),
            since=to_span(r.valid).start,
            until=to_span(r.valid).end,
            decision=r.decision.number,
        )
        for r in found
    ]
    wanted = fold(words)
    return [
        line
        for line in lines
        if begins_words(wanted, f"{line.office} {line.process} {line.stage} {line.official}")
    ]


def offered(dossier: Dossier, *, on: date) -> frozenset[str]:
    """The accounts whom a roster in force names for the work that is given next; may be none."""
    process = catalogue.process(dossier.process_version)
    ways = process.branches(Act.ASSIGN, dossier.stage)
    duties = rosters.duties(dossier.office, process.code, on=on)
    named = [
        people(duties, stage=stage, procedure=dossier.procedure, on=on) or frozenset()
        for stage in [way.target for way in ways] or [dossier.stage]
    ]
    return frozenset[str]().union(*named)


def officials(office: str, *, on: date) -> list[tuple[str, str]]:
    """Who works in an office on a day: account and name."""
    held = GrantRow.objects.filter(office=office, valid__contains=on, account__is_active=True)
    return list(
        held.order_by("account__name").values_list("account__username", "account__name").distinct()
    )


def _line(row: ProposalRow, offices: dict[str, str]) -> ProposalLine:
    return ProposalLine(
        number=row.pk,
        kind=row.kind,
        title=row.title,
        office=offices.get(row.office, row.office),
        state=row.state,
        changed_at=row.changed_at,
        decision=row.decision.number if row.decision else "",
    )


def _offices(codes: set[str]) -> dict[str, str]:
    rows = OfficeRow.objects.filter(code__in=codes).order_by("valid")
    return dict(rows.values_list("code", "name"))


def _people(accounts: set[str]) -> dict[str, str]:
    return dict(AccountRow.objects.filter(username__in=accounts).values_list("username", "name"))


def _stages(codes: set[str]) -> dict[tuple[str, str], str]:
    """The names of processes and of their steps, by their last version."""
    names: dict[tuple[str, str], str] = {}
    for row in ProcessRow.objects.filter(code__in=codes).order_by("version"):
        names[row.code, ""] = row.name
        names |= {(row.code, stage.key): stage.name for stage in row.value().stages}
    return names
