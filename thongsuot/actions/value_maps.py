"""A partner calls one of our values by another name from a day on, by decision."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongsuot.actions.load.merging import VersionOverlaps
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import Way
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.spans import to_range, to_span


@transaction.atomic
def name(
    *,
    partner: str,
    map_: str,
    ours: str,
    theirs: str,
    goes: Way,
    since: date,
    source: str,
    by: Person,
    at: datetime,
) -> None:
    """From a day on a partner calls our value so; the name before it ends on that day.

    Raises NotYourRight, VersionOverlaps (a name that begins later stands in the way), MapWrong.
    """
    duties = access.duties(by.account)
    duties.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())
    rows = ValueMapRow.objects.select_for_update().filter(partner=partner, map=map_)
    same = {"theirs": theirs} if goes is Way.IN else {"ours": ours}
    for row in rows.filter(goes=goes.value, **same):
        _end(row, since)
    ValueMapRow.objects.create(
        partner=partner,
        map=map_,
        ours=ours,
        theirs=theirs,
        goes=goes.value,
        valid=to_range(Span(since)),
        source=source,
    )
    # What was laid down must still be one name for one value on each day.
    exchange.maps_of(partner)


def _end(row: ValueMapRow, day: date) -> None:
    span = to_span(row.valid)
    if span.end is not None and span.end <= day:
        return
    if span.start >= day:
        raise VersionOverlaps("since", given=row.ours)
    row.valid = to_range(Span(span.start, day))
    row.save(update_fields=["valid"])
