"""Which bodies a switch gave dossiers to, and which of their people have looked at them."""

from __future__ import annotations

from django.db import connection, models

from thongsuot.records.access import AccountRow
from thongsuot.records.reorganisation import ReorganisationRow


class PassedToRow(models.Model):
    """A body that a plan gave dossiers to, and how many it gave up to now."""

    plan = models.ForeignKey(ReorganisationRow, models.PROTECT, related_name="passed_to")
    office = models.CharField(max_length=35)
    many = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "office"], name="passed_to_once")]
        indexes = [models.Index(fields=["office"], name="passed_to_office")]


class PassedSeenRow(models.Model):
    """Somebody looked at what a plan gave to their body, when it was so many."""

    passed = models.ForeignKey(PassedToRow, models.CASCADE, related_name="seen")
    account = models.ForeignKey(AccountRow, models.CASCADE, related_name="+")
    many = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passed", "account"], name="passed_seen")]


_COUNT = """
INSERT INTO records_passedtorow (plan_id, office, many)
SELECT plan_id, to_office, count(*) FROM records_censusrow
 WHERE plan_id = %s AND fate = 'passed' AND undone_version IS NULL
 GROUP BY plan_id, to_office
ON CONFLICT (plan_id, office) DO UPDATE SET many = excluded.many
"""


def count_passed(plan: ReorganisationRow) -> None:
    """Count anew how many dossiers a plan gave to each body."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [plan.pk])
