"""Servers to try things on, and what is asked of them."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg

from thongsuot import env
from thongsuot.running import postgres
from thongsuot.running.postgres import Server
from thongsuot.running.processes import wait_until

PROGRAMS = env.PG_BIN_DIR.read()


def server_in(var: Path) -> AbstractContextManager[Server]:
    """A server of the version under test; nothing it holds matters."""
    return postgres.ensure(var, programs=PROGRAMS, fast=True)


def ask(server: Server, question: str, database: str = "postgres") -> str:
    """One answer of the server."""
    with psycopg.connect(server.address.url(database), autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
    return str(row[0]) if row else ""


def kill(server: Server) -> int:
    """End the server as a power cut would."""
    pid = server.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: server.pid is None, seconds=10)
    return pid
