"""The clock drawn as a strip of days: each day a cell with what it counts, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.deadline import Deadline, LedgerDay, Why
from thongsuot.words import clock
from thongsuot.words.screens import WEEKDAYS_SHORT, WHY_SHORT, hours

# A strip of more days than this shows its beginning and its end; the table below shows all.
AT_MOST = 62
OFF = frozenset({Why.WEEKEND, Why.HOLIDAY, Why.COMPENSATORY, Why.SWAP_OFF})
PAUSED = frozenset({Why.SUPPLEMENT, Why.FINANCIAL_DUTY, Why.OPINION, Why.SYSTEM_INCIDENT})


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the strip."""

    day: date
    weekday: str
    mark: str
    word: str
    why: str
    tone: str
    is_today: bool
    is_due: bool
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One step of the count with its source."""

    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of a deadline, and how it came about."""

    head: tuple[DayCell, ...]
    tail: tuple[DayCell, ...]
    cells: tuple[DayCell, ...]
    at: datetime
    because: tuple[ReasonLine, ...]
    projected: tuple[date, ...]
    unchecked: tuple[date, ...]

    @property
    def hidden(self) -> int:
        """How many days the drawing leaves out."""
        return len(self.cells) - len(self.head) - len(self.tail)


def strip(deadline: Deadline, *, today: date) -> Strip:
    """The strip of a deadline as it is seen today."""
    doubtful = frozenset({*deadline.projected_days(), *deadline.unchecked_days()})
    due_on = deadline.at.date()
    cells = [_cell(day, today, due_on, doubtful) for day in deadline.ledger()]
    head, tail = _ends(cells)
    return Strip(
        head=tuple(head),
        tail=tuple(tail),
        cells=tuple(cells),
        at=deadline.at,
        because=tuple(ReasonLine(clock.reason(r), r.source) for r in deadline.because()),
        projected=deadline.projected_days(),
        unchecked=deadline.unchecked_days(),
    )


def _ends(cells: Sequence[DayCell]) -> tuple[Sequence[DayCell], Sequence[DayCell]]:
    if len(cells) <= AT_MOST:
        return cells, ()
    return cells[: AT_MOST // 2], cells[-AT_MOST // 2 :]


def _cell(entry: LedgerDay, today: date, due_on: date, doubtful: frozenset[date]) -> DayCell:
    return DayCell(
        day=entry.day,
        weekday=WEEKDAYS_SHORT[entry.day.weekday()],
        mark=_mark(entry),
        word=WHY_SHORT[entry.why],
        why=clock.why(entry),
        tone=_tone(entry),
        is_today=entry.day == today,
        is_due=entry.day == due_on,
        is_doubtful=entry.day in doubtful,
    )


def _mark(entry: LedgerDay) -> str:
    if entry.minutes:
        return hours(entry.minutes)
    return {0: "0", 0.5: "½"}.get(entry.counted, "1")


def _tone(entry: LedgerDay) -> str:
    if entry.counted:
        return "half" if entry.counted == 0.5 else "counted"
    if entry.why in PAUSED:
        return "paused"
    return "off" if entry.why in OFF else "start"
