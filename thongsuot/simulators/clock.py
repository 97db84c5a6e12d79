"""The partners' clock, which a fault may set wrong."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def now(skew: float = 0.0) -> datetime:
    """This moment in Vietnam, `skew` seconds off."""
    return datetime.now(VIETNAM) + timedelta(seconds=skew)


def compact(at: datetime) -> str:
    """As the national portal writes a moment: yyyyMMddHHmmss, without an offset."""
    return f"{at:%Y%m%d%H%M%S}"
