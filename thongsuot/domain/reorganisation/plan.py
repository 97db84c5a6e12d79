"""A plan says what becomes of the bodies of a province, from which day, and on what legal basis."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from typing import assert_never

from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation.subjects import (
    DERIVED,
    Answer,
    AnswerRule,
    Becomes,
    OperationKind,
    Subject,
)
from thongsuot.domain.workdays import VIETNAM


@dataclass(frozen=True, slots=True)
class OfPlace:
    """The heir is whoever carries on for the commune where the dossier belongs."""


@dataclass(frozen=True, slots=True)
class ToBody:
    """The heir is one named body."""

    code: str


Target = ToBody | OfPlace


@dataclass(frozen=True, slots=True)
class Which:
    """Which dossiers a share takes: all that fit every part that is given; empty fits all.

    `places` are communes of the old order, `new_places` of the new one: the statistics office
    gives an old number to another commune. The days are of reception; the last is excluded.
    """

    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    new_places: frozenset[str] = frozenset()
    level: Level | None = None  # the nearest one that resolves the procedure in the new order
    received_from: date | None = None
    received_before: date | None = None
    statuses: frozenset[Status] = frozenset()

    @property
    def closeness(self) -> tuple[bool, ...]:
        """How closely it names: of two that fit, the one named more closely decides."""
        return (
            bool(self.procedures),
            bool(self.fields),
            bool(self.places or self.new_places),
            bool(self.received_from or self.received_before),
            bool(self.statuses),
            self.level is not None,
        )

    @property
    def is_all(self) -> bool:
        """Whether it takes every dossier."""
        return not any(self.closeness)

    def meets(self, other: Which) -> bool:
        """Whether some dossier may fit both."""
        pairs = (
            (self.procedures, other.procedures),
            (self.fields, other.fields),
            (self.places, other.places),
            (self.new_places, other.new_places),
            (self.statuses, other.statuses),
        )
        apart = any(one and two and not one & two for one, two in pairs)
        levels = self.level and other.level and self.level is not other.level
        start = max(self.received_from or date.min, other.received_from or date.min)
        end = min(self.received_before or date.max, other.received_before or date.max)
        return not apart and not levels and start < end


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a body's work that one heir takes over."""

    which: Which
    to: Target
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the plan itself says of a subject; `to` is the body that takes it."""

    subject: Subject
    becomes: Becomes
    to: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Create:
    """A body begins."""

    code: str
    name: str
    kind: OfficeKind
    level: Level
    parent: str
    place: str = ""
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rename:
    """A body goes on under another name."""

    body: str
    name: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Recode:
    """A body goes on under another code; the old one resolves for ever."""

    body: str
    code: str
    place: str = ""  # the number of its commune in the new order, where that changes too
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reparent:
    """A body goes on under another one."""

    body: str
    parent: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Merge:
    """Bodies end, and one carries all of their work on."""

    bodies: tuple[str, ...]
    into: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Split:
    """One body's work is divided by rule; it goes on itself if it is among its heirs."""

    body: str
    shares: tuple[Share, ...]
    otherwise: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Abolish:
    """A body ends, and other bodies carry its work on by rule."""

    body: str
    shares: tuple[Share, ...]
    otherwise: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MoveFunction:
    """Part of a body's work goes to another one; the body stays."""

    body: str
    shares: tuple[Share, ...]
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MergeProvinces:
    """Provinces end and one carries on: their People's Committees, procedure suffixes, routes."""

    provinces: tuple[str, ...]
    into: str
    stated: tuple[Stated, ...] = ()
    line: int = field(default=0, compare=False)


Operation = (
    Create | Rename | Recode | Reparent | Merge | Split | Abolish | MoveFunction | MergeProvinces
)

KINDS: Mapping[type[Operation], OperationKind] = {
    Create: OperationKind.CREATE,
    Rename: OperationKind.RENAME,
    Recode: OperationKind.RECODE,
    Reparent: OperationKind.REPARENT,
    Merge: OperationKind.MERGE,
    Split: OperationKind.SPLIT,
    Abolish: OperationKind.ABOLISH,
    MoveFunction: OperationKind.MOVE_FUNCTION,
    MergeProvinces: OperationKind.MERGE_PROVINCES,
}


