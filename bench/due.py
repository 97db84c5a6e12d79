"""How many due moments one core counts in a second, with and without their ledgers.

Beside it the naive floor: the same cases by walking the minutes (the oracle of the tests).
Run: python -m bench.due [--cases N] [--seed S]
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from random import Random

from tests.domain.calendars import LAI_CHAU_HOURS, holidays, lai_chau_calendar
from tests.domain.oracle import DAY, Hours, walk
from tests.domain.worlds import moment
from thongsuot.domain.deadline import Pause, PauseKind, Term, due

TERMS = (
    "0,5 ngày làm việc",
    "1 ngày làm việc",
    "3 ngày làm việc",
    "5 ngày làm việc",
    "15 ngày làm việc",
    "45 ngày làm việc",
    "8 giờ làm việc",
    "24 giờ",
    "15 ngày",
    "1 tháng",
)
PAUSED = 0.1  # the share of dossiers with a pause
LEAST = 200_000

Case = tuple[int, Term, tuple[tuple[int, int], ...], bool]


def main() -> None:
    """Measure, and say on what."""
    asked = _arguments()
    cases = _cases(asked.cases, asked.seed)
    inputs = [_input(case) for case in cases]
    calendar = lai_chau_calendar()

    def count() -> None:
        for received, term, pauses, flag in inputs:
            due(received, term, calendar, pauses=pauses, after_15h=flag)

    def explain() -> None:
        for received, term, pauses, flag in inputs[: asked.cases // 50]:
            due(received, term, calendar, pauses=pauses, after_15h=flag).ledger()

    hours = _hours_by_day()

    def walk_minutes() -> None:
        for case in cases[: asked.cases // 500]:
            _walk(case, hours)

    print(f"due moments: {asked.cases} mixed cases, {len(TERMS)} terms, {PAUSED:.0%} paused,")
    print(f"  calendar 2023–2027 with {len(holidays())} special days, seed {asked.seed},")
    print(f"  Python {platform.python_version()}, one core, best of {asked.rounds} rounds")
    fast = _rate(count, asked.cases, asked.rounds)
    told = _rate(explain, asked.cases // 50, asked.rounds)
    slow = _rate(walk_minutes, asked.cases // 500, 1)
    print(f"  closed form        {fast:>10,.0f} a second (wanted: {LEAST:,})")
    print(f"  with its ledger    {told:>10,.0f} a second")
    print(f"  walking minutes    {slow:>10,.0f} a second: {fast / slow:,.0f} times slower")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _cases(count: int, seed: int) -> list[Case]:
    chance = Random(seed)  # noqa: S311 - repeatable numbers, nothing secret
    terms = [Term.parse(text) for text in TERMS]
    first, last = date(2024, 1, 1).toordinal() * DAY, date(2026, 7, 1).toordinal() * DAY
    cases: list[Case] = []
    for _ in range(count):
        received = chance.randrange(first, last)
        begins = received + chance.randrange(5 * DAY)
        paused = ((begins, begins + chance.randrange(1, 10 * DAY)),)
        pauses = paused if chance.random() < PAUSED else ()
        cases.append((received, chance.choice(terms), pauses, chance.random() < 0.2))
    return cases


def _input(case: Case) -> tuple[datetime, Term, tuple[Pause, ...], bool]:
    received, term, pauses, flag = case
    supplements = [Pause(moment(a), moment(b), PauseKind.SUPPLEMENT) for a, b in pauses]
    return moment(received), term, tuple(supplements), flag


def _hours_by_day() -> dict[int, Hours]:
    calendar = lai_chau_calendar()
    usual = tuple(
        (a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in LAI_CHAU_HOURS.intervals
    )
    days = range(date(2023, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
    return {day: usual if calendar.is_working_day(date.fromordinal(day)) else () for day in days}


def _walk(case: Case, hours: dict[int, Hours]) -> int:
    received, term, pauses, flag = case
    amount = (Fraction(term.halves, 2), term.unit.value)
    return walk(hours.__getitem__, received, amount, pauses, 15 * 60 if flag else None)


def _rate(work: Callable[[], None], count: int, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return count / best


if __name__ == "__main__":
    main()
