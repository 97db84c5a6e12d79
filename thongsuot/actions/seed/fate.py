"""What becomes of a dossier: most go straight through, some wait, some are late, a few end early."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thongsuot.actions.seed.chance import Chance, Weighted


class Ending(StrEnum):
    """How it ends."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class Apology(StrEnum):
    """Whether the body apologises, and when."""

    NONE = "none"
    IN_TIME = "in_time"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Fate:
    """Everything that was drawn for one dossier; waits are in working days."""

    ending: Ending = Ending.GRANTED
    pace: float = 0.6  # the share of the term that the work takes; above one it is late
    supplement: int = 0
    duty: int = 0
    opinion: int = 0
    is_sent_back: bool = False
    apology: Apology = Apology.NONE
    collected_after: float = 2  # office hours from the result to the hand-over
    digitised: int = 2
    entered_after: float = 0  # office hours until a dossier taken in on paper was entered

    @property
    def waits(self) -> bool:
        """Whether its clock stands still at some time."""
        return bool(self.supplement or self.duty or self.opinion)


_ENDINGS = Weighted.of(
    [
        (Ending.GRANTED, 95.5),
        (Ending.REFUSED, 2.0),
        (Ending.WITHDRAWN, 1.5),
        (Ending.DECLINED, 1.0),
    ]
)
LATE, NARROW = 0.025, 0.05


def draw_fate(chance: Chance) -> Fate:
    """A fate, with the shares that a well-run office has."""
    pace = _pace(chance)
    supplement = _days(chance, 0.05, 8)
    duty = _days(chance, 0.03, 6)
    opinion = _days(chance, 0.02, 5)
    straight = not (supplement or duty or opinion)
    return Fate(
        ending=chance.weighted(_ENDINGS),
        pace=pace,
        supplement=supplement,
        duty=duty,
        opinion=opinion,
        is_sent_back=chance.happens(0.03),
        apology=_apology(chance) if pace > 1 and straight else Apology.NONE,
        collected_after=chance.between(0.2, 20),
        digitised=int(chance.between(0, 4)),
        entered_after=chance.between(0.5, 6) if chance.happens(0.005) else 0,
    )


def _pace(chance: Chance) -> float:
    share = chance.share()
    if share < LATE:
        return chance.between(1.1, 2.2)
    if share < LATE + NARROW:
        return chance.between(0.9, 0.99)
    return chance.between(0.1, 0.85)


def _days(chance: Chance, share: float, longest: int) -> int:
    return int(chance.between(1, longest + 1)) if chance.happens(share) else 0


def _apology(chance: Chance) -> Apology:
    return chance.one((Apology.IN_TIME, Apology.IN_TIME, Apology.TOO_LATE, Apology.NONE))
