"""A database with as many dossiers as a province gathers in years, sown once and kept for measuring.

Every life is decided by the domain, as `thongsuot seed` does it, one in ten still open. The index of
words is made at the end: made once it costs a fraction of what it costs row by row.
Run: python -m bench.million [--dossiers N] [--database NAME] [--processes N] [--seed S]
Then: python -m bench.worklist --loaded NAME
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass, field

from django.core.management import call_command
from django.db import connection, connections

from bench import house, report
from thongsuot.actions.seed import Grown, Sowing, sow
from thongsuot.records.dossier import DossierWordsRow

OPEN_SHARE = 0.1


def main() -> None:
    """Make the database, sow, index, and say how long each took."""
    asked = _arguments()
    with house.kept(asked.database):
        call_command("prepare", mark="test", stdout=sys.stderr)
        words = DossierWordsRow._meta.indexes
        with connection.schema_editor() as editor:
            for index in words:
                editor.remove_index(DossierWordsRow, index)
        progress = _Progress()
        began = time.monotonic()
        sow(
            Sowing(asked.dossiers, asked.seed, open_share=OPEN_SHARE),
            processes=asked.processes,
            tell=progress.tell,
        )
        sown = time.monotonic()
        connections.close_all()
        with connection.schema_editor() as editor:
            for index in words:
                editor.add_index(DossierWordsRow, index)
        indexed = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        print(f"{asked.dossiers:,} dossiers, {OPEN_SHARE:.0%} open, seed {asked.seed}:")
        print(f"  {report.sizes('records_dossierrow', 'records_eventrow')},")
        print(f"  sown by {asked.processes} processes in {sown - began:,.0f} s,")
        print(f"  the words indexed in {indexed - sown:,.0f} s, {report.machine()}")


@dataclass(slots=True)
class _Progress:
    """A line for every hundred thousand."""

    began: float = field(default_factory=time.monotonic)
    next: int = 100_000

    def tell(self, grown: Grown) -> None:
        """How many there are, and since when."""
        if grown.dossiers >= self.next:
            passed = time.monotonic() - self.began
            sys.stderr.write(f"  {grown.dossiers:,} in {passed:,.0f} s\n")
            self.next += 100_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--database", default="thongsuot_million")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
