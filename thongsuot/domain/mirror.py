"""A procedure as the national database tells it, and how it differs from ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.catalogue import Channel, Procedure


class Aspect(StrEnum):
    """In what the two may differ."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    ENDED_THERE = "ended_there"
    NAME = "name"
    DECISION = "decision"
    TERM = "term"
    FEE = "fee"
    PAPER = "paper"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class MirroredTerm:
    """A term by one channel; `unit` is a unit of ours, "" where theirs says another thing."""

    channel: Channel
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A procedure in neutral words, from whichever answer it was read."""

    code: str
    name: str
    is_live: bool
    decision: str = ""
    terms: tuple[MirroredTerm, ...] = ()
    fees: tuple[tuple[Channel, int], ...] = ()
    papers: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is told otherwise there; "" says that this side has none."""

    aspect: Aspect
    ours: str
    theirs: str


def differences(ours: Procedure | None, theirs: Mirrored | None) -> tuple[Difference, ...]:
    """In what a procedure differs; nothing is applied by this: a decision changes the catalogue.

    Where the other side does not tell of something at all, that is no difference.
    """
    if ours is None:
        live = theirs is not None and theirs.is_live
        return (Difference(Aspect.MISSING_HERE, "", theirs.name),) if theirs and live else ()
    if theirs is None:
        return (Difference(Aspect.MISSING_THERE, ours.name, ""),)
    if not theirs.is_live:
        return (Difference(Aspect.ENDED_THERE, ours.name, theirs.name),)
    return (
        *_told(Aspect.NAME, ours.name, theirs.name),
        *_decisions(ours, theirs),
        *_terms(ours, theirs),
        *_fees(ours, theirs),
        *_sets(Aspect.PAPER, (paper.name for paper in ours.papers), theirs.papers),
        *_sets(Aspect.RESULT, (result.name for result in ours.results), theirs.results),
    )


def _told(aspect: Aspect, ours: str, theirs: str) -> Iterator[Difference]:
    if theirs and _same(ours) != _same(theirs):
        yield Difference(aspect, ours, theirs)


def _decisions(ours: Procedure, theirs: Mirrored) -> Iterator[Difference]:
    if theirs.decision and _same(theirs.decision) not in _same(ours.decision):
        yield Difference(Aspect.DECISION, ours.decision, theirs.decision)


def _terms(ours: Procedure, theirs: Mirrored) -> Iterator[Difference]:
    known = {
        (rule.channel, rule.term.halves, rule.term.unit.value) for rule in ours.terms if rule.term
    }
    for term in theirs.terms:
        if term.unit and (term.channel, 2 * term.amount, term.unit) not in known:
            here = sorted({str(r.term) for r in ours.terms if r.channel is term.channel and r.term})
            yield Difference(
                Aspect.TERM,
                _of(term.channel, "; ".join(here)),
                _of(term.channel, f"{term.amount} {term.unit}"),
            )


def _fees(ours: Procedure, theirs: Mirrored) -> Iterator[Difference]:
    known = {(fee.channel, fee.amount) for fee in ours.fees if fee.amount is not None}
    for channel, amount in theirs.fees:
        if (channel, amount) not in known:
            here = sorted(f"{fee}" for one, fee in known if one is channel)
            yield Difference(Aspect.FEE, _of(channel, "; ".join(here)), _of(channel, f"{amount}"))


def _sets(aspect: Aspect, ours: Iterable[str], theirs: Iterable[str]) -> Iterator[Difference]:
    here = {_same(name): name for name in ours}
    there = {_same(name): name for name in theirs}
    if not there:
        return
    for key in here.keys() - there.keys():
        yield Difference(aspect, here[key], "")
    for key in there.keys() - here.keys():
        yield Difference(aspect, "", there[key])


def _of(channel: Channel, text: str) -> str:
    return f"{channel.value}: {text}" if text else ""


def _same(text: str) -> str:
    """Words alone: neither capitals nor points nor blanks make a difference."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
