"""Calendars for tests: the real one of Lai Châu, read from the data file."""

from __future__ import annotations

import csv
from datetime import date, time
from functools import cache
from pathlib import Path

from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus, OfficeHours, WorkCalendar

HOLIDAYS = Path(__file__).parents[2] / "data/holidays/vn_public_holidays_2023_2027.csv"
LAI_CHAU_HOURS = OfficeHours(
    valid=Span(date(2018, 6, 21)),
    intervals=((time(7, 30), time(11, 30)), (time(13, 30), time(17))),
    source="QĐ 2934/QĐ-UBND ngày 20/11/2025 của UBND tỉnh Lai Châu",
)


@cache
def holidays() -> tuple[CalendarDay, ...]:
    """The special days of the whole country, 2023–2027."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return tuple(
            CalendarDay(
                day=date.fromisoformat(row["date"]),
                kind=DayKind(row["kind"]),
                name=row["name"],
                status=DayStatus(row["status"]),
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


@cache
def lai_chau_calendar() -> WorkCalendar:
    """The calendar of an office of Lai Châu: 07:30–11:30, 13:30–17:00."""
    return WorkCalendar(
        version="lai-chau-2023-2027",
        days=holidays(),
        hours=[LAI_CHAU_HOURS],
        years=range(2023, 2028),
    )
