"""The office's words for moments and codes, as templates ask for them."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from thongsuot.words import labels, moments
from thongsuot.words.screens import MARK

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """17 giờ 00, thứ Sáu ngày 03/01/2026."""
    return moments.moment(value) if value else "–"


@register.filter
def short(value: datetime | None) -> str:
    """03/01/2026 17:00."""
    return moments.short(value) if value else "–"


@register.filter
def thousands(value: int) -> str:
    """A whole number as it is written in Vietnam: 1.250."""
    return f"{value:,}".replace(",", ".")


@register.filter
def day(value: date | None) -> str:
    """thứ Sáu 03/01/2026."""
    return moments.day(value) if value else "–"


@register.filter
def layout(value: str) -> str:
    """How far the look of a form is the law's."""
    return labels.LAYOUT.get(value, value)


@register.filter
def channel(value: str) -> str:
    """A channel's name."""
    return labels.CHANNEL.get(value, value)


@register.filter
def level(value: str) -> str:
    """A level's name."""
    return labels.LEVEL.get(value, value)


@register.filter
def named(value: str, words: dict[str, str]) -> str:
    """What a value is called in these words."""
    return words.get(value, value)


@register.filter
def mark(value: str) -> str:
    """What a database that is not live is marked as."""
    return MARK.get(value, "")
