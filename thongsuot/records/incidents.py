"""Incidents of systems, what was done about them, and the dossiers whose clocks were paused."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from thongsuot.domain.incidents import Incident, IncidentStep, NoSuchIncident
from thongsuot.records.dossier import DossierRow


class IncidentRow(models.Model):
    """An incident as it stands."""

    system = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=500)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=200)
    told_at = models.DateTimeField(null=True)
    told_to = models.CharField(max_length=300, blank=True)
    announced_in = models.CharField(max_length=200, blank=True)
    fixed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=500, blank=True)

    def value(self) -> Incident:
        """The incident that this row stands for."""
        return Incident(self.what, self.found_at, self.told_at, self.announced_in, self.fixed_at)


class IncidentStepRow(models.Model):
    """One thing done about an incident; never changed, never removed (a trigger sees to it)."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    said = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class IncidentDossierRow(models.Model):
    """A dossier that an incident touches, and how far its pause has come."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="dossiers")
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)
    said = models.CharField(max_length=500, blank=True)
    chosen_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "dossier"], name="incident_dossier_once")
        ]
        indexes = [
            models.Index(
                fields=["incident"],
                condition=models.Q(state="chosen"),
                name="incident_to_pause",
            )
        ]


def incident(number: int, *, lock: bool = False) -> IncidentRow:
    """The incident of this number. Raises NoSuchIncident."""
    rows = IncidentRow.objects.select_for_update() if lock else IncidentRow.objects
    row = rows.filter(pk=number).first()
    if row is None:
        raise NoSuchIncident("incident", given=number)
    return row


def keep_step(row: IncidentRow, step: IncidentStep, *, said: str, by: str, at: datetime) -> None:
    """Keep what was done about an incident."""
    row.save()
    IncidentStepRow.objects.create(incident=row, step=step.value, said=said[:500], by=by, at=at)
