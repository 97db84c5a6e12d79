"""The index of service to people and businesses: points of a body for a month, and what cost them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from math import ceil

from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.figures import (
    Counting,
    Fact,
    FactKind,
    Reckoned,
    Result,
    Stretch,
)
from thongsuot.domain.spans import Span

SUPPLEMENT = "supplement"


class IndexDoesNotAddUp(Refusal):
    """The components of a group give more or less than the group, or name one that is not there."""

    code = "index_does_not_add_up"
    kind = Kind.MALFORMED


class MonthMalformed(Refusal):
    """A month is written as 2025-09."""

    code = "month_malformed"
    kind = Kind.MALFORMED


class MonthAhead(Refusal):
    """The month has not begun, so nothing can be counted of it."""

    code = "month_ahead"


class NoSuchComponent(Refusal):
    """The index has no component of this number that is counted from dossiers."""

    code = "no_such_component"
    kind = Kind.UNKNOWN


class Population(StrEnum):
    """Of which dossiers a component is a share."""

    HANDLED = "handled"  # received in the month, or taken over into it
    RECEIVED = "received"  # received in the month
    GRANTED = "granted"  # ended in the month with what was applied for


class Trait(StrEnum):
    """What a component may ask of a dossier."""

    ON_TIME = "on_time"
    LATE = "late"
    ONLINE = "online"
    FEE_DUE = "fee_due"
    PAID_ONLINE = "paid_online"
    RESULT_DUE = "result_due"
    RESULT_FILED = "result_filed"
    PAPERS_FILED = "papers_filed"
    REUSED = "reused"
    FETCHED = "fetched"
    SYNCED = "synced"
    DISLIKED = "disliked"


class Certainty(StrEnum):
    """How sure it is that the formula is the one by which the country counts."""

    READ = "read"  # read in a public text
    INTERPRETED = "interpreted"  # read, and something in it had to be settled here
    NOT_FOUND = "not_found"  # the formula, or the data that it needs, was not found


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A group of the index with the most points that it gives."""

    code: str
    name: str
    most: Fraction


@dataclass(frozen=True, slots=True)
class IndexComponent:
    """One component: how many points, for which share of which dossiers.

    Of the dossiers of the population that have all of `of`, those with all of `having` count; or,
    where `against` is given, each of its traits takes its own share away. Without either it is not
    counted. `target` is the share that gives all points.
    """

    key: str
    name: str
    group: str
    most: Fraction
    explained: str
    source: str
    certainty: Certainty
    population: Population = Population.HANDLED
    of: frozenset[Trait] = frozenset()
    having: frozenset[Trait] = frozenset()
    against: frozenset[Trait] = frozenset()
    target: Fraction | None = None
    mend: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether there is a way to count it from dossiers."""
        return bool(self.having or self.against)


@dataclass(frozen=True, slots=True)
class Index:
    """A dated version of the index. Refuses: IndexDoesNotAddUp.

    `most_supplements` is how often an applicant may be asked to complete a dossier without its
    being late for that.
    """

    key: str
    name: str
    valid: Span
    source: str
    most_supplements: int
    groups: tuple[IndexGroup, ...]
    components: tuple[IndexComponent, ...]

    def __post_init__(self) -> None:
        codes = {group.code for group in self.groups}
        for each in self.components:
            if each.group not in codes:
                raise IndexDoesNotAddUp("component", given=each.group, sum="0", most="0")
        for group in self.groups:
            parts = sum((c.most for c in self.components if c.group == group.code), Fraction(0))
            if parts != group.most:
                raise IndexDoesNotAddUp(
                    "group", given=group.code, sum=str(parts), most=str(group.most)
                )

    def component(self, key: str) -> IndexComponent:
        """The component of a number. Raises NoSuchComponent."""
        counted = {each.key: each for each in self.components if each.is_counted}
        if key not in counted:
            raise NoSuchComponent("component", given=key, known=sorted(counted))
        return counted[key]


class Slip(StrEnum):
    """Why a dossier counts as late."""

    ENDED_LATE = "ended_late"
    STILL_OPEN = "still_open"
    ASKED_LATE = "asked_late"
    ASKED_AGAIN = "asked_again"


@dataclass(frozen=True, slots=True)
class Progress:
    """How a dossier stands with its appointment: when it counts as ended, and why it is late."""

    ended_at: datetime
    due_at: datetime | None
    supplements: int
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A dossier as the index sees it: by its number, of which body, in which populations."""

    dossier: int
    office: str
    received_at: datetime
    populations: frozenset[Population]
    traits: frozenset[Trait]
    progress: Progress

    def is_of(self, component: IndexComponent) -> bool:
        """Whether it is one of the dossiers of which the component is a share."""
        return component.population in self.populations and component.of <= self.traits

    def fails(self, component: IndexComponent) -> bool:
        """Whether it costs the component points."""
        if not self.is_of(component):
            return False
        if component.against:
            return bool(component.against & self.traits)
        return not component.having <= self.traits


@dataclass(frozen=True, slots=True)
class Score:
    """What a component came to; no points where there was nothing of which it could be a share."""

    component: IndexComponent
    fulfilled: int
    of: int
    points: Fraction | None
    behind: int  # the dossiers that cost points

    @property
    def lost(self) -> Fraction:
        """The points that are missing to all of them."""
        return self.component.most - self.points if self.points is not None else Fraction(0)

    @property
    def needed(self) -> int:
        """How many dossiers more would have had to fulfil it for all points."""
        target = self.component.target or Fraction(1)
        return max(0, ceil(target * self.of) - self.fulfilled)


