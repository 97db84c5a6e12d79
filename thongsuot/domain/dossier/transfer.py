"""The way from the counter to the body that resolves, where the clock starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import due_of
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.refusals import AlreadyArrived, NotForwarded
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
