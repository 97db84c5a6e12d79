"""The ledger of an exchange: every line names the one before it, so that none can be changed.

Each partner has a chain of its own. A line that was edited, removed, put in between or moved
no longer fits its neighbours, and the last line must be the one that the head remembers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

BEGINNING = "0" * 64


class Step(StrEnum):
    """What a line tells."""

    BEGUN = "begun"  # about to be sent
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
    DOUBTFUL = "doubtful"
    ASKED = "asked"  # and what the partner said
    SET_ASIDE = "set_aside"  # by people, or because it failed too often
    EDITED = "edited"
    REPLAYED = "replayed"
    SKIPPED = "skipped"  # people decided that it is not owed any more
    ARRIVED = "arrived"
    REPEATED = "repeated"  # the same arrived again
    QUARANTINED = "quarantined"
    TAKEN_IN = "taken_in"
    DROPPED = "dropped"  # people decided that nothing is made of what came
    LOOKED_UP = "looked_up"  # an interactive request and its answer


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened between us and a partner.

    `message` is the number of the message owed or come in, `request` and `answer` are digests
    of what went over the wire, `told` the words that people read.
    """

    partner: str
    step: Step
    at: datetime
    message: int = 0
    dossier: str = ""
    request: str = ""
    answer: str = ""
    told: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A line in its place in the chain."""

    number: int
    line: Line
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold: `missing`, `edited`, `moved` or `cut_off`."""

    partner: str
    number: int
    kind: str


_NAMES = tuple(one.name for one in fields(Line))


def digest(content: bytes | str) -> str:
    """SHA-256 of what went over the wire, as hex; "" for nothing."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest() if raw else ""


def link(line: Line, *, number: int, previous: str) -> Linked:
    """Put a line after another."""
    return Linked(number, line, previous, _digest(line, number, previous))


def faults(partner: str, lines: Iterable[Linked], *, head: tuple[int, str]) -> Iterator[Fault]:
    """What is wrong with a partner's chain, in its order; nothing when it holds.

    `head` is the number and the digest of the last line as remembered apart.
    """
    number, previous = 0, BEGINNING
    for linked in lines:
        if linked.number != number + 1:
            yield Fault(partner, number + 1, "missing")
        elif linked.previous != previous:
            yield Fault(partner, linked.number, "moved")
        if linked.digest != _digest(linked.line, linked.number, linked.previous):
            yield Fault(partner, linked.number, "edited")
        number, previous = linked.number, linked.digest
    if (number, previous) != head:
        yield Fault(partner, max(number, head[0]), "cut_off")


def _digest(line: Line, number: int, previous: str) -> str:
    told: dict[str, Any] = {name: getattr(line, name) for name in _NAMES} | {
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "number": number,
        "previous": previous,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