@dataclass(frozen=True, slots=True)
class Supplements:
    """How often an applicant was asked to complete a dossier, and whether that is waited for."""

    many: int = 0
    last_at: datetime | None = None
    is_asking: bool = False


def supplements(facts: Iterable[Fact], *, end: datetime) -> Supplements:
    """What was asked of an applicant before a moment."""
    turns = sorted(
        (fact.occurred_at, fact.recorded_at, fact.kind is FactKind.WAITS)
        for fact in facts
        if fact.about == SUPPLEMENT
        and fact.kind in (FactKind.WAITS, FactKind.RESUMED)
        and fact.occurred_at < end
    )
    asked = [at for at, _, is_asking in turns if is_asking]
    if not asked:
        return Supplements()
    return Supplements(len(asked), asked[-1], is_asking=turns[-1][2])


def progress(
    seen: Stretch,
    asked: Supplements,
    *,
    end: datetime,
    counting: Counting,
    most_supplements: int,
) -> Progress:
    """How a dossier stands at the end of a month, by its moments against the first appointment.

    The appointment is moved by pauses and by nothing else. Who waits for the applicant has ended
    its own part when it asked; one that is not over ends for this with the month.
    Source: QĐ 766/QĐ-TTg, mô tả công thức 2.1 (tệp công khai).
    """
    is_asking = seen.is_waiting and asked.is_asking
    ended_at = seen.ended_at or (asked.last_at if is_asking else None) or end

    def slipped() -> Slip | None:
        if asked.many > most_supplements:
            return Slip.ASKED_AGAIN
        if seen.due_at is None:
            return Slip.ENDED_LATE if _is_late(counting.without_due, seen) else None
        if seen.ended_at is None and seen.is_waiting and not is_asking:
            return Slip.STILL_OPEN if counting.waiting is Result.OPEN_LATE else None
        if ended_at <= seen.due_at:
            return None
        if seen.ended_at is not None:
            return Slip.ENDED_LATE
        return Slip.ASKED_LATE if is_asking else Slip.STILL_OPEN

    return Progress(ended_at, seen.due_at, asked.many, slipped())


def _is_late(result: Result, seen: Stretch) -> bool:
    return result is Result.LATE and seen.ended_at is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier as a cut-off sees it, with what else was done about it."""

    dossier: int
    reckoned: Reckoned
    seen: Stretch
    asked: Supplements
    deeds: frozenset[Trait]


def measured(
    one: Found, *, start: datetime, end: datetime, counting: Counting, most_supplements: int
) -> Measured | None:
    """A dossier as the index of a month sees it.

    None where it had ended before, is counted with the dossier above it, or went to a ministry.
    """
    of, seen = one.reckoned, one.seen
    if of.is_interlinked and not counting.counts_interlinked:
        return None
    if seen.outcome is Outcome.MOVED or (seen.ended_at is not None and seen.ended_at < start):
        return None
    how = progress(seen, one.asked, end=end, counting=counting, most_supplements=most_supplements)
    populations = {Population.HANDLED}
    if of.received_at >= start:
        populations.add(Population.RECEIVED)
    if seen.ended_at is not None and seen.outcome is Outcome.GRANTED:
        populations.add(Population.GRANTED)
    traits = {Trait.LATE if how.slip else Trait.ON_TIME, *one.deeds}
    if of.is_online:
        traits.add(Trait.ONLINE)
    return Measured(
        one.dossier, seen.office, of.received_at, frozenset(populations), frozenset(traits), how
    )


def scores(index: Index, found: Iterable[Measured]) -> tuple[Score, ...]:
    """What each component that can be counted came to."""
    every = tuple(found)
    return tuple(score(each, every) for each in index.components if each.is_counted)


def score(component: IndexComponent, found: Iterable[Measured]) -> Score:
    """The points of a component: its most for its share, or for reaching its target.

    Source: QĐ 766/QĐ-TTg, mô tả công thức (tệp công khai): max if R ≥ target, else R·max/target;
    two decimals; nothing to count is no zero.
    """
    of = [one for one in found if one.is_of(component)]
    behind = sum(one.fails(component) for one in of)
    if component.against:
        taken = sum(len(component.against & one.traits) for one in of)
        fulfilled = max(0, len(of) - taken)
    else:
        fulfilled = len(of) - behind
    if not of:
        return Score(component, 0, 0, None, 0)
    reached = Fraction(fulfilled, len(of)) / (component.target or 1)
    points = round(component.most * min(reached, Fraction(1)) * 100)
    return Score(component, fulfilled, len(of), Fraction(points, 100), behind)


def total(of: Iterable[Score]) -> tuple[Fraction, Fraction]:
    """The points together, and the most that what was counted could have given."""
    counted = [one for one in of if one.points is not None]
    points = sum((one.points or Fraction(0) for one in counted), Fraction(0))
    return points, sum((one.component.most for one in counted), Fraction(0))


def raising(of: Iterable[Score]) -> tuple[Score, ...]:
    """What would raise the index, what costs most points first."""
    losing = [one for one in of if one.lost > 0]
    return tuple(sorted(losing, key=lambda one: (-one.lost, one.component.key)))


def by_office(found: Iterable[Measured]) -> Mapping[str, tuple[Measured, ...]]:
    """The dossiers of each body."""
    each: dict[str, list[Measured]] = {}
    for one in found:
        each.setdefault(one.office, []).append(one)
    return {office: tuple(ones) for office, ones in each.items()}
