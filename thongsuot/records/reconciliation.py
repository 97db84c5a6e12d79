"""Comparisons of two accounts that are kept, and what people decided about each difference."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models

from thongsuot.domain.migration import Balance
from thongsuot.domain.reconciliation import Difference, Nature, Repair
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.migration import MigrationRow

WAITING, DONE, FAILED = "waiting", "done", "failed"


class NoSuchReconciliation(Refusal):
    """No comparison that is kept has this number."""

    code = "no_such_reconciliation"
    kind = Kind.UNKNOWN


class ReconciliationRow(models.Model):
    """Two accounts compared once, by whom and when, and what came of it."""

    left = models.CharField(max_length=300)
    right = models.CharField(max_length=300)
    level = models.CharField(max_length=8)
    run = models.ForeignKey(MigrationRow, models.PROTECT, null=True, related_name="reconciliations")
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=WAITING)
    done_at = models.DateTimeField(null=True)
    left_many = models.PositiveIntegerField(default=0)
    right_many = models.PositiveIntegerField(default=0)
    looked_into = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True)  # why it could not be done


class DifferenceRow(models.Model):
    """One thing about which two sides did not agree; what was decided is never written over."""

    reconciliation = models.ForeignKey(
        ReconciliationRow, models.PROTECT, related_name="differences"
    )
    code = models.CharField(max_length=200)
    nature = models.CharField(max_length=12)
    repair = models.CharField(max_length=14)
    part = models.CharField(max_length=8, blank=True)
    field = models.CharField(max_length=200, blank=True)
    left = models.TextField(blank=True)
    right = models.TextField(blank=True)
    rule = models.CharField(max_length=200, blank=True)
    act = models.CharField(max_length=8, blank=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reconciliation", "act", "id"], name="differences_left"),
            models.Index(fields=["code"], name="difference_of_dossier"),
        ]

    def value(self) -> Difference:
        """The difference that this row stands for."""
        return Difference(
            self.code,
            Nature(self.nature),
            Repair(self.repair),
            self.part,
            self.field,
            self.left,
            self.right,
            self.rule,
        )


def find(number: int, *, lock: bool = False) -> ReconciliationRow:
    """A comparison by its number. Raises NoSuchReconciliation."""
    rows = ReconciliationRow.objects.filter(pk=number)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchReconciliation("reconciliation", given=number)
    return row


def keep(row: ReconciliationRow, found: Sequence[Difference]) -> None:
    """Keep what differs; what was decided about the same difference before still holds."""
    codes = {one.code for one in found}
    decided = {
        before.value(): before
        for before in DifferenceRow.objects.filter(
            code__in=codes,
            act=KEPT,
            reconciliation__left=row.left,
            reconciliation__right=row.right,
        ).order_by("at")
    }
    DifferenceRow.objects.bulk_create(
        (_row(row, one, decided.get(one)) for one in found), batch_size=1000
    )


TAKEN, KEPT = "taken", "kept"


def _row(row: ReconciliationRow, one: Difference, before: DifferenceRow | None) -> DifferenceRow:
    made = DifferenceRow(
        reconciliation=row,
        code=one.code,
        nature=one.nature.value,
        repair=one.repair.value,
        part=one.part,
        field=one.field,
        left=one.left,
        right=one.right,
        rule=one.rule,
    )
    if before is not None:
        made.act, made.reason, made.by, made.at = before.act, before.reason, before.by, before.at
    return made


def last_of(run: MigrationRow) -> ReconciliationRow | None:
    """The last comparison of a migration that was made."""
    return ReconciliationRow.objects.filter(run=run, state=DONE).order_by("-pk").first()


def balance(run: MigrationRow) -> Balance:
    """Where each dossier that an export told now is; each counted where it lies."""
    last = last_of(run)
    with connection.cursor() as cursor:
        cursor.execute(
            _BALANCE,
            {
                "run": run.pk,
                "system": run.system,
                "told_at": run.told_at,
                "last": last.pk if last else None,
            },
        )
        return Balance(*cursor.fetchone())


# A row without a code stands for itself.
_BALANCE = """
WITH told AS (
    SELECT DISTINCT coalesce(nullif(code, ''), '#' || number) AS key
    FROM records_migrationlinerow WHERE run_id = %(run)s
), kept AS (
    SELECT t.code AS key, bool_or(d.ended_at > %(told_at)s AND d.version > t.version) AS is_finished
    FROM records_legacydossierrow t JOIN records_dossierrow d ON d.id = t.dossier_id
    WHERE t.system = %(system)s GROUP BY 1
), ended AS (
    SELECT coalesce(nullif(l.code, ''), '#' || l.number) AS key,
        bool_or(o.outcome = 'refused') AS is_refused
    FROM records_migrationoutcomerow o
    JOIN records_migrationlinerow l ON l.run_id = o.run_id AND l.number = o.number
    WHERE o.run_id = %(run)s AND NOT o.is_rehearsal GROUP BY 1
), undecided AS (
    SELECT DISTINCT code AS key FROM records_differencerow
    WHERE reconciliation_id = %(last)s AND act = ''
)
SELECT count(*),
    count(*) FILTER (WHERE k.key IS NOT NULL AND u.key IS NULL AND k.is_finished IS NOT TRUE),
    count(*) FILTER (WHERE k.key IS NOT NULL AND u.key IS NULL AND k.is_finished),
    count(*) FILTER (WHERE k.key IS NULL AND e.is_refused),
    count(*) FILTER (WHERE u.key IS NOT NULL AND k.key IS NOT NULL)
        + count(*) FILTER (WHERE k.key IS NULL AND e.key IS NULL)
FROM told
LEFT JOIN kept k USING (key) LEFT JOIN ended e USING (key) LEFT JOIN undecided u USING (key)
"""
