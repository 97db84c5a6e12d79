"""The orders of the post for a dossier, and how each went on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.looks import ReadingToken
from thongsuot.records.postal import PostalOrderRow


@dataclass(frozen=True, slots=True)
class PostalLine:
    """One order, and what the post said last."""

    number: str
    ordered_at: datetime
    is_cancelled: bool
    last: str
    last_at: datetime | None


def orders(code: str, *, reading: ReadingToken) -> tuple[PostalLine, ...]:
    """The orders of a dossier that was read with this token, the newest first."""
    reading.require(code)
    rows = PostalOrderRow.objects.filter(dossier__code=code).order_by("-id")
    return tuple(_line(row) for row in rows.prefetch_related("moves"))


def _line(row: PostalOrderRow) -> PostalLine:
    moves = sorted(row.moves.all(), key=lambda move: move.pk)
    last = moves[-1] if moves else None
    return PostalLine(
        number=row.number,
        ordered_at=row.ordered_at,
        is_cancelled=row.cancelled_at is not None,
        last=last.words if last else "",
        last_at=last.at if last else None,
    )
