"""What stands for many dossiers in short, computed where they lie: a sum for each segment.

Only stored values are hashed; what they mean is looked at where two sums differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connections, transaction

from thongsuot.domain.dossier import Entry, name_of
from thongsuot.domain.reconciliation import Segment
from thongsuot.records.codec import Json, encode
from thongsuot.records.dossier import SHOWN_COLUMNS

_APART = "\x1f"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_SEGMENT = "('x' || substr(md5(d.code), 1, 3))::bit(12)::int"
_CODE = "('x' || substr(md5(d.code), 1, 16))::bit(64)::bigint"
# The hash of a record is a linear sum of its values' hashes: summed over rows as it is, two rows
# that exchanged a value would not be noticed. So it is hashed once more.
_MIXED = "hashint8extended(hash_record_extended(ROW({values}), 0), {kind})"
_ROW = _MIXED.format(
    kind=0, values=", ".join(["d.code", *(f'd."{name}"' for name in SHOWN_COLUMNS)])
)
_IDENTIFIER = _MIXED.format(kind=1, values="d.code, e.system, e.code")
# Each value seeds the next one's hash. The body as text: the hash of `jsonb` overlooks two values
# that changed places at some distances.
_HASHED = (
    "hashtextextended(e.body::text, hashtextextended(e.name, timestamp_hash_extended("
    "e.occurred_at AT TIME ZONE 'UTC', d.hash # e.version::bigint)))"
)
_WRITTEN = (
    "('x' || substr(md5(concat_ws(E'\\x1f', d.code, e.version, e.name, e.body::text,"
    " (extract(epoch FROM e.occurred_at) * 1000000)::bigint)), 1, 16))::bit(64)::bigint"
)
# A dossier is counted by its own row; all else only adds to the sum.
_EACH = (
    "SELECT {place} AS place, count(*) AS many, sum({digest}) AS total"
    " FROM records_dossierrow d WHERE true {only} GROUP BY 1"
)
# Where a dossier falls is reckoned once for it, and not once for each of its events.
_ADDED = (
    "SELECT d.place, 0, sum({digest}) FROM {table} e JOIN (SELECT d.id, d.code, {place} AS place,"
    " hashtextextended(d.code, 0) AS hash FROM records_dossierrow d WHERE true {only} OFFSET 0) d"
    " ON d.id = e.dossier_id {besides} GROUP BY 1"
)
_WHOLE = "SELECT place, sum(many)::bigint, sum(total) FROM ({parts}) parts GROUP BY 1"
_OF_SYSTEM = (
    " AND EXISTS (SELECT FROM records_legacydossierrow t"
    " WHERE t.dossier_id = d.id AND t.system = %(system)s)"
)
_KNOWN = (
    " AND EXISTS (SELECT FROM records_eventrow k WHERE k.dossier_id = d.id AND k.version = 1"
    " AND k.recorded_at <= %(known_at)s)"
)
_WITHIN = f" AND {_SEGMENT} = ANY(%(places)s)"


@dataclass(frozen=True, slots=True)
class Summed:
    """Which dossiers of a database are summed, and what of them.

    `is_written` sums texts that can be written anywhere, so that any side can be compared;
    otherwise the server sums the values as it holds them, which is quicker and its own matter.
    """

    system: str = ""  # whose dossiers; "" of all
    known_at: datetime | None = None  # None: all that is known
    of_rows: bool = False  # what lists read, and the codes in other systems
    of_events: bool = False
    is_written: bool = True


def of_segments(what: Summed, *, using: str = "default") -> dict[int, Segment]:
    """How many dossiers fall in each segment, and the sum of what stands for them."""
    return {
        place: Segment(many, int(total))
        for place, many, total in _asked(_statement(what, _SEGMENT), what, (), using)
    }


def of_codes(what: Summed, places: Iterable[int], *, using: str = "default") -> dict[str, Segment]:
    """What stands for each dossier in some segments."""
    narrowed = list(places)
    return {
        code: Segment(many, int(total))
        for code, many, total in _asked(_statement(what, "d.code", _WITHIN), what, narrowed, using)
    }


# An event as it is kept: its name, its body, when it happened.
Told = tuple[str, Json, datetime]


def told(entries: Iterable[Entry]) -> Iterator[Told]:
    """Events as they are kept, or will be."""
    return ((name_of(one.event), encode(one.event), one.occurred_at) for one in entries)


def written(code: str, events: Iterable[Told]) -> int:
    """What stands for a dossier with its events, the same number as PostgreSQL makes of them.

    Without events, what stands for its code alone.
    """
    return _number(code) + sum(
        _number(_line(code, version, event)) for version, event in enumerate(events, 1)
    )


def _line(code: str, version: int, event: Told) -> str:
    name, body, occurred_at = event
    moment = (occurred_at - _EPOCH) // _MICROSECOND
    return _APART.join((code, str(version), name, as_jsonb(body), str(moment)))


def as_jsonb(value: Json) -> str:
    """A value as PostgreSQL writes what it keeps as `jsonb`."""
    return json.dumps(_in_order(value), ensure_ascii=False)


def _in_order(value: Json) -> Json:
    """The shorter key first, then by their bytes."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
        return {name: _in_order(value[name]) for name in names}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _number(text: str) -> int:
    digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], signed=True)


def _statement(what: Summed, place: str, within: str = "") -> str:
    only = (_OF_SYSTEM if what.system else "") + (_KNOWN if what.known_at else "") + within
    digest = _ROW if what.of_rows else _CODE
    parts = [_EACH.format(place=place, digest=digest, only=only)]
    added = partial(_ADDED.format, place=place, only=only)
    if what.of_rows:
        parts.append(added(digest=_IDENTIFIER, table="records_identifierrow", besides=""))
    if what.of_events:
        known = " AND e.recorded_at <= %(known_at)s" if what.known_at else ""
        digest = _WRITTEN if what.is_written else _HASHED
        parts.append(added(digest=digest, table="records_eventrow", besides=known))
    return _WHOLE.format(parts=" UNION ALL ".join(parts))


def _asked(
    statement: str, what: Summed, places: Sequence[int], using: str
) -> list[tuple[Any, int, Any]]:
    given = {"system": what.system, "known_at": what.known_at, "places": [*places]}
    with transaction.atomic(using), connections[using].cursor() as cursor:
        # All dossiers beside all events: in less, each event would be written to a file and read.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(statement, given)
        return list(cursor.fetchall())
