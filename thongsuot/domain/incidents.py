"""An incident of a system: found, told, fixed, and whose clocks were paused meanwhile.

Source: NĐ 301/2026 Đ.3.4 (time goes on from recovery; mended within 24 hours of the notice).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal

MENDED_WITHIN = timedelta(hours=24)


class NoSuchIncident(Refusal):
    """No incident has this number."""

    code = "no_such_incident"
    kind = Kind.UNKNOWN


class IncidentOutOfOrder(Refusal):
    """An incident is told after it was found, and fixed after that; none of it in the future."""

    code = "incident_out_of_order"
    kind = Kind.MALFORMED


class IncidentOver(Refusal):
    """The incident was fixed already."""

    code = "incident_over"


class IncidentNotTold(Refusal):
    """Clocks are paused only by a notice of the system's owner. Source: NĐ 301/2026 Đ.3.4."""

    code = "incident_not_told"


class NobodyChosen(Refusal):
    """A pause is for dossiers that are named."""

    code = "nobody_chosen"
    kind = Kind.MALFORMED


class IncidentStep(StrEnum):
    """What was done about an incident."""

    FIND = "find"
    TELL = "tell"
    PAUSE = "pause"
    FIX = "fix"


class PausedState(StrEnum):
    """How far a dossier that an incident touches has come."""

    CHOSEN = "chosen"
    PAUSED = "paused"
    RESUMED = "resumed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, when it was found, told by which notice, and fixed."""

    what: str
    found_at: datetime
    told_at: datetime | None = None
    announced_in: str = ""
    fixed_at: datetime | None = None

    @property
    def mend_by(self) -> datetime | None:
        """When it is to be mended; nothing before it is told."""
        return self.told_at + MENDED_WITHIN if self.told_at else None

    def is_mended_late(self, at: datetime) -> bool:
        """Whether the time to mend it was or is over."""
        until = self.mend_by
        return until is not None and (self.fixed_at or at) > until


def require_order(incident: Incident, *, at: datetime) -> None:
    """Found, told, fixed: in this order, and not after now. Raises IncidentOutOfOrder."""
    steps = [incident.found_at, incident.told_at, incident.fixed_at, at]
    known = [moment for moment in steps if moment is not None]
    if known != sorted(known):
        raise IncidentOutOfOrder("at")


def require_running(incident: Incident) -> None:
    """Raises IncidentOver once it was fixed."""
    if incident.fixed_at is not None:
        raise IncidentOver("incident", since=incident.fixed_at.isoformat())


def require_told(incident: Incident) -> None:
    """Raises IncidentNotTold without the notice of the system's owner, IncidentOver."""
    require_running(incident)
    if not incident.announced_in:
        raise IncidentNotTold("announced_in")
