"""Who carries on a dossier: one decision for rehearsal, switch and question alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation.bodies import Bodies, apply, committees, recoded
from thongsuot.domain.reorganisation.plan import (
    Abolish,
    Merge,
    MergeProvinces,
    MoveFunction,
    Operation,
    Plan,
    Recode,
    Share,
    Split,
    ToBody,
    Which,
    ended_by,
)
from thongsuot.domain.workdays import VIETNAM

_NEAREST_FIRST = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What of a dossier decides its heir.

    `place` is its commune in the order before the plan, `new_place` in the one after it, where
    that is known; `levels` are those that resolve its procedure, as the catalogue says.
    """

    office: str
    procedure: str = ""
    field: str = ""
    place: str = ""
    new_place: str = ""
    levels: frozenset[Level] = frozenset()
    received_at: datetime | None = None
    status: Status = Status.RECEIVED

    @property
    def level(self) -> Level | None:
        """The level nearest to the people that resolves it."""
        return next((one for one in _NEAREST_FIRST if one in self.levels), None)


class HeirGround(StrEnum):
    """Why a dossier passes from one body to the next."""

    MERGED = "merged"
    PROVINCES_MERGED = "provinces_merged"
    SHARE = "share"
    OF_PLACE = "of_place"
    FUNCTION_MOVED = "function_moved"
    RECODED = "recoded"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Passing:
    """One step on the way to the heir: the operation, and which of its shares, from 1."""

    operation: int
    ground: HeirGround
    body: str
    to: str
    share: int = 0


@dataclass(frozen=True, slots=True)
class Heir:
    """The one body that carries a dossier on, and how it came there; no steps, nothing moved."""

    body: str
    way: tuple[Passing, ...] = ()

    @property
    def is_fallback(self) -> bool:
        """Whether only the explicit fallback of the plan decided."""
        return any(step.ground is HeirGround.FALLBACK for step in self.way)

    @property
    def moves(self) -> bool:
        """Whether another body than before has it."""
        return bool(self.way) and self.way[0].body != self.body

    @property
    def operation(self) -> int:
        """The operation that took it from its body; 0 when none did."""
        return self.way[0].operation if self.way else 0

    @property
    def rule(self) -> str:
        """The rule that moved it, as custody records keep it: `3:share:2 > 17:merged`."""
        return " > ".join(
            f"{step.operation}:{step.ground.value}" + (f":{step.share}" if step.share else "")
            for step in self.way
        )


