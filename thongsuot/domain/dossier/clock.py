"""What moves a dossier's clock: arrivals, pauses, one extension, and nothing in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from thongsuot.domain.deadline import (
    Deadline,
    Pause,
    PauseKind,
    Standing,
    Term,
    Unit,
    due,
    prolong,
    standing,
)
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.papers import Held, require_not_held
from thongsuot.domain.dossier.policies import Lead, Policies
from thongsuot.domain.dossier.reasons import ReasonNeeded
from thongsuot.domain.dossier.refusals import (
    AlreadyExtended,
    AlreadyPaused,
    AmountNotPositive,
    BasisNeeded,
    DayOff,
    DecisionMade,
    ExtensionNotLater,
    NothingMissing,
    NotPaused,
    SupplementAlreadyAsked,
)
from thongsuot.domain.dossier.standing import require_open
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.workdays import VIETNAM, NoCalendarForYear, WorkCalendar
from thongsuot.domain.workflow import Process


def deadline_of(d: Dossier, calendar: WorkCalendar) -> Deadline | None:
    """The computed deadline with its reasons; None for an appointment given or reported."""
    if not d.term or d.competent_received_at is None or d.reported_by:
        return None
    return due(
        d.competent_received_at,
        Term.parse(d.term),
        calendar,
        pauses=d.pauses,
        after_15h=d.counts_from_next_day_after_15h,
    )


def due_of(d: Dossier, calendar: WorkCalendar) -> datetime:
    """When the body owes the result, by term, pauses and extension.

    What another system reported stays as reported in a year whose calendar we do not know.
    Raises NoCalendarForYear for our own.
    """
    try:
        return _due_of(d, calendar)
    except NoCalendarForYear:
        if d.reported_by and d.due_at is not None:
            return d.due_at
        raise


def step_deadline_of(d: Dossier, process: Process, calendar: WorkCalendar) -> Deadline | None:
    """By when the step where the dossier stands is to be done, by the body's calendar.

    None where the process gives the step no term, or the work is over. It binds the office, not
    the applicant: the legal term goes on beside it. Source: quy trình nội bộ, TT 03/2025/TT-VPCP.
    """
    if not d.is_open or not d.stage or d.stage_since is None:
        return None
    term = process.stage(d.stage).term
    if term is None:
        return None
    try:
        return due(d.stage_since, term, calendar, pauses=_pauses_since(d, d.stage_since))
    except NoCalendarForYear:  # a step of a year that is not announced yet
        return None


def _due_of(d: Dossier, calendar: WorkCalendar) -> datetime:
    if d.extended_to is not None and d.extended_at is not None:
        return prolong(d.extended_to, _unit(d), calendar, _pauses_since(d, d.extended_at))
    computed = deadline_of(d, calendar)
    if computed is not None:
        return computed.at
    promised = d.promised_at or d.received_at
    return prolong(promised, _unit(d), calendar, d.pauses)


def _unit(d: Dossier) -> Unit:
    return Term.parse(d.term).unit if d.term else Unit.DAY


def _pauses_since(d: Dossier, since: datetime) -> tuple[Pause, ...]:
    later = [pause for pause in d.pauses if pause.end > since]
    return tuple(replace(pause, start=max(pause.start, since)) for pause in later)


def ask_supplement(
    d: Dossier,
    *,
    missing: tuple[str, ...],
    reason: str,
    basis: str,
    policies: Policies,
    held: tuple[Held, ...] = (),
    again: e.AskedAgain | None = None,
) -> e.SupplementAsked:
    """Ask the applicant, once and completely, for what is missing; the clock stops.

    `held` is what the province holds for this person: it is not asked for again, but for a
    reason that the law gives.
    Raises DossierEnded, DecisionMade, AlreadyPaused, NothingMissing, ReasonNeeded,
    SupplementAlreadyAsked, AlreadyHeld. Source: NĐ 118/2025 Đ.11, Đ.17; NĐ 309/2026 Đ.2.
    """
    require_open(d)
    if d.is_decided:
        raise DecisionMade("dossier", code=d.code)
    _require_not_paused(d, PauseKind.SUPPLEMENT)
    if not any(line.strip() for line in missing):
        raise NothingMissing("missing")
    if not reason.strip():
        raise ReasonNeeded("reason")
    times = len(d.supplements)
    if times >= policies.supplements_at_most and not basis.strip():
        raise SupplementAlreadyAsked("basis", times=times)
    if again is None:
        require_not_held(missing, held)
    return e.SupplementAsked(missing, reason, basis, again)


def receive_supplement(
    d: Dossier, *, papers: tuple[e.PaperGiven, ...], at: datetime, calendar: WorkCalendar
) -> e.SupplementReceived:
    """Take in what was missing; the clock runs on where it stopped.

    Raises DossierEnded, NotPaused.
    """
    moment = due_after(d, PauseKind.SUPPLEMENT, at=at, calendar=calendar)
    return e.SupplementReceived(papers=papers, due_at=moment)


def raise_financial_duty(d: Dossier, *, amount: int, what: str) -> e.FinancialDutyRaised:
    """Ask the applicant to pay; the clock stops until they have.

    Raises DossierEnded, AlreadyPaused, AmountNotPositive.
    """
    require_open(d)
    _require_not_paused(d, PauseKind.FINANCIAL_DUTY)
    if amount <= 0:
        raise AmountNotPositive("amount", given=amount)
    return e.FinancialDutyRaised(amount=amount, what=what)


def settle_financial_duty(
    d: Dossier, *, receipt: str, at: datetime, calendar: WorkCalendar
) -> e.FinancialDutySettled:
    """Record the payment; the clock runs on. Raises DossierEnded, NotPaused."""
    moment = due_after(d, PauseKind.FINANCIAL_DUTY, at=at, calendar=calendar)
    return e.FinancialDutySettled(receipt=receipt, due_at=moment)


def begin_incident(d: Dossier, *, what: str, announced_in: str) -> e.IncidentBegan:
    """Stop the clock because a system's owner announced that it is down.

    Raises DossierEnded, AlreadyPaused, BasisNeeded. Source: NĐ 301/2026 Đ.3.4.
    """
    require_open(d)
    _require_not_paused(d, PauseKind.SYSTEM_INCIDENT)
    if not announced_in.strip():
        raise BasisNeeded("announced_in")
    return e.IncidentBegan(what=what, announced_in=announced_in)


def end_incident(d: Dossier, *, at: datetime, calendar: WorkCalendar) -> e.IncidentEnded:
    """The system is back and the clock runs on. Raises DossierEnded, NotPaused."""
    return e.IncidentEnded(due_at=due_after(d, PauseKind.SYSTEM_INCIDENT, at=at, calendar=calendar))


def apologise(
    d: Dossier,
    *,
    reason: str,
    new_day: datetime,
    at: datetime,
    calendar: WorkCalendar,
    policies: Policies,
) -> e.Apologised:
    """Apologise in writing; early enough, and once, the new day extends the term.

    Raises DossierEnded, ReasonNeeded, AlreadyExtended, ExtensionNotLater, DayOff.
    Source: NĐ 118/2025 Đ.19.
    """
    require_open(d)
    due_at = d.due_at or d.received_at
    if not reason.strip():
        raise ReasonNeeded("reason")
    if new_day <= max(due_at, at):
        raise ExtensionNotLater("new_day", given=new_day.isoformat(), due=due_at.isoformat())
    require_no_day_off("new_day", new_day, calendar)
    too_late = _day(at) > apology_until(_day(due_at), calendar, policies)
    if too_late:
        return e.Apologised(reason, new_day, None, due_at, too_late=True)
    if d.extensions >= policies.extensions_at_most:
        raise AlreadyExtended("new_day", until=due_at.isoformat())
    return e.Apologised(reason, new_day, new_day, new_day, too_late=False)


def require_no_day_off(where: str, moment: datetime, calendar: WorkCalendar) -> None:
    """Nobody is told to come on a day on which the body is closed. Raises DayOff.

    In a year whose calendar is not announced yet nobody can say; the day stays as it was named.
    """
    try:
        is_working = calendar.is_working_day(_day(moment))
    except NoCalendarForYear:
        return
    if not is_working:
        raise DayOff(where, given=_day(moment).isoformat())


def apology_until(due_on: date, calendar: WorkCalendar, policies: Policies) -> date:
    """The last day on which an apology still extends the term, as the dated policy counts it."""
    if policies.apology_lead_counted_in is Lead.CALENDAR_DAYS:
        return due_on - timedelta(days=policies.apology_lead_days)
    day, left = due_on, policies.apology_lead_days
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def accept_due(d: Dossier, *, calendar: WorkCalendar, reason: str) -> e.DueAccepted:
    """Accept the due moment that a changed calendar gives; never happens by itself.

    Raises DossierEnded, ReasonNeeded.
    """
    require_open(d)
    if not reason.strip():
        raise ReasonNeeded("reason")
    return e.DueAccepted(due_of(d, calendar), calendar.version, reason)


def notice(
    d: Dossier, *, at: datetime, calendar: WorkCalendar, policies: Policies
) -> e.BecameNear | e.BecameLate | None:
    """The event that the passing of time makes of a dossier, if it has become near or late."""
    if not d.is_open or d.is_paused or d.due_at is None:
        return None
    now = standing(d.due_at, at, near_from=near_from(d.due_at, calendar, policies))
    if now.value == d.standing:
        return None
    events: dict[Standing, Callable[[], e.BecameNear | e.BecameLate]] = {
        Standing.NEAR: e.BecameNear,
        Standing.LATE: e.BecameLate,
    }
    return events[now]() if now in events else None


def next_check(d: Dossier, *, calendar: WorkCalendar, policies: Policies) -> datetime | None:
    """When the passing of time next changes how a dossier stands; None if it cannot."""
    if not d.is_open or d.is_paused or d.due_at is None or d.standing == Standing.LATE:
        return None
    if d.standing == Standing.NEAR:
        return d.due_at
    return near_from(d.due_at, calendar, policies)


def near_from(due_at: datetime, calendar: WorkCalendar, policies: Policies) -> datetime:
    """From when on a dossier is near its due moment: that many working hours before it.

    In a year whose calendar we do not know, only the due moment itself is noticed.
    """
    try:
        return calendar.back(due_at, hours=policies.near_working_hours)
    except NoCalendarForYear:
        return due_at


def due_after(
    d: Dossier, kind: PauseKind, *, at: datetime, calendar: WorkCalendar, about: int = 0
) -> datetime:
    """The due moment once the running pause of this kind ends now.

    Raises DossierEnded, NotPaused.
    """
    require_open(d)
    mine = [p for p in d.open_pauses if p.kind is kind and p.about == about]
    if not mine:
        raise NotPaused("clock", waits_for=kind.value)
    if mine[0].start >= at:
        return due_of(d, calendar)
    ended = Pause(mine[0].start, at, kind)
    return due_of(replace(d, pauses=(*d.pauses, ended)), calendar)


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _require_not_paused(d: Dossier, kind: PauseKind) -> None:
    if any(pause.kind is kind for pause in d.open_pauses):
        raise AlreadyPaused("clock", waits_for=kind.value)
