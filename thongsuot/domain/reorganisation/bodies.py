"""The bodies before a plan and after it: what the plan makes of them is a function of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from thongsuot.domain.directory import Office, OfficeKind, Succession, SuccessionKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.reorganisation.plan import (
    Abolish,
    Create,
    Merge,
    MergeProvinces,
    MoveFunction,
    OfPlace,
    Operation,
    Plan,
    Recode,
    Rename,
    Reparent,
    Split,
    ended_by,
    heirs_named_by,
)
from thongsuot.domain.spans import Span

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Bodies:
    """Every version of the bodies of a province, and who followed whom."""

    versions: frozenset[Office]
    successions: frozenset[Succession]

    def standing(self, on: date) -> dict[str, Office]:
        """The bodies of a day by their codes."""
        return {one.code.canonical: one for one in self.versions if one.valid.contains(on)}


@dataclass(frozen=True, slots=True)
class Changes:
    """What a plan makes of the bodies; `closed` are versions as they were, still open."""

    closed: frozenset[Office]
    opened: frozenset[Office]
    successions: frozenset[Succession]


def known_before(bodies: Bodies, day: date) -> Bodies:
    """The bodies as they stand before a day, without what is to come.

    This also takes back what a plan of that day made of them.
    """
    return Bodies(
        frozenset(_still_open(one, day) for one in bodies.versions if one.valid.start < day),
        frozenset(line for line in bodies.successions if line.on < day),
    )


def committees(offices: Iterable[Office]) -> dict[str, str]:
    """The People's Committee of each commune, by the number of the commune."""
    return {
        one.place: one.code.canonical
        for one in offices
        if one.kind is OfficeKind.COMMUNE and one.place
    }


def recoded(plan: Plan) -> dict[str, str]:
    """The new code of each body that gets one."""
    return {one.body: one.code for _, one in plan.numbered if isinstance(one, Recode)}


def suffixes(plan: Plan) -> dict[str, str]:
    """The suffix that the procedures of a province carry after the plan, by the one before.

    1.001193.H63 is 1.001193.H38 from the day on which H63 went into H38; the old one still leads
    to it, since procedures are found by their base.
    """
    return {
        ended: one.into
        for _, one in plan.numbered
        if isinstance(one, MergeProvinces)
        for ended in ended_by(one)
    }


def changes(plan: Plan, before: Bodies) -> Changes:
    """What a sound plan makes of the bodies that stand before its day."""
    day, source = plan.effective_on, "; ".join(plan.basis)[:LONGEST_SOURCE]
    standing = before.standing(day)
    after = _standing_after(plan, standing)
    closed, opened = set[Office](), set[Office]()
    for code, office in standing.items():
        successor = after.pop(code, None)
        if successor == office:
            continue
        closed.add(office)
        if successor is not None:
            opened.add(replace(successor, valid=Span(day), source=source))
    opened |= {replace(one, valid=Span(day), source=source) for one in after.values()}
    lines = {replace(line, source=source) for line in successions(plan, standing)}
    return Changes(frozenset(closed), frozenset(opened), frozenset(lines))


def apply(plan: Plan, before: Bodies) -> Bodies:
    """The bodies once a sound plan holds; `known_before` its day is the way back."""
    made = changes(plan, before)
    ended = {replace(one, valid=Span(one.valid.start, plan.effective_on)) for one in made.closed}
    return Bodies(
        before.versions - made.closed | ended | made.opened,
        before.successions | made.successions,
    )


def successions(plan: Plan, standing: Mapping[str, Office]) -> tuple[Succession, ...]:
    """Who carries on for whom, one line for each pair; a body that goes on follows itself."""
    codes = recoded(plan)
    found: dict[tuple[str, str], Succession] = {}
    for _, operation in plan.numbered:
        kind = _kind_of_succession(operation)
        if kind is None:
            continue
        for old in _giving(operation):
            for new in _heirs_of(operation, old, plan, standing):
                pair = (old, codes.get(new, new))
                found.setdefault(pair, Succession(kind, *pair, plan.effective_on, ""))
    return tuple(line for pair, line in found.items() if pair[0] != pair[1] or _gives(pair, found))


