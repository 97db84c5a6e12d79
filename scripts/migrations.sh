#!/bin/sh
# Reads the SQL of every migration after the first for statements that would hold the office up.
# The first one only makes empty tables: it has nothing to lock. Left out: the timeouts, which
# `migrate` sets; the widths of texts and numbers, which we choose; Django's way of filling a new
# column; and IF NOT EXISTS, which Django does not write.
set -eu
sql=$(mktemp -d)
trap 'rm -rf "$sql"' EXIT

.venv/bin/python - "$sql" <<'END'
import sys
from contextlib import redirect_stdout
from pathlib import Path

from thongsuot.cli.main import embedded_server, main

# One server for all: sqlmigrate connects, and would else start one for each.
with embedded_server():
    for file in sorted(Path("thongsuot/records/migrations").glob("[0-9]*.py"))[1:]:
        with (Path(sys.argv[1]) / f"{file.stem}.sql").open("w") as out, redirect_stdout(out):
            main(["thongsuot", "sqlmigrate", "records", file.stem])
END
.venv/bin/squawk --pg-version 15 \
    --exclude require-lock-timeout,require-statement-timeout,prefer-text-field,ban-drop-default \
    --exclude prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-robust-stmts \
    "$sql"/*.sql
