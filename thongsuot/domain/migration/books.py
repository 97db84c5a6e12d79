"""The books of a migration: what was read ends in exactly one of four ways, or the books are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Maps and results of a migration are answered for by so many different people.
SIGNERS = 2


class RowOutcome(StrEnum):
    """How a row that was read ended; each row ends in exactly one of these."""

    LOADED = "loaded"
    REMARKED = "remarked"  # loaded, with something that people should look at
    REFUSED = "refused"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True)
class Books:
    """How many rows were read, and how many ended in which way."""

    read: int
    loaded: int = 0
    remarked: int = 0
    refused: int = 0
    already_there: int = 0

    @classmethod
    def of(cls, read: int, outcomes: Iterable[tuple[str, int]]) -> Books:
        """The books over so many rows, from the count of each outcome."""
        counts = {RowOutcome(outcome): many for outcome, many in outcomes}
        return cls(read, *(counts.get(outcome, 0) for outcome in RowOutcome))

    @property
    def settled(self) -> int:
        """How many rows have ended."""
        return self.loaded + self.remarked + self.refused + self.already_there

    @property
    def pending(self) -> int:
        """How many rows have not ended yet; signed only at zero."""
        return self.read - self.settled

    @property
    def is_balanced(self) -> bool:
        """Whether the four add up to what was read."""
        return self.pending == 0


@dataclass(frozen=True, slots=True)
class Balance:
    """What an old system handed over, and where each of its dossiers now is.

    Counted where each of them lies, and not from one another: so a dossier that was lost on the way
    shows as a difference. Nothing is signed with a difference, nothing is closed while some wait.
    """

    received: int  # dossiers that the export tells
    migrated: int  # kept here, as the old system told them
    finished_here: int  # told as open, and finished here since
    refused: int  # told, with a reason why they are not kept
    pending: int  # not judged yet, or something about them is undecided

    @property
    def difference(self) -> int:
        """Dossiers of which nobody knows where they are, or that are counted twice."""
        return self.received - self.migrated - self.finished_here - self.refused - self.pending

    @property
    def may_be_signed(self) -> bool:
        """Whether every dossier is accounted for."""
        return self.difference == 0

    @property
    def may_be_closed(self) -> bool:
        """Whether every dossier is accounted for and none waits."""
        return self.may_be_signed and self.pending == 0
