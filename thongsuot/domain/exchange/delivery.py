"""When a message is tried again, and when people must look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from thongsuot.domain.exchange.outcome import (
    Acknowledged,
    Doubtful,
    Failed,
    Outcome,
    Refused,
    Unavailable,
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a partner is waited for: a setting of its connection.

    A partner that is away is tried for ever, at most `longest` apart. One that is there and
    fails is tried `most` times.
    """

    first: timedelta = timedelta(seconds=20)
    longest: timedelta = timedelta(minutes=15)
    most: int = 12

    def wait(self, attempt: int) -> timedelta:
        """Twice as long after each attempt, never longer than the longest."""
        doublings = min(attempt - 1, 30)
        return min(self.first * (1 << max(doublings, 0)), self.longest)


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is owed any more."""

    reference: str


@dataclass(frozen=True, slots=True)
class Later:
    """It is tried again; `is_doubtful` says that the partner is asked first."""

    wait: timedelta
    reason: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """It waits for people, with the reason."""

    reason: str


Next = Done | Later | Aside


def after(
    outcome: Outcome, *, attempt: int, patience: Patience, was_in_doubt: bool = False
) -> Next:
    """What follows from an attempt; the first attempt is number 1.

    `was_in_doubt` says that an earlier one may have arrived, and that nobody knows yet.
    """
    match outcome:
        case Acknowledged(reference):
            return Done(reference)
        case Refused(code, reason):
            return Aside(f"{code}: {reason}" if code else reason)
        case Unavailable(reason):
            return Later(patience.wait(attempt), reason, was_in_doubt)
        case Failed(reason) | Doubtful(reason) if attempt >= patience.most:
            return Aside(reason)
        case Failed(reason, wait):
            return Later(max(patience.wait(attempt), wait or timedelta()), reason, was_in_doubt)
        case Doubtful(reason):
            return Later(patience.wait(attempt), reason, is_doubtful=True)
