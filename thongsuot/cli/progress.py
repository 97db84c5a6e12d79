"""How far a long look has come, on the error stream so that answers stay clean."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

STEPS = 20


def counted(items: Iterable[Item], *, of: int, what: str) -> Iterator[Item]:
    """The items as they come; every twentieth of the way is told."""
    told = max(of // STEPS, 1)
    for number, item in enumerate(items, 1):
        if number % told == 0 or number == of:
            sys.stderr.write(f"… {number}/{of} {what}\n")
        yield item
