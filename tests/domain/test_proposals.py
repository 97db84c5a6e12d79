"""Drafted, proposed, appraised, decided: no step is left out."""

from __future__ import annotations

import pytest

from thongsuot.domain.proposals import (
    ProposalNotThere,
    ProposalState,
    RemarkNeeded,
    Step,
    after,
    open_steps,
)


def test_a_proposal_comes_into_force_by_four_steps() -> None:
    state = ProposalState.DRAFTED
    for step in (Step.EDIT, Step.PROPOSE, Step.APPRAISE, Step.DECIDE):
        state = after(state, step)

    assert state is ProposalState.IN_FORCE
    assert open_steps(state) == ()


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (ProposalState.DRAFTED, Step.DECIDE),
        (ProposalState.PROPOSED, Step.DECIDE),
        (ProposalState.PROPOSED, Step.EDIT),
        (ProposalState.IN_FORCE, Step.RETURN),
    ],
)
def test_no_step_is_left_out(state: ProposalState, step: Step) -> None:
    with pytest.raises(ProposalNotThere):
        after(state, step, remark="vì sao")


def test_what_is_returned_says_what_to_mend_and_is_proposed_again() -> None:
    with pytest.raises(RemarkNeeded):
        after(ProposalState.PROPOSED, Step.RETURN, remark=" ")

    returned = after(ProposalState.APPRAISED, Step.RETURN, remark="Thiếu người thay")

    assert returned is ProposalState.RETURNED
    assert after(returned, Step.PROPOSE) is ProposalState.PROPOSED
