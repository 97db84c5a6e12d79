"""The figures that the province declares of a whole month."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

from thongsuot.domain.reporting.figures import Counted
from thongsuot.domain.reporting.totals import MonthTotals, totals_of
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.reporting.rules import II06, counting
from thongsuot.queries.reporting.tallies import Asked, tallies


def month_totals(month: date, *, known_at: datetime) -> MonthTotals:
    """How many dossiers of all bodies came, were resolved and are open, as known at a moment.

    Raises NoSuchReport.
    """
    first = month.replace(day=1)
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    asked = Asked(
        start=datetime.combine(first, time(), VIETNAM),
        end=datetime.combine(following, time(), VIETNAM),
        known_at=known_at,
        counting=counting(II06, on=first),
    )
    places: Counter[Counted] = Counter()
    for (_, place), many in tallies(asked).items():
        places[place] += many
    return totals_of(first, places)
