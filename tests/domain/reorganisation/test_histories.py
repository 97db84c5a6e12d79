"""Through any history of plans: one holder, nothing lost, no circles, and a way back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.reorganisation.histories import History
from thongsuot.domain.reorganisation import (
    DossierFacts,
    Heir,
    Heirs,
    Known,
    Lineage,
    apply,
    faults,
    known_before,
)

DOSSIERS, PLANS = 12, 4


def live_through(seed: int) -> None:
    """A history with its dossiers, checked after each plan."""
    history = History(seed)
    codes = sorted(history.bodies.standing(history.day))
    dossiers = {n: history.facts(history.chance.choice(codes)) for n in range(DOSSIERS)}
    ever = {facts.office for facts in dossiers.values()}
    for _ in range(PLANS):
        plan = history.plan()
        before = history.bodies
        assert faults(plan, Known(before)) == (), plan

        after = apply(plan, before)
        dossiers = passed(dossiers, Heirs(plan, before))
        history.bodies = after

        standing = after.standing(history.day)
        holders = Counter(facts.office for facts in dossiers.values())
        assert set(holders) <= set(standing)  # one holder, and it stands
        assert holders.total() == DOSSIERS  # nothing lost, nothing doubled
        assert known_before(after, history.day) == before  # plan and undo leave nothing
        lineage = Lineage(after.successions)
        assert lineage.circles() == ()
        for code in ever:  # an old code leads to bodies of today
            today = lineage.today(code, history.day)
            assert today, code
            assert set(today) <= set(standing)
        eve = history.day - timedelta(days=1)
        assert set(before.standing(eve)) == set(after.standing(eve))  # the past is what it was
        ever |= set(holders)


def passed(dossiers: dict[int, DossierFacts], heirs: Heirs) -> dict[int, DossierFacts]:
    """The dossiers with those who carry them on."""
    after = {}
    for number, facts in dossiers.items():
        heir = heirs.of(facts)
        assert isinstance(heir, Heir), (facts, heir)
        after[number] = replace(facts, office=heir.body)
    return after


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0))
def test_any_history_keeps_every_dossier_with_one_body_that_stands(seed: int) -> None:
    live_through(seed)


@pytest.mark.soak
def test_ten_thousand_histories_keep_every_dossier() -> None:
    for seed in range(10_000):
        live_through(seed)
