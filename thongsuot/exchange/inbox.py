"""What partners have for us is fetched, kept, and only then acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.actions import inbox
from thongsuot.exchange.connector import Collecting
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.records.messages import CursorRow

MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one round of fetching brought."""

    taken_in: int = 0
    quarantined: int = 0
    is_away: bool = False


def fetch(partner: str, connector: Collecting, *, at: datetime) -> Fetched:
    """Take in what lies ready at a partner, page by page.

    The place to go on from is kept after each page: a page that was cut off is fetched again,
    and what came twice comes to effect once.
    """
    row, _ = CursorRow.objects.get_or_create(partner=partner, defaults={"at": at})
    taken = aside = 0
    try:
        for _page in range(MOST_PAGES):
            collected = connector.collect(row.cursor, at=at)
            for arrival in collected.arrivals:
                is_taken = inbox.take_in(arrival, at=at) == inbox.TAKEN_IN
                taken, aside = taken + is_taken, aside + (not is_taken)
                connector.confirm(arrival, is_taken=is_taken)
            row.cursor, row.at = collected.cursor, at
            row.save(update_fields=["cursor", "at"])
            if not collected.has_more:
                break
    except (Away, NoAnswer, Unreadable):
        return Fetched(taken, aside, is_away=True)
    return Fetched(taken, aside)
