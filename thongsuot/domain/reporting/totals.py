"""What the province declares of a month: how many dossiers came, were resolved, are still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.reporting.figures import Counted, Intake, Result


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """The figures of one month; what came and what was left over is resolved or open, never both.

    Source: TT 01/2020/TT-VPCP, Biểu II.06, columns (3)–(13) of all bodies together.
    """

    month: date
    received: int
    left_over: int
    in_time: int
    late: int
    open_in_time: int
    open_late: int

    @property
    def resolved(self) -> int:
        """How many were resolved in the month."""
        return self.in_time + self.late

    @property
    def still_open(self) -> int:
        """How many the next month takes over."""
        return self.open_in_time + self.open_late


def totals_of(month: date, places: Mapping[Counted, int]) -> MonthTotals:
    """The figures of a month from how many dossiers have which place in it."""

    def many(*results: Result) -> int:
        return sum(count for place, count in places.items() if place.result in results)

    before = sum(count for place, count in places.items() if place.intake is Intake.BEFORE)
    return MonthTotals(
        month=month.replace(day=1),
        received=sum(places.values()) - before,
        left_over=before,
        in_time=many(Result.EARLY, Result.ON_TIME),
        late=many(Result.LATE),
        open_in_time=many(Result.OPEN_IN_TIME),
        open_late=many(Result.OPEN_LATE),
    )
