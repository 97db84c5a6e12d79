"""How a dossier stands towards its due moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """On time, near its due moment, or past it."""

    ON_TIME = "on_time"
    NEAR = "near"
    LATE = "late"


def standing(due_at: datetime, at: datetime, *, near_from: datetime | timedelta) -> Standing:
    """How a dossier due at this moment stands; at the due moment itself it is not late."""
    if at > due_at:
        return Standing.LATE
    near_at = near_from if isinstance(near_from, datetime) else due_at - near_from
    return Standing.NEAR if at >= near_at else Standing.ON_TIME
