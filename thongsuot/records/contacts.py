"""How people reach an office: its hotline and its mailbox, while they hold."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thongsuot.records.spans import never_overlapping


class OfficeContactRow(models.Model):
    """The hotline and the mailbox that an office has announced."""

    office = models.CharField(max_length=35)
    hotline = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("office_contacts_do_not_overlap", "office")]


def contact(office: str, *, on: date) -> OfficeContactRow | None:
    """What an office has announced; None when nothing."""
    return OfficeContactRow.objects.filter(office=office, valid__contains=on).first()
