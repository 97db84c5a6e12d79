"""Whether a plan is sound and whole: every fault with its line, every gap, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from thongsuot.actions.reorganisation.building import ground_of
from thongsuot.domain.directory import Level
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reorganisation import (
    Abolish,
    Bodies,
    DossierFacts,
    Gap,
    Heirs,
    Known,
    MoveFunction,
    Operation,
    Plan,
    PlanFault,
    Split,
    answers,
    apply,
    changes,
    faults,
    kind_of,
    known_before,
    touched_by,
)
from thongsuot.domain.reorganisation.subjects import Becomes
from thongsuot.records import reorganisation as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import PlaceRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.words import plans

WORKLIST = (Becomes.TO_ISSUE, Becomes.TO_CHANGE, Becomes.TO_REVOKE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults, or a sound plan with its gaps and figures."""

    plan: Plan | None
    faults: tuple[PlanFault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    is_provisional: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the plan may go on to its rehearsal."""
        return not self.faults and not self.gaps


def check(text: str, *, data: Path) -> Checked:
    """Check the text of a plan against the bodies, places and procedures that are known.

    Raises FileMissing, HeaderWrong, FileCut.
    """
    read = plans.read(text)
    if read.plan is None:
        return Checked(None, read.faults)
    return check_plan(read.plan, data=data)


def check_plan(plan: Plan, *, data: Path) -> Checked:
    """Check a plan. Raises FileMissing, HeaderWrong, FileCut."""
    before, is_provisional = bodies_before(plan, data=data)
    known = known_for(plan, before)
    found = faults(plan, known)
    if found:
        return Checked(plan, found, is_provisional=is_provisional)
    tried, gaps, by_fallback = _try_all(plan, before, known)
    counts = (*_figures(plan, before), ("decisions", tried), ("by_fallback", by_fallback))
    return Checked(plan, (), tuple(gaps), counts, is_provisional)


def bodies_before(plan: Plan, *, data: Path) -> tuple[Bodies, bool]:
    """The bodies on the eve of a plan, and whether they are provisional ones.

    Where none of those that the plan names are loaded, those of its province stand in for them.
    """
    loaded = records.bodies()
    codes = {str(one.code) for one in loaded.versions}
    named = {body for _, one in plan.numbered for body in touched_by(one)}
    if not named & codes:
        try:
            ground = ground_of(plan.province, on=plan.effective_on, data=data)
        except Refusal:
            return known_before(loaded, plan.effective_on), False
        if ground.is_provisional:
            return ground.before, True
    return known_before(loaded, plan.effective_on), False


def known_for(plan: Plan, before: Bodies) -> Known:
    """What a plan may speak of."""
    del plan
    fields = set(ProcedureRow.objects.values_list("field", flat=True).distinct())
    if fields:
        fields |= set(CompetenceRow.objects.values_list("field", flat=True).distinct())
    return Known(
        before,
        places=frozenset(PlaceRow.objects.values_list("code", flat=True).distinct()),
        procedures=frozenset(ProcedureRow.objects.values_list("base", flat=True).distinct()),
        fields=frozenset(fields),
    )


def _try_all(plan: Plan, before: Bodies, known: Known) -> tuple[int, list[Gap], int]:
    """Ask for the heir of every kind of dossier that a body may hold."""
    heirs, gaps = Heirs(plan, before), dict[Gap, None]()
    tried = by_fallback = 0
    for facts in _kinds_of_dossiers(plan, before, known):
        answer = heirs.of(facts)
        tried += 1
        if isinstance(answer, Gap):
            gaps.setdefault(answer)
        elif answer.is_fallback:
            by_fallback += 1
    return tried, list(gaps), by_fallback


def _kinds_of_dossiers(plan: Plan, before: Bodies, known: Known) -> Iterator[DossierFacts]:
    rows = ProcedureRow.objects.values_list("base", "field", "levels").distinct()
    procedures = [(base, field, _levels(levels)) for base, field, levels in rows]
    work = {(field, levels): base for base, field, levels in procedures}
    named = {(base, field, levels) for base, field, levels in procedures if base in _named(plan)}
    kinds = {(base, field, levels) for (field, levels), base in work.items()} | named
    kinds = (
        kinds or {("", field, _NEAREST) for field in sorted(known.fields)} or {("", "", _NEAREST)}
    )
    under = _places_under(before, plan)
    for _, operation in plan.numbered:
        for body in touched_by(operation):
            if not isinstance(operation, (Split, Abolish, MoveFunction)):
                yield DossierFacts(body)
                continue
            for base, field, levels in sorted(kinds, key=lambda kind: (kind[0], kind[1])):
                for place, new_place in _places_of(operation, under.get(body, ("",))):
                    yield DossierFacts(body, base, field, place, new_place, levels)


_NEAREST = frozenset({Level.COMMUNE})


def _levels(levels: Iterable[str]) -> frozenset[Level]:
    return frozenset(Level(level) for level in levels)


def _named(plan: Plan) -> set[str]:
    """The procedures that some share names."""
    return {
        base
        for _, one in plan.numbered
        if isinstance(one, (Split, Abolish, MoveFunction))
        for share in one.shares
        for base in share.which.procedures
    }


def _places_under(before: Bodies, plan: Plan) -> dict[str, tuple[str, ...]]:
    """The communes of each body: its own, or those under it."""
    found: dict[str, list[str]] = {}
    for code, office in sorted(before.standing(plan.effective_on).items()):
        if office.level is Level.COMMUNE and office.place:
            found.setdefault(code, []).append(office.place)
            if office.parent:
                found.setdefault(office.parent.canonical, []).append(office.place)
    return {code: tuple(places) for code, places in found.items()}


def _places_of(operation: Operation, places: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    new = {place for share in getattr(operation, "shares", ()) for place in share.which.new_places}
    for place in places:
        yield place, ""
        for one in sorted(new):
            yield place, one


def _figures(plan: Plan, before: Bodies) -> tuple[tuple[str, int], ...]:
    made = changes(plan, before)
    kinds = Counter(kind_of(one).value for _, one in plan.numbered)
    todo = Counter(
        f"{answer.becomes.value}:{answer.subject.value}"
        for _, one in plan.numbered
        for answer in answers(one)
        if answer.becomes in WORKLIST
        for _ in touched_by(one) or ("",)
    )
    return (
        ("operations", len(plan.numbered)),
        *((f"operations:{kind}", count) for kind, count in sorted(kinds.items())),
        ("bodies_before", len(before.standing(plan.effective_on))),
        ("bodies_after", len(apply(plan, before).standing(plan.effective_on))),
        ("successions", len(made.successions)),
        *sorted(todo.items()),
    )
