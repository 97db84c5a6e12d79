"""The log of looks at people's data: added to, never changed or removed."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import models
from django.utils.crypto import salted_hmac

PERSON, LIST = "person:", "list:"
_NAMED = re.compile(rf"{PERSON}[0-9a-f]{{64}}|{LIST}[a-z_]{{1,40}}(:[0-9]{{1,15}})?", re.ASCII)


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


def is_named(about: str) -> bool:
    """Whether this names a person, a list or a line of it; anything else is a dossier's code, if it is one."""
    return bool(_NAMED.fullmatch(about))


def person_key(number: str) -> str:
    """How the log names a person: the same number gives the same key, the key gives no number."""
    return PERSON + salted_hmac("thongsuot.looks", number, algorithm="sha256").hexdigest()


def last_look(account: str, *, about: str) -> datetime | None:
    """When somebody last looked at something; None if never."""
    looks = LookRow.objects.filter(account=account, about=about)
    return looks.order_by("-id").values_list("at", flat=True).first()


def save_look(account: str, *, about: str, purpose: str, door: str, at: datetime) -> None:
    """Add a look to the log."""
    LookRow.objects.create(account=account, about=about, purpose=purpose, door=door, at=at)
