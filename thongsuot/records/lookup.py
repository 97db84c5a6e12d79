"""Tries to look a dossier up without an account, as PostgreSQL keeps them."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models

LONGEST_CODE = 60


class LookupTryRow(models.Model):
    """Somebody tried to look a dossier up by its code, from an address."""

    code = models.CharField(max_length=LONGEST_CODE)
    address = models.CharField(max_length=45)
    succeeded = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["code", "-at"], name="lookup_code"),
            models.Index(fields=["address", "-at"], name="lookup_address"),
        ]


def one_at_a_time(code: str, address: str) -> None:
    """Whoever tries the same code, or from the same address, waits until this transaction ends."""
    with connection.cursor() as cursor:
        for what in (f"lookup code {code}", f"lookup address {address}"):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def save_try(code: str, *, address: str, succeeded: bool, at: datetime) -> None:
    """Keep that somebody tried."""
    LookupTryRow.objects.create(code=code, address=address, succeeded=succeeded, at=at)


def failures_of(code: str, *, since: datetime, limit: int) -> list[datetime]:
    """When trying this code failed since a moment and since it last succeeded."""
    failed: list[datetime] = []
    tried = LookupTryRow.objects.filter(code=code, at__gt=since).order_by("-at", "-id")
    for succeeded, at in tried.values_list("succeeded", "at")[:limit]:
        if succeeded:
            break
        failed.append(at)
    return failed


def failures_from(address: str, *, since: datetime, limit: int) -> list[datetime]:
    """When trying from this address last failed since a moment."""
    tried = LookupTryRow.objects.filter(address=address, at__gt=since, succeeded=False)
    return list(tried.order_by("-at").values_list("at", flat=True)[:limit])


def forget_tries(*, before: datetime) -> int:
    """Forget the tries that no limit looks at any more; how many."""
    forgotten, _ = LookupTryRow.objects.filter(at__lt=before).delete()
    return forgotten
