"""Which system receives a dossier: at the exact instant, with reasons, and never changed backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders, cast
from thongsuot.domain.catalogue import Origin, Procedure
from thongsuot.domain.cutover import (
    Destination,
    FieldAct,
    FieldStep,
    Ground,
    Rule,
    RuleOfNothing,
    StepBeforeNow,
    StepNotNow,
    acts_now,
    destination,
    take,
)

HOME, MINISTRY, OTHER = "provincial", "bo-x", "bo-y"
SWITCH = cast.moment("2026-01-01 00:00")
MOMENT = timedelta(microseconds=1)
PROCEDURE = builders.procedure()
RULE = Rule(MINISTRY, SWITCH, None, "CV 12", "bịa", field=PROCEDURE.field)

moments = st.integers(-(10**13), 10**13).map(lambda far: SWITCH + far * MOMENT)
acts = st.builds(
    FieldStep, st.just(PROCEDURE.field), st.sampled_from(FieldAct), moments, st.just("QĐ 1")
)


def found(
    at: datetime, *steps: FieldStep, rules: tuple[Rule, ...] = (RULE,), of: Procedure = PROCEDURE
) -> Destination:
    return destination(of, received_at=at, rules=rules, steps=steps, home=HOME)


def step(act: FieldAct, at: datetime) -> FieldStep:
    return FieldStep(PROCEDURE.field, act, at, "QĐ 1")


def test_a_rule_of_both_or_neither_and_one_that_never_holds_are_refused() -> None:
    with pytest.raises(RuleOfNothing):
        Rule(MINISTRY, SWITCH, None, "CV", "bịa")
    with pytest.raises(RuleOfNothing):
        Rule(MINISTRY, SWITCH, None, "CV", "bịa", field="Hộ tịch", procedure="1.000101")
    with pytest.raises(RuleOfNothing):
        Rule(MINISTRY, SWITCH, SWITCH, "CV", "bịa", field="Hộ tịch")


def test_a_microsecond_before_the_switch_is_here_and_the_switch_itself_is_there() -> None:
    before, then, after = (found(SWITCH + by) for by in (-MOMENT, timedelta(0), MOMENT))

    assert (before.system, then.system, after.system) == (HOME, MINISTRY, MINISTRY)
    assert before.because[0].ground is Ground.NOT_YET
    assert before.because[0].at == SWITCH
    assert then.because[0].ground is Ground.RULE_OF_FIELD
    assert (then.since, then.decision) == (SWITCH, "CV 12")


@pytest.mark.parametrize("hours", [-11, 0, 7, 9])
def test_the_same_instant_told_in_another_zone_gives_the_same_answer(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))

    assert found(SWITCH.astimezone(zone)).system == MINISTRY
    assert found((SWITCH - MOMENT).astimezone(zone)).system == HOME


@pytest.mark.parametrize("origin", [Origin.PROVINCIAL, Origin.INTERNAL])
@given(at=moments, steps=st.lists(acts, max_size=4))
def test_what_the_province_made_for_itself_always_stays(
    origin: Origin, at: datetime, steps: list[FieldStep]
) -> None:
    own = replace(PROCEDURE, origin=origin)

    assert found(at, *steps, of=own).system == HOME


def test_a_rule_of_the_procedure_goes_before_one_of_its_field() -> None:
    exception = Rule(HOME, SWITCH, None, "QĐ 5", "bịa", procedure=PROCEDURE.code.base)
    moved = Rule(OTHER, SWITCH, None, "QĐ 6", "bịa", procedure="9.999999")

    answer = found(SWITCH, rules=(RULE, exception, moved))

    assert (answer.system, answer.decision) == (HOME, "QĐ 5")
    assert answer.because[0].ground is Ground.RULE_OF_PROCEDURE


def test_without_a_rule_or_after_its_end_it_is_received_here_and_told_why() -> None:
    ended = Rule(MINISTRY, SWITCH, SWITCH + timedelta(9), "CV 12", "bịa", field=PROCEDURE.field)

    assert found(SWITCH, rules=()).because[0].ground is Ground.NO_RULE
    assert found(SWITCH + timedelta(9), rules=(ended,)).because[0].ground is Ground.NO_LONGER


def test_a_field_frozen_before_the_switch_stays_here_until_it_is_started() -> None:
    frozen = step(FieldAct.FREEZE, SWITCH - timedelta(hours=1))
    started = step(FieldAct.START, SWITCH + timedelta(days=2))

    held = found(SWITCH + timedelta(days=1), frozen)
    moved = found(SWITCH + timedelta(days=2), frozen, started)

    assert held.system == HOME
    assert held.because[-1].ground is Ground.FROZEN
    assert (moved.system, moved.since) == (MINISTRY, started.effective_at)


def test_a_field_frozen_at_the_very_instant_of_the_switch_does_not_switch() -> None:
    assert found(SWITCH, step(FieldAct.FREEZE, SWITCH)).system == HOME


def test_a_field_frozen_after_the_switch_goes_on_there() -> None:
    assert found(SWITCH + timedelta(9), step(FieldAct.FREEZE, SWITCH + MOMENT)).system == MINISTRY


def test_a_field_rolled_back_is_received_here_from_that_instant_on() -> None:
    back = step(FieldAct.ROLL_BACK, SWITCH + timedelta(days=3))

    assert found(back.effective_at - MOMENT, back).system == MINISTRY
    assert found(back.effective_at, back).system == HOME
    assert found(back.effective_at, back).because[0].ground is Ground.ROLLED_BACK


@given(at=moments, steps=st.lists(acts, max_size=5), later=acts)
def test_what_is_done_later_never_moves_what_came_before(
    at: datetime, steps: list[FieldStep], later: FieldStep
) -> None:
    if later.effective_at > at:
        assert found(at, *steps, later) == found(at, *steps)


@given(at=moments, steps=st.lists(acts, max_size=5))
def test_at_every_instant_exactly_one_system_receives_and_says_why(
    at: datetime, steps: list[FieldStep]
) -> None:
    answer = found(at, *steps)

    assert answer.system in (HOME, MINISTRY)
    assert answer.because
    assert at >= SWITCH or answer.system == HOME


def test_a_step_works_from_now_on_and_only_where_it_makes_sense() -> None:
    now = SWITCH + timedelta(days=1)
    taken = (step(FieldAct.ROLL_BACK, now),)

    with pytest.raises(StepBeforeNow):
        take((), step(FieldAct.FREEZE, now - MOMENT), at=now)
    with pytest.raises(StepBeforeNow):
        take(taken, step(FieldAct.START, now - MOMENT), at=now - MOMENT)
    with pytest.raises(StepNotNow):
        take(taken, step(FieldAct.FREEZE, now + MOMENT), at=now)
    assert acts_now(taken) == (FieldAct.START,)
