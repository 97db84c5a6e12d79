"""How long a whole province takes to be re-arranged, and how long a counter waits meanwhile.

Every body that holds open dossiers goes, by threes, into a new one: each open dossier passes on,
and so does each of five thousand people who work there.
The plan is rehearsed, switched by a process of its own while a counter goes on receiving, and
undone. Run: python -m bench.reorganisation [--dossiers N | --loaded DATABASE] [--seed S]
A loaded database is copied first and stays as it was.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle

from django.core.management import call_command
from django.db import connection, connections, transaction
from psycopg import sql

from bench import house, report
from bench.receive import comers
from bench.report import Times
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.actions.reorganisation.rehearsal import look
from thongsuot.actions.seed import Sowing, sow
from thongsuot.domain.directory import Office
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Create, Merge, Operation, Plan
from thongsuot.domain.reorganisation.course import PlanStep
from thongsuot.domain.spans import Span
from thongsuot.queries import balance as queries
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.directory import ReceptionPointRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.spans import to_range
from thongsuot.words import plans

DAY = date(2026, 11, 2)
WANTED_SECONDS, WANTED_P99 = 60.0, 1000.0
TOGETHER, COMERS, WARM_UP, ACCOUNTS = 3, 4_000, 50, 5_000
BY = Person("cli:bench", "")
COPY = "thongsuot_bench_reorganisation"


def _appoint() -> None:
    """Whoever takes a plan back keeps the registers of the whole province."""
    role, _ = RoleRow.objects.get_or_create(
        code="bench-planner",
        defaults={"name": "đo", "acts": [], "rights": ["systems"], "source": "bịa để đo"},
    )
    account, _ = AccountRow.objects.get_or_create(
        username=BY.account, defaults={"name": "Người đo", "office": ""}
    )
    always = to_range(Span(date(2020, 1, 1)))
    GrantRow.objects.create(account=account, role=role, office="", valid=always)


def main() -> None:
    """Measure the rehearsal, the switch with receptions meanwhile, the balance and the undoing."""
    asked = _arguments()
    with _database(asked):
        plan = _plan()
        _employ([code for one in plan.operations if isinstance(one, Merge) for code in one.bodies])
        _say_where(plan)
        _tell("rehearsal", _timed(lambda: look(plan, at=plan.effective_at)))
        _approve(plan)
        _appoint()
        _switch_while_receiving(plan, asked.seed)
        _tell("balance", _timed(lambda: _balanced(plan)))
        at = plan.effective_at + timedelta(hours=1)
        _tell("undo", _timed(lambda: undoing.undo(key=plan.id, operation=None, by=BY, at=at)))


def _plan() -> Plan:
    """Every body with open dossiers goes into a new one, by threes of a kind."""
    holding = set[str]()
    for name in ("office", "competent_office", "return_office"):
        rows = DossierRow.objects.filter(is_handed_over=False)
        holding |= set(rows.values_list(name, flat=True).distinct())
    alike: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for code, office in sorted(records.bodies().standing(DAY).items()):
        if code in holding and office.parent is not None:
            alike[office.kind.value, office.level.value].append(office)
    operations: list[Operation] = []
    for offices in alike.values():
        for first in range(0, len(offices), TOGETHER):
            operations += _merged(offices[first : first + TOGETHER], len(operations))
    return Plan("bench", "Bench", "12", DAY, ("bench",), tuple(operations))


def _merged(offices: list[Office], number: int) -> list[Operation]:
    root = offices[0].code.canonical.split(".")[0]
    code, like = f"{root}.{900 - number // 2}", offices[0]
    parent = like.parent.canonical if like.parent else root
    codes = tuple(one.code.canonical for one in offices)
    return [Create(code, f"{like.name} mới", like.kind, like.level, parent), Merge(codes, code)]


@transaction.atomic
def _employ(offices: list[str]) -> None:
    """So many accounts that there are five thousand, with a role each, every third at a counter."""
    desks = dict(ReceptionPointRow.objects.filter(valid__contains=DAY).values_list("office", "key"))
    role = RoleRow.objects.get(code="counter")
    people = [
        AccountRow(
            username=f"bench-{number:05}",
            name=f"Bench {number}",
            office=office,
            reception_point="" if number % 3 else desks.get(office, ""),
        )
        for number, office in zip(range(AccountRow.objects.count(), ACCOUNTS), cycle(offices))
    ]
    AccountRow.objects.bulk_create(people, batch_size=1000)
    valid = (date(2025, 7, 1), None)
    GrantRow.objects.bulk_create(
        [GrantRow(account=one, role=role, office=one.office, valid=valid) for one in people],
        batch_size=1000,
    )


@transaction.atomic
def _approve(plan: Plan) -> None:
    row = records.draft(plan, plans.write(plan), by="a", at=plan.effective_at)
    for step in (PlanStep.REHEARSE, PlanStep.APPROVE):
        records.take_step(row, step, by="b", at=plan.effective_at)


def _switch_while_receiving(plan: Plan, seed: int) -> None:
    people = comers(COMERS, seed)
    for one in people[:WARM_UP]:
        one.receive()
    connections.close_all()
    began = time.perf_counter()
    worker = multiprocessing.get_context("fork").Process(target=_switch, args=(plan.id,))
    worker.start()
    each: list[float] = []
    while worker.is_alive() and WARM_UP + len(each) < len(people):
        started = time.perf_counter()
        people[WARM_UP + len(each)].receive()
        each.append(time.perf_counter() - started)
    worker.join()
    seconds = time.perf_counter() - began
    if worker.exitcode:
        raise SystemExit("the switch failed")
    _tell("switch", seconds)
    p99 = Times(each, seconds).share(0.99)
    print(f"  meanwhile {len(each):,} receptions, p99 {p99:,.0f} ms (ratio {p99 / WANTED_P99:.2f})")
    switching.catch_up(plan.id, at=plan.effective_at + timedelta(minutes=1))


def _switch(key: str) -> None:
    connections.close_all()
    at = records.find(key).value().effective_at
    _timed(lambda: switching.switch(key=key, by=BY, at=at))


def _balanced(plan: Plan) -> None:
    found = queries.balance(plan.id, on=DAY)
    print(f"  {found.sentence}")
    wrong = [one for one in found.checks if not one.holds]
    if not found.closes:
        raise SystemExit(f"the balance does not close: {wrong}")


def _timed(work: Callable[[], object]) -> float:
    began, before = time.perf_counter(), report.spent()
    work()
    print(f"  {report.spent() - before}")
    return time.perf_counter() - began


def _tell(what: str, seconds: float) -> None:
    ratio = seconds / WANTED_SECONDS
    print(f"  {what:<12}{seconds:>8.1f} s   ratio {ratio:.2f} (wanted: 1 at a million)", flush=True)


def _say_where(plan: Plan) -> None:
    open_now = DossierRow.objects.filter(ended_at=None).count()
    people = AccountRow.objects.count()
    print(f"{open_now:,} open dossiers, {people:,} accounts, {len(plan.operations)} operations,")
    print(f"  {report.sizes('records_dossierrow', 'records_eventrow')},")
    print(f"  {report.postgres()}, {report.machine()}", flush=True)


@contextmanager
def _database(asked: argparse.Namespace) -> Iterator[None]:
    if not asked.loaded:
        with house.database():
            sow(Sowing(asked.dossiers, asked.seed, open_share=0.1))
            yield
        return
    with house.loaded(asked.loaded):
        _on_server("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", asked.loaded)
        _on_server("CREATE DATABASE {copy} TEMPLATE {of} STRATEGY file_copy", asked.loaded)
        for alias in connections:
            connections[alias].settings_dict["NAME"] = COPY
        try:
            call_command("migrate", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            yield
        finally:
            connections.close_all()
            _on_server("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", asked.loaded)


def _on_server(statement: str, of: str) -> None:
    with house.connected("postgres") as server:
        names = {"copy": sql.Identifier(COPY), "of": sql.Identifier(of)}
        server.execute(sql.SQL(statement).format(**names))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=20_000)
    parser.add_argument("--loaded", default="")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
