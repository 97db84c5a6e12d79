"""The last rehearsal of a plan, as its page and its workbook tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from thongsuot.queries import access
from thongsuot.records.rehearsal import RehearsalLineRow, RehearsalRow


@dataclass(frozen=True, slots=True)
class RehearsedLine:
    """One thing that was touched, in words."""

    subject: str
    key: str
    body: str
    to: str
    before: str
    after: str
    rule: str
    operation: int
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """A part of the last rehearsal of a plan: from when, by whom, on which text."""

    at: datetime
    by: str
    seal: str
    due: str
    totals: dict[str, int]
    by_fallback: int
    gaps: tuple[tuple[str, str], ...]
    lines: tuple[RehearsedLine, ...]
    count: int

    @property
    def dossiers(self) -> int:
        """How many dossiers would pass."""
        return self.totals.get("dossiers", 0)


def rehearsal(
    plan: str, *, subject: str = "", search: str = "", limit: int
) -> RehearsalPage | None:
    """The last rehearsal of a plan, narrowed; None where there was none."""
    kept = RehearsalRow.objects.filter(plan__key=plan).first()
    if kept is None:
        return None
    rows = _narrowed(kept, subject, search)
    return RehearsalPage(
        kept.at,
        access.names([kept.by]).get(kept.by, kept.by),
        kept.seal,
        kept.due,
        kept.totals,
        kept.by_fallback,
        tuple((sentence, dossier) for sentence, dossier in kept.gaps),
        tuple(_lines(rows[:limit])),
        rows.count(),
    )


def rehearsed_lines(plan: str) -> Iterator[RehearsedLine]:
    """Everything that the last rehearsal of a plan touched."""
    rows = RehearsalLineRow.objects.filter(rehearsal__plan__key=plan)
    return _lines(rows.order_by("number"))


def _narrowed(
    kept: RehearsalRow, subject: str, search: str
) -> QuerySet[RehearsalLineRow, RehearsalLineRow]:
    rows = kept.lines.order_by("number")
    if subject:
        rows = rows.filter(subject=subject)
    if search:
        rows = rows.filter(
            Q(key__icontains=search) | Q(body__icontains=search) | Q(to__icontains=search)
        )
    return rows


def _lines(rows: QuerySet[RehearsalLineRow, RehearsalLineRow]) -> Iterator[RehearsedLine]:
    for line in rows.values_list(*RehearsedLine.__slots__).iterator(chunk_size=2000):
        yield RehearsedLine(*line)
