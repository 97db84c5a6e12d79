"""A comparison is asked for, made by a worker, and kept with all that differs; then made again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

from thongsuot.actions.migration.steps import require_engineer
from thongsuot.actions.reconciliation.comparing import PARTNER, OpenPartner, reconcile
from thongsuot.actions.reconciliation.sides import RECORDS, RUN, SideUnknown
from thongsuot.domain.duties import Person
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.domain.refusal import Refusal
from thongsuot.records import migration
from thongsuot.records import reconciliation as records
from thongsuot.records.migration import MigrationRow
from thongsuot.records.reconciliation import DONE, FAILED, WAITING, ReconciliationRow
from thongsuot.words.refusals import sentence

TASK = "reconcile"
LONGEST_SIDE = 300


@transaction.atomic
def ask(left: str, right: str, *, level: ReconcileLevel, by: Person, at: datetime) -> int:
    """Have two sides compared by a worker; the number of the comparison.

    Raises NotYourRight, SideUnknown, NoSuchMigration.
    """
    row = _begun(left, right, level=level, by=by, at=at)
    app.configure_task(TASK).defer(reconciliation=row.pk)
    return row.pk


def again(number: int, *, by: Person, at: datetime) -> int:
    """Have the same two sides compared once more; the number of the new comparison.

    Raises NoSuchReconciliation, NotYourRight.
    """
    row = records.find(number)
    return ask(row.left, row.right, level=ReconcileLevel(row.level), by=by, at=at)


def make(
    left: str,
    right: str,
    *,
    level: ReconcileLevel,
    by: Person,
    at: datetime,
    files: Path | None = None,
    partner: OpenPartner | None = None,
) -> int:
    """Compare two sides at once and keep what differs; the number of the comparison.

    Raises NotYourRight, and what `reconcile` raises: then nothing is kept.
    """
    with transaction.atomic():
        row = _begun(left, right, level=level, by=by, at=at)
        _do(row, at=at, files=files, partner=partner)
    return row.pk


def do_asked(number: int, *, at: datetime, partner: OpenPartner | None = None) -> int:
    """Make a comparison that was asked for; how much differs. Why it cannot be made is kept."""
    row = records.find(number)
    if row.state != WAITING:
        return 0
    try:
        with transaction.atomic():
            return _do(row, at=at, partner=partner)
    except Refusal as refusal:
        row.state, row.done_at, row.said = FAILED, at, sentence(refusal)
        row.save(update_fields=["state", "done_at", "said"])
        return 0


def _begun(
    left: str, right: str, *, level: ReconcileLevel, by: Person, at: datetime
) -> ReconciliationRow:
    require_engineer(by, at)
    for side in (left, right):
        if len(side) > LONGEST_SIDE or side.partition(":")[0].partition("@")[0] not in _KINDS:
            raise SideUnknown("side", given=side[:80])
    return ReconciliationRow.objects.create(
        left=left,
        right=right,
        level=level.value,
        run=_run(left) or _run(right),
        asked_by=by.account,
        asked_at=at,
    )


_KINDS = (RECORDS, RUN, "export", "archive", PARTNER.removesuffix(":"))


def _run(side: str) -> MigrationRow | None:
    """The migration that a comparison is of. Raises NoSuchMigration."""
    kind, _, number = side.partition(":")
    return migration.find(int(number)) if kind == RUN and number.isdecimal() else None


def _do(
    row: ReconciliationRow,
    *,
    at: datetime,
    files: Path | None = None,
    partner: OpenPartner | None = None,
) -> int:
    found = reconcile(
        row.left,
        row.right,
        level=ReconcileLevel(row.level),
        at=at,
        files=files,
        partner=partner,
    )
    row.state, row.done_at = DONE, at
    row.left_many, row.right_many = found.left, found.right
    row.looked_into, row.left_out = found.looked_into, found.left_out
    row.save()
    records.keep(row, found.differences)
    return len(found.differences)
