"""The national procedure database is read whole, page by page, and kept as it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from thongsuot.actions import mirror
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable

MOST_PAGES = 200


@runtime_checkable
class Mirrorable(Protocol):
    """A connector whose partner publishes procedures."""

    @property
    def answer(self) -> str:
        """Which of the two answers it gives: that of the new portal, or the old one."""

    def procedures(self, cursor: str) -> tuple[tuple[tuple[str, str], ...], str]:
        """A page of codes and names of their own, and the next cursor; "" at the end."""

    def procedure(self, own: str) -> tuple[dict[str, Any], Mapping[str, Any]]:
        """One procedure in neutral words, and as it came."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading brought; one that broke off ends nothing."""

    read: int = 0
    changed: int = 0
    unread: int = 0
    gone: int = 0
    is_away: bool = False


def read(connector: Mirrorable, *, at: datetime, now: Callable[[], datetime]) -> Reading:
    """Read every procedure. What cannot be read keeps what was read of it before."""
    found = changed = unread = 0
    cursor, seen = "", set[str]()
    try:
        for _ in range(MOST_PAGES):
            page, following = connector.procedures(cursor)
            for code, own in page:
                if code in seen:
                    continue
                seen.add(code)
                try:
                    told, raw = connector.procedure(own)
                    changed += mirror.keep_mirrored(told, raw, answer=connector.answer, at=now())
                    found += 1
                except (Unreadable, NoAnswer, Refusal):
                    unread += 1
            if not following or following == cursor:
                break
            cursor = following
    except (Away, NoAnswer, Unreadable):
        return Reading(found, changed, unread, is_away=True)
    gone = mirror.end_reading(
        answer=connector.answer, began_at=at, read=found, unread=unread, at=now()
    )
    return Reading(found, changed, unread, gone)
