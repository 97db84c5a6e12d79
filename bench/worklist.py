"""How long the work list takes: counts, pages, filters and search, with several people at once.

Run: python -m bench.worklist [--dossiers N] [--people N] [--rounds N] [--seed S]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import connections

from bench import house, report
from bench.report import Times
from thongsuot.actions.seed import Sowing, sow
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import dossier as queries
from thongsuot.queries.dossier import Tab
from thongsuot.queries.filters import Filters
from thongsuot.records.access import AccountRow
from thongsuot.records.dossier import DossierRow

PAGE = 41
WANTED = 150
SEARCHES = ("an nguyen", "lo thi", "dat dai", "my giang", "khai sinh tan")

Question = Callable[[str, int], object]


def main() -> None:
    """Sow, then ask what a desk asks."""
    asked = _arguments()
    with house.database():
        sow(Sowing(asked.dossiers, asked.seed))
        measure(people=asked.people, rounds=asked.rounds, seed=asked.seed)


def measure(*, people: int, rounds: int, seed: int) -> None:
    """Ask each question by so many people at once, and print how long it took them."""
    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE records_dossierrow")
    print(f"the work list: {people} people at once, {rounds} rounds each, seed {seed},")
    print(f"  {report.sizes('records_dossierrow')},")
    print(f"  {report.postgres()},")
    print(f"  {report.machine()}")
    accounts = list(AccountRow.objects.order_by("username").values_list("username", flat=True))
    for name, question in _questions().items():
        print(_asked(question, accounts, people, rounds).line(name))
    print(f"  wanted: p95 within {WANTED} ms at 1 000 000 dossiers")


def _questions() -> dict[str, Question]:
    last = DossierRow.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    at = (last or datetime(2026, 9, 15, tzinfo=VIETNAM)).astimezone(VIETNAM)

    def listed(account: str, filters: Filters, after: str = "") -> object:
        return queries.worklist(
            account, tab=Tab.OFFICE, at=at, filters=filters, after=after, limit=PAGE
        )

    def following(account: str, _: int) -> object:
        first = queries.worklist(account, tab=Tab.OFFICE, at=at, limit=PAGE)
        return listed(account, Filters(), first[-1].code) if first else ()

    return {
        "counts of the tabs": lambda account, _: queries.counts(account, at=at),
        "first page": lambda account, _: listed(account, Filters()),
        "first page and the next": following,
        "late, nobody has it": lambda account, _: listed(
            account, Filters(standing="late", assignee="-")
        ),
        "search": lambda account, n: listed(account, Filters(search=SEARCHES[n % len(SEARCHES)])),
    }


def _asked(question: Question, accounts: list[str], people: int, rounds: int) -> Times:
    def timed(number: int) -> float:
        began = time.perf_counter()
        question(accounts[number % len(accounts)], number)
        return time.perf_counter() - began

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(timed, range(people)))  # everybody is connected
        began = time.perf_counter()
        each = list(pool.map(timed, range(people * rounds)))
        together = time.perf_counter() - began
        list(pool.map(lambda _: connections["default"].close(), range(people)))
    return Times(each, together)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