def _gives(pair: tuple[str, str], found: Mapping[tuple[str, str], Succession]) -> bool:
    """Whether a body that goes on also gives something away: only then its own line says more."""
    return any(old == pair[0] != new for old, new in found)


def _giving(operation: Operation) -> tuple[str, ...]:
    match operation:
        case Merge() | MergeProvinces():
            return ended_by(operation)
        case Recode() | Split() | Abolish() | MoveFunction():
            return (operation.body,)
        case Create() | Rename() | Reparent():
            return ()
        case _:
            assert_never(operation)


def _kind_of_succession(operation: Operation) -> SuccessionKind | None:
    match operation:
        case Merge() | MergeProvinces():
            return SuccessionKind.MERGED
        case Recode():
            return SuccessionKind.RENAMED
        case Split() | MoveFunction():
            return SuccessionKind.SPLIT
        case Abolish():
            return SuccessionKind.ABOLISHED
        case Create() | Rename() | Reparent():
            return None
        case _:
            assert_never(operation)


def _heirs_of(
    operation: Operation, old: str, plan: Plan, standing: Mapping[str, Office]
) -> tuple[str, ...]:
    named = list(heirs_named_by(operation))
    if isinstance(operation, (Split, Abolish, MoveFunction)):
        if any(isinstance(share.to, OfPlace) for share in operation.shares):
            named = [*_of_the_communes(old, plan, standing), *named]
        if isinstance(operation, MoveFunction):
            named.append(old)
    return tuple(dict.fromkeys(named))


def _of_the_communes(body: str, plan: Plan, standing: Mapping[str, Office]) -> list[str]:
    """The bodies that carry on for the communes that were under a body."""
    children = [
        code
        for code, office in sorted(standing.items())
        if office.parent and office.parent.canonical == body and office.kind is OfficeKind.COMMUNE
    ]
    ends: dict[str, Operation] = {}
    for _, operation in plan.numbered:
        for ended in ended_by(operation):
            ends[ended] = operation
    found: list[str] = []
    for child in children:
        found.extend(heirs_named_by(ends[child]) if child in ends else (child,))
    return found


def _standing_after(plan: Plan, standing: Mapping[str, Office]) -> dict[str, Office]:
    """The bodies that stand once the plan holds; those with a new code under the new one."""
    after, codes = dict(standing), recoded(plan)
    for _, operation in plan.numbered:
        match operation:
            case Create():
                after[operation.code] = _created(operation, plan)
            case Rename():
                after[operation.body] = replace(after[operation.body], name=operation.name)
            case Reparent():
                parent = OfficeCode.parse(operation.parent)
                after[operation.body] = replace(after[operation.body], parent=parent)
            case Recode():
                place = operation.place or after[operation.body].place
                after[operation.body] = replace(after[operation.body], place=place)
            case Merge() | MergeProvinces() | Split() | Abolish():
                for ended in ended_by(operation):
                    after.pop(ended, None)
            case MoveFunction():
                pass
            case _:
                assert_never(operation)
    return {codes.get(code, code): _with_codes(one, codes) for code, one in after.items()}


def _created(operation: Create, plan: Plan) -> Office:
    parent = OfficeCode.parse(operation.parent) if operation.parent else None
    return Office(
        OfficeCode.parse(operation.code),
        operation.name,
        operation.kind,
        operation.level,
        parent,
        operation.place,
        Span(plan.effective_on),
        "",
    )


def _with_codes(office: Office, codes: Mapping[str, str]) -> Office:
    """A body under the codes that hold after the plan, its own and that of its parent."""
    own, parent = office.code.canonical, office.parent.canonical if office.parent else ""
    if own in codes:
        office = replace(office, code=OfficeCode.parse(codes[own]))
    if parent in codes:
        office = replace(office, parent=OfficeCode.parse(codes[parent]))
    return office


def _still_open(office: Office, day: date) -> Office:
    end = office.valid.end
    return replace(office, valid=Span(office.valid.start)) if end and end >= day else office
