"""Once a day both sides count: what differs was lost, doubled or done by others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connections import opened
from thongsuot.exchange.connector import Counting
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.records import exchange, messages


def compare(partner: str, *, day: date, at: datetime) -> int:
    """Count a month up to a day on both sides and keep both figures; how many of them differ.

    By the month, because that is what partners tell. One that is away is compared another time.
    Raises NotConnected.
    """
    connector, _ = opened(partner, at=at)
    since = datetime.combine(day.replace(day=1), time(), VIETNAM)
    until = datetime.combine(day + timedelta(days=1), time(), VIETNAM)
    if not isinstance(connector, Counting):
        return 0
    try:
        theirs = connector.totals(since, until)
    except (Away, NoAnswer, Unreadable):
        return 0
    ours = messages.acknowledged(connector.counted, since=since, until=until)
    both = {name: (ours.get(name, 0), many) for name, many in theirs.items()}
    exchange.keep_totals(connector.counted, both, day=day, at=at)
    return sum(mine != other for mine, other in both.values())
