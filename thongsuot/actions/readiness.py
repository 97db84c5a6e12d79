"""What data does not know of a reception point is noted by name; what is red is waived by name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.readiness import ReadinessItem, ReadinessVerdict, require_notable
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, directory
from thongsuot.records import readiness as records
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.words import reading


@transaction.atomic
def note(
    *,
    point: str,
    item: ReadinessItem,
    verdict: ReadinessVerdict,
    remark: object,
    by: Person,
    at: datetime,
) -> None:
    """Note how an item of a reception point stands; only the province waives, and says why.

    Raises NoSuchReceptionPoint, NotYourRight, ReadinessComputed, NothingToWaive, FieldNeeded.
    """
    on = at.astimezone(VIETNAM).date()
    office = directory.reception_point(point, on=on).office.canonical
    where = "" if verdict is ReadinessVerdict.WAIVED else office
    access.duties(by.account).require_right(by, Right.SYSTEMS, office=where, on=on)
    checks = records.checks({point: office}, at=at, on=on)[point]
    require_notable(next(check for check in checks if check.item is item), verdict)
    said = (
        reading.text("remark", remark, longest=500)
        if verdict is ReadinessVerdict.WAIVED
        else reading.if_given(reading.text, {"remark": remark}, "remark", "")
    )
    ReadinessNoteRow.objects.create(
        point=point,
        item=item.value,
        verdict=verdict.value,
        remark=said[:500],
        by=by.account,
        at=at,
    )
