"""How a ministry has set up a field is asked of its system, where its connector can."""

from __future__ import annotations

import json
from datetime import datetime

from thongsuot.actions.cutover import SystemWithoutPartner, require_moved
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connections import opened
from thongsuot.exchange.connector import SettingUp
from thongsuot.records import cutover
from thongsuot.records.decided import Decided


class SetUpNotTold(Refusal):
    """The partner's connector offers no way to read its set-up: a file is needed."""

    code = "set_up_not_told"


def fetched(field: str, *, at: datetime) -> tuple[bytes, str]:
    """What a field's system has set up, as the bytes of a file, and where it was read.

    Raises NoSuchField, SystemWithoutPartner, NotConnected, KindUnknown, SetUpNotTold.
    """
    on = cutover.day_of(at)
    system = cutover.system(require_moved(field).system, on=on)
    if not system.partner:
        raise SystemWithoutPartner("system", system_name=system.name)
    connector, _ = opened(system.partner, at=at)
    if not isinstance(connector, SettingUp):
        raise SetUpNotTold("file", partner=system.partner)
    told = connector.set_up(Decided(on, (field,)).bases(field))
    return json.dumps(dict(told), ensure_ascii=False).encode(), system.partner
