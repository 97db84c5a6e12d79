"""The register of official signing certificates."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thongsuot.domain import certificates as rules
from thongsuot.records.directory import OfficeRow, SuccessionRow
from thongsuot.records.spans import to_span


class CertificateRow(models.Model):
    """A certificate of a body or of somebody who signs for it; its serial names it for ever."""

    serial = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=35, db_index=True)
    valid = DateRangeField()
    revoked_on = models.DateField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_on=None) | ~models.Q(revoked_by=""),
                name="certificate_revoked_by_name",
            )
        ]

    def value(self) -> rules.Certificate:
        """The certificate that this row stands for."""
        return rules.Certificate(
            self.serial,
            rules.CertificateHolder(self.holder),
            self.name,
            self.office,
            to_span(self.valid),
            self.revoked_on,
        )


def certificate(serial: str) -> CertificateRow:
    """The certificate of this serial number, locked. Raises NoSuchCertificate."""
    row = CertificateRow.objects.select_for_update().filter(serial=serial).first()
    if row is None:
        raise rules.NoSuchCertificate("serial", given=serial)
    return row


def turns(*, on: date) -> tuple[rules.BodyTurn, ...]:
    """What happens to the bodies on a day."""
    offices = (row.value() for row in OfficeRow.objects.all())
    lines = (row.value() for row in SuccessionRow.objects.filter(on__lte=on))
    return rules.turns(offices, lines, on=on)
