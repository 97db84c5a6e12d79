"""The log of looks at people's data: added to, never changed or removed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.crypto import salted_hmac

PERSON, LIST = "person:", "list:"


class LookRow(models.Model):
    """Somebody looked at something of a person."""

    account = models.CharField(max_length=80)
    about = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20)
    door = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-id"], name="look_about"),
            models.Index(fields=["account", "-id"], name="look_account"),
        ]


def person_key(number: str) -> str:
    """How the log names a person: the same number gives the same key, the key gives no number."""
    return PERSON + salted_hmac("thongsuot.looks", number, algorithm="sha256").hexdigest()


def save_look(account: str, *, about: str, purpose: str, door: str, at: datetime) -> None:
    """Add a look to the log."""
    LookRow.objects.create(account=account, about=about, purpose=purpose, door=door, at=at)
