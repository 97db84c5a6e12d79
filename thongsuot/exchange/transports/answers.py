"""What stands in an answer: JSON in UTF-8 or nothing, and how long a partner asks us to wait."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from thongsuot.exchange.transports.http import Reply, Unreadable

# Partners ask for seconds; a day is more than any of them means.
LONGEST_WAIT = timedelta(days=1)


def json_of(body: bytes) -> Any:
    """A body as JSON. Raises Unreadable."""
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as reason:
        raise Unreadable("not JSON in UTF-8") from reason


def object_of(reply: Reply) -> dict[str, Any]:
    """The JSON object of an answer. Raises Unreadable."""
    told = json_of(reply.body)
    if not isinstance(told, dict):
        raise Unreadable("no JSON object")
    return told


def rows(told: object) -> list[dict[str, Any]]:
    """A list of objects. Raises Unreadable."""
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise Unreadable("no list of objects")
    return told


def text(given: object) -> str:
    """A word of an answer: partners write the same as text, as number, or not at all."""
    return str(given).strip() if isinstance(given, str | int | float) else ""


def asked_to_wait(reply: Reply) -> timedelta | None:
    """How long the partner asks us to wait, where it says so in seconds."""
    named = {name.lower(): value for name, value in reply.headers.items()}
    given = named.get("retry-after", "")
    return min(timedelta(seconds=int(given)), LONGEST_WAIT) if given.isdecimal() else None


def written(data: object) -> bytes:
    """JSON as it goes out: Vietnamese letters as they are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
