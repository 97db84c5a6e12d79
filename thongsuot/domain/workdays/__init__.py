"""When an office works: weekends, holidays, swapped days and opening hours, all of it data."""

from thongsuot.domain.workdays.calendar import MomentWithoutZone, NoCalendarForYear, WorkCalendar
from thongsuot.domain.workdays.days import (
    MONDAY_TO_FRIDAY,
    VIETNAM,
    CalendarDay,
    DayGivenTwice,
    DayKind,
    DayNote,
    DayStatus,
    HalfDayWithoutHours,
    HoursMalformed,
    HoursMissing,
    HoursOverlap,
    OfficeHours,
)
from thongsuot.domain.workdays.table import DayTable

__all__ = [
    "MONDAY_TO_FRIDAY",
    "VIETNAM",
    "CalendarDay",
    "DayGivenTwice",
    "DayKind",
    "DayNote",
    "DayStatus",
    "DayTable",
    "HalfDayWithoutHours",
    "HoursMalformed",
    "HoursMissing",
    "HoursOverlap",
    "MomentWithoutZone",
    "NoCalendarForYear",
    "OfficeHours",
    "WorkCalendar",
]
