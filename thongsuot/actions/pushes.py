"""What a partner sends by itself is kept as it came; only then does the partner hear so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from thongsuot import env
from thongsuot.actions import inbox
from thongsuot.domain.exchange import Arrival, ConnectionState
from thongsuot.records import exchange
from thongsuot.records.exchange import ConnectionRow

SECRET = "inbound"  # noqa: S105 - the name under which a connection names it
LONGEST_KIND = 40


class Heard(StrEnum):
    """What a partner is told."""

    TAKEN = "taken"
    REPEATED = "repeated"
    REFUSED = "refused"


# What the national portal expects of an address of the province; others say so in `answers`.
ANSWERS: Mapping[Heard, Mapping[str, Any]] = {
    Heard.TAKEN: {"error_code": 0, "message": "Đã nhận"},
    Heard.REPEATED: {"error_code": 1, "message": "Đã nhận trước đó"},
    Heard.REFUSED: {"error_code": -1, "message": "Không được phép gửi"},
}


@dataclass(frozen=True, slots=True)
class Push:
    """What came to the door: to whose address, what, and what stands with it as a proof.

    `header` is what stood in the header for it, `in_address` what stood in the address.
    """

    partner: str
    what: str
    content: bytes
    header: str = ""
    in_address: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer in the partner's own manner."""

    heard: Heard
    answer: Mapping[str, Any]


def take(push: Push, *, at: datetime) -> Told:
    """Keep what came, if it proves that it comes from the partner; it is read later.

    When this returns it is kept for good: the answer may be given.
    """
    row = exchange.connection_of(push.partner, at=at)
    if row is None or row.state == ConnectionState.FROZEN:
        return Told(Heard.REFUSED, ANSWERS[Heard.REFUSED])
    body = _body(push.content)
    if not _is_proved(row, push, body):
        return _told(row, Heard.REFUSED)
    key = hashlib.sha256(push.what.encode() + b"\n" + push.content).hexdigest()
    kept = dict(body)
    kept.pop(_field(row), None)  # the proof is no part of what was said
    arrival = Arrival(push.partner, key, push.what[-LONGEST_KIND:], kept)
    return _told(row, Heard.TAKEN if inbox.keep(arrival, at=at) else Heard.REPEATED)


def _told(row: ConnectionRow, heard: Heard) -> Told:
    answers = row.settings.get("answers")
    own = answers.get(heard.value) if isinstance(answers, dict) else None
    return Told(heard, own if isinstance(own, dict) else ANSWERS[heard])


def _is_proved(row: ConnectionRow, push: Push, body: Mapping[str, Any]) -> bool:
    """Whether the secret of the connection stands where its settings say.

    `proof` is `header` (usual), `body` (in the field `proof_field`) or `address`.
    """
    secret = env.secret(row.secrets[SECRET]) if SECRET in row.secrets else ""
    match row.settings.get("proof", "header"):
        case "body":
            given = str(body.get(_field(row), ""))
        case "address":
            given = push.in_address
        case _:
            given = push.header.removeprefix("Bearer ")
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def _field(row: ConnectionRow) -> str:
    return str(row.settings.get("proof_field", "SecurityCode"))


def _body(content: bytes) -> Mapping[str, Any]:
    """What came, in a form that can be kept: JSON as it is, anything else byte for byte."""
    try:
        told = json.loads(content.decode("utf-8"))
        json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        return _bytes(content)
    # PostgreSQL keeps no such sign within JSON.
    if not isinstance(told, dict) or b"\\u0000" in content:
        return _bytes(content)
    return told


def _bytes(content: bytes) -> Mapping[str, Any]:
    return {"bytes_as_base64": base64.b64encode(content).decode()}
