"""The ways of looking at the work that somebody keeps by name."""

from __future__ import annotations

from django.db import models

from thongsuot.records.access import AccountRow


class SavedFilterRow(models.Model):
    """A filter of the work list, kept by its name for one account."""

    account = models.ForeignKey(AccountRow, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="filter_once")]
