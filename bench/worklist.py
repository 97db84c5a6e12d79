"""How long the desk waits: the work list, its filters and its search, with many people at once.

The people sit in as many processes as the web server would have, so that they wait for the
processors and not for one interpreter. Nobody pauses between two questions.
Run: python -m bench.worklist [--dossiers N | --loaded DATABASE] [--people N] [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from multiprocessing.synchronize import Barrier
from random import Random

from django.db import connection, connections
from django.db.models import QuerySet
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from bench import house, report
from bench.report import Times
from thongsuot.actions.access import open_reading
from thongsuot.actions.seed import Sowing, sow
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import dossier as queries
from thongsuot.queries import register
from thongsuot.queries.dossier import Tab
from thongsuot.queries.filters import Filters
from thongsuot.queries.register import Wanted
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.dossier import DossierRow

PAGE = 41
WANTED = 150
# Alone, in pairs in either order, and by the names that communes had until 30/06/2025.
COMMON = ("nguyen", "khai sinh", "van", "lo thi", "ban sao")
RARE = ("my giang a", "pho phin lo", "xuyen tan", "quyet vang", "chieu ly")
OLD_PLACES = ("ban hon", "nung nang", "sung phai", "mu ca", "tan uyen")

Question = Callable[[Random], object]
ALONE = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose questions are asked, and on which day."""

    officials: tuple[str, ...]
    overseers: tuple[str, ...]
    fields: tuple[str, ...]
    at: datetime

    def official(self, chance: Random) -> str:
        """Somebody who works in one office."""
        return chance.choice(self.officials)

    def overseer(self, chance: Random) -> str:
        """Somebody who sees the whole province."""
        return chance.choice(self.overseers)


def main() -> None:
    """Sow, or take what was sown before; then ask what a desk asks."""
    asked = _arguments()
    with _database(asked):
        _measure(asked)


def _measure(asked: argparse.Namespace) -> None:
    """Ask each question by so many people at once, then all mixed, and print how long it took."""
    desk = _desk()
    turn = Turn(asked.people // asked.processes, asked.rounds, asked.seed)
    print(f"the work list: {asked.people} people at once in {asked.processes} processes,")
    print(f"  {turn.rounds} questions of a kind each, seed {turn.seed}, {desk.at:%d/%m/%Y %H:%M},")
    print(f"  {report.sizes('records_dossierrow')}, {open_rows().count():,} of them open,")
    print(f"  {report.postgres()},")
    print(f"  {report.machine()}")
    kinds = {name: ask for name, ask in _questions(desk).items() if asked.only in name}
    floors = {name: _floor(ask, turn.seed) for name, ask in kinds.items()}
    connections.close_all()  # a connection belongs to one process
    for name, floor in floors.items():
        times = _at_once(desk, name, turn, asked.processes)
        print(f"{times.line(name)}   alone, PostgreSQL only: {floor}", flush=True)
        if "page" in name:
            paused = _at_once(desk, name, replace(turn, pause=1.0), asked.processes)
            print(paused.line("  each asks once a second"), flush=True)
    if not asked.only:
        mixed = replace(turn, rounds=4 * turn.rounds)
        print(_at_once(desk, "", mixed, asked.processes).line("all of them, mixed"))
    print(f"  wanted: p95 within {WANTED} ms at 1 000 000 dossiers; load {os.getloadavg()[0]:.1f}")


def _questions(desk: Desk) -> Mapping[str, Question]:
    """What is asked, by the words of the report; each draws who asks."""

    def listed(
        filters: Filters, tab: Tab = Tab.OFFICE, *, who: Callable[[Random], str] = desk.official
    ) -> Question:
        return lambda chance: queries.worklist(
            who(chance), tab=tab, at=desk.at, filters=filters, limit=PAGE
        )

    def searched(words: tuple[str, ...], who: Callable[[Random], str] = desk.official) -> Question:
        return lambda chance: listed(Filters(search=chance.choice(words)), who=who)(chance)

    def second(chance: Random) -> object:
        who = desk.official(chance)
        first = queries.worklist(who, tab=Tab.OFFICE, at=desk.at, limit=PAGE)
        if not first:
            return first
        return queries.worklist(who, tab=Tab.OFFICE, at=desk.at, limit=PAGE, after=first[-1].code)

    def everywhere(words: tuple[str, ...]) -> Question:
        def page(chance: Random) -> object:
            by = Person(desk.overseer(chance), "")
            look = open_reading(by=by, about=register.ABOUT, purpose=Purpose.INSPECT, at=desk.at)
            wanted = Wanted(search=chance.choice(words))
            return register.listed(wanted, at=desk.at, reading=look, limit=PAGE)

        return page

    return {
        "counts of the tabs": lambda chance: queries.counts(desk.official(chance), at=desk.at),
        "counts, whole province": lambda chance: queries.counts(desk.overseer(chance), at=desk.at),
        **{f"tab {tab.value}": listed(Filters(), tab) for tab in Tab},
        **{
            f"tab {tab.value}, whole province": listed(Filters(), tab, who=desk.overseer)
            for tab in Tab
        },
        "first and second lines": second,
        "late, nobody has it": listed(Filters(standing="late", assignee="-")),
        "one field": lambda chance: listed(Filters(field=chance.choice(desk.fields)))(chance),
        "by post": listed(Filters(channel="post")),
        "by post, whole province": listed(Filters(channel="post"), who=desk.overseer),
        "search, common words": searched(COMMON),
        "search, rare words": searched(RARE),
        "search, old places": searched(OLD_PLACES),
        "province, common words": searched(COMMON, desk.overseer),
        "province, rare words": searched(RARE, desk.overseer),
        "province, old places": searched(OLD_PLACES, desk.overseer),
        "register, common words": everywhere(COMMON),
        "register, rare words": everywhere(RARE),
        "register, old places": everywhere(OLD_PLACES),
        "the whole page": lambda chance: _page(desk.official(chance)),
        "the whole page, searching": lambda chance: _page(
            desk.official(chance), q=chance.choice(COMMON + RARE)
        ),
    }


_clients: dict[str, Client] = {}
_handlers: list[ClientHandler] = []


def _page(account: str, **asked: str) -> None:
    """The page of the work list as it leaves the web server, signed in once."""
    client = _clients.get(account)
    if client is None:
        client = _clients[account] = _signed_in(account)
    answer = client.get("/", asked)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the page answered {answer.status_code}")


def _signed_in(account: str) -> Client:
    client = Client()
    client.handler = _handlers[0] if _handlers else client.handler
    _handlers[:] = [client.handler]
    client.force_login(AccountRow.objects.get(username=account))
    return client


def _desk() -> Desk:
    last = DossierRow.objects.order_by("-id").values_list("received_at", flat=True).first()
    at = (last or datetime(2026, 9, 15, tzinfo=VIETNAM)).astimezone(VIETNAM)
    offices = {str(row["office"]) for row in open_rows().values("office").distinct()}
    held = GrantRow.objects.filter(valid__contains=at.date(), account__is_active=True)
    procedures = open_rows().values("procedure").distinct()
    return Desk(
        officials=_holders(held.filter(office__in=offices)),
        overseers=_holders(held.filter(office="", role__code__in=["office", "inspector"])),
        fields=tuple(
            ProcedureRow.objects.filter(base__in=procedures)
            .order_by("field")
            .values_list("field", flat=True)
            .distinct()
        ),
        at=at,
    )


def _holders(grants: QuerySet[GrantRow]) -> tuple[str, ...]:
    names = grants.order_by("account__username").values_list("account__username", flat=True)
    return tuple(names.distinct())


def open_rows() -> QuerySet[DossierRow]:
    """The dossiers that are not ended."""
    return DossierRow.objects.filter(ended_at=None)


def _floor(ask: Question, seed: int) -> str:
    """The milliseconds that PostgreSQL itself works for one question, asked by one person alone."""
    spent = []
    for number in range(ALONE):
        with CaptureQueriesContext(connection) as asked:
            ask(Random(f"{seed} alone {number}"))  # noqa: S311 - nothing secret
        spent.append(sum(_execution(one["sql"]) for one in asked.captured_queries))
    return f"{statistics.median(spent):.1f} ms, at most {max(spent):.1f} ms"


def _execution(statement: str) -> float:
    if not statement.lstrip().startswith("SELECT"):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement.replace('%', '%%')}", ())
        (plan,) = cursor.fetchone()
    found = plan[0] if isinstance(plan, list) else json.loads(plan)[0]
    return float(found["Planning Time"]) + float(found["Execution Time"])


