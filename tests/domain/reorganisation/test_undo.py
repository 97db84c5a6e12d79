"""A plan that is taken back leaves every dossier with whoever had it, its clock as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders, cast
from tests.domain.reorganisation.histories import History
from thongsuot.domain.dossier import Dossier, Entry, evolve
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.dossier.transfer import custody_of
from thongsuot.domain.reorganisation import (
    Bodies,
    DossierFacts,
    Heirs,
    Known,
    LongerTerm,
    Plan,
    apply,
    faults,
    known_before,
    without,
)
from thongsuot.domain.reorganisation.custody import Posts, give_back, pass_on
from thongsuot.domain.reorganisation.longer import given_back_earlier, passed_later

DOSSIERS, PLANS = 6, 3
LONGER = LongerTerm(4, "NQ bịa để thử")
AT = cast.moment("2025-09-09 09:00")


def posts(bodies: Bodies, history: History) -> Posts:
    """A counter in each body, and two people who serve in some of them."""
    codes = sorted(bodies.standing(history.day))
    people = {
        (name, code) for code in codes for name in ("an", "binh") if history.chance.random() < 0.6
    }
    return Posts({code: (f"MC-{code}",) for code in codes}, frozenset(people))


def at_a_body(history: History, bodies: Bodies) -> tuple[Dossier, DossierFacts]:
    """A dossier somewhere, of which another body may give the result back."""
    codes = sorted(bodies.standing(history.day))
    office, back = history.chance.choice(codes), history.chance.choice(codes)
    dossier = replace(
        builders.received(),
        office=history.chance.choice([office, back]),
        competent_office=office,
        return_office=back,
        return_point=f"MC-{back}",
        assignee=history.chance.choice(["an", "binh", ""]),
    )
    return dossier, history.facts(office)


def taken_back(seed: int) -> None:
    history = History(seed)
    for _ in range(PLANS):
        plan, before = history.plan(), history.bodies
        after = apply(plan, before)
        there, back = posts(after, history), posts(before, history)
        heirs = Heirs(plan, before)
        for _ in range(DOSSIERS):
            d, facts = at_a_body(history, before)
            event = pass_on(d, facts, plan=plan, heirs=heirs, posts=there)
            if isinstance(event, CustodyPassed):
                goes_and_returns(d, event, back, plan)
        one_by_one(history, plan, before)
        assert known_before(after, history.day) == before
        history.bodies = after


def goes_and_returns(d: Dossier, event: CustodyPassed, back: Posts, plan: Plan) -> None:
    """With the clock of a plan that moves nothing, and of one that has a basis."""
    later = passed_later(d, event, longer=LONGER, calendar=builders.CALENDAR, at=AT)
    story = [builders.entry(builders.receipt()), _entry(later)]
    for passing in (event, later):
        there = evolve(d, _entry(passing))
        assert (there.due_at == d.due_at) is (passing is event)
        undone = give_back(
            there,
            before=custody_of(d),
            after=custody_of(there),
            plan=plan.id,
            operation=event.operation,
            posts=back,
        )
        assert undone is not None
        undone = given_back_earlier(there, undone, entries=story, calendar=builders.CALENDAR)
        assert replace(evolve(there, _entry(undone)), version=d.version) == d


def one_by_one(history: History, plan: Plan, before: Bodies) -> None:
    """Operations taken back in any order that leaves a sound plan: in the end nothing holds."""
    numbers = [number for number, _ in plan.numbered]
    history.chance.shuffle(numbers)
    gone: set[int] = set()
    waiting = numbers
    while waiting:
        free = [
            n
            for n in waiting
            if faults(without(plan, gone | {n}), Known(before)) == () or len(waiting) == 1
        ]
        assert free, (plan, waiting)  # one that nothing depends on is always left
        gone.add(free[0])
        waiting = [n for n in waiting if n not in gone]
    assert apply(without(plan, gone), before) == before


def _entry(event: CustodyPassed) -> Entry:
    return Entry(event, AT, AT, "nhung", "H99", "provincial")


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0))
def test_a_plan_taken_back_leaves_every_dossier_as_it_was(seed: int) -> None:
    taken_back(seed)


@pytest.mark.soak
def test_ten_thousand_histories_are_taken_back() -> None:
    for seed in range(10_000):
        taken_back(seed)
