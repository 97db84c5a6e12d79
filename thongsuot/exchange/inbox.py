"""What partners have for us is fetched, kept, and only then acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.actions import inbox
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connector import Collecting, Listing, Reading
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.records.messages import CursorRow

MOST_PAGES = 50
MOST_UNREAD = 200


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
    read = _reader(connector)
    taken = aside = 0
    try:
        for _page in range(MOST_PAGES):
            collected = connector.collect(row.cursor, at=at)
            for arrival in _news(connector, collected.arrivals):
                is_taken = inbox.take_in(arrival, at=at, read=read) == inbox.TAKEN_IN
                taken, aside = taken + is_taken, aside + (not is_taken)
                connector.confirm(arrival, is_taken=is_taken)
            row.cursor, row.at = collected.cursor, at
            row.save(update_fields=["cursor", "at"])
            if not collected.has_more:
                break
    except (Away, NoAnswer, Unreadable):
        return Fetched(taken, aside, is_away=True)
    return Fetched(taken, aside)


def to_read() -> tuple[str, ...]:
    """The partners that pushed something that nobody has read yet."""
    return inbox.partners_unread()


def understand(
    partner: str, connector: object, *, at: datetime, limit: int = MOST_UNREAD
) -> Fetched:
    """Read what a partner pushed and nobody has read yet, each in a transaction of its own."""
    read = _reader(connector)
    if read is None:
        return Fetched()
    states = [
        inbox.understand(number, read, at=at) for number in inbox.unread(partner, limit=limit)
    ]
    return Fetched(states.count(inbox.TAKEN_IN), states.count(inbox.QUARANTINED))


def _news(connector: Collecting, arrivals: tuple[Arrival, ...]) -> tuple[Arrival, ...]:
    """What is to be taken in: of a list that shows everything each time, what is new in it."""
    return inbox.strangers(arrivals) if isinstance(connector, Listing) else arrivals


def _reader(connector: object) -> inbox.Read | None:
    """How a connector reads; whatever goes wrong in it is a reason of the quarantine."""
    if not isinstance(connector, Reading):
        return None
    reading = connector

    def read(came: Arrival) -> Arrival:
        try:
            return reading.read(came)
        except Refusal:
            raise
        except Exception as fault:  # one bad message never stops the others
            reason = str(fault) if isinstance(fault, Unreadable) else type(fault).__name__
            raise inbox.ArrivalUnreadable("arrival", partner=came.partner, given=reason) from fault

    return read