@dataclass(frozen=True, slots=True)
class Turn:
    """What one process asks: so many people, so many questions each, so many seconds apart.

    With a pause the time counts from the moment at which the question was meant to be asked.
    """

    people: int
    rounds: int
    seed: int
    pause: float = 0.0

    def moment(self, number: int) -> float:
        """When a question is asked, in seconds from the beginning: people do not come in step."""
        return self.pause * (number / self.people)


def _at_once(desk: Desk, name: str, turn: Turn, processes: int) -> Times:
    """The same kind of question, or a mix of all, from every person at the same time."""
    begin = multiprocessing.get_context("fork")
    together, answers = begin.Barrier(processes), begin.Queue()

    def work(number: int) -> None:
        try:
            answers.put(_asked(desk, name, replace(turn, seed=turn.seed * 100 + number), together))
        except BaseException as trouble:
            answers.put(trouble)
            together.abort()
            raise

    workers = [begin.Process(target=work, args=(n,)) for n in range(processes)]
    for worker in workers:
        worker.start()
    found = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    for one in found:
        if isinstance(one, BaseException):
            raise one
    began, ended = min(one[1] for one in found), max(one[2] for one in found)
    return Times([each for one in found for each in one[0]], ended - began)


def _asked(
    desk: Desk, name: str, turn: Turn, together: Barrier
) -> tuple[list[float], float, float]:
    questions = _questions(desk)
    asked = [questions[name]] if name else list(questions.values())
    began = 0.0

    def timed(number: int) -> float:
        chance = Random(f"{turn.seed} {number}")  # noqa: S311 - nothing secret
        ask = chance.choice(asked)
        meant = began + turn.moment(number) if turn.pause else time.monotonic()
        time.sleep(max(meant - time.monotonic(), 0))
        ask(chance)
        return time.monotonic() - meant

    with ThreadPoolExecutor(turn.people) as pool:
        for account in desk.officials if "page" in name else ():
            _page(account)  # everybody has signed in
        list(pool.map(timed, range(-2 * turn.people, 0)))  # everybody is connected
        together.wait()
        began = time.monotonic()
        each = list(pool.map(timed, range(turn.people * turn.rounds)))
        ended = time.monotonic()
        list(pool.map(lambda _: connections.close_all(), range(turn.people)))
    return each, began, ended


def _database(asked: argparse.Namespace) -> AbstractContextManager[None]:
    return house.loaded(asked.loaded) if asked.loaded else _sown(asked.dossiers, asked.seed)


@contextmanager
def _sown(dossiers: int, seed: int) -> Iterator[None]:
    with house.database():
        sow(Sowing(dossiers, seed, open_share=0.1), processes=os.cpu_count() or 1)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE records_dossierrow")
        yield


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument(
        "--loaded", default="", help="a database of the server that was sown before"
    )
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only the questions whose name holds this")
    return parser.parse_args()


if __name__ == "__main__":
    main()
