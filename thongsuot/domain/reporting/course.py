"""The life of a report: filled, checked, submitted, accepted, locked; each step by somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from thongsuot.domain.refusal import Refusal


class ReportStepNotNow(Refusal):
    """As the report stands, this cannot be done with it."""

    code = "report_step_not_now"


class ReportIsLocked(Refusal):
    """A locked report is changed only after a second person has unlocked it."""

    code = "report_is_locked"


class RemarksNeeded(Refusal):
    """Whoever gives a report back, restates it or wants it unlocked says why."""

    code = "remarks_needed"


class SecondPersonNeeded(Refusal):
    """Whoever asked for a report to be unlocked does not unlock it."""

    code = "second_person_needed"


class ReportDoesNotAgree(Refusal):
    """Columns that must agree do not, so the report is not checked."""

    code = "report_does_not_agree"


class WindowNotOver(Refusal):
    """A report is submitted once its window is over."""

    code = "window_not_over"


class NothingToRestate(Refusal):
    """What is known now gives the figures that were submitted."""

    code = "nothing_to_restate"


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    FILLED = "filled"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LOCKED = "locked"


class ReportStep(StrEnum):
    """What may be done with a report."""

    FILL = "fill"
    CHECK = "check"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    LOCK = "lock"
    ASK_UNLOCK = "ask_unlock"
    UNLOCK = "unlock"
    RESTATE = "restate"


S = ReportState
# Each step: from which states, and the state after it; None leaves the state.
_WAYS: dict[ReportStep, tuple[frozenset[ReportState], ReportState | None]] = {
    ReportStep.FILL: (frozenset({S.OPEN, S.FILLED, S.CHECKED, S.RETURNED}), S.FILLED),
    ReportStep.CHECK: (frozenset({S.OPEN, S.FILLED, S.RETURNED}), S.CHECKED),
    ReportStep.SUBMIT: (frozenset({S.CHECKED}), S.SUBMITTED),
    ReportStep.RETURN: (frozenset({S.SUBMITTED, S.ACCEPTED}), S.RETURNED),
    ReportStep.ACCEPT: (frozenset({S.SUBMITTED}), S.ACCEPTED),
    ReportStep.LOCK: (frozenset({S.ACCEPTED}), S.LOCKED),
    ReportStep.ASK_UNLOCK: (frozenset({S.LOCKED}), None),
    ReportStep.UNLOCK: (frozenset({S.LOCKED}), S.RETURNED),
    ReportStep.RESTATE: (frozenset({S.SUBMITTED, S.ACCEPTED}), S.SUBMITTED),
}
WITH_REMARKS = frozenset(
    {ReportStep.FILL, ReportStep.RETURN, ReportStep.ASK_UNLOCK, ReportStep.RESTATE}
)
# What the body does that reports; the rest is for who receives the report.
OF_REPORTER = frozenset(
    {
        ReportStep.FILL,
        ReportStep.CHECK,
        ReportStep.SUBMIT,
        ReportStep.RESTATE,
        ReportStep.ASK_UNLOCK,
    }
)
FREEZES = frozenset({ReportStep.SUBMIT, ReportStep.RESTATE})


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that was taken: by whom, when, and what was said."""

    step: ReportStep
    by: str
    at: datetime
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How a report stands after its steps; `versions` counts what was frozen."""

    state: ReportState = ReportState.OPEN
    versions: int = 0
    submitted_at: datetime | None = None  # the first time: by it a report is on time or late
    last: StepTaken | None = None
    unlock_asked: StepTaken | None = None
    locked: StepTaken | None = None
    returned: StepTaken | None = None

    def allows(self, step: ReportStep) -> bool:
        """Whether a step can be taken now, by whoever may."""
        if step is ReportStep.UNLOCK and self.unlock_asked is None:
            return False
        return self.state in _WAYS[step][0]

    def require(self, step: ReportStep, *, by: str, remarks: str = "") -> None:
        """Raises ReportStepNotNow, ReportIsLocked, RemarksNeeded, SecondPersonNeeded."""
        if self.state is ReportState.LOCKED and self.locked is not None:
            if step not in (ReportStep.ASK_UNLOCK, ReportStep.UNLOCK):
                at = self.locked.at.isoformat(timespec="minutes")
                raise ReportIsLocked("step", by=self.locked.by, at=at)
            if step is ReportStep.UNLOCK and self.unlock_asked and self.unlock_asked.by == by:
                raise SecondPersonNeeded("by", given=by)
        if not self.allows(step):
            raise ReportStepNotNow("step", step=step.value, state=self.state.value)
        if step in WITH_REMARKS and not remarks.strip():
            raise RemarksNeeded("remarks")

    def after(self, taken: StepTaken) -> Course:
        """The course with one more step."""
        state = _WAYS[taken.step][1] or self.state
        made = replace(self, state=state, last=taken)
        if taken.step in FREEZES:
            first = self.submitted_at or taken.at
            made = replace(made, versions=self.versions + 1, submitted_at=first)
        match taken.step:
            case ReportStep.ASK_UNLOCK:
                return replace(made, unlock_asked=taken)
            case ReportStep.LOCK:
                return replace(made, locked=taken, unlock_asked=None)
            case ReportStep.RETURN | ReportStep.UNLOCK:
                return replace(made, returned=taken, locked=None, unlock_asked=None)
            case _:
                return made


def course(steps: Iterable[StepTaken]) -> Course:
    """How a report stands: the fold of its steps."""
    made = Course()
    for taken in steps:
        made = made.after(taken)
    return made


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether a report came in time: by how much late, or how long is left; None for no deadline."""

    deadline: datetime | None
    submitted_at: datetime | None
    late_by: timedelta | None
    is_missing: bool  # due already, and nothing came


def timeliness(
    deadline: datetime | None, submitted_at: datetime | None, *, at: datetime
) -> Timeliness:
    """How a report stands with its deadline at a moment; without one it is never late."""
    if deadline is None:
        return Timeliness(None, submitted_at, None, is_missing=False)
    came = submitted_at or at
    late = came - deadline if came >= deadline else None
    return Timeliness(
        deadline, submitted_at, late, is_missing=submitted_at is None and late is not None
    )
