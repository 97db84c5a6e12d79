"""One act on many dossiers: what was asked, and what became of each line."""

from __future__ import annotations

from django.db import models

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.access import AccountRow


class NoSuchBulk(Refusal):
    """The person asked for no such act on many."""

    code = "no_such_bulk"
    kind = Kind.UNKNOWN


class BulkRow(models.Model):
    """One act that somebody asked for on many dossiers."""

    account = models.ForeignKey(AccountRow, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=30)
    given = models.JSONField()
    asked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class BulkLineRow(models.Model):
    """One dossier of it: waiting, done, refused with a sentence, or left out when cancelled."""

    bulk = models.ForeignKey(BulkRow, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    seen_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    sentence = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "number"], name="bulk_line_once")]
