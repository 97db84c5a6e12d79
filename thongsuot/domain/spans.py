"""A span is a run of whole days: the first belongs to it, the end does not, no end is for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from thongsuot.domain.refusal import Kind, Refusal


class SpanEndsBeforeItStarts(Refusal):
    """A span must hold at least one day."""

    code = "span_ends_before_it_starts"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` up to but not including `end`.

    Refuses: SpanEndsBeforeItStarts.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise SpanEndsBeforeItStarts(start=self.start.isoformat(), end=self.end.isoformat())

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def contains(self, day: date) -> bool:
        """Whether the day lies in this span."""
        return day in self

    def covers(self, other: Span) -> bool:
        """Whether every day of the other lies in this span."""
        return self.intersection(other) == other

    def overlaps(self, other: Span) -> bool:
        """Whether some day lies in both."""
        return self.intersection(other) is not None

    def meets(self, other: Span) -> bool:
        """Whether one begins exactly where the other ends."""
        return self.end == other.start or other.end == self.start

    def intersection(self, other: Span) -> Span | None:
        """The days that lie in both, or nothing."""
        return _between(max(self.start, other.start), _earlier(self.end, other.end))

    def minus(self, other: Span) -> tuple[Span, ...]:
        """The days of this span outside the other: none, one or two spans, in order."""
        before = _between(self.start, _earlier(self.end, other.start))
        after = None
        if other.end is not None:
            after = _between(max(self.start, other.end), self.end)
        return tuple(piece for piece in (before, after) if piece is not None)

    def __str__(self) -> str:
        return f"[{self.start.isoformat()}, {self.end.isoformat() if self.end else '…'})"


def cover(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as the given spans, in order, as few spans as possible."""
    merged: list[Span] = []
    for span in sorted(spans, key=_order):
        last = merged[-1] if merged else None
        if last is not None and (last.overlaps(span) or last.meets(span)):
            merged[-1] = Span(last.start, _later(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def gaps(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """The days of `within` that none of the spans holds, in order."""
    inside = [piece for span in cover(spans) if (piece := span.intersection(within))]
    if not inside:
        return (within,)
    head = _between(within.start, inside[0].start)
    holes = [_between(_last_day_after(left), right.start) for left, right in pairwise(inside)]
    tail = _between(inside[-1].end, within.end) if inside[-1].end else None
    return tuple(piece for piece in (head, *holes, tail) if piece is not None)


def _between(start: date, end: date | None) -> Span | None:
    return None if end is not None and end <= start else Span(start, end)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one or date.max, other or date.max) if one or other else None


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def _last_day_after(span: Span) -> date:
    return span.end or date.max


def _order(span: Span) -> tuple[date, date]:
    return span.start, span.end or date.max
