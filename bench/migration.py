"""How many old dossiers a second are read, loaded and compared, beside a floor of COPY.

The floor puts the very rows of the load into the same tables, with their indexes, constraints and
triggers, from text prepared in advance: nothing read, judged or looked up. Each dossier has eight
events and the metadata of three files. The first tenth of the load is set apart, because codes are
looked up in it for the first time; then its first and its last half are compared: a dossier must
not cost more when there are many.
Run: python -m bench.migration [--dossiers N] [--processes N] [--seed S] [--compare]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from django.db import connection, connections, transaction
from psycopg import sql

from bench import house, report
from bench.report import Spent
from thongsuot.actions import migration
from thongsuot.actions.reconciliation import reconcile
from thongsuot.domain.duties import Person
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.spans import to_range

LAYOUT, SYSTEM = "opencps-csv", "he-cu"
TOLD_AT = datetime(2026, 9, 14, 18, tzinfo=VIETNAM)
AT = datetime(2026, 9, 15, 9, tzinfo=VIETNAM)
STEPS, PAPERS = migration.STEPS_AT_MOST, migration.PAPERS_AT_MOST
WANTED_RATE, WANTED_SHARE, WANTED_MB, WANTED_GROWTH = 5_000, 1 / 3, 500, 0.10
TABLES = (
    "records_dossierrow",
    "records_eventrow",
    "records_identifierrow",
    "records_legacydossierrow",
    "records_migrationoutcomerow",
)


@dataclass(frozen=True, slots=True)
class _Passed:
    """How far a load had come, when, and what of the processors it had taken by then."""

    row: int
    at: float
    spent: Spent


def main() -> None:
    """Measure once, and print what it was measured on."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--dossiers", type=int, default=5_000)
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--compare", action="store_true")
    given = asked.parse_args()
    with house.database(), TemporaryDirectory() as folder:
        _measure(Path(folder, "xuat"), given)
        print(report.machine())
        print(report.postgres())


def _measure(path: Path, given: argparse.Namespace) -> None:
    one, other = (_engineer(name) for name in ("ky.su.1", "ky.su.2"))
    many: int = given.dossiers
    migration.generate(
        path,
        layout=LAYOUT,
        dossiers=many,
        defects="all",
        seed=given.seed,
        told_at=TOLD_AT,
        steps=STEPS,
        papers=PAPERS,
    )
    read = _timed(
        lambda: migration.read(path, layout=LAYOUT, system=SYSTEM, told_at=TOLD_AT, by=one, at=AT)
    )
    number = 1
    migration.propose(number, by=one, at=AT)
    for signer in (one, other):
        migration.sign_maps(number, by=signer, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connections.close_all()  # as the load does, before it asks others to prepare for it
    passed = [_Passed(0, time.perf_counter(), _spent())]
    with _memory() as memory:
        books = migration.load(
            number,
            by=one,
            at=AT,
            processes=given.processes,
            tell=lambda row: passed.append(_Passed(row, time.perf_counter(), _spent())),
        )
    load = passed[-1].at - passed[0].at
    print(f"  {report.sizes(*TABLES)}, {books}, {given.processes} processes")
    _tell("read", many, read)
    _tell("load", many, load, passed[-1].spent - passed[0].spent)
    if given.compare:
        sides = (f"export:{path}", "records")
        _tell(
            "compare", many, _timed(lambda: reconcile(*sides, level=ReconcileLevel.MEANING, at=AT))
        )
    before = _spent()
    floor = _floor()
    taken = _spent() - before
    _tell("COPY", many, floor, taken)
    wanted = f"wanted {WANTED_RATE:,} a second, {WANTED_SHARE:.2f} of COPY, {WANTED_MB} MB"
    print(f"  the load is {floor / load:.2f} of COPY; memory at most {max(memory)} MB ({wanted})")
    print(f"  {_growth(passed)} (wanted at most {WANTED_GROWTH:.0%} from 100,000 to 1,000,000)")


def _tell(name: str, many: int, seconds: float, taken: Spent | None = None) -> None:
    print(
        f"  {name:<10}{many / seconds:>9,.0f} dossiers a second   {seconds:6.1f} s   {taken or ''}"
    )


def _growth(passed: list[_Passed]) -> str:
    """What a dossier of the last half costs more than one of the first, of processor and clock."""
    begun = len(passed) // 10
    half = (len(passed) + begun) // 2
    costs = [_cost(passed[begun], passed[half]), _cost(passed[half], passed[-1])]
    (here, server, clock), (here_, server_, clock_) = costs
    more = (here_ + server_) / (here + server) - 1
    return (
        f"a dossier of the first half {here:.0f} + {server:.0f} µs of processor here and in "
        f"PostgreSQL, {clock:.0f} by the clock; of the last {here_:.0f} + {server_:.0f}, "
        f"{clock_:.0f}: {more:+.0%}"
    )


def _cost(since: _Passed, until: _Passed) -> tuple[float, float, float]:
    rows, spent = (until.row - since.row) / 1e6, until.spent - since.spent
    return spent.python / rows, spent.server / rows, (until.at - since.at) / rows


def _spent() -> Spent:
    """As `report.spent`, with what the processes that prepare have taken."""
    own = report.spent()
    ticks = os.sysconf("SC_CLK_TCK")
    for child in _children(os.getpid()):
        if _name_of(child) == _name_of(os.getpid()):
            own = Spent(own.python + sum(_times(child)) / ticks, own.server)
    return own


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in text.split()]


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _times(pid: int) -> tuple[int, int]:
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(told[11]), int(told[12])


@contextmanager
def _memory() -> Iterator[list[int]]:
    """The megabytes that this process and those that prepare for it take together, now and then."""
    seen = [_own_memory(os.getpid())]
    ends = Event()

    def look() -> None:
        while not ends.wait(0.2):
            mine = _name_of(os.getpid())
            hands = [one for one in _children(os.getpid()) if _name_of(one) == mine]
            seen.append(_own_memory(os.getpid()) + sum(map(_own_memory, hands)))

    looker = Thread(target=look, daemon=True)
    looker.start()
    try:
        yield seen
    finally:
        ends.set()
        looker.join()


def _own_memory(pid: int) -> int:
    """What a process takes of memory; of what several share, its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("Pss:")), 0)


def _engineer(account: str) -> Person:
    row = AccountRow.objects.create(username=account, name=account, office="H35.009")
    role = RoleRow.objects.get(code="operator")
    GrantRow.objects.create(
        account=row, role=role, office="", valid=to_range(Span(date(2020, 1, 1)))
    )
    return row.person()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _floor() -> float:
    """The same rows taken out as text, and put back by COPY alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)])
        there = {name for (name,) in cursor.fetchall()}
    tables = [name for name in TABLES if name in there]
    texts = {name: _copied_out(name) for name in tables}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL thongsuot.may_empty_events = 'yes'")
        cursor.execute(
            "TRUNCATE records_dossierrow, records_dossierwordsrow, records_migrationoutcomerow CASCADE"
        )
    begun = time.perf_counter()
    with transaction.atomic():
        for name in tables:
            _copied_in(name, texts[name])
    return time.perf_counter() - begun


def _copied_out(table: str) -> list[bytes]:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return [bytes(block) for block in copy]


def _copied_in(table: str, text: list[bytes]) -> None:
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in text:
            copy.write(block)


if __name__ == "__main__":
    main()
