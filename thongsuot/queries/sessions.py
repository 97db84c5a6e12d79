"""Where somebody is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import sessions as records


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser: from where, by what, when it was last used, and whether it is this one."""

    origin: str
    browser: str
    seen_at: datetime | None
    is_this: bool


def sessions(account: str, *, at: datetime, this: str = "") -> tuple[SessionLine, ...]:
    """The sessions of an account that are not over, the last used first. Raises NoSuchAccount."""
    rows = records.sessions_of(access.account(account).pk, at=at)
    return tuple(
        SessionLine(
            row.address,
            row.browser,
            datetime.fromtimestamp(row.seen_at, VIETNAM) if row.seen_at else None,
            row.session_key == this,
        )
        for row in rows
    )
