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
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus, OfficeHours, WorkCalendar
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_span

# Office hours inside a calendar version: since, until, intervals, source.
HoursKept = tuple[str, str | None, list[list[str]], str]


class NoCalendar(Refusal):
    """No calendar has been loaded."""

    code = "no_calendar"


class NoOfficeHours(Refusal):
    """The office has no hours, neither its own nor the province's."""

    code = "no_office_hours"


class CalendarRow(models.Model):
    """One version of the calendar; a version is never changed, only followed.

    It holds the office hours as they were known when it was kept, so that hours changed later
    move no appointment that was given by it.
    """

    version = models.CharField(max_length=40, unique=True)
    recorded_at = models.DateTimeField()
    years = ArrayField(models.PositiveSmallIntegerField())
    hours = models.JSONField()
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
    """When an office ("" for the whole province) is open, from the next calendar version on."""

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
    return _version("").version


@remembered
def calendar(*, office: str, version: str = "") -> WorkCalendar:
    """The calendar of an office: the country's days and the office's own hours.

    Raises NoCalendar, NoOfficeHours.
    """
    row = _version(version)
    whose = office if office in row.hours else ""
    if whose not in row.hours:
        raise NoOfficeHours("office", given=office)
    return _compiled(row.pk, whose)


def _version(version: str) -> CalendarRow:
    rows = CalendarRow.objects.order_by("-recorded_at", "-id")
    row = (rows.filter(version=version) if version else rows).first()
    if row is None:
        raise NoCalendar("calendar", given=version)
    return row


@lru_cache(maxsize=64)
def _compiled(pk: int, office: str) -> WorkCalendar:
    row = CalendarRow.objects.get(pk=pk)
    days = [_day(day) for day in row.days.all()]
    hours = [_hours_kept(*kept) for kept in row.hours[office]]
    return WorkCalendar(version=row.version, days=days, hours=hours, years=row.years)


@remembered
def policies(*, on: date) -> rules.Policies:
    """The policies in force on a day. Raises NoPolicyForDay."""
    rows = PolicyRow.objects.filter(valid__contains=on)
    return rules.on_day(
        [rules.Policy(r.key, r.value, to_span(r.valid), r.source, r.certainty) for r in rows], on
    )


@remembered
def number(key: str, *, on: date) -> int:
    """One policy that is a number, on a day. Raises NoPolicyForDay, BadPolicy."""
    value = PolicyRow.objects.filter(key=key, valid__contains=on).values_list("value", flat=True)
    found = value.first()
    if found is None:
        raise rules.NoPolicyForDay("policy", key=key, day=on.isoformat())
    try:
        return int(found)
    except ValueError as wrong:
        raise rules.BadPolicy("policy", day=on.isoformat(), why=str(wrong)) from None


@remembered
def phrases(*, on: date) -> tuple[Phrase, ...]:
    """The words by which a reorganisation is recognised on a day."""
    rows = PhraseRow.objects.filter(valid__contains=on)
    return tuple(
        Phrase(tuple(r.first), tuple(r.then), r.within, to_span(r.valid), r.source, tuple(r.unless))
        for r in rows
    )


def hours_on(office: str, *, on: date) -> tuple[tuple[time, time], ...]:
    """When an office is open on working days: its own hours, else the province's.

    Raises NoOfficeHours.
    """
    rows = OfficeHoursRow.objects.filter(office__in=[office, ""], valid__contains=on)
    row = rows.order_by("-office").first()
    if row is None:
        raise NoOfficeHours("office", given=office)
    return _intervals(row.intervals)


def newest_days() -> tuple[CalendarDay, ...]:
    """The days of the calendar that counts now; none before the first one is kept."""
    row = CalendarRow.objects.order_by("-recorded_at", "-id").first()
    return tuple(_day(day) for day in row.days.order_by("day")) if row else ()


def save_calendar(
    *, version: str, days: Iterable[CalendarDay], years: list[int], source: str, at: datetime
) -> None:
    """Keep a new version of the calendar, with the office hours as they are known now."""
    row = CalendarRow.objects.create(
        version=version, recorded_at=at, years=years, source=source, hours=_hours_now()
    )
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


def _hours_now() -> dict[str, list[HoursKept]]:
    hours: dict[str, list[HoursKept]] = {}
    for row in OfficeHoursRow.objects.order_by("office", "valid"):
        span = to_span(row.valid)
        until = span.end.isoformat() if span.end else None
        kept = (span.start.isoformat(), until, row.intervals, row.source)
        hours.setdefault(row.office, []).append(kept)
    return hours


def _hours_kept(
    since: str, until: str | None, intervals: list[list[str]], source: str
) -> OfficeHours:
    end = date.fromisoformat(until) if until else None
    return OfficeHours(Span(date.fromisoformat(since), end), _intervals(intervals), source)


def _day(row: CalendarDayRow) -> CalendarDay:
    return CalendarDay(
        day=row.day,
        kind=DayKind(row.kind),
        name=row.name,
        status=DayStatus(row.status),
        source=row.source,
        hours=_intervals(row.hours) if row.hours is not None else None,
    )
