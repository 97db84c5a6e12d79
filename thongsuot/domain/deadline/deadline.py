"""A deadline is a moment that can say how it came about."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from thongsuot.domain.deadline.ledger import LedgerDay, ledger
from thongsuot.domain.deadline.pauses import Pause
from thongsuot.domain.deadline.reasons import Reason, doubtful, reasons
from thongsuot.domain.deadline.rules import CountingRules
from thongsuot.domain.deadline.terms import Term
from thongsuot.domain.deadline.trace import Trace, trace
from thongsuot.domain.workdays.calendar import WorkCalendar
from thongsuot.domain.workdays.days import DayStatus


# A tuple, not a dataclass: many are made each second, and making one is most of the work.
class Deadline(NamedTuple):
    """When a dossier is due, and everything that made it so."""

    at: datetime
    received_at: datetime
    term: Term
    calendar: WorkCalendar
    pauses: tuple[Pause, ...]
    after_15h: bool
    rules: CountingRules

    def __repr__(self) -> str:
        return f"Deadline({self.at.isoformat()}, {self.term}, {self.calendar!r})"

    @property
    def starts_at(self) -> datetime:
        """When the clock started, down to the minute."""
        table, received = self.calendar.locate(self.received_at)
        return table.moment(table.start(received, self._next_day_tick))

    def ledger(self) -> tuple[LedgerDay, ...]:
        """Each day from the receipt to the due moment: counted or not, and why."""
        return ledger(self._trace(), self.pauses, self._next_day_tick)

    def because(self) -> tuple[Reason, ...]:
        """Each step of the count with the source of its rule."""
        return reasons(self._trace(), self.pauses, self.rules, self._next_day_tick)

    def under(self, calendar: WorkCalendar) -> Deadline:
        """The same count on another calendar, to see what a changed one would move.

        Refuses: NoCalendarForYear.
        """
        moved = trace(calendar, self.received_at, self.term, self.pauses, self._next_day_tick)
        return self._replace(at=moved.table.moment(moved.end), calendar=calendar)

    def projected_days(self) -> tuple[date, ...]:
        """The days it rests on whose announcement is not out yet."""
        return doubtful(self._trace(), DayStatus.PROJECTED)

    def unchecked_days(self) -> tuple[date, ...]:
        """The days it rests on whose text has still to be checked."""
        return doubtful(self._trace(), DayStatus.OFFICIAL_CHECK)

    @property
    def _next_day_tick(self) -> int | None:
        return self.rules.next_day_tick if self.after_15h else None

    def _trace(self) -> Trace:
        return trace(self.calendar, self.received_at, self.term, self.pauses, self._next_day_tick)
