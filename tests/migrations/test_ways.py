"""The ways between the versions of the tables: all of them forwards, and all of them back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping

import psycopg
import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

APP = "records"
Environment = Mapping[str, str]


@pytest.fixture
def empty(environment: dict[str, str]) -> Iterator[Environment]:
    """An empty database beside the one of the tests, on the same server."""
    url, _, name = environment["DATABASE_URL"].rpartition("/")
    name, _, options = name.partition("?")
    scratch = f"empty_{name}"  # a name that no other run takes for a remainder of its own
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
        yield environment | {
            "DATABASE_URL": f"{url}/{scratch}" + (f"?{options}" if options else "")
        }
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(scratch)))


def migrate(environment: Environment, *where: str) -> set[str]:
    """Migrate as an operator would; the tables of ours that are there afterwards."""
    command = [sys.executable, "-m", "thongsuot.cli.main", "migrate", *where]
    done = subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'records_%'"
        ).fetchall()
    return {name for (name,) in found}


@pytest.mark.django_db
def test_the_tables_are_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_goes_forwards_and_back_and_forwards_again(empty: Environment) -> None:
    tables = migrate(empty, APP)
    after = migrate(empty, APP, "zero")
    again = migrate(empty, APP)

    assert "records_eventrow" in tables
    assert after == set()
    assert again == tables


def test_each_migration_is_named_for_people() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app == APP]

    assert names
    assert [name for name in names if "auto" in name] == []
