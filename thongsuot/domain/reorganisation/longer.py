"""What a plan with a legal basis makes of due moments, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from thongsuot.domain.deadline import Pause, Term, Unit, due
from thongsuot.domain.dossier import Dossier, Entry, evolve
from thongsuot.domain.dossier.clock import due_of
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.reorganisation.plan import LongerTerm
from thongsuot.domain.workdays import WorkCalendar


def term_of(longer: LongerTerm) -> Term:
    """What the plan adds to every due moment."""
    return Term(2 * longer.working_days, Unit.WORKING_DAY)


def is_due(d: Dossier) -> bool:
    """Whether a body owes a result by a moment that a plan could move."""
    return d.is_open and d.due_at is not None


def passed_later(
    d: Dossier, event: CustodyPassed, *, longer: LongerTerm, calendar: WorkCalendar, at: datetime
) -> CustodyPassed:
    """The same passing, the dossier due later by the working days and the basis of the plan.

    A clock that stands is first brought to this moment, so that no part of its pause is lost.
    What ended, or was never due, stays. Raises NoCalendarForYear.
    """
    if not is_due(d):
        return event
    so_far = tuple(Pause(one.start, at, one.kind) for one in d.open_pauses if one.start < at)
    owed = due_of(replace(d, pauses=(*d.pauses, *so_far)), calendar) if so_far else d.due_at
    moment = due(owed or d.received_at, term_of(longer), calendar).at
    return replace(event, due_at=moment, basis=longer.basis)


def given_back_earlier(
    d: Dossier, event: CustodyPassed, *, entries: Iterable[Entry], calendar: WorkCalendar
) -> CustodyPassed:
    """The same giving back, without the days that the plan had added.

    Pauses since then count as they would have without the plan. A dossier that somebody extended
    since, or that ended, keeps its moment: the applicant was told it. Raises NoCalendarForYear.
    """
    before, extension = _before(entries, event.plan)
    if before is None or extension is None or not d.is_open or d.extended_to != extension.due_at:
        return event
    bare = replace(d, extended_to=before.extended_to, extended_at=before.extended_at)
    is_same = (d.pauses, d.competent_received_at) == (before.pauses, before.competent_received_at)
    return replace(
        event,
        due_at=before.due_at if is_same else due_of(bare, calendar),
        extended_to=before.extended_to,
        extended_at=before.extended_at,
    )


def _before(entries: Iterable[Entry], plan: str) -> tuple[Dossier | None, CustodyPassed | None]:
    """The dossier before a plan let it be due later, and the event by which it did."""
    d: Dossier | None = None
    found: tuple[Dossier | None, CustodyPassed | None] = (None, None)
    for entry in entries:
        event = entry.event
        if isinstance(event, CustodyPassed) and event.plan == plan and not event.is_undo:
            found = (d, event) if event.due_at else (None, None)
        d = evolve(d, entry)
    return found
