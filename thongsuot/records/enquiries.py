"""Questions to partners that somebody waits for, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from thongsuot.domain.exchange import Enquiry, EnquiryKind, EnquiryState
from thongsuot.domain.refusal import Kind, Refusal


class NoSuchEnquiry(Refusal):
    """The person put no question of this number."""

    code = "no_such_enquiry"
    kind = Kind.UNKNOWN


class EnquiryRow(models.Model):
    """One question: what is asked is forgotten with the answer, of which only the needed is kept.

    `about` names a person by a key, as the log of looks does, or a dossier.
    """

    partner = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=120)
    asked = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=EnquiryState.WAITING.value)
    reason = models.CharField(max_length=300, blank=True, default="")
    account = models.CharField(max_length=80)
    office = models.CharField(max_length=35)
    # The form that put it, so that sending it twice asks once.
    key = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="enquiry_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in EnquiryState]),
                name="enquiry_states",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "-id"], name="enquiry_of_partner"),
            models.Index(fields=["about", "kind", "-id"], name="enquiry_about"),
        ]

    def told(self) -> Enquiry:
        """The question as a connector gets it."""
        return Enquiry(
            number=self.pk,
            partner=self.partner,
            kind=EnquiryKind(self.kind),
            asked=self.asked,
            by=self.account,
            office=self.office,
            asked_at=self.asked_at,
        )


def put(
    *,
    partner: str,
    kind: EnquiryKind,
    about: str,
    asked: Mapping[str, Any],
    account: str,
    office: str,
    key: str,
    at: datetime,
) -> tuple[EnquiryRow, bool]:
    """Keep a question, or find the one that this form put; whether it is new."""
    wanted = {
        "partner": partner,
        "kind": kind.value,
        "about": about,
        "asked": dict(asked),
        "office": office,
        "asked_at": at,
    }
    return EnquiryRow.objects.get_or_create(account=account, key=key, defaults=wanted)


def of_key(account: str, key: str) -> int | None:
    """The question that this form put; None where it put none."""
    rows = EnquiryRow.objects.filter(account=account, key=key)
    return rows.values_list("pk", flat=True).first()


def own(number: int, account: str) -> EnquiryRow:
    """A question that somebody put. Raises NoSuchEnquiry."""
    row = EnquiryRow.objects.filter(pk=number, account=account).first()
    if row is None:
        raise NoSuchEnquiry("enquiry", given=number)
    return row


def waiting(number: int, *, at: datetime, lease: timedelta) -> EnquiryRow | None:
    """A question that waits and that nobody puts now, ours alone for a while."""
    rows = EnquiryRow.objects.select_for_update(skip_locked=True)
    free = models.Q(leased_until=None) | models.Q(leased_until__lte=at)
    row = rows.filter(free, pk=number, state=EnquiryState.WAITING.value).first()
    if row is not None:
        row.leased_until = at + lease
        row.save(update_fields=["leased_until"])
    return row


def settle(
    row: EnquiryRow,
    *,
    state: EnquiryState,
    answer: Mapping[str, Any],
    reason: str,
    at: datetime,
) -> None:
    """Note what came of a question; what was asked is forgotten."""
    row.state, row.answer, row.reason = state.value, dict(answer), reason[:300]
    row.asked, row.answered_at, row.leased_until = {}, at, None
    row.save(update_fields=["state", "answer", "reason", "asked", "answered_at", "leased_until"])


def forget(*, before: datetime) -> int:
    """Forget questions that nobody looks at any more; how many. The ledger keeps that they were."""
    count, _ = EnquiryRow.objects.filter(asked_at__lt=before).delete()
    return count


def silent_since(partner: str) -> datetime | None:
    """Since when a partner has not answered; None while it does, or nobody asked it."""
    rows = EnquiryRow.objects.filter(partner=partner).exclude(state=EnquiryState.WAITING.value)
    lines = rows.order_by("-id").values_list("state", "answered_at")[:50]
    since: datetime | None = None
    for state, answered_at in lines:
        if state != EnquiryState.AWAY.value:
            break
        since = answered_at
    return since
