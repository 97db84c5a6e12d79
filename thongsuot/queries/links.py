"""Addresses of files that partners fetch: which hold, which are broken, who used them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q

from thongsuot.domain.cutover.links import RENEWED_BEFORE
from thongsuot.records.links import FileLinkRow, FileLinkUseRow

SHOWN = 100


@dataclass(frozen=True, slots=True)
class LinkLine:
    """An address handed out; the file's name without its content."""

    number: int
    partner: str
    dossier: str
    name: str
    until: datetime
    is_over: bool
    is_whole: bool
    is_revoked: bool
    checked_at: datetime | None
    used: int
    used_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Links:
    """A page of addresses, and the figures over all of them."""

    lines: tuple[LinkLine, ...]
    many: int
    ending: int
    over: int
    broken: int
    revoked: int
    refused: int


def links(*, at: datetime, search: str = "", state: str = "") -> Links:
    """The addresses handed out, the latest first, narrowed to a dossier, a partner or a state."""
    rows = FileLinkRow.objects.all()
    ends = Q(until__lt=at + RENEWED_BEFORE) & (
        Q(renewed_until=None) | Q(renewed_until__lt=at + RENEWED_BEFORE)
    )
    over = Q(until__lte=at) & (Q(renewed_until=None) | Q(renewed_until__lte=at))
    kept = Q(revoked_at=None)
    figures = rows.aggregate(
        many=Count("pk", filter=kept),
        ending=Count("pk", filter=kept & ends & ~over),
        over=Count("pk", filter=kept & over),
        broken=Count("pk", filter=kept & Q(is_whole=False)),
        revoked=Count("pk", filter=~kept),
    )
    narrowed = {"broken": kept & Q(is_whole=False), "over": kept & over, "revoked": ~kept}
    wanted = rows.filter(narrowed[state]) if state in narrowed else rows
    if search:
        wanted = wanted.filter(Q(dossier__icontains=search) | Q(partner=search))
    given = Q(uses__outcome="given")
    found = wanted.annotate(
        used=Count("uses", filter=given), used_at=Max("uses__at", filter=given)
    ).order_by(F("pk").desc())
    refused = FileLinkUseRow.objects.exclude(outcome="given").count()
    return Links(
        tuple(
            LinkLine(
                row.pk,
                row.partner,
                row.dossier,
                row.name,
                row.holds_until,
                row.holds_until <= at,
                row.is_whole,
                row.revoked_at is not None,
                row.checked_at,
                row.used,
                row.used_at,
                row.reason,
            )
            for row in found[:SHOWN]
        ),
        refused=refused,
        **figures,
    )
