"""A disk that is full while an old system is brought in: one sentence, and nothing half-done."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError

from thongsuot.domain.refusal import Refusal
from thongsuot.words.migration import DATABASE, FILES, TEMPORARY

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DISK_FULL = "53100"  # as PostgreSQL calls it


class NoRoomLeft(Refusal):
    """The disk of the database, of the papers or of what is joined meanwhile is full."""

    code = "no_room_left"


@contextmanager
def while_there_is_room() -> Iterator[None]:
    """What was acknowledged stays; the batch that found no room is given up whole.

    Raises NoRoomLeft.
    """
    try:
        yield
    except OSError as full:
        if full.errno not in _NO_ROOM:
            raise
        raise NoRoomLeft("disk", disk=FILES) from full
    except sqlite3.OperationalError as full:
        if full.sqlite_errorcode not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise
        raise NoRoomLeft("disk", disk=TEMPORARY) from full
    except (DatabaseError, psycopg.Error) as full:  # of a COPY it comes as it is
        if _DISK_FULL not in (getattr(one, "sqlstate", "") for one in (full, full.__cause__)):
            raise
        raise NoRoomLeft("disk", disk=DATABASE) from full
