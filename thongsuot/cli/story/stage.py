"""A database of the story's own: dropped and made anew, but only if it is marked as a demo."""

from __future__ import annotations

import sys

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
        for statement in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))
    work_in(name)
    call_command("prepare", mark="demo", stdout=sys.stderr)


def work_in(name: str) -> None:
    """Both connections of this process go to the database of this name."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


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
