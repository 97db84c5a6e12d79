"""The house set up for a measurement, with a database of its own that is dropped at the end.

Imported first, before anything that knows tables.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from thongsuot.cli.main import embedded_server

DATABASE = "thongsuot_bench"

os.environ["THONGSUOT_DATABASE"] = DATABASE
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
django.setup()

from thongsuot.records.cutover import CutoverRuleRow  # noqa: E402 - only once Django is set up


@contextmanager
def database() -> Iterator[None]:
    """A server that runs with fsync on, a new database with the shipped data, marked as a test."""
    with embedded_server():
        _drop()
        _on_maintenance("CREATE DATABASE {}")
        try:
            call_command("prepare", mark="test", stdout=sys.stderr)
            # What is measured is receiving here: no field has moved.
            CutoverRuleRow.objects.all().delete()
            yield
        finally:
            connections.close_all()
            _drop()


@contextmanager
def kept(name: str) -> Iterator[None]:
    """A server that runs, and an empty database that stays when the work is over."""
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    with embedded_server():
        with connected("postgres") as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def loaded(name: str) -> Iterator[None]:
    """A server that runs, and a database that was filled before; only looks are logged in it."""
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    with embedded_server():
        try:
            yield
        finally:
            connections.close_all()


def connected(name: str) -> psycopg.Connection:
    """A bare connection to a database of the same server; each statement is its own."""
    at = connection.settings_dict
    return psycopg.connect(
        host=at["HOST"] or None,
        port=at["PORT"] or None,
        user=at["USER"] or None,
        password=at["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )


def _drop() -> None:
    _on_maintenance("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _on_maintenance(statement: str) -> None:
    with connected("postgres") as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(DATABASE)))
