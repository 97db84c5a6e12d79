"""How many dossiers come on which day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thongsuot.actions.seed.chance import Chance
from thongsuot.domain.workdays import WorkCalendar

# Those still open at the end came in these last working days.
RECENT_DAYS = 20
# Monday to Sunday: after the weekend more people come.
_WEEK = (1.25, 1.05, 1.0, 0.95, 0.9, 0.4, 0.2)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The dossiers of one day by their numbers: the first ones come to an end, the others not."""

    day: date
    first: int
    closed: int
    open: int

    @property
    def count(self) -> int:
        """How many come on this day."""
        return self.closed + self.open


def plan(
    *, dossiers: int, open_share: float, first: date, last: date, seed: int, calendar: WorkCalendar
) -> list[DayPlan]:
    """Every day from the first to the last one on which someone comes."""
    days = [day for day in _days(first, last) if calendar.is_working_day(day)]
    open_count = round(dossiers * open_share)
    closed = _spread(dossiers - open_count, days, seed)
    recent = days[-RECENT_DAYS:]
    still_open = dict(zip(recent, _spread(open_count, recent, seed), strict=True))
    plans, number = [], 0
    for day, count in zip(days, closed, strict=True):
        here = DayPlan(day, number, count, still_open.get(day, 0))
        number += here.count
        plans.append(here)
    return [here for here in plans if here.count]


def chunks(plans: Sequence[DayPlan], *, of: int) -> Iterator[list[DayPlan]]:
    """Days in a row, together at least so many dossiers."""
    chunk: list[DayPlan] = []
    for here in plans:
        chunk.append(here)
        if sum(day.count for day in chunk) >= of:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _days(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def _spread(count: int, days: Sequence[date], seed: int) -> list[int]:
    """So many over the days by weight, so that the parts make up the whole."""
    weights = [_WEEK[d.weekday()] * Chance(seed, d.isoformat()).between(0.8, 1.2) for d in days]
    total, passed, given, parts = sum(weights), 0.0, 0, []
    for weight in weights:
        passed += weight
        upto = round(count * passed / total)
        parts.append(upto - given)
        given = upto
    return parts
