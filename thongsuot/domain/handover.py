"""A set of dossiers goes to the system of a ministry: frozen, checked, sent, answered to the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal


class HandoverNotNow(Refusal):
    """As the hand-over stands, this is not done with it."""

    code = "handover_not_now"
    kind = Kind.CONFLICT


class SamePersonApproves(Refusal):
    """Whoever froze or checked a hand-over does not approve it."""

    code = "handover_same_person"


class HandoverChanged(Refusal):
    """What is approved is not what was looked at."""

    code = "handover_changed"
    kind = Kind.CONFLICT


class NothingToHandOver(Refusal):
    """No dossier answers to what was asked, or none of them can go."""

    code = "nothing_to_hand_over"


class HandoverPending(Refusal):
    """A hand-over is closed when nothing of it waits any more."""

    code = "handover_pending"


class HandoverState(StrEnum):
    """How far a hand-over is."""

    PLANNED = "planned"
    CHECKED = "checked"
    APPROVED = "approved"
    SENDING = "sending"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class HandoverStep(StrEnum):
    """What is done with a hand-over."""

    CHECK = "check"
    APPROVE = "approve"
    SEND = "send"
    CLOSE = "close"
    WITHDRAW = "withdraw"


_FROM: Mapping[HandoverStep, frozenset[HandoverState]] = {
    HandoverStep.CHECK: frozenset(
        {HandoverState.PLANNED, HandoverState.CHECKED, HandoverState.APPROVED}
    ),
    HandoverStep.APPROVE: frozenset({HandoverState.CHECKED}),
    HandoverStep.SEND: frozenset({HandoverState.APPROVED, HandoverState.SENDING}),
    HandoverStep.CLOSE: frozenset({HandoverState.SENDING}),
    HandoverStep.WITHDRAW: frozenset(
        {HandoverState.PLANNED, HandoverState.CHECKED, HandoverState.APPROVED}
    ),
}
_TO: Mapping[HandoverStep, HandoverState] = {
    HandoverStep.CHECK: HandoverState.CHECKED,
    HandoverStep.APPROVE: HandoverState.APPROVED,
    HandoverStep.SEND: HandoverState.SENDING,
    HandoverStep.CLOSE: HandoverState.CLOSED,
    HandoverStep.WITHDRAW: HandoverState.WITHDRAWN,
}


def after(state: HandoverState, step: HandoverStep) -> HandoverState:
    """The state that a step leads to. Raises HandoverNotNow."""
    if state not in _FROM[step]:
        raise HandoverNotNow("handover", handover_state=state.value, handover_step=step.value)
    return _TO[step]


def steps_now(state: HandoverState) -> tuple[HandoverStep, ...]:
    """What may be done with a hand-over in this state."""
    return tuple(step for step in HandoverStep if state in _FROM[step])


class LineState(StrEnum):
    """Where one dossier of a hand-over is."""

    LISTED = "listed"  # frozen, not checked yet
    FIT = "fit"  # checked, and may go
    KEPT = "kept"  # cannot go, with its reasons
    OWED = "owed"  # on its way
    THERE = "there"  # acknowledged
    RETURNED = "returned"  # not taken, back with whoever held it
    WITHDRAWN = "withdrawn"  # with the whole hand-over, before anything was sent


PENDING = frozenset({LineState.LISTED, LineState.FIT, LineState.OWED})


@dataclass(frozen=True, slots=True)
class HandoverBooks:
    """The balance of a hand-over: chosen = there + returned + kept + withdrawn + pending."""

    chosen: int
    there: int = 0
    returned: int = 0
    kept: int = 0
    withdrawn: int = 0
    listed: int = 0
    fit: int = 0
    owed: int = 0

    @classmethod
    def of(cls, chosen: int, lines: Iterable[tuple[str, int]]) -> HandoverBooks:
        """The balance of so many chosen dossiers, whose lines stand like this."""
        return cls(chosen, **{LineState(state).value: many for state, many in lines})

    @property
    def pending(self) -> int:
        """The dossiers that have not come to an end."""
        return self.listed + self.fit + self.owed

    @property
    def difference(self) -> int:
        """What the sum lacks: anything but zero is a dossier that was lost or counted twice."""
        ended = self.there + self.returned + self.kept + self.withdrawn
        return self.chosen - ended - self.pending

    @property
    def is_settled(self) -> bool:
        """Whether every dossier has come to exactly one end."""
        return self.pending == 0 and self.difference == 0


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A dossier of a hand-over as the second person sees it: what of it goes, or that it stays."""

    code: str
    version: int
    state: str
    form: str  # the digest of what the partner would get


def digest_of(head: Mapping[str, object], lines: Iterable[FrozenLine]) -> str:
    """What an approval is over: where the set goes, and each dossier of it as it was checked."""
    told = [[one.code, one.version, one.state, one.form] for one in lines]
    text = json.dumps([dict(head), sorted(told)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def require_other(approver: str, *earlier: str) -> None:
    """Raises SamePersonApproves where somebody would approve their own work."""
    if approver in earlier:
        raise SamePersonApproves("by", given=approver)
