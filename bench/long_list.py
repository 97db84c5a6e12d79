"""How long a list of very many dossiers takes as CSV and as a workbook, and how much memory.

The dossiers and their stretches are made by SQL: what is measured is reading, writing and keeping.
Run: python -m bench.long_list [--dossiers N]
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import timedelta

from django.db import connection

from bench import house, report
from bench.reports import DAYS, SINCE, fill
from thongsuot.actions.reporting import exporting
from thongsuot.actions.reporting.exporting import OfCell
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.workers import tasks

# The columns that have no default, by what kind of value each holds.
_KINDS = {
    "character varying": "''",
    "text": "''",
    "integer": "0",
    "smallint": "0",
    "bigint": "0",
    "boolean": "false",
    "jsonb": "'{}'",
    "ARRAY": "'{}'",
    "timestamp with time zone": "%(since)s",
    "date": "%(since)s::date",
}
_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
 WHERE table_name = 'records_dossierrow' AND is_nullable = 'NO' AND column_name NOT IN ('id', 'code')
   AND is_generated = 'NEVER'
"""


def main() -> None:
    """Fill the tables, then have the worker make both files."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dossiers", type=int, default=1_000_000)
    dossiers = asked.parse_args().dossiers
    with house.database():
        fill(dossiers)
        _dossiers(dossiers)
        print(f"{dossiers:,} dossiers, {report.machine()}, memory before: {_memory():,.0f} MB")
        for kind in (exporting.CSV, exporting.XLSX):
            _measured(kind)


def _measured(kind: str) -> None:
    known_at = SINCE + timedelta(days=DAYS + 1)
    year = (SINCE + timedelta(days=DAYS - 400)).year
    cell = OfCell("quarterly", "II.06c", f"{year}-N", "", "total", "3", known_at)
    number = exporting.ask(cell=cell, kind=kind, account="bench", at=known_at)
    began = time.perf_counter()
    rows = tasks.make_long_list(export=number)
    row = ReportExportRow.objects.get(pk=number)
    print(
        f"  {kind:<6}{rows:>10,} rows in {time.perf_counter() - began:7.1f} s, "
        f"{row.size / 1e6:,.0f} MB, memory at most {_memory():,.0f} MB"
    )
    exporting.forget(at=known_at + timedelta(days=9))


def _dossiers(many: int) -> None:
    """As many dossiers as there are stretches of; only what a list reads is told apart."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        columns = {name: _KINDS[kind] for name, kind in cursor.fetchall()}
        columns["procedure_name"] = "'Thủ tục hành chính số ' || d %% 300"
        columns["code"] = "'H35.101-' || d"
        columns["id"] = "d"
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute("ALTER TABLE records_dossierrow DISABLE TRIGGER ALL")
        values = ", ".join(columns.values())
        made = f"SELECT {values} FROM generate_series(1, %(many)s) d"  # noqa: S608 - all of it is ours
        cursor.execute(
            f"INSERT INTO records_dossierrow ({names}) {made}", {"since": SINCE, "many": many}
        )
        cursor.execute("VACUUM ANALYZE records_dossierrow")


def _memory() -> float:
    """The most that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
