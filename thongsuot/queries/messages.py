"""What we owe to whom, since when, what waits for people, and whether the ledgers hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from thongsuot.domain.exchange import Fault, faults
from thongsuot.domain.exchange.ledger import BEGINNING
from thongsuot.records import exchange
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import InboxRow, OutboxRow


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """How it stands with one partner."""

    partner: str
    waiting: int
    doubtful: int
    aside: int
    acknowledged: int
    skipped: int
    quarantined: int
    oldest: datetime | None

    @property
    def owed(self) -> int:
        """How many messages are owed in all; with the acknowledged ones, all that ever were."""
        return self.waiting + self.aside


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger about a message."""

    number: int
    step: str
    at: datetime
    told: str
    by: str


def standing() -> tuple[PartnerLine, ...]:
    """How it stands with each partner that we owe or that sent us something."""
    unsent = Q(sent_at=None)
    rows = OutboxRow.objects.values("partner").annotate(
        waiting=Count("id", filter=unsent & Q(set_aside_at=None)),
        doubtful=Count("id", filter=unsent & (Q(is_doubtful=True) | Q(is_leased=True))),
        aside=Count("id", filter=unsent & Q(set_aside_at__isnull=False)),
        acknowledged=Count("id", filter=Q(sent_at__isnull=False, is_skipped=False)),
        skipped=Count("id", filter=Q(is_skipped=True)),
        oldest=Min("owed_at", filter=unsent),
    )
    kept = InboxRow.objects.filter(state="quarantined").values("partner").annotate(n=Count("id"))
    held = {row["partner"]: row["n"] for row in kept}
    told: dict[str, dict[str, Any]] = {row["partner"]: dict(row) for row in rows}
    return tuple(
        PartnerLine(
            partner=partner,
            waiting=row.get("waiting", 0),
            doubtful=row.get("doubtful", 0),
            aside=row.get("aside", 0),
            acknowledged=row.get("acknowledged", 0),
            skipped=row.get("skipped", 0),
            quarantined=held.get(partner, 0),
            oldest=row.get("oldest"),
        )
        for partner in sorted({*told, *held})
        for row in [told.get(partner, {})]
    )


def ledger_of(number: int, *, partner: str) -> tuple[LedgerLine, ...]:
    """Everything that happened with one message, in order."""
    rows = LedgerRow.objects.filter(partner=partner, message=number).order_by("number")
    return tuple(LedgerLine(r.number, r.step, r.at, r.told, r.by) for r in rows)


def verify(partner: str = "") -> tuple[Fault, ...]:
    """Where the ledgers do not hold: a line edited, removed, moved, or cut off; none when sound."""
    heads = exchange.heads()
    # A chain whose head is gone has lines that nothing vouches for.
    known = {*heads, *LedgerRow.objects.values_list("partner", flat=True).distinct()}
    wanted = [partner] if partner else sorted(known)
    beginning = (0, BEGINNING)
    return tuple(
        fault
        for one in wanted
        for fault in faults(one, exchange.ledger(one), head=heads.get(one, beginning))
    )
