"""What partners sent us: taken in, kept in quarantine with its reason, or dropped by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from thongsuot.domain.looks import ReadingToken
from thongsuot.records.messages import InboxRow, NoSuchArrival

PAGE = 100


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One thing that came, without what it says."""

    number: int
    partner: str
    key: str
    kind: str
    state: str
    reason: str
    dossier: str
    times: int
    said_at: datetime | None
    came_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    """Some arrivals, and before which number the next page begins (0 at the end)."""

    lines: tuple[ArrivalLine, ...]
    next: int
    counts: tuple[tuple[str, int], ...]


def arrivals(
    *, state: str = "", partner: str = "", search: str = "", before: int = 0, limit: int = PAGE
) -> ArrivalsPage:
    """A page of what came, the newest first."""
    rows = InboxRow.objects.all()
    if partner:
        rows = rows.filter(partner=partner)
    if search:
        words = search.replace(" ", "")
        rows = rows.filter(
            Q(key__icontains=words) | Q(dossier__icontains=words) | Q(kind__icontains=words)
        )
    counts = rows.values_list("state").annotate(many=Count("id")).order_by("state")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.defer("body").order_by("-id")[: limit + 1])
    following = found[limit - 1].pk if len(found) > limit else 0
    return ArrivalsPage(tuple(map(_line, found[:limit])), following, tuple(counts))


def arrival(number: int) -> ArrivalLine:
    """One arrival, without what it says. Raises NoSuchArrival."""
    return _line(_row(number))


def about(number: int) -> str:
    """How the log of looks names an arrival."""
    return f"list:arrival:{number}"


def content(number: int, *, reading: ReadingToken) -> Mapping[str, Any]:
    """What came, as it came, the look at it logged. Raises NoSuchArrival."""
    reading.require(about(number))
    body: Mapping[str, Any] = _row(number).body
    return body


def _row(number: int) -> InboxRow:
    row = InboxRow.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchArrival("arrival", given=number)
    return row


def _line(row: InboxRow) -> ArrivalLine:
    return ArrivalLine(
        number=row.pk,
        partner=row.partner,
        key=row.key,
        kind=row.kind,
        state=row.state,
        reason=row.reason,
        dossier=row.dossier,
        times=row.times,
        said_at=row.said_at,
        came_at=row.came_at,
        settled_at=row.settled_at,
    )
