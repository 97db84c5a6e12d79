"""Migrations that wait for a lock or run for long give up instead of holding the office up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    """Django's own, with the two timeouts set on its connection."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds how long a statement may wait for a lock, and how long it may take."""
        super().add_arguments(parser)
        parser.add_argument("--lock-timeout", default="4s", help="longest wait for a lock")
        parser.add_argument("--statement-timeout", default="60s", help="longest statement")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Set the timeouts, migrate, and leave the connection as it was."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            for name in ("lock_timeout", "statement_timeout"):
                cursor.execute("SELECT set_config(%s, %s, false)", [name, options[name]])
        try:
            return super().handle(*args, **options)
        finally:
            connection.close()
