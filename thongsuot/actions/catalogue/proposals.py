"""Processes and rosters: proposed by a body, appraised by the Office, in force by a decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from thongsuot.actions.catalogue.rights import require_body, require_office
from thongsuot.domain import proposals as rules
from thongsuot.domain import roster as roster_rules
from thongsuot.domain.decisions import Decision
from thongsuot.domain.directory import Level
from thongsuot.domain.duties import Person
from thongsuot.domain.proposals import ProposalKind, ProposalState, Step
from thongsuot.domain.roster import Named, Roster
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import BadProcess, NoProcess, Process, check
from thongsuot.records import access, catalogue, proposals
from thongsuot.records import roster as rosters
from thongsuot.records.access import RoleRow
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow
from thongsuot.records.codec import decode, encode
from thongsuot.records.decisions import save_decision
from thongsuot.records.proposals import ProposalRow
from thongsuot.records.spans import to_range, to_span
from thongsuot.words.faults import said


@dataclass(frozen=True, slots=True)
class ProposedUse:
    """Which procedure ("" for any) a process is to resolve, at which level."""

    procedure: str
    level: Level


@dataclass(frozen=True, slots=True)
class ProposedProcess:
    """A process as proposed, with where it is to be used."""

    process: Process
    uses: tuple[ProposedUse, ...]


Content = ProposedProcess | Roster
_KINDS: dict[ProposalKind, type[ProposedProcess] | type[Roster]] = {
    ProposalKind.PROCESS: ProposedProcess,
    ProposalKind.ROSTER: Roster,
}


def draft_process(
    *, office: str, process: Process, uses: tuple[ProposedUse, ...], by: Person, at: datetime
) -> int:
    """Begin the proposal of a process; its number. Raises CatalogueDutyNeeded."""
    return _open(office, ProposedProcess(process, uses), by=by, at=at)


def draft_roster(
    *, office: str, process: str, named: tuple[Named, ...], by: Person, at: datetime
) -> int:
    """Begin the proposal of a roster; its number.

    Raises CatalogueDutyNeeded, NoProcess, RosterEmpty, NamedTwice, StageNotOnProcess,
    NoSuchOfficial.
    """
    content = Roster(office, process, named)
    _check_roster(content, at)
    return _open(office, content, by=by, at=at)


@transaction.atomic
def edit(*, number: int, content: Content, by: Person, at: datetime) -> None:
    """Change a proposal that was not laid before the Office yet, or came back.

    Raises NoSuchProposal, CatalogueDutyNeeded, ProposalNotThere, and what drafting raises.
    """
    row = proposals.find(number, lock=True)
    require_body(by, office=row.office, at=at)
    if isinstance(content, Roster):
        _check_roster(content, at)
    row.body, row.title, row.subject = encode(content), _title(content), _subject(content)
    _take(row, Step.EDIT, by=by, at=at)


@transaction.atomic
def propose(*, number: int, by: Person, at: datetime) -> None:
    """Lay a proposal before the Office; a process with faults stays where it is.

    Raises NoSuchProposal, CatalogueDutyNeeded, ProposalNotThere, BadProcess.
    """
    row = proposals.find(number, lock=True)
    require_body(by, office=row.office, at=at)
    _require_sound(content_of(row))
    _take(row, Step.PROPOSE, by=by, at=at)


@transaction.atomic
def send_back(*, number: int, remark: str, by: Person, at: datetime) -> None:
    """Return a proposal with what is to be mended.

    Raises NoSuchProposal, CatalogueDutyNeeded, ProposalNotThere, RemarkNeeded.
    """
    require_office(by, at=at)
    _take(proposals.find(number, lock=True), Step.RETURN, by=by, at=at, remark=remark)


@transaction.atomic
def appraise(*, number: int, remark: str, by: Person, at: datetime) -> None:
    """Find a proposal fit to be decided.

    Raises NoSuchProposal, CatalogueDutyNeeded, ProposalNotThere.
    """
    require_office(by, at=at)
    _take(proposals.find(number, lock=True), Step.APPRAISE, by=by, at=at, remark=remark)


@transaction.atomic
def decide(*, number: int, decision: Decision, by: Person, at: datetime) -> None:
    """Put a proposal in force; dossiers under way keep the process that they began with.

    Raises NoSuchProposal, CatalogueDutyNeeded, ProposalNotThere, BadProcess,
    LaterRosterExists.
    """
    require_office(by, at=at)
    row = proposals.find(number, lock=True)
    content = content_of(row)
    rules.after(ProposalState(row.state), Step.DECIDE)
    _require_sound(content)
    row.decision = save_decision(decision, by=by.account, at=at)
    if isinstance(content, Roster):
        rosters.put_in_force(content, row.decision)
    else:
        _put_process_in_force(content, decision)
    _take(row, Step.DECIDE, by=by, at=at)


def content_of(row: ProposalRow) -> Content:
    """What a proposal proposes."""
    return decode(_KINDS[ProposalKind(row.kind)], row.body)


def _open(office: str, content: Content, *, by: Person, at: datetime) -> int:
    require_body(by, office=office, at=at)
    kind = ProposalKind.ROSTER if isinstance(content, Roster) else ProposalKind.PROCESS
    with transaction.atomic():
        row = proposals.open_one(
            kind,
            office=office,
            subject=_subject(content),
            title=_title(content),
            body=encode(content),
            by=by.account,
            at=at,
        )
    return row.pk


def _take(row: ProposalRow, step: Step, *, by: Person, at: datetime, remark: str = "") -> None:
    row.state = rules.after(ProposalState(row.state), step, remark=remark).value
    row.remark = remark or row.remark
    proposals.keep_step(row, step, by=by.account, at=at, remark=remark)


def _subject(content: Content) -> str:
    return content.process if isinstance(content, Roster) else content.process.code


def _title(content: Content) -> str:
    if isinstance(content, Roster):
        return newest(content.process).name
    return content.process.name


def newest(code: str) -> Process:
    """The last version of a process. Raises NoProcess."""
    row = ProcessRow.objects.filter(code=code).order_by("-version").first()
    if row is None:
        raise NoProcess("process", procedure=code, level="")
    return row.value()


def _check_roster(content: Roster, at: datetime) -> None:
    roster_rules.check(content, newest(content.process))
    on = at.astimezone(VIETNAM).date()
    for line in content.named:
        access.official_in(line.official, office=content.office, on=on)


def _require_sound(content: Content) -> None:
    if isinstance(content, Roster):
        return
    roles = frozenset(RoleRow.objects.values_list("code", flat=True))
    faults = check(content.process, roles=roles)
    if faults:
        raise BadProcess("process", process=content.process.code, fault=said(faults))


def _put_process_in_force(content: ProposedProcess, decision: Decision) -> None:
    last = ProcessRow.objects.filter(code=content.process.code).order_by("-version").first()
    version = (last.version if last else 0) + 1
    value = replace(content.process, version=version, decision=decision.number)
    row = catalogue.save_process(value, source=decision.number)
    for use in content.uses:
        _end_uses(use, decision.valid_from)
        ProcessUseRow.objects.create(
            procedure=use.procedure,
            level=use.level.value,
            process=row,
            valid=to_range(Span(decision.valid_from)),
        )


def _end_uses(use: ProposedUse, day: date) -> None:
    """What was used before ends where this begins; what begins that day or later gives way."""
    rows = ProcessUseRow.objects.filter(procedure=use.procedure, level=use.level.value)
    for row in rows:
        span = to_span(row.valid)
        if span.start >= day:
            row.delete()
        elif span.end is None or span.end > day:
            row.valid = to_range(Span(span.start, day))
            row.save(update_fields=["valid"])
