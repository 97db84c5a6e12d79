"""What somebody typed at the counter and has not sent yet."""

from __future__ import annotations

from django.db import models


class DraftRow(models.Model):
    """A form of the counter as one person left it; one for each procedure."""

    account = models.CharField(max_length=60)
    procedure = models.CharField(max_length=10)
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "procedure"], name="one_draft_a_procedure")
        ]
