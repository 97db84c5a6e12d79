"""Results that the post brings: each order, and how it went on."""

from __future__ import annotations

from django.db import models

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.dossier import DossierRow


class PostalOrderUnknown(Refusal):
    """The post speaks of an order that we never gave."""

    code = "postal_order_unknown"
    kind = Kind.UNKNOWN


class PostalOrderRow(models.Model):
    """One order, under a number of ours that the post takes once."""

    number = models.CharField(max_length=80, unique=True)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="postal")
    ordered_by = models.CharField(max_length=80)
    ordered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)


class PostalMoveRow(models.Model):
    """What the post said of an order, in its own words; added to only."""

    order = models.ForeignKey(PostalOrderRow, on_delete=models.PROTECT, related_name="moves")
    words = models.CharField(max_length=200)
    at = models.DateTimeField()


def of_number(number: str) -> PostalOrderRow:
    """An order. Raises PostalOrderUnknown."""
    row = PostalOrderRow.objects.filter(number=number).select_related("dossier").first()
    if row is None:
        raise PostalOrderUnknown("order", given=number)
    return row
