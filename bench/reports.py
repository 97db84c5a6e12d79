"""How long reports take over a million dossiers: a week, a quarter, a cell's page, a dashboard.

The stretches are made by SQL, not sown: what is measured is counting, and the table looks the same.
Run: python -m bench.reports [--dossiers N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection

from bench import house, report
from thongsuot.domain.reporting.figures import Compare, Counting, Result
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.reporting import dashboard
from thongsuot.queries.reporting.dashboard import Narrowed
from thongsuot.queries.reporting.tallies import Asked, Hierarchy, listed, tallies
from thongsuot.records import report_months

SINCE = datetime(2023, 1, 2, 8, tzinfo=VIETNAM)
DAYS = 1_000
UNITS = 60
CELLS = 30

# Each dossier is received, pauses now and then, and ends: nine in ten are over at the end.
FILL = """
INSERT INTO records_stretchrow (dossier, number, from_at, to_at, known_at, office, due_at,
    extended_to, is_waiting, ended_at, outcome, received_at, is_online, procedure,
    procedure_version, field, system, is_interlinked)
SELECT d, n, from_at, CASE WHEN n = 1 OR (n = 2 AND d %% 10 < 9) THEN next_at END, from_at,
       'H35.' || (101 + d %% %(units)s), received + interval '7 days', NULL, n = 2,
       CASE WHEN n = 3 THEN from_at END, CASE WHEN n = 3 THEN 'granted' ELSE '' END,
       received, d %% 2 = 0, '1.00' || (1000 + d %% 300), 1, 'Lĩnh vực ' || d %% 25, 'provincial',
       d %% 50 = 0
  FROM (SELECT d, received, n,
               received + (n - 1) * interval '3 days' AS from_at,
               received + n * interval '3 days' AS next_at
          FROM (SELECT d, %(since)s::timestamptz
                       + (d::float8 / %(dossiers)s * %(days)s) * interval '1 day' AS received
                  FROM generate_series(1, %(dossiers)s) d) each,
               generate_series(1, 3) n
         WHERE n < 3 OR d %% 10 < 9) made
"""


def main() -> None:
    """Fill the table, then time what officials ask."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dossiers", type=int, default=1_000_000)
    dossiers = asked.parse_args().dossiers
    with house.database():
        fill(dossiers)
        end = SINCE + timedelta(days=DAYS)
        print(f"{dossiers:,} dossiers, {report.sizes('records_stretchrow')}, {report.machine()}")
        week = _question(end - timedelta(days=7), end)
        old = _question(SINCE + timedelta(days=300), SINCE + timedelta(days=391))
        for name, question in (
            ("a week, first", week),
            ("a week, again", week),
            ("a quarter, by now", _question(end - timedelta(days=91), end, Hierarchy.NOW)),
            ("a quarter two years ago", old),
            ("a year", _question(end - timedelta(days=365), end)),
        ):
            began = time.perf_counter()
            found = sum(tallies(question).values())
            print(f"  {name:<28}{time.perf_counter() - began:8.2f} s   {found:>9,} dossiers")
        print(_cells(old).line("a page of a cell"))
        months = Narrowed(
            first=(end - timedelta(days=364)).date().replace(day=1),
            last=(end - timedelta(days=1)).date().replace(day=1),
            at=end - timedelta(minutes=1),
        )
        commune = replace(months, office="H35.101")
        print(_times(lambda: dashboard.dashboard(months)).line("a year's dashboard"))
        print(_times(lambda: dashboard.dashboard(commune)).line("a commune's"))


def fill(dossiers: int) -> None:
    """The stretches of so many dossiers."""
    given: dict[str, int | datetime] = {
        "dossiers": dossiers,
        "units": UNITS,
        "since": SINCE,
        "days": DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, given)
        cursor.execute("VACUUM ANALYZE records_stretchrow")
    report_months.count_anew()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE records_reportmonthrow")


def _cells(question: Asked) -> report.Times:
    """The first page of the late ones of a body, again and again."""
    each = []
    began = time.perf_counter()
    for number in range(CELLS):
        office = frozenset({f"H35.{101 + number % UNITS}"})
        of = Asked(
            question.start, question.end, question.known_at, question.counting, offices=office
        )
        start = time.perf_counter()
        listed(of, wanted=lambda place: place.result is Result.LATE)
        each.append(time.perf_counter() - start)
    return report.Times(each, time.perf_counter() - began)


def _times(ask: Callable[[], object]) -> report.Times:
    """The same question again and again."""
    each = []
    began = time.perf_counter()
    for _ in range(CELLS):
        start = time.perf_counter()
        ask()
        each.append(time.perf_counter() - start)
    return report.Times(each, time.perf_counter() - began)


def _question(start: datetime, end: datetime, hierarchy: Hierarchy = Hierarchy.THEN) -> Asked:
    counting = Counting(
        Compare.DAYS,
        Result.ON_TIME,
        Result.OPEN_IN_TIME,
        Result.ON_TIME,
        counts_interlinked=False,
        valid=Span(SINCE.date()),
        source="bench",
    )
    return Asked(start, end, end + timedelta(days=1), counting, hierarchy)


if __name__ == "__main__":
    main()
