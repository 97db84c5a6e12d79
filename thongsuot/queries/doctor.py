"""Whether the data is sound: what PostgreSQL cannot say by a constraint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from thongsuot.domain.workflow import check
from thongsuot.records import dossier
from thongsuot.records.calendar import CalendarRow, OfficeHoursRow, mark
from thongsuot.records.catalogue import ProcedureRow, ProcessRow, RefusedLineRow
from thongsuot.records.directory import OfficeRow, PlaceRow
from thongsuot.records.notices import owed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: sound or not, with a number and a sentence key."""

    key: str
    is_sound: bool
    count: int
    detail: str = ""


def findings(*, on: date) -> tuple[Finding, ...]:
    """Everything that the doctor looks at, in order."""
    return tuple(look(on) for look in _LOOKS)


def _mark(_: date) -> Finding:
    return Finding("mark", True, 0, mark())


def _calendar(on: date) -> Finding:
    newest = CalendarRow.objects.order_by("-recorded_at", "-id").first()
    known = newest is not None and on.year in newest.years
    return Finding("calendar", known, len(newest.years) if newest else 0, str(on.year))


def _hours(on: date) -> Finding:
    count = OfficeHoursRow.objects.filter(office="", valid__contains=on).count()
    return Finding("office_hours", count == 1, count)


def _offices(on: date) -> Finding:
    count = OfficeRow.objects.filter(valid__contains=on).count()
    return Finding("offices", count > 0, count)


def _provisional(on: date) -> Finding:
    count = OfficeRow.objects.filter(valid__contains=on, is_provisional=True).count()
    return Finding("provisional_codes", True, count)


def _places(on: date) -> Finding:
    count = PlaceRow.objects.filter(valid__contains=on).count()
    return Finding("places", count > 0, count)


def _procedures(on: date) -> Finding:
    count = ProcedureRow.objects.filter(valid__contains=on).count()
    return Finding("procedures", count > 0, count)


def _refused_lines(_: date) -> Finding:
    return Finding("refused_lines", True, RefusedLineRow.objects.count())


def _processes(_: date) -> Finding:
    faults = [row.code for row in ProcessRow.objects.all() if check(row.value())]
    return Finding("processes", not faults, ProcessRow.objects.count(), ", ".join(faults))


def _samples(_: date) -> Finding:
    return Finding("sample_processes", True, ProcessRow.objects.filter(decision="").count())


def _gaps(_: date) -> Finding:
    gaps = list(dossier.code_gaps())
    shown = ", ".join(f"{office}-{day:%y%m%d}-{number:04d}" for office, day, number in gaps[:5])
    return Finding("code_gaps", True, len(gaps), shown)


def _notices(_: date) -> Finding:
    waiting, aside = owed()
    can_leave = bool(settings.EMAIL_HOST) or not waiting
    return Finding("notices_owed", can_leave, waiting, f"{aside}")


_LOOKS: tuple[Callable[[date], Finding], ...] = (
    _mark,
    _calendar,
    _hours,
    _offices,
    _provisional,
    _places,
    _procedures,
    _refused_lines,
    _processes,
    _samples,
    _gaps,
    _notices,
)
