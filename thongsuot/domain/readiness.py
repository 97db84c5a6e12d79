"""Whether a reception point can open: computed where data knows, noted by name where it does not.

Source: letter of Lai Châu 6/2025 (UBND-HCC) points 1 to 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.refusal import Refusal


class ReadinessComputed(Refusal):
    """What data knows is not noted by hand; it may be waived."""

    code = "readiness_computed"


class NothingToWaive(Refusal):
    """Only what is not ready is waived."""

    code = "nothing_to_waive"


class ReadinessItem(StrEnum):
    """What a reception point needs before it opens."""

    DEVICES = "devices"
    LINK = "link"
    ACCOUNTS = "accounts"
    ROSTER = "roster"
    CERTIFICATES = "certificates"
    TRAINING = "training"
    RULES = "rules"
    HOTLINE = "hotline"
    NOTICE = "notice"


class ReadinessVerdict(StrEnum):
    """How one item stands."""

    READY = "ready"
    NOT_READY = "not_ready"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class ReadinessFact:
    """What data knows of an item: how many there are, and who or what is missing."""

    is_ready: bool
    count: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadinessNote:
    """What somebody noted of an item."""

    item: ReadinessItem
    verdict: ReadinessVerdict
    remark: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """One item of a point: how it stands, and by what data or by whose word."""

    item: ReadinessItem
    verdict: ReadinessVerdict
    fact: ReadinessFact | None
    note: ReadinessNote | None

    @property
    def is_red(self) -> bool:
        """Whether the item keeps the point from opening."""
        return self.verdict is ReadinessVerdict.NOT_READY


def assess(
    facts: Mapping[ReadinessItem, ReadinessFact], notes: Mapping[ReadinessItem, ReadinessNote]
) -> tuple[ReadinessCheck, ...]:
    """Every item: data speaks first; without data the last note counts; a waiver lifts what is red."""
    return tuple(_check(item, facts.get(item), notes.get(item)) for item in ReadinessItem)


def is_ready(checks: tuple[ReadinessCheck, ...]) -> bool:
    """Whether nothing is red."""
    return not any(check.is_red for check in checks)


def require_notable(check: ReadinessCheck, verdict: ReadinessVerdict) -> None:
    """What may be noted of an item as it stands. Raises ReadinessComputed, NothingToWaive."""
    if verdict is ReadinessVerdict.WAIVED:
        if not check.is_red:
            raise NothingToWaive("item")
    elif check.fact is not None:
        raise ReadinessComputed("item")


def _check(
    item: ReadinessItem, fact: ReadinessFact | None, note: ReadinessNote | None
) -> ReadinessCheck:
    noted = note.verdict if note is not None else ReadinessVerdict.NOT_READY
    if fact is None:
        return ReadinessCheck(item, noted, None, note)
    if fact.is_ready:
        return ReadinessCheck(item, ReadinessVerdict.READY, fact, None)
    is_waived = noted is ReadinessVerdict.WAIVED
    verdict = ReadinessVerdict.WAIVED if is_waived else ReadinessVerdict.NOT_READY
    return ReadinessCheck(item, verdict, fact, note if is_waived else None)
