"""Fees that are paid on the payment platform."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from thongsuot.domain.dossier.payments import PaymentState, PaymentUnknown
from thongsuot.records.dossier import DossierRow

OPEN = [state.value for state in PaymentState if state.is_open]


class PaymentRow(models.Model):
    """One fee at the platform, under a reference of ours that is used once."""

    reference = models.CharField(max_length=80, unique=True)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="payments")
    what = models.CharField(max_length=300)
    amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10)
    url = models.CharField(max_length=500, blank=True, default="")
    transaction = models.CharField(max_length=120, blank=True, default="")
    bank = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    account = models.CharField(max_length=80)
    office = models.CharField(max_length=35)
    begun_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in PaymentState]),
                name="payment_states",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_of_something"),
        ]
        indexes = [
            models.Index(
                fields=["ask_at"],
                condition=models.Q(state__in=OPEN),
                name="payments_to_ask",
            ),
            models.Index(fields=["dossier", "id"], name="payments_of_dossier"),
        ]


def begin(
    row: DossierRow, *, what: str, amount: int, account: str, office: str, at: datetime
) -> PaymentRow:
    """A new payment of a dossier that the caller holds."""
    number = PaymentRow.objects.filter(dossier=row).count() + 1
    return PaymentRow.objects.create(
        reference=f"{row.code}.{number}",
        dossier=row,
        what=what,
        amount=amount,
        state=PaymentState.BEGUN.value,
        account=account,
        office=office,
        begun_at=at,
        ask_at=None,
    )


def is_waiting(row: DossierRow, what: str) -> bool:
    """Whether the applicant can, or soon will, pay this fee on a page that we gave."""
    states = (PaymentState.BEGUN.value, PaymentState.OFFERED.value)
    return PaymentRow.objects.filter(dossier=row, what=what, state__in=states).exists()


def of_reference(reference: str) -> PaymentRow:
    """A payment, ours alone. Raises PaymentUnknown."""
    rows = PaymentRow.objects.select_for_update(of=("self",)).select_related("dossier")
    row = rows.filter(reference=reference).first()
    if row is None:
        raise PaymentUnknown("payment", given=reference)
    return row


def to_ask(*, at: datetime, limit: int = 100) -> Iterable[PaymentRow]:
    """Payments about which the platform is to be asked, ours alone."""
    rows = PaymentRow.objects.select_for_update(skip_locked=True, of=("self",))
    due = rows.filter(state__in=OPEN, ask_at__lte=at).select_related("dossier")
    return due.order_by("ask_at")[:limit]
