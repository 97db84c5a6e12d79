"""What changes rarely is read once, until a stamp says that some of it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, models

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Known = dict[object, Any]

# One stamp is in use at a time, and for a moment the one before it.
STAMPS_AT_MOST, LOOKS_AT_MOST = 3, 20_000

_by_stamp: dict[UUID, Known] = {}
_here: ContextVar[Known | None] = ContextVar("reference", default=None)


class ReferenceStampRow(models.Model):
    """Another value after each change of the catalogue, the directory, the calendars and the like.

    A trigger on their tables sets it, in the transaction of the change. Only one row.
    """

    stamp = models.UUIDField()


def remembered(look: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Look the same thing up only once for each stamp, in a block that is `unchanging`.

    What is found must be a value: many acts share it.
    """

    @wraps(look)
    def looked(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        known = _here.get()
        if known is None:
            return look(*args, **kwargs)
        key = (look, args, *sorted(kwargs.items()))
        if key not in known:
            found = look(*args, **kwargs)
            if len(known) >= LOOKS_AT_MOST:
                known.clear()
            known[key] = found
            return found
        remembered: Found = known[key]
        return remembered

    return looked


@contextmanager
def unchanging() -> Iterator[None]:
    """A block that works with what was known when it began, and changes none of it."""
    if _here.get() is not None:
        yield
        return
    token = _here.set(_known_now())
    try:
        yield
    finally:
        _here.reset(token)


def _known_now() -> Known:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp FROM records_referencestamprow")
        (stamp,) = cursor.fetchone() or (None,)
    if stamp is None:
        return {}
    if stamp not in _by_stamp and len(_by_stamp) >= STAMPS_AT_MOST:
        _by_stamp.clear()
    return _by_stamp.setdefault(stamp, {})
