"""How many old dossiers a second are read, loaded and compared, beside a floor of COPY.

The floor puts the very rows of the load into the same tables, with their indexes, constraints and
triggers, from text prepared in advance: nothing read, judged or looked up.
Run: python -m bench.migration [--dossiers N] [--seed S]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from psycopg import sql

from bench import house, report
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
TABLES = (
    "records_dossierrow",
    "records_eventrow",
    "records_identifierrow",
    "records_legacydossierrow",
    "records_migrationoutcomerow",
)


def main() -> None:
    """Measure once, and print what it was measured on."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--dossiers", type=int, default=5_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with house.database(), TemporaryDirectory() as folder:
        _measure(Path(folder, "xuat"), dossiers=given.dossiers, seed=given.seed)
        print(report.machine())
        print(report.postgres())


def _measure(path: Path, *, dossiers: int, seed: int) -> None:
    one, other = (_engineer(name) for name in ("ky.su.1", "ky.su.2"))
    migration.generate(
        path, layout=LAYOUT, dossiers=dossiers, defects="all", seed=seed, told_at=TOLD_AT
    )
    read = _timed(
        lambda: migration.read(path, layout=LAYOUT, system=SYSTEM, told_at=TOLD_AT, by=one, at=AT)
    )
    number = 1
    migration.propose(number, by=one, at=AT)
    for signer in (one, other):
        migration.sign_maps(number, by=signer, at=AT)
    load = _timed(lambda: migration.load(number, by=one, at=AT))
    compared = _timed(
        lambda: reconcile(f"export:{path}", "records", level=ReconcileLevel.MEANING, at=AT)
    )
    floor = _floor()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, seconds in (("read", read), ("load", load), ("COPY", floor), ("compare", compared)):
        print(f"  {name:<10}{dossiers / seconds:>9,.0f} dossiers a second   {seconds:6.1f} s")
    print(f"  the load takes {load / floor:.1f} times its floor; memory at most {memory} MB")


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
