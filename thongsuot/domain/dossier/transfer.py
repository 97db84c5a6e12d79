"""The way from the counter to the body that resolves, where the clock starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import due_of
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.refusals import (
    AlreadyArrived,
    AlreadyHandedOver,
    BasisNeeded,
    DueWouldComeNearer,
    NotForwarded,
    SameCustody,
)
from thongsuot.domain.dossier.standing import require_open
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.domain.workflow import Act, Process


def transfer_until(received_at: datetime, calendar: WorkCalendar, policies: Policies) -> datetime:
    """The latest moment at which a dossier received elsewhere reaches the competent body.

    The same working day, or the next working morning when received late in the day.
    Source: NĐ 118/2025 Đ.18.2 as amended by NĐ 309/2026.
    """
    taken = calendar.next_opening(received_at)
    if taken.time() >= policies.transfer_next_morning_from:
        return calendar.opening_of(calendar.next_working_day(taken.date()))
    return calendar.closing_of(taken.date())


def forward(
    d: Dossier,
    *,
    process: Process,
    at: datetime,
    calendar: WorkCalendar,
    policies: Policies,
    target: str = "",
) -> e.Forwarded:
    """Send the dossier to the body that resolves; a late transfer is recorded as late.

    While it waited for the applicant, or once it was sent back, the transfer is owed anew.
    Raises DossierEnded, NoSuchMove, BranchNeeded.
    """
    require_open(d)
    move = process.move(Act.FORWARD, d.stage, target)
    since = d.transferable_at or d.received_at
    late = at > transfer_until(since, calendar, policies)
    return e.Forwarded(to_office=d.competent_office, stage=move.target, is_late=late)


def arrive(d: Dossier, *, at: datetime, calendar: WorkCalendar) -> e.Arrived:
    """Confirm that the competent body has the dossier: its clock starts.

    Raises DossierEnded, AlreadyArrived, NotForwarded. Source: NĐ 309/2026 Đ.8.3.
    """
    require_open(d)
    if d.competent_received_at is not None:
        raise AlreadyArrived("dossier", code=d.code)
    if d.office != d.competent_office:
        raise NotForwarded("dossier", code=d.code)
    arrived = replace(d, competent_received_at=at)
    return e.Arrived(competent_received_at=at, due_at=due_of(arrived, calendar))


@dataclass(frozen=True, slots=True)
class Custody:
    """Who has a dossier: who holds it, resolves it and gives its result back, and where."""

    office: str
    competent_office: str
    return_office: str
    return_point: str
    assignee: str = ""


def custody_of(d: Dossier) -> Custody:
    """Who has a dossier now."""
    return Custody(d.office, d.competent_office, d.return_office, d.return_point, d.assignee)


def pass_custody(
    d: Dossier,
    *,
    to: Custody,
    plan: str,
    operation: int,
    rule: str,
    is_fallback: bool = False,
    is_undo: bool = False,
    due_at: datetime | None = None,
    basis: str = "",
) -> e.CustodyPassed:
    """Give a dossier, by a plan of reorganisation, to the bodies that carry it on.

    Its step, process, pauses and due moment stay as they are; only a plan that names a legal
    basis may let it be due later. What ended goes too, until the applicant has the result.
    Raises AlreadyHandedOver, SameCustody, BasisNeeded, DueWouldComeNearer.
    Source: NQ 190/2025/QH15 Đ.5, Đ.10.
    """
    if not d.is_open and d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)
    if to == custody_of(d):
        raise SameCustody("dossier", code=d.code, office=d.office)
    if due_at is not None:
        _require_longer(d, due_at, basis)
    return e.CustodyPassed(
        plan=plan,
        operation=operation,
        rule=rule,
        from_office=d.office,
        to_office=to.office,
        competent_office=to.competent_office,
        return_office=to.return_office,
        return_point=to.return_point,
        assignee=to.assignee,
        is_fallback=is_fallback,
        is_undo=is_undo,
        due_at=due_at,
        basis=basis,
    )


def _require_longer(d: Dossier, due_at: datetime, basis: str) -> None:
    if not basis.strip():
        raise BasisNeeded("basis")
    if d.due_at is not None and due_at < d.due_at:
        due = d.due_at.isoformat()
        raise DueWouldComeNearer("due_at", code=d.code, given=due_at.isoformat(), due=due)
