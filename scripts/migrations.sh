#!/bin/sh
# Reads the SQL of every migration after the first for statements that would hold the office up.
# The first one only makes empty tables: it has nothing to lock. Left out: the timeouts, which
# `migrate` sets; the widths of texts and numbers, which we choose; Django's way of filling a new
# column; and IF NOT EXISTS, which Django does not write.
set -eu
sql=$(mktemp -d)
trap 'rm -rf "$sql"' EXIT

for file in thongsuot/records/migrations/[0-9]*.py; do
    name=$(basename "$file" .py)
    case $name in 0001_*) continue ;; esac
    .venv/bin/python -m thongsuot.cli.main sqlmigrate records "$name" >"$sql/$name.sql"
done
if [ -n "$(ls "$sql")" ]; then
    .venv/bin/squawk --pg-version 15 \
        --exclude require-lock-timeout,require-statement-timeout,prefer-text-field,ban-drop-default \
        --exclude prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-robust-stmts \
        "$sql"/*.sql
fi
