"""Windows: the spans of time that reports are about, with hours, and nothing lost between two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.edges import Cycle, Edge, Shift
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM, WorkCalendar

_A_WEEK = timedelta(days=7)


class WindowEndsBeforeItStarts(Refusal):
    """A window holds some time."""

    code = "window_ends_before_it_starts"
    kind = Kind.MALFORMED


class WindowsMixed(Refusal):
    """Both edges of a window come again equally often."""

    code = "windows_mixed"
    kind = Kind.MALFORMED


class WindowsOverlap(Refusal):
    """Two windows of one series, for the same reporters, share some time."""

    code = "windows_overlap"
    kind = Kind.MALFORMED


class NoSuchPeriod(Refusal):
    """No window of this series, for these reporters, has this key or this end."""

    code = "no_such_period"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How windows of a series are cut for some reporters while the rule is valid.

    `reporters` is "" for all those for whom no other rule is made.
    Refuses: WindowsMixed.
    """

    series: str
    period: str
    reporters: str
    opens: Edge
    closes: Edge
    shift: Shift
    valid: Span
    source: str

    def __post_init__(self) -> None:
        if self.opens.cycle is not self.closes.cycle:
            raise WindowsMixed("opens", opens=str(self.opens), closes=str(self.closes))


@dataclass(frozen=True, slots=True)
class Window:
    """What a report is about: from `start` up to but not including `end`.

    `carried_from` is the end of the window before: what fell between is carried into this one,
    so that windows tile time.
    Refuses: WindowEndsBeforeItStarts.
    """

    key: str
    start: datetime
    end: datetime
    carried_from: datetime

    def __post_init__(self) -> None:
        if not self.carried_from <= self.start < self.end:
            raise WindowEndsBeforeItStarts(
                "window", start=self.start.isoformat(), end=self.end.isoformat()
            )

    @property
    def last_day(self) -> date:
        """The last day of which some time belongs to it."""
        return last_day(self.end)

    @property
    def carries(self) -> bool:
        """Whether some time lies between it and the window before."""
        return self.carried_from < self.start

    def since_last(self) -> Window:
        """The same cut-off, counted from the one before: these tile time."""
        return replace(self, start=self.carried_from)


def windows(
    rules: Sequence[WindowRule],
    *,
    series: str,
    reporters: str,
    during: Span,
    calendar: WorkCalendar | None = None,
) -> tuple[Window, ...]:
    """The windows of a series for some reporters whose last day lies in these days, in order.

    Raises WindowsOverlap, WindowEndsBeforeItStarts, NoCalendarForYear.
    """
    mine = of_reporters(rules, series=series, reporters=reporters)
    until = during.end or during.start + timedelta(days=1)
    # One year earlier there is a window before the first one, whatever the cycle.
    found = sorted(
        {
            (end, start, key)
            for rule in mine
            for key, start, end in _cut(
                rule, during.start - timedelta(days=400), until + _A_WEEK, calendar
            )
        }
    )
    moves_later = any(rule.shift is Shift.LATER for rule in mine)
    made: list[Window] = []
    before: datetime | None = None
    for end, opens, key in found:
        start = opens
        if before is not None and before > start:
            if not moves_later:
                raise WindowsOverlap("window", series=series, given=key)
            start = before  # the window before went on over days off
        if during.contains(last_day(end)):
            made.append(Window(key, start, end, before or start))
        before = end
    return tuple(made)


def of_reporters(
    rules: Iterable[WindowRule], *, series: str, reporters: str
) -> tuple[WindowRule, ...]:
    """The rules of a series made for these reporters, else those for all others."""
    of_series = [rule for rule in rules if rule.series == series]
    own = tuple(rule for rule in of_series if rule.reporters == reporters)
    return own or tuple(rule for rule in of_series if not rule.reporters)


def ending(
    rules: Sequence[WindowRule],
    at: datetime,
    *,
    series: str,
    reporters: str,
    calendar: WorkCalendar | None = None,
) -> Window:
    """The window that ends at this moment. Raises NoSuchPeriod, WindowsOverlap."""
    day = at.astimezone(VIETNAM).date()
    around = Span(day - _A_WEEK, day + _A_WEEK)
    cut = windows(rules, series=series, reporters=reporters, during=around, calendar=calendar)
    for window in cut:
        if window.end == at:
            return window
    near = [window.end.astimezone(VIETNAM).isoformat(timespec="minutes") for window in cut]
    raise NoSuchPeriod("ending", given=at.isoformat(timespec="minutes"), known=near)


def named(
    rules: Sequence[WindowRule],
    key: str,
    *,
    series: str,
    reporters: str,
    calendar: WorkCalendar | None = None,
) -> Window:
    """The window of a key such as 2025-Q2 or 2026-W01. Raises NoSuchPeriod, WindowsOverlap."""
    year = int(key[:4]) if key[:4].isdigit() and int(key[:4]) > 1 else 1
    around = Span(date(min(year, 9000), 1, 1), date(min(year, 9000) + 1, 1, 8))
    mine = of_reporters(rules, series=series, reporters=reporters)
    if any(rule.closes.cycle is Cycle.ONCE for rule in mine):
        around = Span(date(2000, 1, 1), date(2100, 1, 1))
    cut = windows(rules, series=series, reporters=reporters, during=around, calendar=calendar)
    for window in cut:
        if window.key == key:
            return window
    raise NoSuchPeriod("period", given=key, known=[window.key for window in cut[:12]])


def _cut(
    rule: WindowRule, first: date, until: date, calendar: WorkCalendar | None
) -> Iterator[tuple[str, datetime, datetime]]:
    for around in _rounds(rule, first, until):
        if not rule.valid.contains(rule.closes.day_of(around)):
            continue
        start = rule.opens.moment(around, shift=Shift.STAYS, calendar=calendar)
        end = rule.closes.moment(around, shift=rule.shift, calendar=calendar)
        if start >= end and rule.shift is not Shift.STAYS:
            continue  # a week of days off only has no window: the next one carries it
        if start >= end:
            raise WindowEndsBeforeItStarts(
                rule.period, start=start.isoformat(), end=end.isoformat()
            )
        yield _key(rule, around), start, end


def _rounds(rule: WindowRule, first: date, until: date) -> Iterator[date]:
    match rule.closes.cycle:
        case Cycle.WEEK:
            day = first - timedelta(days=first.weekday())
            while day < until:
                yield day
                day += _A_WEEK
        case Cycle.YEAR:
            yield from (date(year, 1, 1) for year in range(first.year, until.year + 1))
        case Cycle.ONCE:
            yield date(rule.closes.year, 1, 1)


def _key(rule: WindowRule, around: date) -> str:
    match rule.closes.cycle:
        case Cycle.WEEK:
            year, week, _ = around.isocalendar()
            return f"{year}-{rule.period}{week:02}"
        case Cycle.YEAR:
            return f"{around.year}-{rule.period}"
        case Cycle.ONCE:
            return rule.period


def last_day(end: datetime) -> date:
    """The last day of which some time lies before a moment."""
    return (end.astimezone(VIETNAM) - timedelta(microseconds=1)).date()
