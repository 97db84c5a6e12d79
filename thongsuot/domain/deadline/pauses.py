"""A pause is a time in which the clock of the law stands still, and why it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays.calendar import MomentWithoutZone
from thongsuot.domain.workdays.table import DayTable

Stretch = tuple[int, int]  # from one tick up to another


class PauseEndsBeforeItStarts(Refusal):
    """A pause lasts: its end comes after its start."""

    code = "pause_ends_before_it_starts"
    kind = Kind.MALFORMED


class PauseKind(StrEnum):
    """What the clock waits for."""

    SUPPLEMENT = "supplement"
    FINANCIAL_DUTY = "financial_duty"
    OPINION = "opinion"
    SYSTEM_INCIDENT = "system_incident"


@dataclass(frozen=True, slots=True)
class Pause:
    """The time from the stop of the clock to its going on.

    Refuses: PauseEndsBeforeItStarts, MomentWithoutZone.
    Source: NĐ 118/2025/NĐ-CP Điều 19 (supplement); NĐ 301/2026/NĐ-CP Điều 3 khoản 4
    (system incident); the law of the field (financial duty, opinion).
    """

    start: datetime
    end: datetime
    kind: PauseKind

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise MomentWithoutZone(given=f"{self.start.isoformat()} – {self.end.isoformat()}")
        if self.end <= self.start:
            raise PauseEndsBeforeItStarts(start=self.start.isoformat(), end=self.end.isoformat())


def stretches(pauses: Iterable[Pause], table: DayTable, start: int) -> Sequence[Stretch]:
    """The time after the start that lies in any pause, in order, without overlap."""
    given = sorted((table.tick(pause.start), table.tick(pause.end)) for pause in pauses)
    union: list[Stretch] = []
    for begins, ends in given:
        if ends <= start:
            continue  # over before the clock ran
        if union and begins <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], ends))
        else:
            union.append((max(begins, start), ends))
    return union
