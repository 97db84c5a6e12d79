"""The reports, forms and ways of counting that are known, as their files say them."""

from __future__ import annotations

from datetime import date, datetime

from thongsuot.domain.reporting import entry
from thongsuot.domain.reporting.definitions import NoSuchReport, ReportDefinition
from thongsuot.domain.reporting.entry import EntryFile
from thongsuot.domain.reporting.figures import Counting
from thongsuot.domain.reporting.forms import NoSuchForm, ReportForm
from thongsuot.domain.reporting.windows import NoSuchPeriod, Window, ending, named, of_reporters
from thongsuot.records import calendar
from thongsuot.records import report_rules as records

II06 = "ii06"


def definitions() -> tuple[ReportDefinition, ...]:
    """Every report that is defined."""
    return tuple(records.definitions().values())


def form(key: str, *, on: date) -> ReportForm:
    """The version of a form that is in force on a day. Raises NoSuchForm."""
    found = [form for form in records.forms() if form.key == key and form.valid.contains(on)]
    if not found:
        known = sorted({form.key for form in records.forms()})
        raise NoSuchForm("form", given=key, known=known)
    return found[-1]


def find(key: str) -> tuple[ReportDefinition, str]:
    """A report by its key with its first form, or by the key of one of its forms.

    Raises NoSuchReport.
    """
    known = records.definitions()
    if key in known:
        return known[key], known[key].forms[0]
    for each in known.values():
        if key in each.forms:
            return each, key
    every = sorted({*known, *(name for each in known.values() for name in each.forms)})
    raise NoSuchReport("report", given=key, known=every)


def counting(key: str, *, on: date) -> Counting:
    """The definitions of counting in force on a day. Raises NoSuchReport."""
    known = records.countings()
    for name, each in reversed(known):
        if name == key and each.valid.contains(on):
            return each
    raise NoSuchReport("counting", given=key, known=sorted({name for name, _ in known}))


def entered(of: ReportDefinition, *, on: date) -> tuple[EntryFile, ...]:
    """The files with which a report of a window that ended on a day is entered elsewhere."""
    return entry.entered(records.entries(), of.key, on=on)


def window(
    of: ReportDefinition, *, reporters: str, period: str = "", ends_at: datetime | None = None
) -> Window:
    """The window of a report by its key or by its end, for some reporters.

    Raises NoSuchPeriod, WindowsOverlap, NoCalendarForYear.
    """
    told: list[str] = []
    for series in dict.fromkeys(rule.series for rule in of.windows):
        if not of_reporters(of.windows, series=series, reporters=reporters):
            continue
        days = calendar.calendar(office="") if _may_move(of, series) else None
        try:
            if ends_at is not None:
                return ending(
                    of.windows, ends_at, series=series, reporters=reporters, calendar=days
                )
            return named(of.windows, period, series=series, reporters=reporters, calendar=days)
        except NoSuchPeriod as refusal:
            known = refusal.facts["known"]
            told += known if isinstance(known, list) else []
    given = period or (ends_at.isoformat(timespec="minutes") if ends_at else "")
    raise NoSuchPeriod("period", given=given, known=told)


def _may_move(of: ReportDefinition, series: str) -> bool:
    return any(rule.series == series and rule.shift.value != "stays" for rule in of.windows)
