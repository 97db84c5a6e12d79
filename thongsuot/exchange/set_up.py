"""How a ministry has set up a field is asked of its system, where its connector can."""

from __future__ import annotations

import json
from datetime import datetime

from thongsuot.actions.cutover import SystemWithoutPartner, require_moved
from thongsuot.exchange.connections import opened
from thongsuot.exchange.enquiries import set_up
from thongsuot.records import cutover
from thongsuot.records.decided import Decided


def fetched(field: str, *, at: datetime) -> tuple[bytes, str]:
    """What a field's system has set up, as the bytes of a file, and where it was read.

    Raises NoSuchField, SystemWithoutPartner, NotConnected, KindUnknown, SetUpNotTold, Away,
    NoAnswer, Unreadable.
    """
    on = cutover.day_of(at)
    system = cutover.system(require_moved(field).system, on=on)
    if not system.partner:
        raise SystemWithoutPartner("system", system_name=system.name)
    connector, _ = opened(system.partner, at=at)
    told = set_up(connector, Decided(on, (field,)).bases(field), partner=system.partner)
    return json.dumps(dict(told), ensure_ascii=False).encode(), system.partner
