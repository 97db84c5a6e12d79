"""`thongsuot <noun> <verb>`: sees to a database, then hands over to the command."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.utils import OperationalError, ProgrammingError

from thongsuot import env
from thongsuot.running import postgres
from thongsuot.running.trouble import CannotStart

# These look at files only, or start what they need themselves.
WITHOUT_DATABASE = {"check", "collectstatic", "demo", "help", "makemessages", "run"} | {
    "simulate",
    "version",
}
# These make the database ready, or must see it as it is.
AS_IT_IS = {"database", "dbshell", "makemigrations", "migrate", "prepare", "showmigrations"} | {
    "sqlmigrate"
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; a start that cannot be is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.settings")
    signal.signal(signal.SIGTERM, _leave_in_order)
    asked = [*(sys.argv if arguments is None else arguments)]
    try:
        env.check()
        with _database(_command(asked)):
            execute_from_command_line(asked)
    except (env.Misconfigured, CannotStart) as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(1)


def _command(asked: Sequence[str]) -> str:
    words = [word for word in asked[1:] if not word.startswith("-")]
    only_help = {"-h", "--help", "--version"} & {*asked}
    return "help" if only_help or not words else words[0]


@contextmanager
def _database(command: str) -> Iterator[None]:
    """A server that runs, a database that exists, and, where the command needs them, its tables."""
    if command in WITHOUT_DATABASE:
        yield
        return
    with embedded_server() as server:
        django.setup()
        if server:
            _make_database(server)
        if command not in AS_IT_IS and not _is_ready():
            call_command("prepare", stdout=sys.stderr)
        yield


def _is_ready() -> bool:
    """Whether the database was prepared to the end; one of the tests is filled by them."""
    if str(connection.settings_dict["NAME"]).startswith(TEST_DATABASE_PREFIX):
        return True
    try:
        # The accounts are what `prepare` makes last.
        return get_user_model().objects.exists()
    except ProgrammingError:
        return False


@contextmanager
def embedded_server() -> Iterator[postgres.Server | None]:
    """The embedded server in use; none where the operator named a server of their own."""
    if env.DATABASE_URL.read():
        yield None
        return
    with postgres.ensure(env.VAR.read(), programs=env.PG_BIN_DIR.read()) as server:
        yield server


def _make_database(server: postgres.Server) -> None:
    try:
        connection.ensure_connection()
    except OperationalError:
        server.create_database(str(connection.settings_dict["NAME"]))


def _leave_in_order(number: int, _frame: FrameType | None) -> None:
    """Asked to end, we leave through every `finally`, so that the last one stops the server."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
