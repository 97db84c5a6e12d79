"""One message on its way out, and one that came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message owed, as a connector gets it; the payload was fixed when the fact happened.

    `number` is unique over all partners and never used again.
    """

    number: int
    partner: str
    dossier: str
    seq: int
    kind: str
    payload: Mapping[str, Any]
    payload_hash: str
    owed_at: datetime
    attempt: int = 1
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a partner sent us. `key` is the partner's name for it, or a digest where it has none.

    `body` is kept as it came, whatever we make of it.
    """

    partner: str
    key: str
    kind: str
    body: Mapping[str, Any]
    said_at: datetime | None = None
