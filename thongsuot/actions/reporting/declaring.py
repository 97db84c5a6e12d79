"""The province declares its figures of a month to the national portal: the other half of a balance."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from thongsuot.domain.reporting.totals import MonthTotals
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import errands, exchange, messages
from thongsuot.records.errands import ErrandRow

PORTAL, STATISTICS = "national_portal", "statistics"
DECLARED = "declared"


def is_declared(month: date) -> bool:
    """Whether the figures of a month are owed or told already."""
    return ErrandRow.objects.filter(partner=PORTAL, key=_key(month)).exists()


@transaction.atomic
def declare(totals: MonthTotals, *, at: datetime) -> bool:
    """Owe the portal the figures of a month, once; whether it is new.

    Kept beside them is how many dossiers received in the month the portal acknowledged: who
    declares more than was synchronised is scored down for it. Source: QĐ 766/QĐ-TTg, 1.4.
    """
    is_new = errands.owe(
        partner=PORTAL,
        kind=STATISTICS,
        about=_key(totals.month),
        key=_key(totals.month),
        payload={
            "month": totals.month.month,
            "year": totals.month.year,
            "received": totals.received,
            "left_over": totals.left_over,
            "in_time": totals.in_time,
            "late": totals.late,
            "open_in_time": totals.open_in_time,
            "open_late": totals.open_late,
        },
        by=settings.HOME_SYSTEM,
        at=at,
    )
    if is_new:
        since = datetime.combine(totals.month, time(), VIETNAM)
        until = datetime.combine(_last(totals.month) + timedelta(days=1), time(), VIETNAM)
        there = messages.acknowledged(PORTAL, since=since, until=until).get("dossier", 0)
        figures = {DECLARED: (totals.received, there)}
        exchange.keep_totals(PORTAL, figures, day=_last(totals.month), at=at)
    return is_new


def _key(month: date) -> str:
    """One of each month, whichever of its days is given."""
    return f"{STATISTICS}:{month:%Y-%m}"


def _last(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
