"""Draws that the same seed makes again, on every machine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Weighted(Generic[Item]):
    """Things of which some come up more often than others."""

    items: tuple[Item, ...]
    heights: tuple[float, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Item, float]]) -> Weighted[Item]:
        """Each thing with its weight; those without any are left out."""
        kept = [(item, weight) for item, weight in pairs if weight > 0]
        return cls(tuple(item for item, _ in kept), tuple(accumulate(weight for _, weight in kept)))

    def __bool__(self) -> bool:
        return bool(self.items)


class Chance:
    """The luck of one thing: its own, whatever was drawn for others before it."""

    __slots__ = ("share",)

    def __init__(self, *key: str | int) -> None:
        # Only random() is promised to stay the same between versions of Python.
        self.share = Random("/".join(map(str, key))).random  # noqa: S311 - nothing secret comes of it

    def happens(self, share: float) -> bool:
        """Whether something that happens to this share of all happens here."""
        return self.share() < share

    def one(self, items: Sequence[Item]) -> Item:
        """One of these."""
        return items[int(self.share() * len(items))]

    def weighted(self, table: Weighted[Item]) -> Item:
        """One of these by weight."""
        height = self.share() * table.heights[-1]
        return table.items[bisect_right(table.heights, height, hi=len(table.items) - 1)]

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + self.share() * (high - low)

    def digits(self, count: int) -> str:
        """So many digits."""
        return str(int(self.share() * 10**count)).zfill(count)
