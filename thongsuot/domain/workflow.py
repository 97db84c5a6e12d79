"""A process is data: stages, moves between them, who makes them, how long each may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from thongsuot.domain.deadline import Term, Unit
from thongsuot.domain.refusal import Kind, Refusal


class NoSuchMove(Refusal):
    """The process has no such move from the stage where the dossier stands."""

    code = "no_such_move"


class BranchNeeded(Refusal):
    """Several ways lead on from this stage by the same act: the official says which."""

    code = "branch_needed"


class NoProcess(Refusal):
    """No process in force resolves this procedure here on this day."""

    code = "no_process"


class BadProcess(Refusal):
    """A process that fails its check cannot come into force."""

    code = "bad_process"
    kind = Kind.MALFORMED


class Act(StrEnum):
    """Everything that someone may do to a dossier. Source: NĐ 118/2025 Đ.16–22."""

    RECEIVE = "receive"
    DECLINE = "decline"
    DIGITISE = "digitise"
    FORWARD = "forward"
    ARRIVE = "arrive"
    ASSIGN = "assign"
    CLAIM = "claim"
    ASK_OPINION = "ask_opinion"
    GIVE_OPINION = "give_opinion"
    DRAFT = "draft"
    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ASK_SUPPLEMENT = "ask_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    REFUSE = "refuse"
    STOP = "stop"
    RAISE_FINANCIAL_DUTY = "raise_financial_duty"
    SETTLE_FINANCIAL_DUTY = "settle_financial_duty"
    COLLECT_FEE = "collect_fee"
    BEGIN_INCIDENT = "begin_incident"
    END_INCIDENT = "end_incident"
    APOLOGISE = "apologise"
    ISSUE_RESULT = "issue_result"
    HAND_OVER = "hand_over"
    CHANGE_PROCESS = "change_process"
    ACCEPT_DUE = "accept_due"
    OPEN_CHILD = "open_child"


class StageKind(StrEnum):
    """What is done at a stage."""

    RECEPTION = "reception"
    INTAKE = "intake"
    WORK = "work"
    APPROVAL = "approval"
    ISSUE = "issue"
    HANDOVER = "handover"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stand of the work: the role that has it, and how long it may keep it."""

    key: str
    name: str
    kind: StageKind
    role: str = ""
    term: Term | None = None
    two_people: bool = False  # a decision here needs a second person, who had no hand in it


@dataclass(frozen=True, slots=True)
class Move:
    """A way from a stage to the next; several from one stage are branches."""

    act: Act
    source: str
    target: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChildLink:
    """An interlinked procedure that a stage opens under the parent. Source: NĐ 63/2024."""

    procedure: str
    stage: str


@dataclass(frozen=True, slots=True)
class Process:
    """One version of an internal process; without a decision it is a sample, not approved."""

    code: str
    version: int
    name: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    decision: str = ""
    opinions: tuple[str, ...] = ()
    children: tuple[ChildLink, ...] = ()

    @property
    def key(self) -> str:
        """Code and version, as a running dossier keeps it."""
        return f"{self.code}@{self.version}"

    @property
    def start(self) -> Stage:
        """The stage at which a dossier begins. Raises BadProcess when there is none."""
        for stage in self.stages:
            if stage.kind is StageKind.RECEPTION:
                return stage
        raise BadProcess("stages", process=self.key, fault=FaultKind.NO_START.value)

    def stage(self, key: str) -> Stage:
        """The stage of this key. Raises NoSuchMove when the process has none."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise NoSuchMove("stage", process=self.key, stage=key, act="", stage_name=key)

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """The moves open at a stage."""
        return tuple(move for move in self.moves if move.source == stage)

    def move(self, act: Act, stage: str, target: str = "") -> Move:
        """The move that an act makes from a stage; the target decides between branches.

        Raises NoSuchMove, BranchNeeded.
        """
        open_moves = self.branches(act, stage)
        chosen = [move for move in open_moves if not target or move.target == target]
        if not chosen:
            name = self.stage(stage).name
            raise NoSuchMove(
                "act", process=self.key, stage=stage, act=act.value, stage_name=name, target=target
            )
        if len(chosen) > 1:
            raise BranchNeeded(
                "target",
                act=act.value,
                known=[move.target for move in chosen],
                ways=[move.name or move.target for move in chosen],
            )
        return chosen[0]

    def branches(self, act: Act, stage: str) -> tuple[Move, ...]:
        """The ways on from a stage by one act; more than one, and the official chooses."""
        return tuple(move for move in self.moves_from(stage) if move.act is act)

    def links(self, procedure: str, stage: str) -> bool:
        """Whether this stage may open this procedure under the dossier."""
        return ChildLink(procedure, stage) in self.children


class FaultKind(StrEnum):
    """What can be wrong with the definition of a process."""

    NO_START = "no_start"
    SEVERAL_STARTS = "several_starts"
    NO_END = "no_end"
    DOUBLED_STAGE = "doubled_stage"
    UNKNOWN_STAGE = "unknown_stage"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    MISSING_ROLE = "missing_role"
    CYCLE = "cycle"
    TERM_EXCEEDED = "term_exceeded"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a process, and where."""

    kind: FaultKind
    where: str
    detail: str = ""


