"""Addresses of files handed out to partners, every use of them, and portals that were closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import models

from thongsuot.domain.cutover.links import FileLink, NoSuchLink
from thongsuot.records.dossier import DossierRow, IdentifierRow


class FileLinkRow(models.Model):
    """A file of a dossier handed out to a partner by its address."""

    partner = models.CharField(max_length=40)
    dossier = models.CharField(max_length=60, db_index=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    until = models.DateTimeField()
    renewed_until = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    is_whole = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "dossier", "sha256"],
                condition=models.Q(revoked_at=None),
                name="file_link_once",
            )
        ]

    def value(self) -> FileLink:
        """The link that this row stands for."""
        return FileLink(self.pk, self.partner, self.dossier, self.sha256)

    @property
    def holds_until(self) -> datetime:
        """Until when the address holds, renewals counted."""
        return max(self.until, self.renewed_until or self.until)


class FileLinkUseRow(models.Model):
    """Somebody asked for an address, and what they got; never changed, never removed (a trigger)."""

    link = models.ForeignKey(FileLinkRow, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    address = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20)


class ClosedPortalRow(models.Model):
    """A portal whose own interface closes on a day; its addresses keep leading somewhere."""

    host = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    closed_on = models.DateField()
    instead = models.CharField(max_length=300)
    decision = models.CharField(max_length=200)
    source = models.CharField(max_length=300)


def link(number: int, *, lock: bool = False) -> FileLinkRow:
    """The link of this number. Raises NoSuchLink."""
    rows = FileLinkRow.objects.select_for_update() if lock else FileLinkRow.objects.all()
    row = rows.filter(pk=number).first()
    if row is None:
        raise NoSuchLink("link")
    return row


def closed_portal(host: str, *, on: date) -> ClosedPortalRow | None:
    """The portal that answered under this name, or the one that closed last."""
    rows = ClosedPortalRow.objects.order_by("-closed_on")
    return rows.filter(host=host).first() or rows.filter(closed_on__lte=on).first() or rows.first()


def dossier_meant(words: Collection[str]) -> str:
    """The code of the dossier that one of these words names, ours or of a system before; or ""."""
    row = DossierRow.objects.filter(code__in=words).only("code").first()
    if row is not None:
        return row.code
    known = IdentifierRow.objects.select_related("dossier").filter(code__in=words).first()
    return known.dossier.code if known else ""
