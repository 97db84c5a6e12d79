"""How long two databases of as many dossiers take to be found equal, beside `reladiff`.

A copy of a database stands beside it on one server. At row level both compare the same table with
all that it says of a dossier; from field level on, we compare all identifiers and events besides.
`reladiff` is no part of the product: it is run where its program is found or named. Each measures
in turn, and the best of the rounds counts.
Run: python -m bench.reconcile --loaded NAME [--reladiff PROGRAM], NAME sown by bench.million
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.db import connection, connections
from psycopg import sql

from bench import house, report
from thongsuot.actions.reconciliation import reconcile
from thongsuot.domain.reconciliation import ReconcileLevel, Segment
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import digests, elsewhere
from thongsuot.records.digests import Summed
from thongsuot.records.dossier import SHOWN_COLUMNS

AT = datetime(2026, 9, 15, 9, tzinfo=VIETNAM)
COPY = "thongsuot_bench_copy"
TABLE = "records_dossierrow"
ROWS = Summed(of_rows=True, is_written=False)
SPOILT = 100


class Took(NamedTuple):
    """How long something took, and how much of the server's processors: that, no neighbour adds to."""

    seconds: float
    server: float


def main() -> None:
    """Measure, and print what it was measured on."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--loaded", required=True)
    asked.add_argument("--reladiff", default=shutil.which("reladiff") or "")
    asked.add_argument("--rounds", type=int, default=2)
    given = asked.parse_args()
    with house.loaded(given.loaded), _copied(given.loaded):
        many = _many()
        print(f"{many:,} dossiers against {many:,}, equal:")
        ours, theirs = list[Took](), list[Took]()
        for _ in range(given.rounds):
            ours.append(_timed(_rows_agree))
            if given.reladiff:
                theirs.append(_timed(lambda: _reladiff(given.reladiff, given.loaded)))
        _tell("rows", min(ours), many)
        if theirs:
            _tell("rows, reladiff", min(theirs), many)
            time_, server = (a / b for a, b in zip(min(ours), min(theirs), strict=True))
            print(f"  we take {time_:.2f} of the time of reladiff, {server:.2f} of its server")
        else:
            print("  reladiff is not there (pip install reladiff): not compared with it")
        for level in (ReconcileLevel.KEYS, ReconcileLevel.FIELDS, ReconcileLevel.MEANING):
            _tell(level.value, _timed(partial(_agree, level)), many)
        _spoil()
        _tell(f"{SPOILT} spoilt", _timed(_found), many)
        print(report.machine())
        print(report.postgres())


@contextmanager
def _copied(name: str) -> Iterator[None]:
    connections.close_all()
    with house.connected("postgres") as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(COPY))
        server.execute(drop)
        both = sql.Identifier(COPY), sql.Identifier(name)
        # Page by page: by its log, a copy of gigabytes would be written twice.
        copied = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        server.execute(sql.SQL(copied).format(*both))
        try:
            yield
        finally:
            connections.close_all()
            server.execute(drop)


def _rows_agree() -> None:
    """The table alone, both sides at once, as `reconcile` asks for it."""
    with elsewhere.opened(COPY) as alias, ThreadPoolExecutor(1) as beside:
        theirs = beside.submit(_beside, alias)
        if digests.of_segments(ROWS) != theirs.result():
            raise AssertionError("two copies differ")


def _beside(alias: str) -> dict[int, Segment]:
    try:
        return digests.of_segments(ROWS, using=alias)
    finally:
        connections[alias].close()


def _agree(level: ReconcileLevel) -> None:
    if not reconcile("records", f"records:{COPY}", level=level, at=AT).is_equal:
        raise AssertionError("two copies differ")


def _found() -> None:
    found = reconcile("records", f"records:{COPY}", level=ReconcileLevel.MEANING, at=AT)
    if len({one.code for one in found.differences}) != SPOILT:
        raise AssertionError(f"{SPOILT} were spoilt: {found.differences[:3]}")


def _spoil() -> None:
    """A few dossiers of the copy get another fee, another body, or lose their last event."""
    with house.connected(COPY) as copy:
        copy.execute("SET session_replication_role = replica")
        copy.execute(
            "UPDATE records_eventrow SET body = jsonb_set(body, '{applicant,name}', '\"Khác\"')"
            " WHERE version = 1 AND dossier_id IN"
            " (SELECT id FROM records_dossierrow ORDER BY md5(code) LIMIT %s)",
            [SPOILT],
        )


def _reladiff(program: str, name: str) -> None:
    """All columns of the table by its number, with as many threads as there are processors."""
    with TemporaryDirectory() as folder:
        told = Path(folder, "reladiff.toml")
        sides = [_database("ours", name), _database("theirs", COPY)]
        run = [f'{n}.database = "{side}"\n{n}.table = "{TABLE}"' for n, side in _SIDES]
        told.write_text("\n".join([*sides, "[run.rows]", *run]))
        columns = [word for column in SHOWN_COLUMNS for word in ("-c", column)]
        asked = [program, "--conf", str(told), "--run", "rows", "-k", "id", "-s", "-j", "2"]
        done = subprocess.run([*asked, *columns], capture_output=True, text=True, check=True)
        if "0 rows updated" not in done.stdout:
            raise AssertionError(done.stdout)


_SIDES = ((1, "ours"), (2, "theirs"))


def _database(called: str, name: str) -> str:
    at = connection.settings_dict
    return (
        f'[database.{called}]\ndriver = "postgresql"\nhost = "{at["HOST"]}"\n'
        f'port = {at["PORT"]}\nuser = "{at["USER"]}"\npassword = "{at["PASSWORD"]}"\n'
        f'database = "{name}"\n'
    )


def _many() -> int:
    return sum(one.many for one in digests.of_segments(Summed()).values())


def _timed(work: Callable[[], object]) -> Took:
    begun, served = time.perf_counter(), report.served()
    work()
    return Took(time.perf_counter() - begun, report.served() - served)


def _tell(what: str, took: Took, many: int) -> None:
    rate = f"{many / took.seconds:>12,.0f} dossiers a second"
    print(f"  {what:<16}{took.seconds:>7.2f} s{rate}   processor of the server {took.server:.2f} s")


if __name__ == "__main__":
    main()