def check(
    process: Process, *, legal_term: Term | None = None, roles: frozenset[str] | None = None
) -> tuple[Fault, ...]:
    """Everything that keeps a process from coming into force, in a stable order.

    With the roles that exist, a stage that names another one is missing its role.
    """
    faults = [*_faults_of_stages(process, roles), *_faults_of_ways(process)]
    if not faults:
        faults = [*_faults_of_reach(process)]
    if not faults and legal_term is not None:
        faults = [*_faults_of_terms(process, legal_term)]
    return tuple(faults)


def _faults_of_stages(process: Process, roles: frozenset[str] | None) -> Iterator[Fault]:
    keys = [stage.key for stage in process.stages]
    starts = [stage for stage in process.stages if stage.kind is StageKind.RECEPTION]
    if not starts:
        yield Fault(FaultKind.NO_START, process.key)
    if len(starts) > 1:
        yield Fault(FaultKind.SEVERAL_STARTS, process.key, ", ".join(s.key for s in starts))
    if not any(stage.kind is StageKind.END for stage in process.stages):
        yield Fault(FaultKind.NO_END, process.key)
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield Fault(FaultKind.DOUBLED_STAGE, key)
    for stage in process.stages:
        is_known = roles is None or stage.role in roles
        if stage.kind is not StageKind.END and not (stage.role and is_known):
            yield Fault(FaultKind.MISSING_ROLE, stage.key, stage.role)


def _faults_of_ways(process: Process) -> Iterator[Fault]:
    keys = {stage.key for stage in process.stages}
    for move in process.moves:
        for end in (move.source, move.target):
            if end not in keys:
                yield Fault(FaultKind.UNKNOWN_STAGE, end, move.act.value)
    for child in process.children:
        if child.stage not in keys:
            yield Fault(FaultKind.UNKNOWN_STAGE, child.stage, child.procedure)


def _faults_of_reach(process: Process) -> Iterator[Fault]:
    ways = [(move.source, move.target) for move in process.moves]
    reached = _closure({process.start.key}, _arrows(ways))
    ends = {stage.key for stage in process.stages if stage.kind is StageKind.END}
    finishing = _closure(ends, _arrows([(target, source) for source, target in ways]))
    for stage in process.stages:
        if stage.key not in reached:
            yield Fault(FaultKind.UNREACHABLE, stage.key)
        elif stage.key not in finishing:
            yield Fault(FaultKind.DEAD_END, stage.key)
    try:
        TopologicalSorter(_onward(process)).prepare()
    except CycleError as circle:
        yield Fault(FaultKind.CYCLE, " → ".join(reversed(circle.args[1])))


def _arrows(ways: list[tuple[str, str]]) -> Mapping[str, list[str]]:
    following: dict[str, list[str]] = {}
    for source, target in ways:
        following.setdefault(source, []).append(target)
    return following


def _closure(starts: set[str], following: Mapping[str, list[str]]) -> set[str]:
    seen = set[str]()
    walk = list(starts)
    while walk:
        key = walk.pop()
        if key not in seen:
            seen.add(key)
            walk.extend(following.get(key, ()))
    return seen


def _onward(process: Process) -> Mapping[str, list[str]]:
    """The ways that lead on: what is sent back comes again, and is no circle."""
    return _arrows(
        [(move.source, move.target) for move in process.moves if move.act is not Act.SEND_BACK]
    )


def _faults_of_terms(process: Process, legal_term: Term) -> Iterator[Fault]:
    if _longest(process) > _weight(legal_term):
        yield Fault(FaultKind.TERM_EXCEEDED, process.key, str(legal_term))


def _longest(process: Process) -> int:
    """The longest way through, by weight: each stage once, what follows it first."""
    own = {stage.key: _weight(stage.term) if stage.term else 0 for stage in process.stages}
    onward = _onward(process)
    longest = dict[str, int]()
    for key in TopologicalSorter(onward).static_order():
        longest[key] = own[key] + max((longest[after] for after in onward.get(key, ())), default=0)
    return longest.get(process.start.key, own[process.start.key])


# What half a unit weighs, in sevenths of a half hour, only to compare plans with each other:
# a working day is eight hours, a week of calendar days holds five working days.
_WEIGHTS: Mapping[Unit, int] = {
    Unit.WORKING_HOUR: 7,
    Unit.HOUR: 7,
    Unit.WORKING_DAY: 8 * 7,
    Unit.DAY: 8 * 5,
    Unit.MONTH: 8 * 5 * 30,
}


def _weight(term: Term) -> int:
    return term.halves * _WEIGHTS[term.unit]
