"""Comparisons of two accounts: which were made, what differs, what people decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from thongsuot.domain.reconciliation import Difference
from thongsuot.records import exchange
from thongsuot.records import reconciliation as records
from thongsuot.records.access import AccountRow
from thongsuot.records.migration import READING, MigrationRow
from thongsuot.records.reconciliation import DifferenceRow, ReconciliationRow

COMPARISONS_AT_MOST = 50
DIFFERENCES_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """One comparison as a line of a list."""

    number: int
    left: str
    right: str
    level: str
    state: str
    asked_at: datetime
    asked_by: str
    left_many: int
    right_many: int
    left_out: int
    said: str
    run: int | None
    differences: int
    waiting: int  # differences that nobody has decided about


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference, and what was decided about it."""

    number: int
    value: Difference
    act: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    """One comparison with what differs, those first that wait."""

    head: ReconciliationLine
    lines: tuple[DifferenceLine, ...]


def comparisons() -> tuple[ReconciliationLine, ...]:
    """The last comparisons that were asked for, the newest first."""
    rows = list(ReconciliationRow.objects.order_by("-pk")[:COMPARISONS_AT_MOST])
    names = _names(row.asked_by for row in rows)
    counts = _counts([row.pk for row in rows])
    return tuple(_line(row, names, counts) for row in rows)


def comparison(number: int, *, waiting: bool = False, after: int = 0) -> ReconciliationPage:
    """One comparison, its differences from one on. Raises NoSuchReconciliation."""
    row = records.find(number)
    found = DifferenceRow.objects.filter(reconciliation=number, pk__gt=after).order_by("pk")
    if waiting:
        found = found.filter(act="")
    shown = list(found[:DIFFERENCES_AT_MOST])
    names = _names([row.asked_by, *(one.by for one in shown)])
    lines = tuple(
        DifferenceLine(one.pk, one.value(), one.act, one.reason, names.get(one.by, one.by), one.at)
        for one in shown
    )
    return ReconciliationPage(_line(row, names, _counts([number])), lines)


def undecided(number: int) -> tuple[int, ...]:
    """The differences of a comparison that wait for somebody. Raises NoSuchReconciliation."""
    rows = records.find(number).differences.filter(act="").order_by("pk")
    return tuple(rows.values_list("pk", flat=True))


def sides(*, at: datetime) -> tuple[tuple[str, str], ...]:
    """What can be compared from a screen, each with what it is."""
    runs = MigrationRow.objects.exclude(state=READING).order_by("-pk")[:COMPARISONS_AT_MOST]
    live = [row.partner for row in exchange.connected(at=at)]
    return (
        ("records", "hồ sơ ở đây"),
        *((f"run:{run.pk}", f"đợt chuyển {run.pk}, {run.system}: {run.source}") for run in runs),
        *((f"partner:{partner}", f"đối tác {partner}") for partner in live),
    )


Counts = dict[int, tuple[int, int]]


def _counts(numbers: list[int]) -> Counts:
    """How much differs in each comparison, and how much of it waits."""
    rows = DifferenceRow.objects.filter(reconciliation__in=numbers).values_list("reconciliation")
    counted = rows.annotate(many=Count("pk"), waits=Count("pk", filter=Q(act=""))).order_by()
    return {number: (many, waits) for number, many, waits in counted}


def _names(accounts: Iterable[str]) -> dict[str, str]:
    rows = AccountRow.objects.filter(username__in=set(accounts))
    return dict(rows.values_list("username", "name"))


def _line(row: ReconciliationRow, names: dict[str, str], counts: Counts) -> ReconciliationLine:
    return ReconciliationLine(
        row.pk,
        row.left,
        row.right,
        row.level,
        row.state,
        row.asked_at,
        names.get(row.asked_by, row.asked_by),
        row.left_many,
        row.right_many,
        row.left_out,
        row.said,
        row.run_id,
        *counts.get(row.pk, (0, 0)),
    )
