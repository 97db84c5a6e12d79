"""The course of a plan: drafted, rehearsed, approved by another, switched, perhaps undone."""

from __future__ import annotations

from enum import StrEnum

from thongsuot.domain.refusal import Refusal


class PlanNotAtThisStep(Refusal):
    """The plan is not where this step begins."""

    code = "plan_not_at_this_step"


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    REHEARSED = "rehearsed"
    APPROVED = "approved"
    SWITCHING = "switching"
    SWITCHED = "switched"
    UNDONE = "undone"


class PlanStep(StrEnum):
    """What is done with a plan."""

    DRAFT = "draft"
    REHEARSE = "rehearse"
    APPROVE = "approve"
    BEGIN_SWITCH = "begin_switch"
    END_SWITCH = "end_switch"
    UNDO = "undo"


class MoveStep(StrEnum):
    """What happened to one thing that a plan moves."""

    MOVED = "moved"
    UNDONE = "undone"
    TO_DO = "to_do"  # for people, such as a certificate to issue
    DONE = "done"


_COURSE: dict[PlanStep, tuple[frozenset[PlanState], PlanState]] = {
    # What is written anew has to be rehearsed anew.
    PlanStep.DRAFT: (
        frozenset({PlanState.DRAFT, PlanState.REHEARSED, PlanState.APPROVED}),
        PlanState.DRAFT,
    ),
    PlanStep.REHEARSE: (
        frozenset({PlanState.DRAFT, PlanState.REHEARSED}),
        PlanState.REHEARSED,
    ),
    PlanStep.APPROVE: (frozenset({PlanState.REHEARSED}), PlanState.APPROVED),
    # A switch that was stopped begins again where it was.
    PlanStep.BEGIN_SWITCH: (
        frozenset({PlanState.APPROVED, PlanState.SWITCHING}),
        PlanState.SWITCHING,
    ),
    PlanStep.END_SWITCH: (frozenset({PlanState.SWITCHING}), PlanState.SWITCHED),
    PlanStep.UNDO: (frozenset({PlanState.SWITCHED}), PlanState.UNDONE),
}


def state_after(step: PlanStep, state: PlanState, *, plan: str) -> PlanState:
    """Where a plan stands after a step. Raises PlanNotAtThisStep."""
    froms, then = _COURSE[step]
    if state not in froms:
        raise PlanNotAtThisStep("plan", plan=plan, plan_state=state.value, step=step.value)
    return then
