"""What a plan stands on when it is rehearsed or switched: its bodies before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from thongsuot.domain.directory import Level, Office
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation import (
    Abolish,
    Answer,
    Bodies,
    Create,
    DossierFacts,
    Heirs,
    Merge,
    MergeProvinces,
    MoveFunction,
    Operation,
    Plan,
    Recode,
    Split,
    Subject,
    answers,
    apply,
    known_before,
    touched_by,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import reorganisation as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import PlaceRow, PlaceSuccessionRow


@dataclass(frozen=True, slots=True)
class Held:
    """A body of an operation, and what becomes of one subject of it; `to` is who gets it."""

    number: int
    operation: Operation
    body: str
    answer: Answer
    to: str


@dataclass(slots=True)
class Ground:
    """A plan over the bodies that are known, read once."""

    plan: Plan
    before: Bodies
    standing: dict[str, Office]
    after: dict[str, Office]
    heirs: Heirs
    _touching: dict[str, tuple[int, Operation]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the switch."""
        return self.plan.effective_on

    @property
    def touched(self) -> frozenset[str]:
        """The bodies that some operation takes from or changes, by their old codes."""
        return frozenset(self._touching)

    @property
    def ended(self) -> frozenset[str]:
        """The codes under which nobody stands after the plan."""
        return frozenset(self.standing) - frozenset(self.after)

    @property
    def begun(self) -> frozenset[str]:
        """The codes under which a body stands only after the plan."""
        return frozenset(self.after) - frozenset(self.standing)

    def operation_of(self, code: str) -> int:
        """The first operation that speaks of a body; 0 when none does."""
        return self._touching.get(code, (0, None))[0] or self._made_by(code)

    def held(self, subject: Subject) -> dict[str, Held]:
        """What becomes of a subject of each body that an operation touches."""
        found: dict[str, Held] = {}
        for number, operation in self.plan.numbered:
            answer = next(one for one in answers(operation) if one.subject is subject)
            for body in touched_by(operation):
                to = self.carrier(operation, answer, body)
                # Of two operations on one body, the one that takes it elsewhere decides.
                if body not in found or found[body].to == body:
                    found[body] = Held(number, operation, body, answer, to)
        return found

    def carrier(self, operation: Operation, answer: Answer, body: str) -> str:
        """The one body that carries on for another, as its people and papers go; "" if none."""
        to, seen = answer.to or _one_heir(operation) or body, {body}
        while to not in self.after:
            following = self._touching.get(to)
            if to in seen or following is None:
                return ""
            seen.add(to)
            to = _one_heir(following[1])
        return to

    def _made_by(self, code: str) -> int:
        for number, operation in self.plan.numbered:
            if isinstance(operation, (Create, Recode)) and operation.code == code:
                return number
        return 0


def ground_for(plan: Plan) -> Ground:
    """A plan over the bodies that are loaded, as they stood on its eve."""
    before = known_before(records.bodies(), plan.effective_on)
    touching: dict[str, tuple[int, Operation]] = {}
    for number, operation in plan.numbered:
        for body in touched_by(operation):
            if body not in touching or not _one_heir(touching[body][1]):
                touching[body] = (number, operation)
    return Ground(
        plan,
        before,
        before.standing(plan.effective_on - timedelta(days=1)),
        apply(plan, before).standing(plan.effective_on),
        Heirs(plan, before),
        touching,
    )


class Facts:
    """What decides the heirs of dossiers, read once for many of them."""

    def __init__(self, plan: Plan) -> None:
        day = plan.effective_on
        self._at = plan.effective_at
        self._keeps_moment = _uses_the_day(plan)
        self._procedures: dict[str, tuple[str, frozenset[Level]]] = {}
        rows = ProcedureRow.objects.order_by("version").values_list("base", "field", "levels")
        for base, name, levels in [*rows, *rows.filter(valid__contains=day)]:
            self._procedures[base] = (name, frozenset(map(Level, levels)))
        self._after = set(
            PlaceRow.objects.filter(valid__contains=day).values_list("code", flat=True)
        )
        self._heirs = dict(_single_heirs(day))

    def of(
        self,
        *,
        office: str,
        procedure: str,
        place_given: str,
        place_today: str,
        status: str,
        received_at: datetime,
    ) -> DossierFacts:
        """The facts of one dossier; those with the same ones have the same heir."""
        name, levels = self._procedures.get(procedure, ("", frozenset[Level]()))
        if received_at < self._at:
            place = place_today or place_given
            new_place = self._heirs.get(place, "")
        else:
            place = place_given if place_given != place_today else ""
            new_place = place_today if place_today in self._after else ""
        return DossierFacts(
            office,
            procedure,
            name,
            place,
            new_place,
            levels,
            received_at if self._keeps_moment else None,
            Status(status),
        )


def _single_heirs(day: date) -> Iterator[tuple[str, str]]:
    """The old communes that went as a whole, or almost, to one new one."""
    found: dict[str, set[str]] = {}
    whole: dict[str, str] = {}
    rows = PlaceSuccessionRow.objects.filter(on=day).values_list("old", "new", "is_whole")
    for old, new, is_whole in rows:
        found.setdefault(old, set()).add(new)
        if is_whole:
            whole[old] = new
    for old, heirs in found.items():
        if len(heirs) == 1 or old in whole:
            yield old, whole.get(old) or next(iter(heirs))


def _uses_the_day(plan: Plan) -> bool:
    return any(
        share.which.received_from or share.which.received_before
        for _, one in plan.numbered
        if isinstance(one, (Split, Abolish, MoveFunction))
        for share in one.shares
    )


def _one_heir(operation: Operation) -> str:
    """The body that carries on where one has to be named: of several, the fallback."""
    match operation:
        case Merge() | MergeProvinces():
            return operation.into
        case Recode():
            return operation.code
        case Split() | Abolish():
            return operation.otherwise
        case _:
            return ""


def local_day(at: datetime) -> date:
    """The office's day of a moment."""
    return at.astimezone(VIETNAM).date()
