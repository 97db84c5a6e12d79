"""The keeper of systems asks a ministry's system how it has set up a field, and sees what differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongsuot.actions import cutover
from thongsuot.actions.cutover import NothingExported, SystemWithoutPartner
from thongsuot.actions.enquiries.putting import put
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import EnquiryKind, Reply, Told
from thongsuot.domain.refusal import Refusal
from thongsuot.records import access, set_up
from thongsuot.records import cutover as records
from thongsuot.records.decided import Decided
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.words.refusals import sentence


@transaction.atomic
def ask_how_set_up(*, field: str, key: str, by: Person, at: datetime) -> int:
    """Ask a field's system how it has set up the field's procedures; the enquiry.

    Raises NotYourRight, NoSuchField, SystemWithoutPartner, NothingExported.
    """
    cutover.require_keeper(by, at)
    on = records.day_of(at)
    system = records.system(cutover.require_moved(field).system, on=on)
    if not system.partner:
        raise SystemWithoutPartner("system", system_name=system.name)
    if not set_up.exports((field,)):
        raise NothingExported("file", field_name=field)
    procedures = sorted(Decided(on, (field,)).bases(field))
    enquiry, _ = put(
        EnquiryKind.SET_UP,
        partner=system.partner,
        about=f"field:{field}"[:120],
        asked={"field": field, "procedures": procedures},
        account=by.account,
        office="",
        key=f"set_up:{key}",
        at=at,
    )
    return enquiry


def compared(row: EnquiryRow, reply: Reply, at: datetime) -> Mapping[str, Any]:
    """What was told is compared with what was exported; only how much differs stays of it here."""
    told: dict[str, Any] = {"field": row.asked["field"]}
    if not isinstance(reply, Told):
        return told
    content = json.dumps(dict(reply.answer), ensure_ascii=False).encode()
    try:
        with transaction.atomic():
            bodies, apart = cutover.read_back(
                field=told["field"],
                content=content,
                source=row.partner,
                by=access.account(row.account).person(),
                at=at,
            )
    except Refusal as refusal:
        return told | {"refused": sentence(refusal)}
    return told | {"bodies": bodies, "differences": apart}
