"""The systems that bodies share, and what in them still passes through a body that is gone.

Source: letter of Lai Châu 7/2025 (UBND-VX): every shared system goes province ↔ commune.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from thongsuot.domain.directory import Level, Office, Succession, heirs
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span


class NoSuchSystem(Refusal):
    """No shared system is registered under this code."""

    code = "no_such_system"
    kind = Kind.UNKNOWN


class NoSuchFinding(Refusal):
    """No finding has this number."""

    code = "no_such_finding"
    kind = Kind.UNKNOWN


class EntryLeadsNowhere(Refusal):
    """A link or a flow joins two bodies; other entries belong to one."""

    code = "entry_leads_nowhere"
    kind = Kind.MALFORMED


class FindingStepNotNow(Refusal):
    """The finding is not at the point where this step is taken."""

    code = "finding_step_not_now"


class SystemKind(StrEnum):
    """What a shared system is for."""

    DOCUMENT = "document"
    EMAIL = "email"
    REPORT = "report"
    NETWORK = "network"
    PROCEDURES = "procedures"
    OTHER = "other"


class EntryKind(StrEnum):
    """What is set up in a shared system for a body."""

    UNIT = "unit"
    ACCOUNT = "account"
    RIGHT = "right"
    ADDRESS = "address"
    LINK = "link"
    FLOW = "flow"


JOINING = frozenset({EntryKind.LINK, EntryKind.FLOW})


@dataclass(frozen=True, slots=True)
class SharedSystem:
    """A system that many bodies use; from a day it knows no district between them."""

    code: str
    name: str
    kind: SystemKind
    keeper: str
    direct_from: date | None
    direct_source: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """The rules of a shared system, in force until others replace them."""

    system: str
    number: str
    title: str
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """One unit, account, right, address, link or flow; joining ones lead to another body.

    Refuses: EntryLeadsNowhere.
    """

    system: str
    kind: EntryKind
    key: str
    name: str
    office: str
    other: str = ""
    via: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind in JOINING) != bool(self.other) or (self.via and not self.other):
            raise EntryLeadsNowhere("other", given=self.key)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body that the entry speaks of, in the order of the way."""
        return tuple(dict.fromkeys(code for code in (self.office, *self.via, self.other) if code))

    @property
    def way(self) -> tuple[str, str, tuple[str, ...]]:
        """From where to where, through whom."""
        return self.office, self.other, self.via


class Trouble(StrEnum):
    """Why an entry may not speak of a body any more."""

    CLOSED = "closed"
    DISTRICT = "district"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gone:
    """A body of which an entry still speaks, and who carries on its work."""

    code: str
    name: str
    trouble: Trouble
    since: date | None
    heirs: tuple[str, ...]
    source: str


class Remedy(StrEnum):
    """What becomes of an entry: led past the body, set up for its heirs, or closed."""

    DIRECT = "direct"
    REPLACE = "replace"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class NewWay:
    """An entry as it is to be: whose, leading where, through whom."""

    office: str
    other: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """An entry that passes through bodies that are gone, and what is proposed instead."""

    entry: SystemEntry
    gone: tuple[Gone, ...]
    remedy: Remedy
    ways: tuple[NewWay, ...]


class Directory:
    """The bodies as they are on a day, asked by code, with who carries on whose work."""

    def __init__(
        self, offices: Iterable[Office], successions: Iterable[Succession], *, on: date
    ) -> None:
        self.on = on
        self._versions: dict[str, list[Office]] = {}
        for office in offices:
            self._versions.setdefault(office.code.canonical, []).append(office)
        self._successions = tuple(successions)

    def trouble(self, code: str, *, direct: bool) -> Gone | None:
        """What is wrong with a body on the day; nothing where it stands and may be spoken of."""
        versions = sorted(self._versions.get(code, ()), key=lambda office: office.valid.start)
        if not versions:
            return Gone(code, code, Trouble.UNKNOWN, None, (), "")
        now = next((office for office in versions if office.valid.contains(self.on)), None)
        if now is not None:
            if direct and now.level is Level.DISTRICT:
                return self._gone(now, Trouble.DISTRICT, None)
            return None
        past = [o for o in versions if o.valid.end is not None and o.valid.end <= self.on]
        # A body yet to open is set up beforehand, and nothing is wrong with that.
        return self._gone(past[-1], Trouble.CLOSED, past[-1].valid.end) if past else None

    def _gone(self, office: Office, trouble: Trouble, since: date | None) -> Gone:
        code = office.code.canonical
        found = heirs(self._successions, code, self.on)
        following = tuple(heir for heir in found if heir != code)
        sources = (line.source for line in self._successions if line.old == code)
        return Gone(code, office.name, trouble, since, following, next(sources, ""))


