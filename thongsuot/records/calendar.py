"""Calendars, office hours and dated policies, as PostgreSQL keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from thongsuot.domain.dossier import policies as rules
from thongsuot.domain.dossier.reasons import Phrase
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus, OfficeHours, WorkCalendar
from thongsuot.records.spans import never_overlapping, to_span


class NoCalendar(Refusal):
    """No calendar has been loaded."""

    code = "no_calendar"


class NoOfficeHours(Refusal):
    """The office has no hours, neither its own nor the province's."""

    code = "no_office_hours"


class CalendarRow(models.Model):
    """One version of the calendar; a version is never changed, only followed."""

    version = models.CharField(max_length=40, unique=True)
    recorded_at = models.DateTimeField()
    years = ArrayField(models.PositiveSmallIntegerField())
    source = models.CharField(max_length=200)


class CalendarDayRow(models.Model):
    """A day that is not what its weekday says."""

    calendar = models.ForeignKey(CalendarRow, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=16)
    source = models.CharField(max_length=300)
    hours = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")
        ]


class OfficeHoursRow(models.Model):
    """When an office ("" for the whole province) is open."""

    office = models.CharField(max_length=35, blank=True)
    valid = DateRangeField()
    intervals = models.JSONField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("office_hours_do_not_overlap", "office")]


class PolicyRow(models.Model):
    """A number of the law while it is valid."""

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    valid = DateRangeField()
    source = models.CharField(max_length=300)
    certainty = models.CharField(max_length=40)

    class Meta:
        constraints = [never_overlapping("policies_do_not_overlap", "key")]


class PhraseRow(models.Model):
    """Words that name a reorganisation, while they are looked for."""

    first = ArrayField(models.CharField(max_length=80))
    then = ArrayField(models.CharField(max_length=80), blank=True, default=list)
    within = models.PositiveSmallIntegerField(default=0)
    unless = ArrayField(models.CharField(max_length=80), blank=True, default=list)
    valid = DateRangeField()
    source = models.CharField(max_length=300)


class MarkRow(models.Model):
    """What this database is: live, demo or test. Only one row."""

    kind = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1, kind__in=["live", "demo", "test"]), name="one_mark"
            )
        ]


def mark() -> str:
    """What this database is marked as; unmarked means live."""
    return MarkRow.objects.values_list("kind", flat=True).first() or "live"


def current_version() -> str:
    """The calendar that counts for new dossiers. Raises NoCalendar."""
    row = CalendarRow.objects.order_by("-recorded_at", "-id").first()
    if row is None:
        raise NoCalendar("calendar")
    return row.version


def calendar(*, office: str, version: str = "") -> WorkCalendar:
    """The calendar of an office: the country's days and the office's own hours.

    Raises NoCalendar, NoOfficeHours.
    """
    wanted = version.partition("/")[0] or current_version()
    hours = OfficeHoursRow.objects.filter(office__in=["", office]).order_by("id")
    own = [row for row in hours if row.office == office] or list(hours)
    if not own:
        raise NoOfficeHours("office", given=office)
    return _compiled(wanted, tuple(_hours(row) for row in own))


@lru_cache(maxsize=64)
def _compiled(version: str, hours: tuple[OfficeHours, ...]) -> WorkCalendar:
    row = CalendarRow.objects.filter(version=version).prefetch_related("days").first()
    if row is None:
        raise NoCalendar("calendar", given=version)
    days = [_day(day) for day in row.days.all()]
    return WorkCalendar(version=version, days=days, hours=hours, years=row.years)


def policies(*, on: date) -> rules.Policies:
    """The policies in force on a day. Raises NoPolicyForDay."""
    rows = PolicyRow.objects.filter(valid__contains=on)
    return rules.on_day(
        [rules.Policy(r.key, r.value, to_span(r.valid), r.source, r.certainty) for r in rows], on
    )


def phrases(*, on: date) -> tuple[Phrase, ...]:
    """The words by which a reorganisation is recognised on a day."""
    rows = PhraseRow.objects.filter(valid__contains=on)
    return tuple(
        Phrase(
            tuple(r.first), tuple(r.then), r.within, to_span(r.valid), r.source, tuple(r.unless)
        )
        for r in rows
    )


def save_calendar(
    *, version: str, days: Iterable[CalendarDay], years: list[int], source: str, at: datetime
) -> None:
    """Keep a new version of the calendar."""
    row = CalendarRow.objects.create(version=version, recorded_at=at, years=years, source=source)
    CalendarDayRow.objects.bulk_create(
        CalendarDayRow(
            calendar=row,
            day=day.day,
            kind=day.kind.value,
            name=day.name,
            status=day.status.value,
            source=day.source,
            hours=_clock_times(day.hours) if day.hours is not None else None,
        )
        for day in days
    )


def _clock_times(intervals: tuple[tuple[time, time], ...]) -> list[list[str]]:
    return [[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in intervals]


def _intervals(raw: list[list[str]]) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in raw)


def _hours(row: OfficeHoursRow) -> OfficeHours:
    return OfficeHours(to_span(row.valid), _intervals(row.intervals), row.source)


def _day(row: CalendarDayRow) -> CalendarDay:
    return CalendarDay(
        day=row.day,
        kind=DayKind(row.kind),
        name=row.name,
        status=DayStatus(row.status),
        source=row.source,
        hours=_intervals(row.hours) if row.hours is not None else None,
    )
