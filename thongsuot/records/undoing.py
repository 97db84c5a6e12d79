"""What somebody asked to have taken back of a plan, why, and how it came out."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.reorganisation import ReorganisationRow


class UndoRow(models.Model):
    """An undo of one operation of a plan, or of all that can be; one at a time."""

    plan = models.ForeignKey(ReorganisationRow, models.PROTECT, related_name="undos")
    operation = models.PositiveIntegerField(null=True)  # None: all that can be
    operations = ArrayField(models.PositiveIntegerField())
    total = models.PositiveIntegerField()  # dossiers to give back, when it was asked
    reason = models.CharField(max_length=1000)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    is_refused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], name="undo_one_at_a_time", condition=models.Q(ended_at=None)
            )
        ]

    def remaining(self) -> int:
        """How many dossiers still wait to be given back."""
        return to_give_back(self.plan, self.operations)


def to_give_back(plan: ReorganisationRow, operations: tuple[int, ...] | list[int]) -> int:
    """How many dossiers these operations moved that nobody gave back."""
    passed = CensusRow.objects.filter(
        plan=plan, operation__in=operations, fate=Fate.PASSED.value, undone_version=None
    )
    return passed.count()


def settle(undo: UndoRow, *, said: str, is_refused: bool, at: datetime) -> None:
    """Note what came of an undo."""
    UndoRow.objects.filter(pk=undo.pk).update(said=said, is_refused=is_refused, ended_at=at)
