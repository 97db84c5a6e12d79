"""Random offices: odd hours, half days, swapped days, and receipts that land on the edges."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from tests.domain.oracle import DAY, Hours, UnknownDay, walk
from thongsuot.domain.deadline import Pause, PauseKind, Term, Unit, due
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import (
    VIETNAM,
    CalendarDay,
    DayKind,
    DayStatus,
    NoCalendarForYear,
    OfficeHours,
    WorkCalendar,
)

YEARS = (2025, 2026)
FIRST, LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
MOST_HALVES = {
    Unit.WORKING_DAY: 60,
    Unit.WORKING_HOUR: 80,
    Unit.HOUR: 300,
    Unit.DAY: 80,
    Unit.MONTH: 12,
}


@dataclass(frozen=True)
class World:
    """The same office twice: as a calendar of ours, and as bare minutes for the walk."""

    calendar: WorkCalendar
    days: dict[int, Hours]

    def hours_on(self, day: int) -> Hours:
        if day not in self.days:
            raise UnknownDay
        return self.days[day]


@dataclass(frozen=True)
class Case:
    """A receipt with its term and pauses, in minutes."""

    received: int
    halves: int
    unit: Unit
    pauses: tuple[tuple[int, int], ...]
    after_15h: bool


def seeded(seed: int | str) -> random.Random:
    """Chance that can be repeated."""
    return random.Random(seed)  # noqa: S311 - a repeatable test, nothing secret


def random_world(chance: random.Random, name: str) -> World:
    """An office whose hours change once, with some dozens of special days."""
    change = date.fromordinal(chance.randint(FIRST.toordinal() + 1, LAST.toordinal()))
    spans = (Span(FIRST, change), Span(change))
    weeks = [_random_hours(chance) for _ in spans]
    saturday = chance.random() < 0.4
    rows = [
        OfficeHours(span, _times(week), "luật") for span, week in zip(spans, weeks, strict=True)
    ]
    short = _random_hours(chance)[:1]
    if saturday:
        rows.append(OfficeHours(Span(FIRST), _times(short), "luật", frozenset({5})))
    days: dict[int, Hours] = {}
    special: list[CalendarDay] = []
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(ordinal)
        week = weeks[day >= change]
        usual = week if day.weekday() < 5 else short if saturday and day.weekday() == 5 else ()
        days[ordinal] = usual
        if chance.random() < 0.07:
            kind = chance.choice(list(DayKind))
            entry, days[ordinal] = _random_special(chance, day, kind, usual or week)
            special.append(entry)
    calendar = WorkCalendar(version=name, days=special, hours=rows, years=YEARS)
    return World(calendar, days)


def _random_special(
    chance: random.Random, day: date, kind: DayKind, usual: Hours
) -> tuple[CalendarDay, Hours]:
    hours: Hours | None = None
    match kind:
        case DayKind.HOLIDAY | DayKind.COMPENSATORY | DayKind.SWAP_OFF:
            worked: Hours = ()
        case DayKind.HALF_DAY:
            worked = hours = _random_hours(chance)[:1]
        case DayKind.HALF_DAY_MORNING:
            worked = tuple((a, min(b, 720)) for a, b in usual if a < 720)
        case DayKind.HALF_DAY_AFTERNOON:
            worked = tuple((max(a, 720), b) for a, b in usual if b > 720)
        case DayKind.WORKING_SATURDAY:
            worked = usual
    if not worked and not kind.is_off:
        kind = DayKind.HOLIDAY
    given = _times(hours) if hours else None
    return CalendarDay(day, kind, "ngày", DayStatus.OFFICIAL, "luật", given), worked


def _random_hours(chance: random.Random) -> Hours:
    if chance.random() < 0.5:
        return ((450, 690), (810, 1020))
    edges = sorted(chance.sample(range(1, DAY), 2 * chance.choice((1, 2, 2, 2, 3))))
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def random_case(chance: random.Random, world: World) -> Case:
    """A receipt, often exactly on an edge of the hours, with up to four pauses."""
    received = _random_moment(chance, world, FIRST.toordinal(), LAST.toordinal() - 120)
    unit = chance.choice(list(Unit))
    halves = chance.randint(1, MOST_HALVES[unit])
    if unit.is_calendar:
        halves += halves % 2
    day = received // DAY
    pauses = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 4))):
        begins = _random_moment(chance, world, day - 4, day + chance.choice((2, 10, 40)))
        length = chance.choice((1, 60, chance.randint(1, 3000), chance.randint(1, 20000)))
        ends = begins + length
        if chance.random() < 0.4:
            ends = max(_random_moment(chance, world, begins // DAY, begins // DAY + 6), begins + 1)
        pauses.append((begins, ends))
    return Case(received, halves, unit, tuple(pauses), chance.random() < 0.3)


def _random_moment(chance: random.Random, world: World, first: int, last: int) -> int:
    day = chance.randint(first, last)
    hours = world.days.get(day, ())
    minute = chance.randrange(DAY)
    if hours and chance.random() < 0.4:
        minute = chance.choice(chance.choice(hours)) + chance.choice((-1, 0, 0, 0, 1))
    elif chance.random() < 0.1:
        minute = 15 * 60 + chance.choice((-1, 0, 1))
    return max(day * DAY + minute, FIRST.toordinal() * DAY)


def walked(world: World, case: Case) -> datetime | None:
    """The due moment that the walk finds; none where it leaves the known days."""
    term = (Fraction(case.halves, 2), case.unit.value)
    cut = 15 * 60 if case.after_15h else None
    try:
        return moment(walk(world.hours_on, case.received, term, case.pauses, cut))
    except UnknownDay:
        return None


def computed(world: World, case: Case) -> datetime | None:
    """The due moment in closed form; none where the calendar refuses."""
    pauses = [
        Pause(moment(begins), moment(ends), PauseKind.SUPPLEMENT) for begins, ends in case.pauses
    ]
    term = Term(case.halves, case.unit)
    received = moment(case.received)
    try:
        return due(received, term, world.calendar, pauses=pauses, after_15h=case.after_15h).at
    except NoCalendarForYear:
        return None


def moment(minutes: int) -> datetime:
    """The moment of these minutes, on the clocks of Việt Nam."""
    day = date.fromordinal(minutes // DAY)
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(minutes=minutes % DAY)


def _times(hours: Hours) -> tuple[tuple[time, time], ...]:
    return tuple((_time(opens), _time(closes)) for opens, closes in hours)


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