def passages(
    entries: Iterable[SystemEntry],
    systems: Mapping[str, SharedSystem],
    directory: Directory,
) -> Iterator[Passage]:
    """Every entry that on the day passes through a body closed, unknown, or of the district tier.

    What lay between is left out; what stood at an end becomes its heirs; what is set up already,
    or would lead from a body to itself, is closed.
    Source: letter of Lai Châu 7/2025 (UBND-VX), points 1 to 6.
    """
    listed = tuple(entries)
    there = {(entry.system, entry.kind, entry.way) for entry in listed}
    for entry in listed:
        since = systems[entry.system].direct_from
        direct = since is not None and since <= directory.on
        look = _looking(directory, direct)
        gone = {code: found for code in entry.bodies if (found := look(code)) is not None}
        if not gone:
            continue
        ways = tuple(
            way
            for way in _ways(entry, gone, look)
            if (entry.system, entry.kind, (way.office, way.other, way.via)) not in there
        )
        yield Passage(entry, tuple(gone.values()), _remedy(entry, ways, gone), ways)


def _looking(directory: Directory, direct: bool) -> Callable[[str], Gone | None]:
    return lambda code: directory.trouble(code, direct=direct)


def _ways(
    entry: SystemEntry, gone: Mapping[str, Gone], look: Callable[[str], Gone | None]
) -> Iterator[NewWay]:
    def standing(code: str) -> tuple[str, ...]:
        if code not in gone:
            return (code,)
        return tuple(heir for heir in gone[code].heirs if look(heir) is None)

    via = tuple(code for code in entry.via if code not in gone)
    for office, other in product(standing(entry.office), standing(entry.other)):
        if office != other:
            yield NewWay(office, other, via)


def _remedy(entry: SystemEntry, ways: tuple[NewWay, ...], gone: Mapping[str, Gone]) -> Remedy:
    if not ways:
        return Remedy.CLOSE
    ends = {entry.office, entry.other} & set(gone)
    return Remedy.REPLACE if ends else Remedy.DIRECT


class FindingState(StrEnum):
    """How far a finding has been followed."""

    FOUND = "found"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DONE = "done"
    WAIVED = "waived"


class FindingStep(StrEnum):
    """What is done with a finding."""

    FIND = "find"
    PROPOSE = "propose"
    ACCEPT = "accept"
    FINISH = "finish"
    WAIVE = "waive"


LEADS_TO = {
    FindingStep.FIND: FindingState.FOUND,
    FindingStep.PROPOSE: FindingState.PROPOSED,
    FindingStep.ACCEPT: FindingState.ACCEPTED,
    FindingStep.FINISH: FindingState.DONE,
    FindingStep.WAIVE: FindingState.WAIVED,
}
_NOW = {
    FindingState.FOUND: (FindingStep.PROPOSE, FindingStep.WAIVE),
    FindingState.PROPOSED: (FindingStep.ACCEPT, FindingStep.PROPOSE, FindingStep.WAIVE),
    FindingState.ACCEPTED: (FindingStep.FINISH, FindingStep.PROPOSE, FindingStep.WAIVE),
    FindingState.DONE: (FindingStep.FIND,),
    FindingState.WAIVED: (FindingStep.PROPOSE,),
}
CLOSED = frozenset({FindingState.DONE, FindingState.WAIVED})


def steps_now(state: FindingState) -> tuple[FindingStep, ...]:
    """What may be done with a finding in this state."""
    return _NOW[state]


def take(state: FindingState, step: FindingStep) -> FindingState:
    """The state after a step. Raises FindingStepNotNow."""
    if step not in _NOW[state]:
        raise FindingStepNotNow("step", state=state.value, step=step.value)
    return LEADS_TO[step]
