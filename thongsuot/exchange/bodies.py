"""The codes of bodies at a partner are compared with ours; what differs is owed to it."""

from __future__ import annotations

from datetime import datetime

from thongsuot.actions import documents
from thongsuot.exchange.connector import Registering
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable


def agree(connector: Registering, *, at: datetime) -> tuple[int, int]:
    """How many codes are owed to be registered and to be closed; none while it is away."""
    try:
        known = connector.bodies(at=at)
    except (Away, NoAnswer, Unreadable):
        return 0, 0
    return documents.agree_on_bodies(known, at=at)
