"""An online application: filed elsewhere, answered by a counter within hours, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import WorkCalendar


class NoSuchApplication(Refusal):
    """No online application of this number waits for this counter."""

    code = "no_such_application"
    kind = Kind.UNKNOWN


class ApplicationAnswered(Refusal):
    """Somebody has accepted or refused this application already."""

    code = "application_answered"
    kind = Kind.CONFLICT


class ApplicationState(StrEnum):
    """How an application stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody filed online, as the counter checks it."""

    partner: str
    code: str
    procedure: str
    procedure_name: str
    office: str
    applicant: Applicant
    papers: tuple[str, ...]
    submitted_at: datetime
    came_at: datetime
    check_by: datetime
    state: ApplicationState
    dossier: str = ""


def require_waiting(application: Application) -> None:
    """Let an application be answered once. Raises ApplicationAnswered."""
    if application.state is not ApplicationState.WAITING:
        raise ApplicationAnswered(
            "application", given=application.code, dossier=application.dossier or "-"
        )


def to_check_by(calendar: WorkCalendar, submitted_at: datetime, *, hours: int) -> datetime:
    """Until when the counter answers: so many working hours after it was filed.

    Refuses: NoCalendarForYear, MomentWithoutZone.
    """
    return calendar.ahead(submitted_at, hours=hours)


def complete_notice(reason: str, missing: Sequence[str]) -> str:
    """Everything that keeps an application from being received, told at once.

    Source: NĐ 118/2025/NĐ-CP Đ.17 (a supplement is asked for once, completely).
    """
    wanted = "; ".join(missing)
    return f"{reason.rstrip('.')}. Cần bổ sung: {wanted}." if wanted else reason