class GapKind(StrEnum):
    """What a plan does not answer."""

    NO_HEIR = "no_heir"
    TWO_HEIRS = "two_heirs"
    HEIR_DOES_NOT_STAND = "heir_does_not_stand"
    ROLE_WITHOUT_HOLDER = "role_without_holder"
    NO_RECEPTION_POINT = "no_reception_point"
    NO_PROCESS = "no_process"
    NO_REPORT_ROUTE = "no_report_route"
    NO_CALENDAR = "no_calendar"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the plan leaves without an answer; it holds back what it speaks of."""

    kind: GapKind
    office: str
    procedure: str = ""
    place: str = ""
    role: str = ""
    candidates: tuple[str, ...] = ()
    operation: int = 0


def heir(facts: DossierFacts, plan: Plan, before: Bodies) -> Heir | Gap:
    """Who carries a dossier on under a plan. Source: NQ 190/2025/QH15 Đ.5, Đ.10."""
    return Heirs(plan, before).of(facts)


class Heirs:
    """The decision of one plan over the bodies before it, made ready for many dossiers."""

    def __init__(self, plan: Plan, before: Bodies) -> None:
        day = plan.effective_on
        self._codes = recoded(plan)
        self._recoding: dict[str, int] = {}
        self._ending: dict[str, tuple[int, Operation]] = {}
        self._moving: dict[str, list[tuple[int, MoveFunction]]] = defaultdict(list)
        for number, operation in plan.numbered:
            self._take_in(number, operation)
        self._before = committees(before.standing(day).values())
        after = apply(plan, before).standing(day)
        self._after = committees(after.values())
        self._standing = frozenset(after)
        self._levels = frozenset(one.level for one in after.values())

    def of(self, facts: DossierFacts) -> Heir | Gap:
        """The heir of one dossier, or why there is none.

        A level of which no body stands any more resolves nothing: the catalogue may still name
        the districts for a procedure that the departments resolve as well.
        """
        if not facts.levels <= self._levels:
            facts = replace(facts, levels=facts.levels & self._levels)
        body, way = facts.office, list[Passing]()
        seen = set[str]()
        while body not in seen:
            seen.add(body)
            step = self._next(body, facts)
            if isinstance(step, Gap):
                return step
            if step is None:
                return self._arrived(body, way, facts)
            if step.to != body:
                way.append(step)
            elif not way and step.ground is not HeirGround.RECODED:
                return self._arrived(body, [step], facts)
            body = step.to
        return self._arrived(body, way, facts)

    def stands(self, body: str) -> bool:
        """Whether a body stands once the plan holds."""
        return body in self._standing

    def _take_in(self, number: int, operation: Operation) -> None:
        if isinstance(operation, MoveFunction):
            self._moving[operation.body].append((number, operation))
        elif isinstance(operation, Recode):
            self._recoding[operation.body] = number
        elif isinstance(operation, Split):
            self._ending[operation.body] = (number, operation)
        for body in ended_by(operation):
            self._ending[body] = (number, operation)

    def _arrived(self, body: str, way: list[Passing], facts: DossierFacts) -> Heir | Gap:
        code = self._codes.get(body, body)
        if code != body:
            way.append(Passing(self._recoding[body], HeirGround.RECODED, body, code))
        if code not in self._standing:
            operation = way[0].operation if way else 0
            return _gap(GapKind.HEIR_DOES_NOT_STAND, facts, (code,), operation)
        return Heir(code, tuple(way))

    def _next(self, body: str, facts: DossierFacts) -> Passing | Gap | None:
        """The next step of a dossier at a body; None when it has arrived."""
        for number, moved in self._moving.get(body, ()):
            step = self._by_share(number, moved, facts, HeirGround.FUNCTION_MOVED)
            if step is not None:
                return step
        number, operation = self._ending.get(body, (0, None))
        match operation:
            case Merge():
                return Passing(number, HeirGround.MERGED, body, operation.into)
            case MergeProvinces():
                return Passing(number, HeirGround.PROVINCES_MERGED, body, operation.into)
            case Split() | Abolish():
                step = self._by_share(number, operation, facts, HeirGround.SHARE)
                return step or _fallback(number, operation, facts)
            case _:
                return None

    def _by_share(
        self,
        number: int,
        operation: Split | Abolish | MoveFunction,
        facts: DossierFacts,
        ground: HeirGround,
    ) -> Passing | Gap | None:
        """The step by the shares that fit most closely; None when none decides."""
        fitting = closest(operation.shares, facts)
        found: dict[str, Passing] = {}
        for share in fitting:
            to = share.to.code if isinstance(share.to, ToBody) else self._of_place(facts)
            # The commune of the place may be the very body that ends: that decides nothing.
            if to and (isinstance(share.to, ToBody) or to != operation.body):
                place = 1 + operation.shares.index(share)
                why = ground if isinstance(share.to, ToBody) else HeirGround.OF_PLACE
                found.setdefault(to, Passing(number, why, operation.body, to, place))
        if len(found) > 1:
            return _gap(GapKind.TWO_HEIRS, facts, tuple(found), number)
        return next(iter(found.values()), None)

    def _of_place(self, facts: DossierFacts) -> str:
        """Whoever sits in the commune after the plan, else whoever sat there before it."""
        return (
            self._after.get(facts.new_place)
            or self._before.get(facts.place)
            or self._after.get(facts.place, "")
        )


def closest(shares: Iterable[Share], facts: DossierFacts) -> list[Share]:
    """The shares that take a dossier, of those only the ones that name it most closely."""
    fitting = [share for share in shares if fits(share.which, facts)]
    best = max((share.which.closeness for share in fitting), default=())
    return [share for share in fitting if share.which.closeness == best]


def fits(which: Which, facts: DossierFacts) -> bool:
    """Whether a share takes a dossier."""
    places = which.places or which.new_places
    return (
        (not which.procedures or facts.procedure in which.procedures)
        and (not which.fields or facts.field in which.fields)
        and (not places or facts.place in which.places or facts.new_place in which.new_places)
        and (not which.statuses or facts.status in which.statuses)
        and (which.level is None or which.level is facts.level)
        and _received_within(which, facts.received_at)
    )


def _received_within(which: Which, received_at: datetime | None) -> bool:
    if which.received_from is None and which.received_before is None:
        return True
    if received_at is None:
        return False
    day = received_at.astimezone(VIETNAM).date()
    too_early = which.received_from is not None and day < which.received_from
    return not too_early and (which.received_before is None or day < which.received_before)


def _fallback(number: int, operation: Split | Abolish, facts: DossierFacts) -> Passing | Gap:
    if not operation.otherwise:
        return _gap(GapKind.NO_HEIR, facts, (), number)
    return Passing(number, HeirGround.FALLBACK, operation.body, operation.otherwise)


def _gap(kind: GapKind, facts: DossierFacts, candidates: tuple[str, ...], operation: int) -> Gap:
    place = facts.new_place or facts.place
    return Gap(kind, facts.office, facts.procedure, place, "", candidates, operation)
