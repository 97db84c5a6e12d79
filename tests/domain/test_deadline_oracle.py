"""The closed form and a walk minute by minute find the same due moment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.worlds import Case, World, computed, random_case, random_world, seeded, walked
from thongsuot.domain.deadline import Unit

SOAK_CASES = int(os.environ.get("THONGSUOT_SOAK_CASES", "1000000"))
SOAK_SEED = int(os.environ.get("THONGSUOT_SOAK_SEED", "20261122"))
CASES_IN_A_WORLD = 500

WORLDS = [random_world(seeded(seed), f"fixed-{seed}") for seed in range(4)]


def cases_of(seed: str, count: int) -> Iterator[tuple[World, Case]]:
    chance = seeded(seed)
    world = random_world(chance, seed)
    for _ in range(count):
        yield world, random_case(chance, world)


def differences(seed: str) -> tuple[int, list[str]]:
    """How many cases of one world have a due moment, and those that two ways tell apart."""
    found, due = [], 0
    for world, case in cases_of(seed, CASES_IN_A_WORLD):
        expected, given_moment = walked(world, case), computed(world, case)
        due += expected is not None
        if expected != given_moment:
            found.append(f"{seed}: {case}: walked {expected}, computed {given_moment}")
    return due, found


@pytest.mark.parametrize("number", range(6))
def test_no_difference_in_three_thousand_random_cases(number: int) -> None:
    due, found = differences(f"test/{number}")

    assert found == []
    assert due > CASES_IN_A_WORLD * 0.9


@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_no_difference_that_can_be_searched_for(data: st.DataObject) -> None:
    world = data.draw(st.sampled_from(WORLDS))
    days = sorted(world.days)
    received = data.draw(st.integers(days[0], days[-200])) * 1440 + data.draw(st.integers(0, 1439))
    unit = data.draw(st.sampled_from(Unit))
    halves = data.draw(st.integers(1, 12))
    pauses = data.draw(
        st.lists(
            st.tuples(st.integers(-2000, 20000), st.integers(1, 9000)).map(
                lambda pair: (
                    max(received + pair[0], days[0] * 1440),
                    max(received + pair[0], days[0] * 1440) + pair[1],
                )
            ),
            max_size=3,
        )
    )
    whole = halves + halves % 2 if unit.is_calendar else halves
    case = Case(received, whole, unit, tuple(pauses), data.draw(st.booleans()))

    assert computed(world, case) == walked(world, case)


@pytest.mark.soak
def test_no_difference_in_a_million_random_cases() -> None:
    worlds = -(-SOAK_CASES // CASES_IN_A_WORLD)
    seeds = [f"{SOAK_SEED}/{number}" for number in range(worlds)]

    found: list[str] = []
    due = 0
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for with_due, unlike in pool.map(differences, seeds, chunksize=20):
            due += with_due
            found += unlike
    print(f"\n{worlds * CASES_IN_A_WORLD} cases, {due} due, seed {SOAK_SEED}: {len(found)} differ")

    assert found == []
    assert due > worlds * CASES_IN_A_WORLD * 0.9
