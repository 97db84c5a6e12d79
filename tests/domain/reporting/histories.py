"""Random lives of dossiers as reports count them, with entries that came too late."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests import cast
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.reporting.figures import (
    Compare,
    Counting,
    Fact,
    FactKind,
    Reckoned,
    Result,
)
from thongsuot.domain.spans import Span

BEGIN = cast.moment("2025-06-02 08:00")
DAYS = 60
II06 = Counting(
    Compare.DAYS,
    Result.ON_TIME,
    Result.OPEN_IN_TIME,
    Result.ON_TIME,
    counts_interlinked=False,
    valid=Span(BEGIN.date()),
    source="thử",
)
OFFICES = (cast.BAN_MAY, cast.NAM_SUONG, cast.DEPARTMENT)
OUTCOMES = (Outcome.GRANTED, Outcome.REFUSED, Outcome.WITHDRAWN)
LATER = tuple(kind for kind in FactKind if kind is not FactKind.RECEIVED)

Life = tuple[Reckoned, tuple[Fact, ...]]

moments = st.integers(0, DAYS * 8).map(lambda steps: BEGIN + timedelta(hours=3 * steps))
lives = st.integers(0, 10**6).map(lambda seed: some(random.Random(seed)))  # noqa: S311 - the same lives for a seed


def some(chance: random.Random) -> list[Life]:
    """A few dossiers, each with a life of its own."""
    return [one(chance) for _ in range(chance.randint(0, 12))]


def one(chance: random.Random) -> Life:
    """A reception and some of what may follow, each recorded then or later."""
    at = BEGIN + timedelta(hours=3 * chance.randint(0, DAYS * 8))
    due = chance.choice((None, at + timedelta(hours=chance.randint(1, 400))))
    facts = [Fact(FactKind.RECEIVED, at, _known(at, chance), due, chance.choice(OFFICES))]
    for _ in range(chance.randint(0, 5)):
        at += timedelta(hours=chance.randint(0, 200))
        facts.append(_later(at, chance))
    return reckoned(
        tuple(facts),
        is_online=chance.random() < 0.5,
        is_interlinked=chance.random() < 0.2,
    ), tuple(facts)


def reckoned(life: tuple[Fact, ...], *, is_online: bool, is_interlinked: bool = False) -> Reckoned:
    """The dossier of a life."""
    return Reckoned(life[0].occurred_at, is_online, "1.000101", 1, "province", is_interlinked)


def _later(at: datetime, chance: random.Random) -> Fact:
    kind = chance.choice(LATER)
    known, moment = _known(at, chance), at + timedelta(hours=chance.randint(1, 200))
    about = chance.choice(("supplement", "opinion1"))
    match kind:
        case FactKind.WAITS:
            return Fact(kind, at, known, about=about)
        case FactKind.RESUMED:
            return Fact(kind, at, known, moment, about=about)
        case FactKind.PASSED:
            return Fact(kind, at, known, chance.choice((None, moment)), chance.choice(OFFICES))
        case FactKind.ENDED:
            return Fact(kind, at, known, outcome=chance.choice(OUTCOMES))
        case _:
            return Fact(kind, at, known, moment)


def _known(at: datetime, chance: random.Random) -> datetime:
    return at + timedelta(hours=chance.choice((0, 0, 0, 5, 300)))
