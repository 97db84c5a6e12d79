"""A single order of the province: its tasks, who answers each by when, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal


class NothingOrdered(Refusal):
    """An order has at least one task, and at least one body that answers it."""

    code = "nothing_ordered"
    kind = Kind.MALFORMED


class OrderedTwice(Refusal):
    """A document of this number and day is in the book already."""

    code = "ordered_twice"
    kind = Kind.CONFLICT


class NoSuchOrder(Refusal):
    """There is no order of this number, or the body has no such task."""

    code = "no_such_order"
    kind = Kind.UNKNOWN


class OrderIsClosed(Refusal):
    """The order was closed with its summary; nothing is answered any more."""

    code = "order_is_closed"


class AnswerStepNotNow(Refusal):
    """As an answer stands, this cannot be done with it."""

    code = "answer_step_not_now"


class OrderNotAnswered(Refusal):
    """An order is closed once every answer was accepted, or with a word why not."""

    code = "order_not_answered"


class AnswerState(StrEnum):
    """Where the answer of a body to a task stands."""

    OPEN = "open"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class OrderStep(StrEnum):
    """What is done with an order; each by somebody, in words."""

    ORDER = "order"
    ANSWER = "answer"
    RETURN = "return"
    ACCEPT = "accept"
    CLOSE = "close"


A = AnswerState
_WAYS: dict[OrderStep, tuple[frozenset[AnswerState], AnswerState]] = {
    OrderStep.ANSWER: (frozenset({A.OPEN, A.ANSWERED, A.RETURNED}), A.ANSWERED),
    OrderStep.RETURN: (frozenset({A.ANSWERED, A.ACCEPTED}), A.RETURNED),
    OrderStep.ACCEPT: (frozenset({A.ANSWERED}), A.ACCEPTED),
}


@dataclass(frozen=True, slots=True)
class OrderTask:
    """What is to be done, and by when; without a deadline the document gives none."""

    number: int
    text: str
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """The document by which it was ordered. Source: mission R10, letters of the provinces."""

    number: str
    title: str
    issuer: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """The answer of a body to a task; `answered_at` is the first time: by it it is late or not."""

    state: AnswerState = AnswerState.OPEN
    answered_at: datetime | None = None

    def allows(self, step: OrderStep) -> bool:
        """Whether a step can be taken now, by whoever may."""
        return step in _WAYS and self.state in _WAYS[step][0]

    def after(self, step: OrderStep, *, at: datetime) -> OrderAnswer:
        """How it stands after a step. Raises AnswerStepNotNow."""
        if not self.allows(step):
            raise AnswerStepNotNow("step", step=step.value, state=self.state.value)
        first = at if step is OrderStep.ANSWER else None
        return replace(self, state=_WAYS[step][1], answered_at=self.answered_at or first)


def require_some(tasks: Iterable[OrderTask], units: Iterable[str]) -> None:
    """Raises NothingOrdered."""
    if not list(tasks):
        raise NothingOrdered("tasks")
    if not list(units):
        raise NothingOrdered("units")
