"""Online services as they stand, with every step taken and the evidence of their tests."""

from __future__ import annotations

from django.db import models

from thongsuot.domain.cutover.online import Journey, NoSuchService, ServiceState
from thongsuot.records.codec import Json, decode
from thongsuot.records.dossier import DossierRow, IdentifierRow
from thongsuot.records.messages import OutboxRow

PORTAL, DATABASE = "national_portal", "procedure_database"
TOLD = "publish_service"
DONE = ("9", "10")


class OnlineServiceRow(models.Model):
    """A procedure as it is offered online."""

    procedure = models.CharField(max_length=10, unique=True)
    level = models.CharField(max_length=6)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=200)
    since = models.DateTimeField()


class OnlineServiceStepRow(models.Model):
    """One step taken with a service; never changed, never removed (a trigger sees to it)."""

    service = models.ForeignKey(OnlineServiceRow, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    level = models.CharField(max_length=6)
    reason = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    evidence = models.JSONField(default=dict)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


def service(procedure: str, *, lock: bool = False) -> OnlineServiceRow:
    """The online service of a procedure. Raises NoSuchService."""
    rows = OnlineServiceRow.objects.select_for_update() if lock else OnlineServiceRow.objects.all()
    row = rows.filter(procedure=procedure).first()
    if row is None:
        raise NoSuchService("procedure", given=procedure)
    return row


def state_of(row: OnlineServiceRow) -> ServiceState:
    """How far a service is."""
    return ServiceState(row.state)


def about(procedure: str) -> str:
    """How an errand names the service that it is about."""
    return f"service:{procedure}"


def told_by(step: int) -> str:
    """The key of the errand by which the national side is told of a step."""
    return f"{TOLD}:{step}"


def way_of(code: str, *, procedure: str) -> Journey:
    """How far a test dossier of a procedure has come on its way from the portal and back."""
    row = DossierRow.objects.filter(code=code, procedure=procedure).first()
    if row is None:
        return Journey(code, "", None, None, None)
    known = IdentifierRow.objects.filter(dossier=row, system=PORTAL).first()
    told = OutboxRow.objects.filter(
        dossier=row, partner=PORTAL, kind="result", sent_at__isnull=False, is_skipped=False
    ).order_by("-seq")
    back = told.first()
    return Journey(
        dossier=code,
        portal_code=known.code if known and row.channel == "online" else "",
        received_at=row.received_at,
        result_at=row.ended_at if row.status in DONE else None,
        told_at=back.sent_at if back else None,
        reference=back.reference if back else "",
    )


def journey_of(kept: Json) -> Journey | None:
    """The evidence of a step, as it was kept; None where it needed none."""
    return decode(Journey, kept) if kept else None
