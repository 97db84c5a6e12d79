"""Work that nobody has is taken on by those who may do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders, cast
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier import resolution
from thongsuot.domain.dossier.refusals import HeldAlready, NotArrived
from thongsuot.domain.dossier.standing import role_for
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.workflow import Act, BranchNeeded, NoSuchMove

PROCESS = builders.process()
AT_INTAKE = builders.at_stage(builders.received(), "intake")
TAM = cast.TAM.account


def test_what_somebody_has_is_not_claimed() -> None:
    held = replace(AT_INTAKE, assignee=cast.LAN.account)

    with pytest.raises(HeldAlready):
        resolution.claim(held, process=PROCESS, official=TAM)


def test_what_has_not_arrived_is_not_claimed() -> None:
    elsewhere = replace(AT_INTAKE, competent_received_at=None)

    with pytest.raises(NotArrived):
        resolution.claim(elsewhere, process=PROCESS, official=TAM)


def test_where_no_work_is_given_there_is_none_to_claim() -> None:
    with pytest.raises(NoSuchMove):
        resolution.claim(builders.received(), process=PROCESS, official=TAM)
    with pytest.raises(NoSuchMove):
        role_for(builders.received(), Act.CLAIM, PROCESS)


def test_where_two_ways_lead_on_the_handler_says_which() -> None:
    branching = builders.branching_process()

    with pytest.raises(BranchNeeded):
        resolution.claim(AT_INTAKE, process=branching, official=TAM)
    chosen = resolution.claim(AT_INTAKE, process=branching, official=TAM, target="field_work")

    assert chosen.stage == "field_work"


def test_a_step_of_other_people_is_not_claimed_by_the_way_of_ones_own() -> None:
    others = replace(builders.FIELD_WORK, role="leader")
    branching = builders.branching_process()
    stages = tuple(others if s.key == others.key else s for s in branching.stages)

    with pytest.raises(NotYourDuty):
        resolution.claim(
            AT_INTAKE,
            process=replace(branching, stages=stages),
            official=TAM,
            target="field_work",
        )


def test_claimed_work_is_assigned_to_the_one_who_claims() -> None:
    claimed = resolution.claim(AT_INTAKE, process=PROCESS, official=TAM)

    assert claimed == e.Assigned(official=TAM, stage="work", reason="")


def test_work_that_stands_at_its_step_without_anybody_is_claimed_there() -> None:
    claimed = resolution.claim(builders.at_stage(AT_INTAKE, "work"), process=PROCESS, official=TAM)

    assert claimed.stage == "work"


def test_the_people_of_the_step_that_does_the_work_claim_it() -> None:
    assert role_for(AT_INTAKE, Act.CLAIM, PROCESS) == "handler"
    assert role_for(AT_INTAKE, Act.ASSIGN, PROCESS) == "intake"
