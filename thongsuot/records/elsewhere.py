"""Another database of ours on the same server, only to be looked at: a copy, a backup put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.words.reading import is_keepable, shown

_numbers = count(1)


class NoSuchDatabase(Refusal):
    """The server has no database of this name, or we may not look into it."""

    code = "no_such_database"
    kind = Kind.UNKNOWN


class DatabaseOtherwise(Refusal):
    """The other database is laid out by another release: its rows cannot be put beside ours."""

    code = "database_otherwise"


@contextmanager
def opened(name: str) -> Iterator[str]:
    """The alias under which another database is looked at, and cannot be written to.

    Raises NoSuchDatabase, DatabaseOtherwise.
    """
    alias = f"elsewhere_{next(_numbers)}"  # several may be looked at together
    ours = connections["default"].settings_dict
    options = {**ours["OPTIONS"], "options": "-c default_transaction_read_only=on"}
    connections.databases[alias] = {**ours, "NAME": name, "OPTIONS": options}
    try:
        if not is_keepable(name):
            raise NoSuchDatabase("side", given=shown(name))
        try:
            connections[alias].ensure_connection()
        except (ImproperlyConfigured, OperationalError):  # the first: its name is too long for one
            raise NoSuchDatabase("side", given=name) from None
        if _laid_out(alias) != _laid_out("default"):
            raise DatabaseOtherwise("side", given=name)
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _laid_out(alias: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[alias]).applied_migrations())
