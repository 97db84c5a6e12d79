"""Moments and time left, as the office says them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from thongsuot.domain.workdays import VIETNAM

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def moment(value: datetime) -> str:
    """17 giờ 00, thứ Sáu ngày 03/01/2026."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M}, {WEEKDAYS[local.weekday()]} ngày {local:%d/%m/%Y}"


def short(value: datetime) -> str:
    """03/01/2026 17:00."""
    return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def as_written(told: str) -> str:
    """A moment that another system wrote, in our form where it is one; else as it is written."""
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        return told
    if len(told) <= len("2025-09-08"):
        return f"{read:%d/%m/%Y}"
    return short(read if read.tzinfo else read.replace(tzinfo=VIETNAM))


def intervals(value: Iterable[tuple[time, time]]) -> str:
    """07:30–11:30 và 13:30–17:00."""
    return " và ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in value)


def day(value: date) -> str:
    """thứ Sáu 03/01/2026."""
    return f"{WEEKDAYS[value.weekday()]} {value:%d/%m/%Y}"


def day_in_full(value: date) -> str:
    """ngày 03 tháng 01 năm 2026: as papers of the State write a day (NĐ 30/2020/NĐ-CP)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"ngày {value:%d} tháng {month} năm {value.year}"


def in_full(value: datetime) -> str:
    """17 giờ 00 phút, ngày 03 tháng 01 năm 2026: as the forms write a moment."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} phút, {day_in_full(local.date())}"


def time_left(due_at: datetime, at: datetime) -> str:
    """Còn 3 ngày · Còn 2 giờ · Quá hạn 2 ngày."""
    left = due_at - at
    late = left < timedelta(0)
    span = -left if late else left
    words = f"{span.days} ngày" if span.days else _hours(span)
    return f"Quá hạn {words}" if late else f"Còn {words}"


def _hours(span: timedelta) -> str:
    hours, rest = divmod(int(span.total_seconds()), 3600)
    return f"{hours} giờ" if hours else f"{rest // 60} phút"
