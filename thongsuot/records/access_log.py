"""What administrators did to accounts and posts: added to, never changed or removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import models


class AccessChangeRow(models.Model):
    """Somebody changed what somebody else may do."""

    by = models.CharField(max_length=60)
    account = models.CharField(max_length=60)
    what = models.CharField(max_length=30)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="access_change_account")]


def save_access_change(
    *, by: str, account: str, what: str, at: datetime, details: Mapping[str, str]
) -> None:
    """Add a change to the log."""
    AccessChangeRow.objects.create(by=by, account=account, what=what, at=at, details=dict(details))
