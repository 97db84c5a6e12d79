"""The words of notices as files, and the notices that are owed by e-mail."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache

from django.conf import settings

from thongsuot.domain.exchange import Parcel
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


def unsent(letters: Iterable[Parcel]) -> tuple[Parcel, ...]:
    """Those of these letters that nobody noted as sent meanwhile, ours alone, by their dossiers."""
    by_number = {letter.number: letter for letter in letters}
    rows = OutboxRow.objects.filter(pk__in=by_number, partner=PARTNER, sent_at=None)
    found = rows.select_for_update(of=("self",)).order_by("dossier", "seq")
    ours = [by_number[row.pk] for row in found if row.attempts == by_number[row.pk].attempt]
    return tuple(ours)


def owed() -> tuple[int, int]:
    """How many notices wait to be sent, and how many were set aside."""
    mine = OutboxRow.objects.filter(partner=PARTNER, sent_at=None)
    aside = mine.filter(set_aside_at__isnull=False).count()
    return mine.count() - aside, aside
