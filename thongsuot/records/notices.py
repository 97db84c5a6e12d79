"""The words of notices as files, and the notices that are owed by e-mail."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from thongsuot.domain.notices import NoticeTemplate
from thongsuot.domain.spans import Span
from thongsuot.records.messages import OutboxRow

PARTNER = "email"


@cache
def templates() -> tuple[NoticeTemplate, ...]:
    """Every template of a notice that ships. Raises NoticeFieldUnknown."""
    files = sorted((settings.DATA_DIR / "notices").glob("*.toml"))
    return tuple(_template(tomllib.loads(file.read_text())) for file in files)


def _template(given: dict[str, object]) -> NoticeTemplate:
    since, until = given["valid_from"], given.get("valid_to")
    if not isinstance(since, date):
        raise TypeError("valid_from of a notice is a day")
    return NoticeTemplate(
        key=str(given["key"]),
        subject=str(given["subject"]),
        body=str(given["body"]).lstrip(),
        valid=Span(since, until if isinstance(until, date) else None),
        source=str(given["source"]),
    )


@transaction.atomic
def claim(*, at: datetime, until: datetime) -> OutboxRow | None:
    """The next notice to send, kept from other workers until a moment; counts as an attempt."""
    waiting = OutboxRow.objects.filter(partner=PARTNER, sent_at=None, set_aside_at=None)
    due = waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=at))
    row = due.select_for_update(skip_locked=True, of=("self",)).order_by("id").first()
    if row is not None:
        OutboxRow.objects.filter(pk=row.pk).update(next_try_at=until, attempts=F("attempts") + 1)
        row.refresh_from_db()
    return row


def set_sent(row: OutboxRow, *, at: datetime) -> None:
    """Note that a notice went out."""
    OutboxRow.objects.filter(pk=row.pk).update(sent_at=at, next_try_at=None, last_error="")


def set_failed(row: OutboxRow, *, why: str, next_try_at: datetime | None, at: datetime) -> None:
    """Note why a notice did not go out; without a next moment it is set aside."""
    OutboxRow.objects.filter(pk=row.pk).update(
        last_error=why[:300],
        next_try_at=next_try_at,
        set_aside_at=None if next_try_at else at,
    )


def owed() -> tuple[int, int]:
    """How many notices wait to be sent, and how many were set aside."""
    mine = OutboxRow.objects.filter(partner=PARTNER, sent_at=None)
    aside = mine.filter(set_aside_at__isnull=False).count()
    return mine.count() - aside, aside
