"""When the passing of time next matters to dossiers that come in many at a time."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from thongsuot.domain.dossier import Dossier, clock
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import calendar


class Checks:
    """The next look at each dossier, by its own calendar and the policies of a day."""

    def __init__(self, at: datetime) -> None:
        """Raises NoPolicyForDay."""
        self.at = at
        self._policies: Policies = calendar.policies(on=at.astimezone(VIETNAM).date())
        self._calendar = cache(lambda office: calendar.calendar(office=office))

    def next(self, d: Dossier) -> datetime | None:
        """When it is next looked at; None where time changes nothing."""
        if d.due_at is None or not d.is_open:
            return None
        own = self._calendar(d.competent_office)
        return clock.next_check(d, calendar=own, policies=self._policies)
