"""The clocks of a switch whose plan lets dossiers be due later on a legal basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.actions.dossier.keeping import next_check
from thongsuot.domain.dossier import Dossier, Entry, replay
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.reorganisation import Gap, GapKind, LongerTerm
from thongsuot.domain.reorganisation.longer import given_back_earlier, passed_later
from thongsuot.domain.workdays import NoCalendarForYear, WorkCalendar
from thongsuot.records import calendar as calendars
from thongsuot.records import census
from thongsuot.records.census import Clock, Taken


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a plan does to due moments; without a longer term nothing, and no event is read."""

    longer: LongerTerm | None
    stories: Mapping[int, Sequence[Entry]]

    def whole(self, taken: Taken) -> Taken:
        """A dossier of a batch with its pauses, where its clock has to be reckoned."""
        dossier = replay(self.stories.get(taken.row, ()))
        return replace(taken, dossier=dossier) if dossier else taken

    def passed(self, d: Dossier, event: CustodyPassed, *, at: datetime) -> CustodyPassed | Gap:
        """A passing with the later moment; a gap where its year has no calendar yet."""
        if self.longer is None:
            return event
        try:
            return passed_later(d, event, longer=self.longer, calendar=_calendar(d), at=at)
        except NoCalendarForYear:
            return Gap(
                GapKind.NO_CALENDAR, d.competent_office, d.procedure, operation=event.operation
            )

    def given_back(self, taken: Taken, event: CustodyPassed) -> CustodyPassed:
        """A giving back without the days that the plan had added. Raises NoCalendarForYear."""
        if self.longer is None:
            return event
        story = self.stories[taken.row]
        d = taken.dossier
        return given_back_earlier(d, event, entries=story, calendar=_calendar(d))


def clocks(longer: LongerTerm | None, batch: Sequence[Taken]) -> Clocks:
    """The clocks of a batch; their histories are read only for a plan that moves them."""
    return Clocks(longer, census.stories(batch) if longer else {})


def clock_of(after: Dossier, event: CustodyPassed, *, at: datetime) -> Clock | None:
    """What lists read of a clock that a passing moved; None where it stays."""
    if event.due_at is None:
        return None
    return Clock(after.due_at, after.extended_to, after.standing, next_check(after, at))


def _calendar(d: Dossier) -> WorkCalendar:
    return calendars.calendar(office=d.competent_office, version=d.calendar_version)
