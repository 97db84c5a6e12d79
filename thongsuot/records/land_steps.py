"""What specialised software reported of our dossiers, word by word; it changes no step of ours."""

from __future__ import annotations

from django.db import models

from thongsuot.records.messages import InboxRow


class ReportedStepRow(models.Model):
    """One step of a dossier of ours in the software that works on it, as it told us.

    `happened` is the moment as the software wrote it: it has no form of its own that is known.
    """

    arrival = models.OneToOneField(InboxRow, on_delete=models.PROTECT, related_name="step")
    partner = models.CharField(max_length=40)
    dossier = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    happened = models.CharField(max_length=60)
    by = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    came_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="reported_of_dossier")]
