"""A database of the story's own: dropped and made anew, but only if it is marked as a demo."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from thongsuot.domain.refusal import Refusal

USUAL = "thongsuot_demo"
MAINTENANCE = "postgres"


class NotADemoDatabase(Refusal):
    """A database that holds something else is not dropped for a story."""

    code = "not_a_demo_database"


def begin_anew(name: str) -> None:
    """Make the database of the story anew, fill it with the shipped data, and work in it.

    Raises NotADemoDatabase.
    """
    with _connected(MAINTENANCE) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found:
            _require_demo(name)
    _remake(name, "CREATE DATABASE {}")
    work_in(name)
    call_command("prepare", mark="demo", stdout=sys.stderr)


@contextmanager
def on_a_copy() -> Iterator[None]:
    """Work in a copy of the story's database meanwhile; nothing of it is kept."""
    name = str(connections["default"].settings_dict["NAME"])
    copy = f"{name}_copy"
    work_in(copy)  # nobody may be in a database that is copied
    _remake(copy, "CREATE DATABASE {} TEMPLATE {}", name)
    try:
        yield
    finally:
        work_in(name)
        _remake(copy)


def work_in(name: str) -> None:
    """Both connections of this process go to the database of this name."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _remake(name: str, making: LiteralString = "", *others: str) -> None:
    """Drop a database, and make it anew as the statement says."""
    named = [sql.Identifier(one) for one in (name, *others)]
    with _connected(MAINTENANCE) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named[0]))
        if making:
            server.execute(sql.SQL(making).format(*named))


def _require_demo(name: str) -> None:
    with _connected(name) as there:
        tables = there.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if tables.fetchone() == (0,):
            return
        marked = there.execute("SELECT to_regclass('records_markrow') IS NOT NULL").fetchone()
        mark = (
            there.execute("SELECT kind FROM records_markrow").fetchone()
            if marked == (True,)
            else None
        )
        if mark != ("demo",):
            raise NotADemoDatabase("database", name=name)


def _connected(name: str) -> psycopg.Connection:
    at = connections["default"].settings_dict
    return psycopg.connect(
        host=at["HOST"] or None,
        port=at["PORT"] or None,
        user=at["USER"] or None,
        password=at["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )
