"""What is wrong with a plan, each fault with the line on which it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reorganisation.bodies import Bodies, recoded
from thongsuot.domain.reorganisation.lineage import circles
from thongsuot.domain.reorganisation.plan import (
    Abolish,
    Create,
    LongerTerm,
    Merge,
    MergeProvinces,
    MoveFunction,
    Operation,
    Plan,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    Stated,
    ToBody,
    ended_by,
    heirs_named_by,
    kind_of,
    touched_by,
)
from thongsuot.domain.reorganisation.subjects import STATABLE


class PlanNotSound(Refusal):
    """A plan with faults is neither rehearsed nor approved nor switched."""

    code = "plan_not_sound"


class PlanFaultKind(StrEnum):
    """The sorts of faults; the first ones are of the text, the others of what it says."""

    NOT_YAML = "not_yaml"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    ALIAS_IN_TEXT = "alias_in_text"
    KEY_UNKNOWN = "key_unknown"
    KEY_REPEATED = "key_repeated"
    KEY_MISSING = "key_missing"
    VALUE_WRONG = "value_wrong"
    CODE_MALFORMED = "code_malformed"
    NO_OPERATIONS = "no_operations"
    NO_BASIS = "no_basis"
    TERM_WITHOUT_BASIS = "term_without_basis"
    BODY_UNKNOWN = "body_unknown"
    BODY_CLOSED = "body_closed"
    CODE_TAKEN = "code_taken"
    PLACE_UNKNOWN = "place_unknown"
    PROCEDURE_UNKNOWN = "procedure_unknown"
    FIELD_UNKNOWN = "field_unknown"
    TWO_ENDS = "two_ends"
    SAID_TWICE = "said_twice"
    TWO_HEIRS = "two_heirs"
    NO_FALLBACK = "no_fallback"
    NO_SHARES = "no_shares"
    DAYS_DO_NOT_FIT = "days_do_not_fit"
    CIRCLE_OF_HEIRS = "circle_of_heirs"
    CIRCLE_OF_PARENTS = "circle_of_parents"
    PARENT_ENDS = "parent_ends"
    TWO_IN_ONE_PLACE = "two_in_one_place"
    NOT_TO_BE_STATED = "not_to_be_stated"
    INTO_ITSELF = "into_itself"


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One fault: its line in the text (0 when the plan comes from no text) and its facts."""

    kind: PlanFaultKind
    line: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan may speak of: bodies, places, procedures, fields. An empty set knows all."""

    bodies: Bodies
    places: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


def faults(plan: Plan, known: Known) -> tuple[PlanFault, ...]:
    """Every fault of a plan, by lines; a plan without any can be applied to the bodies."""
    check = _Check(plan, known)
    found = [*check.head(), *check.operations()]
    if not found:
        found = [*check.together()]
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.kind.value)))


def require_sound(plan: Plan, known: Known) -> None:
    """Raises PlanNotSound when the plan has a fault."""
    found = faults(plan, known)
    if found:
        raise PlanNotSound("plan", plan=plan.id, faults=len(found))


class _Check:
    """One plan against what is known."""

    def __init__(self, plan: Plan, known: Known) -> None:
        self.plan, self.known = plan, known
        self.standing = known.bodies.standing(plan.effective_on)
        self.ever = {one.code.canonical for one in known.bodies.versions}
        self.codes = recoded(plan)
        created = [one.code for _, one in plan.numbered if isinstance(one, Create)]
        self.made = {*created, *self.codes.values()}

    def head(self) -> Iterator[PlanFault]:
        """What is wrong with the plan as a whole."""
        plan = self.plan
        if not plan.operations:
            yield PlanFault(PlanFaultKind.NO_OPERATIONS, plan.line)
        if not any(line.strip() for line in plan.basis):
            yield PlanFault(PlanFaultKind.NO_BASIS, plan.line)
        longer = plan.longer_term
        if longer and _without_basis(longer):
            yield PlanFault(PlanFaultKind.TERM_WITHOUT_BASIS, plan.line)

    def operations(self) -> Iterator[PlanFault]:
        """What is wrong with an operation, whatever the others say."""
        for _, operation in self.plan.numbered:
            for body in touched_by(operation):
                yield from self._standing(body, operation.line)
            for heir in heirs_named_by(operation):
                if not isinstance(operation, Recode):
                    yield from self._standing_after(heir, _line_of(operation, heir))
            yield from self._of_kind(operation)
            for stated in operation.stated:
                yield from self._stated(stated, operation)

    def together(self) -> Iterator[PlanFault]:
        """What is wrong between operations that are each right."""
        yield from self._codes_taken()
        yield from self._ends_and_repetitions()
        yield from self._circles()
        yield from self._parents()
        yield from self._places()

    def _of_kind(self, operation: Operation) -> Iterator[PlanFault]:
        match operation:
            case Create():
                yield from self._code(operation.code, operation.line)
                if operation.parent:
                    yield from self._standing_after(operation.parent, operation.line)
                yield from self._place(operation.place, operation.line)
            case Recode():
                yield from self._code(operation.code, operation.line)
                yield from self._place(operation.place, operation.line)
            case Reparent():
                yield from self._standing_after(operation.parent, operation.line)
            case Merge() | MergeProvinces():
                if not ended_by(operation):
                    facts = {"body": operation.into}
                    yield PlanFault(PlanFaultKind.INTO_ITSELF, operation.line, facts)
            case Split() | Abolish() | MoveFunction():
                yield from self._shares(operation)
            case _:
                pass

    def _shares(self, operation: Split | Abolish | MoveFunction) -> Iterator[PlanFault]:
        body, total = {"body": operation.body}, False
        for share in operation.shares:
            yield from self._which(share)
            total = total or (share.which.is_all and isinstance(share.to, ToBody))
        if isinstance(operation, (Split, MoveFunction)) and not operation.shares:
            yield PlanFault(PlanFaultKind.NO_SHARES, operation.line, body)
        if not isinstance(operation, MoveFunction):
            if not operation.otherwise and not total:
                yield PlanFault(PlanFaultKind.NO_FALLBACK, operation.line, body)
            if isinstance(operation, Abolish) and operation.body in heirs_named_by(operation):
                yield PlanFault(PlanFaultKind.INTO_ITSELF, operation.line, body)
        for one, other in combinations(operation.shares, 2):
            if _contradict(one, other):
                facts = {**body, "first": str(one.line or 1), "second": str(other.line or 2)}
                yield PlanFault(PlanFaultKind.TWO_HEIRS, other.line, facts)

    def _which(self, share: Share) -> Iterator[PlanFault]:
        which, line = share.which, share.line
        start, end = which.received_from, which.received_before
        if start and end and end <= start:
            facts = {"start": start.isoformat(), "end": end.isoformat()}
            yield PlanFault(PlanFaultKind.DAYS_DO_NOT_FIT, line, facts)
        for place in sorted(which.places | which.new_places):
            yield from self._place(place, line)
        for code in sorted(which.procedures):
            if self.known.procedures and code not in self.known.procedures:
                yield PlanFault(PlanFaultKind.PROCEDURE_UNKNOWN, line, {"given": code})
        for name in sorted(which.fields):
            if self.known.fields and name not in self.known.fields:
                yield PlanFault(PlanFaultKind.FIELD_UNKNOWN, line, {"given": name})

    def _stated(self, stated: Stated, operation: Operation) -> Iterator[PlanFault]:
        if stated.becomes not in STATABLE.get(stated.subject, frozenset()):
            facts = {"subject": stated.subject.value, "becomes": stated.becomes.value}
            facts["operation"] = kind_of(operation).value
            yield PlanFault(PlanFaultKind.NOT_TO_BE_STATED, stated.line, facts)
        if stated.to:
            yield from self._standing_after(stated.to, stated.line)

    def _standing(self, code: str, line: int) -> Iterator[PlanFault]:
        if code in self.standing:
            return
        if code in self.ever:
            facts = {"given": code, "on": self.plan.effective_on.isoformat()}
            yield PlanFault(PlanFaultKind.BODY_CLOSED, line, facts)
        else:
            yield PlanFault(PlanFaultKind.BODY_UNKNOWN, line, {"given": code})

    def _standing_after(self, code: str, line: int) -> Iterator[PlanFault]:
        if code not in self.made:
            yield from self._standing(code, line)

    def _code(self, code: str, line: int) -> Iterator[PlanFault]:
        try:
            sound = OfficeCode.parse(code).canonical == code
        except Refusal:
            sound = False
        if not sound:
            yield PlanFault(PlanFaultKind.CODE_MALFORMED, line, {"given": code})

    def _place(self, code: str, line: int) -> Iterator[PlanFault]:
        if code and self.known.places and code not in self.known.places:
            yield PlanFault(PlanFaultKind.PLACE_UNKNOWN, line, {"given": code})

    def _codes_taken(self) -> Iterator[PlanFault]:
        """A code names one body for ever: no new body gets one that was ever used."""
        taken = set(self.ever)
        for _, operation in self.plan.numbered:
            if isinstance(operation, (Create, Recode)):
                if operation.code in taken:
                    facts = {"given": operation.code}
                    yield PlanFault(PlanFaultKind.CODE_TAKEN, operation.line, facts)
                taken.add(operation.code)

    def _ends_and_repetitions(self) -> Iterator[PlanFault]:
        """A body ends or is divided once, and one that ends is not changed besides."""
        gone = {body: n for n, one in self.plan.numbered for body in ended_by(one)}
        first: dict[tuple[str, str], int] = {}
        for number, operation in self.plan.numbered:
            for body, what in _said_of(operation):
                known = first.setdefault((body, what), number)
                if what != "end" and body in gone:
                    known = gone[body]
                if known != number:
                    facts = {"body": body, "first": str(known), "second": str(number)}
                    twice = what != "end" and body not in gone
                    kind = PlanFaultKind.SAID_TWICE if twice else PlanFaultKind.TWO_ENDS
                    yield PlanFault(kind, operation.line, facts)

    def _circles(self) -> Iterator[PlanFault]:
        edges: dict[str, list[str]] = defaultdict(list)
        lines: dict[str, int] = {}
        for _, operation in self.plan.numbered:
            if isinstance(operation, (Merge, MergeProvinces, Split, Abolish, MoveFunction)):
                for body in touched_by(operation):
                    edges[body] += [one for one in heirs_named_by(operation) if one != body]
                    lines.setdefault(body, operation.line)
        for circle in circles(edges):
            line = min(lines[body] for body in circle)
            facts = {"bodies": " → ".join([*circle, circle[0]])}
            yield PlanFault(PlanFaultKind.CIRCLE_OF_HEIRS, line, facts)

    def _parents(self) -> Iterator[PlanFault]:
        """Every body that stands after the plan stands under one that does, and not under itself."""
        parents = self._parents_after()
        gone = {body for _, one in self.plan.numbered for body in ended_by(one)}
        for body, (parent, line) in parents.items():
            if parent in gone:
                facts = {"body": body, "parent": parent}
                yield PlanFault(PlanFaultKind.PARENT_ENDS, line, facts)
        edges = {body: [parent] for body, (parent, _) in parents.items() if parent}
        for circle in circles(edges):
            line = min(parents[body][1] for body in circle)
            facts = {"bodies": " → ".join([*circle, circle[0]])}
            yield PlanFault(PlanFaultKind.CIRCLE_OF_PARENTS, line, facts)

    def _parents_after(self) -> dict[str, tuple[str, int]]:
        """The parent of each body after the plan, by old codes, with the line that says so."""
        old = {new: code for code, new in self.codes.items()}
        gone = {body for _, one in self.plan.numbered for body in ended_by(one)}
        line_of_end = {b: one.line for _, one in self.plan.numbered for b in ended_by(one)}
        found: dict[str, tuple[str, int]] = {}
        for code, office in self.standing.items():
            if code not in gone:
                parent = office.parent.canonical if office.parent else ""
                found[code] = parent, line_of_end.get(parent, 0)
        for _, operation in self.plan.numbered:
            if isinstance(operation, Create):
                parent = old.get(operation.parent, operation.parent)
                found[operation.code] = parent, operation.line
            elif isinstance(operation, Reparent) and operation.body in found:
                parent = old.get(operation.parent, operation.parent)
                found[operation.body] = parent, operation.line
        return found

    def _places(self) -> Iterator[PlanFault]:
        """One People's Committee sits in a commune: two new ones in one place are a slip."""
        first: dict[str, str] = {}
        for _, operation in self.plan.numbered:
            if isinstance(operation, (Create, Recode)) and operation.place:
                known = first.setdefault(operation.place, operation.code)
                if known != operation.code:
                    facts = {"place": operation.place, "first": known, "second": operation.code}
                    yield PlanFault(PlanFaultKind.TWO_IN_ONE_PLACE, operation.line, facts)


def _said_of(operation: Operation) -> list[tuple[str, str]]:
    """What an operation says of bodies and no other may: that they end, or one change of them."""
    match operation:
        case Split():
            return [(operation.body, "end")]
        case Merge() | MergeProvinces() | Abolish():
            return [(body, "end") for body in ended_by(operation)]
        case Rename() | Recode() | Reparent():
            return [(operation.body, kind_of(operation).value)]
        case _:
            return []


def _contradict(one: Share, other: Share) -> bool:
    """Whether two shares name different heirs for the same dossiers, equally closely."""
    return (
        one.to != other.to
        and one.which.closeness == other.which.closeness
        and one.which.meets(other.which)
    )


def _without_basis(longer: LongerTerm) -> bool:
    return longer.working_days <= 0 or not longer.basis.strip()


def _line_of(operation: Operation, heir: str) -> int:
    """The line that names an heir: its share, else the operation."""
    if isinstance(operation, (Split, Abolish, MoveFunction)):
        for share in operation.shares:
            if share.to == ToBody(heir):
                return share.line
    return operation.line
