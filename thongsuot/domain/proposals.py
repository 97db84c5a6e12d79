"""What a body proposes, the Office appraises, and only a decision puts in force."""

from __future__ import annotations

from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal


class NoSuchProposal(Refusal):
    """Nothing was ever proposed under this number."""

    code = "no_such_proposal"
    kind = Kind.UNKNOWN


class ProposalNotThere(Refusal):
    """A proposal is taken step by step, and this step does not follow from where it stands."""

    code = "proposal_not_there"


class RemarkNeeded(Refusal):
    """Whoever returns a proposal says what is to be mended."""

    code = "remark_needed"
    kind = Kind.MALFORMED


class CatalogueDutyNeeded(Refusal):
    """The person holds no role that may do this to the catalogue here, today."""

    code = "catalogue_duty_needed"
    kind = Kind.FORBIDDEN


class ProposalKind(StrEnum):
    """What is proposed."""

    PROCESS = "process"
    ROSTER = "roster"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPRAISED = "appraised"
    IN_FORCE = "in_force"


class Step(StrEnum):
    """What is done with a proposal."""

    EDIT = "edit"
    PROPOSE = "propose"
    RETURN = "return"
    APPRAISE = "appraise"
    DECIDE = "decide"


_STEPS: dict[Step, tuple[frozenset[ProposalState], ProposalState]] = {
    Step.EDIT: (
        frozenset({ProposalState.DRAFTED, ProposalState.RETURNED}),
        ProposalState.DRAFTED,
    ),
    Step.PROPOSE: (
        frozenset({ProposalState.DRAFTED, ProposalState.RETURNED}),
        ProposalState.PROPOSED,
    ),
    Step.RETURN: (
        frozenset({ProposalState.PROPOSED, ProposalState.APPRAISED}),
        ProposalState.RETURNED,
    ),
    Step.APPRAISE: (frozenset({ProposalState.PROPOSED}), ProposalState.APPRAISED),
    Step.DECIDE: (frozenset({ProposalState.APPRAISED}), ProposalState.IN_FORCE),
}


def after(state: ProposalState, step: Step, *, remark: str = "") -> ProposalState:
    """Where a proposal stands after a step.

    Raises ProposalNotThere, RemarkNeeded.
    Source: letter of Lai Châu 06/2025 (proposed, appraised and approved by name).
    """
    befores, then = _STEPS[step]
    if state not in befores:
        raise ProposalNotThere("state", state=state.value, step=step.value)
    if step is Step.RETURN and not remark.strip():
        raise RemarkNeeded("remark")
    return then


def open_steps(state: ProposalState) -> tuple[Step, ...]:
    """The steps that may follow."""
    return tuple(step for step, (befores, _) in _STEPS.items() if state in befores)
