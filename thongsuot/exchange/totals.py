"""Once a day both sides count: what differs was lost, doubled or done by others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connections import opened
from thongsuot.exchange.connector import Counting
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.records import exchange, messages


def compare(partner: str, *, day: date, at: datetime) -> int:
    """Count a day on both sides and keep both figures; how many of them differ.

    A partner that is away is compared another time. Raises NotConnected.
    """
    connector, _ = opened(partner, at=at)
    since = datetime.combine(day, time(), VIETNAM)
    until = since + timedelta(days=1)
    if not isinstance(connector, Counting):
        return 0
    try:
        theirs = connector.totals(since, until)
    except (Away, NoAnswer, Unreadable):
        return 0
    ours = messages.acknowledged(partner, since=since, until=until)
    both = {name: (ours.get(name, 0), many) for name, many in theirs.items()}
    exchange.keep_totals(partner, both, day=day, at=at)
    return sum(mine != other for mine, other in both.values())
