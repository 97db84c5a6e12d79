"""What is owed to partners, kept until they have acknowledged it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from thongsuot.domain.messages import Message, Subscription
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_span
from thongsuot.records.writing import insert


class PartnerRow(models.Model):
    """A system that we owe messages to, and which kinds, while it is valid."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("partners_do_not_overlap", "code")]


class OutboxRow(models.Model):
    """One message owed: its content is fixed when the fact happens."""

    partner = models.CharField(max_length=40)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="owed")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    owed_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "dossier", "seq"], name="owed_in_order")
        ]


@remembered
def subscriptions() -> tuple[Subscription, ...]:
    """Who is owed what."""
    rows = PartnerRow.objects.order_by("code", "id")
    return tuple(Subscription(r.code, frozenset(r.kinds), to_span(r.valid)) for r in rows)


def owe(row: DossierRow, messages: Iterable[Message], *, seq: int, at: datetime) -> None:
    """Keep what a fact makes us owe, in the transaction of the fact."""
    insert(
        OutboxRow,
        [{"dossier_id": row.pk, **owed_columns(message, seq=seq, at=at)} for message in messages],
    )


def owed_columns(message: Message, *, seq: int, at: datetime) -> dict[str, object]:
    """What is kept of a message owed, besides which dossier it speaks of."""
    return {
        "partner": message.partner,
        "seq": seq,
        "kind": message.kind.value,
        "payload": message.payload,
        "payload_hash": message.payload_hash,
        "owed_at": at,
    }
