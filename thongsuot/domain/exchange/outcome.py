"""How an attempt ended, and what a partner answers when asked whether it has a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The partner has it; `reference` is what it calls it, "" where it gives no name."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The partner understood and says no: sending the same again would say no again."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The partner was there and did not take it; it may another time, not before `wait`."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nothing reached the partner: it is away, and the message is as if never sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It left, and no answer came back: the partner may have it or not."""

    reason: str


Outcome = Acknowledged | Refused | Failed | Unavailable | Doubtful


@dataclass(frozen=True, slots=True)
class Taken:
    """Asked, the partner says that it has the message."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Asked, the partner says that it does not have the message."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The partner offers no way to ask, or, `for_now`, did not answer the question."""

    reason: str
    for_now: bool = False


Asked = Taken | NotTaken | CannotTell
