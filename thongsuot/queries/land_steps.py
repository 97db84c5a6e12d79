"""How a dossier of ours goes on in the software that works on it, as that software tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from thongsuot.domain.looks import ReadingToken
from thongsuot.records.land_steps import ReportedStepRow
from thongsuot.records.messages import PartnerRow

MOST = 200


@dataclass(frozen=True, slots=True)
class ReportedLine:
    """One step as it was reported: by which system, when it says that it happened, when it came."""

    system: str
    step: str
    happened: str
    by: str
    words: str
    came_at: datetime


def reported(code: str, *, reading: ReadingToken) -> tuple[ReportedLine, ...]:
    """What other software reported of a dossier, the newest first, in one statement."""
    reading.require(code)
    names = PartnerRow.objects.filter(code=OuterRef("partner")).order_by("-id").values("name")
    rows = ReportedStepRow.objects.filter(dossier=code).annotate(name=Subquery(names[:1]))
    return tuple(
        ReportedLine(
            row.name or row.partner, row.step, row.happened, row.by, row.words, row.came_at
        )
        for row in rows.order_by("-id")[:MOST]
    )
