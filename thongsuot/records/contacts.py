"""How people reach an office: its hotline and its mailbox, while they hold."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thongsuot.domain.directory import Contact
from thongsuot.domain.spans import Span
from thongsuot.records.spans import never_overlapping, to_range, to_span


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


def contacts_on(on: date) -> dict[str, OfficeContactRow]:
    """What each office has announced, by the code of the office."""
    return {row.office: row for row in OfficeContactRow.objects.filter(valid__contains=on)}


def around(office: str, on: date) -> tuple[Span | None, date | None]:
    """The days of what holds on a day, and the day from which something later is known."""
    spans = [to_span(row.valid) for row in OfficeContactRow.objects.filter(office=office)]
    later = [span.start for span in spans if span.start > on]
    return next((s for s in spans if s.contains(on)), None), min(later, default=None)


def cut(office: str, during: Span, *, until: date) -> None:
    """What holds on some days holds only until another day."""
    rows = OfficeContactRow.objects.filter(office=office, valid=to_range(during))
    rows.update(valid=to_range(Span(during.start, until)))


def save_contact(office: str, contact: Contact, during: Span, *, source: str) -> None:
    """Keep what an office announces; what began on the same day is said anew."""
    OfficeContactRow.objects.filter(office=office, valid__startswith=during.start).delete()
    OfficeContactRow.objects.create(
        office=office,
        hotline=contact.hotline,
        email=contact.mailbox,
        valid=to_range(during),
        source=source,
    )
