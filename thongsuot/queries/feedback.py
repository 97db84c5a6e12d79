"""What applicants said, without who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count

from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records.feedback import FeedbackRow

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One rating: when, of which office and procedure, never whose."""

    on: date
    office: str
    procedure: str
    score: int
    comment: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """The newest ratings of the offices that somebody answers for."""

    count: int
    average: float | None
    lines: tuple[FeedbackLine, ...]


def page(*, offices: frozenset[str]) -> FeedbackPage:
    """The newest ratings of these offices; "" among them means every one."""
    rows = FeedbackRow.objects.all()
    if "" not in offices:
        rows = rows.filter(office__in=offices)
    total = rows.aggregate(count=Count("id"), average=Avg("score"))
    newest = list(rows.select_related("dossier").order_by("-id")[:AT_MOST])
    names = directory.office_names({row.office for row in newest})
    lines = tuple(_line(row, names) for row in newest)
    return FeedbackPage(total["count"], total["average"], lines)


def _line(row: FeedbackRow, names: dict[str, str]) -> FeedbackLine:
    return FeedbackLine(
        on=row.at.astimezone(VIETNAM).date(),
        office=names.get(row.office, row.office),
        procedure=row.dossier.procedure_name,
        score=row.score,
        comment=row.comment,
    )
