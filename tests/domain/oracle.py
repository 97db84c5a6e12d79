"""A clerk with a watch: finds the due moment by walking the minutes, with none of our code.

Moments are minutes since the day before the first of January of year one; a world tells the
hours of a day as pairs of minutes. Only whole days on which nothing happens are passed at once.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

DAY = 24 * 60

Hours = tuple[tuple[int, int], ...]
HoursOn = Callable[[int], Hours]  # of an ordinal day; raises UnknownDay
Paused = list[tuple[int, int]]


class UnknownDay(Exception):
    """The walk left the days that the world knows."""


def walk(
    hours_on: HoursOn,
    received: int,
    term: tuple[Fraction, str],
    pauses: Iterable[tuple[int, int]],
    next_day_from: int | None,
) -> int:
    """The due minute of a receipt."""
    amount, unit = term
    start = first_minute(hours_on, received, next_day_from)
    paused = united(pauses)
    if unit == "working_day":
        return walk_working(hours_on, start, amount, paused, whole_days=True)
    if unit == "working_hour":
        return walk_working(hours_on, start, amount * 60, paused, whole_days=False)
    return end_in_real_time(hours_on, start, amount, unit, paused)


def inside(hours: Hours, minute: int) -> bool:
    """Whether a minute of the day is in office hours, closing time too."""
    return any(opens <= minute <= closes for opens, closes in hours)


def first_minute(hours_on: HoursOn, received: int, next_day_from: int | None) -> int:
    """Walk on until the office is open."""
    now = received
    hours_on(now // DAY)
    if next_day_from is not None and now % DAY >= next_day_from:
        now = (now // DAY + 1) * DAY
    while not inside(hours_on(now // DAY), now % DAY):
        now = now + 1 if hours_on(now // DAY) else (now // DAY + 1) * DAY
    return now


def united(pauses: Iterable[tuple[int, int]]) -> Paused:
    """Sweep over the edges: the stretches during which at least one pause holds."""
    # At one moment a beginning is swept before an end, so that touching pauses are one.
    edges = sorted(edge for begins, ends in pauses for edge in ((begins, 0, 1), (ends, 1, -1)))
    stretches, depth = [], 0
    for at, _, step in edges:
        if depth == 0:
            stretches.append([at, at])
        depth += step
        stretches[-1][1] = at
    return [(begins, ends) for begins, ends in stretches]


def walk_working(
    hours_on: HoursOn, start: int, amount: Fraction, paused: Paused, *, whole_days: bool
) -> int:
    """Walk the open minutes; each adds one, or its share of the working day, unless paused."""
    now, left = start, amount
    while True:
        day, minute = divmod(now, DAY)
        hours = hours_on(day)
        length = sum(closes - opens for opens, closes in hours)
        worth = Fraction(1) if whole_days else Fraction(length)
        untouched = all(ends <= now or (day + 1) * DAY <= begins for begins, ends in paused)
        standing = any(begins <= now and (day + 1) * DAY <= ends for begins, ends in paused)
        if not hours or standing:
            now = (day + 1) * DAY
            continue
        if minute == 0 and untouched and left > worth:
            left -= worth
            now = (day + 1) * DAY
            continue
        needed = left * length / worth
        counted = 0
        for opens, closes in hours:
            for clock in range(max(opens, minute), closes):
                at = day * DAY + clock
                if any(begins <= at < ends for begins, ends in paused):
                    continue
                counted += 1
                if counted == needed:
                    return at + 1
                if counted > needed:
                    return at
        left -= Fraction(counted) * worth / length
        now = (day + 1) * DAY


def end_in_real_time(
    hours_on: HoursOn, start: int, amount: Fraction, unit: str, paused: Paused
) -> int:
    """Lay the term on the calendar; take pauses in one by one while they begin before due."""
    after_start = [(max(begins, start), ends) for begins, ends in paused if ends > start]
    for taken in range(len(after_start) + 1):
        stood_still = sum(ends - begins for begins, ends in after_start[:taken])
        due = settled(hours_on, laid_out(start, amount, unit) + stood_still)
        if taken == len(after_start) or after_start[taken][0] >= due:
            return due
    raise AssertionError


def laid_out(start: int, amount: Fraction, unit: str) -> int:
    """The end of a term of real hours, calendar days or months, wherever it falls."""
    if unit == "hour":
        return start + int(amount * 60)
    if unit == "day":
        return start + int(amount) * DAY
    first = date.fromordinal(start // DAY)
    year, month = first.year, first.month
    for _ in range(int(amount)):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(first.day, last)).toordinal() * DAY + start % DAY


def settled(hours_on: HoursOn, end: int) -> int:
    """Walk off days without work, then on until the office is open, or back to its closing."""
    while not hours_on(end // DAY):
        end += DAY
    hours = hours_on(end // DAY)
    closing = max(closes for _, closes in hours)
    if end % DAY > closing:
        return end // DAY * DAY + closing
    while not inside(hours, end % DAY):
        end += 1
    return end
