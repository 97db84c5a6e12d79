"""What holds of every dossier, whatever was tried on it."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders, cast
from tests.domain.dossier.histories import BEGINNINGS, STEPS, Step, play
from thongsuot.domain.dossier import EVENTS, Dossier, Status, evolve, name_of, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Outcome

QUICK = settings(max_examples=150, deadline=None)
THROUGH = [Step("onward", 60)] * 6


def test_the_way_through_ends_with_the_result_in_the_applicants_hands() -> None:
    told = play(builders.received(), THROUGH)

    assert told.refused == ()
    assert told.states[-1].status is Status.RETURNED
    assert told.states[-1].outcome is Outcome.GRANTED


@QUICK
@given(BEGINNINGS, STEPS)
def test_what_was_promised_never_changes(beginning: Dossier, steps: list[Step]) -> None:
    assert {state.promised_at for state in play(beginning, steps).states} == {beginning.promised_at}


@QUICK
@given(BEGINNINGS, STEPS)
def test_a_dossier_is_in_exactly_one_office_at_every_moment(
    beginning: Dossier, steps: list[Step]
) -> None:
    concerned = {beginning.receiving_office, beginning.competent_office, beginning.return_office}
    concerned.add(cast.NAM_SUONG)  # carries on what a reorganisation gives it

    assert all(state.office in concerned for state in play(beginning, steps).states)


@QUICK
@given(BEGINNINGS, STEPS)
def test_every_event_is_one_version(beginning: Dossier, steps: list[Step]) -> None:
    told = play(beginning, steps)

    assert [state.version for state in told.states] == list(range(1, len(told.states) + 1))
    assert reduce(evolve, told.entries, beginning) == told.states[-1]


@QUICK
@given(STEPS, st.lists(st.integers(0, 30), max_size=4))
def test_a_history_replayed_at_once_is_one_evolved_event_by_event(
    steps: list[Step], told_at: list[int]
) -> None:
    began = builders.entry(builders.receipt())
    entries = [began, *play(evolve(None, began), steps).entries]
    for place in told_at:  # what another system told of it changes nothing but the count
        told = replace(entries[0], event=e.ProgressReported("igate-cu", "Trình ký"))
        entries.insert(1 + place % len(entries), told)

    by_steps = reduce(evolve, entries[1:], evolve(None, entries[0]))

    assert replay(entries) == by_steps
    assert by_steps.version == len(entries)


@QUICK
@given(BEGINNINGS, STEPS)
def test_after_the_end_nothing_happens_but_one_hand_over_and_what_a_reorganisation_passes_on(
    beginning: Dossier, steps: list[Step]
) -> None:
    told = play(beginning, steps)
    closed = [state for state in told.states if not state.is_open]

    passed = sum(isinstance(entry.event, e.CustodyPassed) for entry in told.entries)
    assert len(closed) <= 2 + passed
    assert {state.ended_at for state in closed} <= {closed[0].ended_at} if closed else True
    assert all(not state.open_pauses and not state.opinions_open for state in closed)


@QUICK
@given(BEGINNINGS, STEPS)
def test_once_the_clock_runs_the_due_day_never_comes_nearer(
    beginning: Dossier, steps: list[Step]
) -> None:
    for before, now in pairwise(play(beginning, steps).states):
        if before.competent_received_at is not None and before.due_at and now.due_at:
            # By day: two ends on one weekend go to Monday, each at its own time of day.
            assert now.due_at.date() >= before.due_at.date()


@QUICK
@given(BEGINNINGS, STEPS)
def test_a_dossier_that_waits_says_for_what(beginning: Dossier, steps: list[Step]) -> None:
    for state in play(beginning, steps).states:
        waits_for = {pause.kind.value for pause in state.open_pauses}
        assert (state.status is Status.WAITING_SUPPLEMENT) == ("supplement" in waits_for)
        if state.status is Status.WAITING_PAYMENT:
            assert "financial_duty" in waits_for


def test_a_dossier_begins_once_and_begins_with_a_receipt() -> None:
    first = builders.entry(e.BecameLate())

    with pytest.raises(ValueError, match="cannot be the first"):
        replay([first])
    with pytest.raises(ValueError, match="begins once"):
        evolve(builders.received(), builders.entry(builders.receipt()))
    assert replay([]) is None


def test_every_event_has_one_name_and_every_name_one_event() -> None:
    kinds = {*get_args(e.Event)}

    assert set(EVENTS.values()) == kinds
    assert len(EVENTS) == len(kinds)
    assert name_of(e.BecameLate()) == "became_late"