@dataclass(frozen=True, slots=True)
class LongerTerm:
    """The only way in which a plan moves deadlines: later, by working days, on a legal basis."""

    working_days: int
    basis: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One reorganisation: its operations are known by their place in it, counted from 1."""

    id: str
    title: str
    province: str  # the province of the new order, by its statistics code
    effective_on: date
    basis: tuple[str, ...]
    operations: tuple[Operation, ...]
    longer_term: LongerTerm | None = None
    line: int = field(default=0, compare=False)
    undone: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def effective_at(self) -> datetime:
        """The instant of the switch: bodies begin and end with a day of Vietnam."""
        return datetime.combine(self.effective_on, time(), VIETNAM)

    @property
    def numbered(self) -> tuple[tuple[int, Operation], ...]:
        """The operations that hold, with their numbers; undone ones keep theirs for themselves."""
        every = enumerate(self.operations, start=1)
        return tuple((number, one) for number, one in every if number not in self.undone)

    @property
    def seal(self) -> str:
        """The fingerprint of operations, rules and answers; lines and comments do not count."""
        return hashlib.sha256(_canonical(self).encode()).hexdigest()


def kind_of(operation: Operation) -> OperationKind:
    """Which of the operations it is."""
    return KINDS[type(operation)]


def ended_by(operation: Operation) -> tuple[str, ...]:
    """The bodies that do not stand any more after an operation."""
    match operation:
        case Merge():
            return tuple(body for body in operation.bodies if body != operation.into)
        case MergeProvinces():
            return tuple(body for body in operation.provinces if body != operation.into)
        case Abolish():
            return (operation.body,)
        case Split():
            return () if operation.body in _named_heirs(operation) else (operation.body,)
        case Create() | Rename() | Recode() | Reparent() | MoveFunction():
            return ()
        case _:
            assert_never(operation)


def touched_by(operation: Operation) -> tuple[str, ...]:
    """The bodies that an operation takes from or changes, by their old codes."""
    match operation:
        case Create():
            return ()
        case Merge():
            return operation.bodies
        case MergeProvinces():
            return operation.provinces
        case Rename() | Recode() | Reparent() | Split() | Abolish() | MoveFunction():
            return (operation.body,)
        case _:
            assert_never(operation)


def heirs_named_by(operation: Operation) -> tuple[str, ...]:
    """The bodies that an operation names as heirs, the fallback last."""
    match operation:
        case Merge() | MergeProvinces():
            return (operation.into,)
        case Split() | Abolish() | MoveFunction():
            return _named_heirs(operation)
        case Recode():
            return (operation.code,)
        case Create() | Rename() | Reparent():
            return ()
        case _:
            assert_never(operation)


def answers(operation: Operation) -> tuple[Answer, ...]:
    """What becomes of everything that hangs on the bodies of an operation."""
    stated = {one.subject: one for one in operation.stated}
    derived = DERIVED[kind_of(operation)]
    return tuple(
        Answer(subject, stated[subject].becomes, AnswerRule.STATED, stated[subject].to)
        if subject in stated
        else Answer(subject, *derived[subject])
        for subject in Subject
    )


def without(plan: Plan, numbers: Iterable[int]) -> Plan:
    """The plan as if some of its operations had never been in it; the others keep their numbers."""
    return replace(plan, undone=plan.undone | set(numbers))


def needed_by(plan: Plan, numbers: Iterable[int]) -> frozenset[int]:
    """The operations that make the bodies which these name as heirs, these among them."""
    kept, operations = set(numbers), dict(plan.numbered)
    makers = {
        one.code: number for number, one in operations.items() if isinstance(one, Create | Recode)
    }
    waiting = list(kept)
    while waiting:
        named = heirs_named_by(operations[waiting.pop()])
        more = {makers[body] for body in named if body in makers} - kept
        kept |= more
        waiting += more
    return frozenset(kept)


def _named_heirs(operation: Split | Abolish | MoveFunction) -> tuple[str, ...]:
    named = [share.to.code for share in operation.shares if isinstance(share.to, ToBody)]
    if not isinstance(operation, MoveFunction) and operation.otherwise:
        named.append(operation.otherwise)
    return tuple(dict.fromkeys(named))


def _canonical(plan: Plan) -> str:
    return json.dumps(_plain(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    """A value as JSON that is the same whatever the order of sets and wherever it stood."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.compare}
        return {"is": type(value).__name__, **plain}
    if isinstance(value, frozenset):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
