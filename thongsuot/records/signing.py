"""Attempts to sign in, and second factors, as PostgreSQL keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction

from thongsuot.records.access import AccountRow
from thongsuot.records.sealing import SealBroken, sealed, unsealed


class AttemptRow(models.Model):
    """Somebody tried to sign in by a name from an address."""

    name = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    succeeded = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "-at"], name="attempt_name"),
            models.Index(fields=["address", "-at"], name="attempt_address"),
        ]


class FactorRow(models.Model):
    """What an account's app and we both know; without a moment it was not confirmed yet."""

    account = models.OneToOneField(AccountRow, on_delete=models.CASCADE, related_name="factor")
    # Empty since secrets lie sealed; to be dropped in a later release.
    secret = models.CharField(max_length=40, blank=True, default="")
    sealed = models.CharField(max_length=200, default="")
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.PositiveBigIntegerField(default=0)

    def opened(self) -> str:
        """What the app and we both know; "" when our own key has changed since."""
        try:
            return unsealed(self.sealed)
        except SealBroken:
            return ""


class RecoveryCodeRow(models.Model):
    """A code for the day on which the app is lost; works once, only its hash is kept."""

    account = models.ForeignKey(AccountRow, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


def save_attempt(name: str, *, address: str, succeeded: bool, at: datetime) -> None:
    """Keep that somebody tried."""
    AttemptRow.objects.create(name=_short(name), address=address, succeeded=succeeded, at=at)


def failures_of(name: str, *, since: datetime) -> list[datetime]:
    """When signing in by this name failed since a moment and since it last succeeded."""
    tried = AttemptRow.objects.filter(name=_short(name), at__gte=since).order_by("-at", "-id")
    failed: list[datetime] = []
    for succeeded, at in tried.values_list("succeeded", "at")[:100]:
        if succeeded:
            break
        failed.append(at)
    return failed


def failures_from(address: str, *, since: datetime, limit: int) -> list[datetime]:
    """When signing in from this address last failed since a moment."""
    tried = AttemptRow.objects.filter(address=address, at__gte=since, succeeded=False)
    return list(tried.order_by("-at").values_list("at", flat=True)[:limit])


def forget_attempts(*, before: datetime) -> int:
    """Forget attempts that no limit looks at any more; how many."""
    forgotten, _ = AttemptRow.objects.filter(at__lt=before).delete()
    return forgotten


def factor(account: str) -> FactorRow | None:
    """The second factor of an account, confirmed or not."""
    return FactorRow.objects.filter(account__username=account).first()


def save_factor(account: AccountRow, *, secret: str) -> FactorRow:
    """Keep a secret that is not confirmed yet, instead of one that never was."""
    row, _ = FactorRow.objects.get_or_create(account=account, defaults={"sealed": sealed(secret)})
    return row


def confirm_factor(account: str, *, step: int, at: datetime) -> None:
    """Keep that the app knows the secret."""
    rows = FactorRow.objects.filter(account__username=account)
    rows.update(confirmed_at=at, last_step=step)


def use_step(account: str, step: int) -> bool:
    """Use the code of a step of time; no step is used twice, and none before the last."""
    fresh = FactorRow.objects.filter(account__username=account, last_step__lt=step)
    return bool(fresh.update(last_step=step))


@transaction.atomic
def save_recovery_codes(account: AccountRow, codes: Iterable[str]) -> None:
    """Keep new recovery codes instead of all others."""
    RecoveryCodeRow.objects.filter(account=account).delete()
    RecoveryCodeRow.objects.bulk_create(
        RecoveryCodeRow(account=account, sha256=_hash(account.username, code)) for code in codes
    )


def use_recovery_code(account: str, code: str, *, at: datetime) -> bool:
    """Use a recovery code; no code is used twice."""
    fresh = RecoveryCodeRow.objects.filter(
        account__username=account, sha256=_hash(account, code), used_at=None
    )
    return bool(fresh.update(used_at=at))


@transaction.atomic
def forget_factor(account: AccountRow) -> None:
    """The account has no second factor any more; it enrols again when it next signs in."""
    FactorRow.objects.filter(account=account).delete()
    RecoveryCodeRow.objects.filter(account=account).delete()


def _short(name: str) -> str:
    return name.casefold()[:60]


def _hash(account: str, code: str) -> str:
    return hashlib.sha256(f"{account}:{code}".encode()).hexdigest()
