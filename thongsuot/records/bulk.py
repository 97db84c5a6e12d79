"""Many dossiers at once: the same rows as one by one, written by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from django.db import connection, transaction

from thongsuot.domain.dossier import Dossier, Entry, Event, name_of
from thongsuot.domain.dossier.events import ProgressReported
from thongsuot.domain.messages import Message
from thongsuot.records.codec import encode
from thongsuot.records.copying import cell_of, copy_text, line_of
from thongsuot.records.dossier import (
    BODY_VERSION,
    DossierRow,
    EventRow,
    IdentifierRow,
    columns_of,
    search_of,
)
from thongsuot.records.messages import OutboxRow, owed_columns
from thongsuot.records.reference import unchanging
from thongsuot.records.writing import defaults_of

# Which numbers were taken: the first one by resolving body and day.
Reserved = dict[tuple[str, date], int]


@dataclass(frozen=True, slots=True)
class Whole:
    """A dossier with all that is kept about it."""

    dossier: Dossier
    entries: tuple[Entry, ...]
    next_check_at: datetime | None
    owed: tuple[tuple[int, datetime, Message], ...] = ()


def reserve_codes(wanted: Mapping[tuple[str, date], int]) -> Reserved:
    """Take so many numbers of each resolving body and day, in the caller's transaction."""
    keys = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_codesequencerow AS s (office, day, last)"
            " SELECT * FROM unnest(%s::text[], %s::date[], %s::int[])"
            " ON CONFLICT (office, day) DO UPDATE SET last = s.last + EXCLUDED.last"
            " RETURNING office, day, last",
            [[o for o, _ in keys], [d for _, d in keys], [wanted[key] for key in keys]],
        )
        return {(o, d): last - wanted[o, d] + 1 for o, d, last in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Lines:
    """A dossier with all that is kept about it, as the lines that COPY takes."""

    dossier: str
    events: str
    identifiers: str
    owed: str = ""


@unchanging()
@transaction.atomic
def copy_in(wholes: Sequence[Whole]) -> None:
    """Keep dossiers with their events, codes of other systems and what they make us owe."""
    ids = new_ids(len(wholes))
    copy_lines([lines_of(*one) for one in zip(ids, wholes, strict=True)])


def copy_lines(dossiers: Sequence[Lines]) -> None:
    """Keep dossiers that were made into lines, in the caller's transaction."""
    for table, columns, lines in (
        (DossierRow, _dossier_columns(), (one.dossier for one in dossiers)),
        (EventRow, _EVENT, (one.events for one in dossiers)),
        (IdentifierRow, _IDENTIFIER, (one.identifiers for one in dossiers)),
        (OutboxRow, _owed_columns(), (one.owed for one in dossiers)),
    ):
        copy_text(table._meta.db_table, columns, lines)


def new_ids(count: int) -> list[int]:
    """Numbers under which dossiers will be kept; one that is not used then leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('records_dossierrow', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def lines_of(number: int, whole: Whole) -> Lines:
    """A dossier under its number as lines; may look up the names of its place."""
    return Lines(
        _dossier_line(number, whole.dossier, whole.next_check_at),
        "".join(_event_lines(number, whole.entries)),
        "".join(line_of((number, one.system, one.code)) for one in whole.dossier.identifiers),
        "".join(_owed_lines(number, whole)),
    )


_IDENTIFIER = ("dossier_id", "system", "code")
_EVENT = (
    "dossier_id",
    "version",
    "occurred_at",
    "name",
    "body",
    "body_version",
    "recorded_at",
    "by",
    "office",
    "source_system",
    "on_behalf_of",
)
# A step that an old system tells again and again, in the same words by the same people.
_TOLD_ALIKE = 20_000


@cache
def _dossier_columns() -> tuple[str, ...]:
    return tuple(field.attname for field in DossierRow._meta.concrete_fields)


@cache
def _owed_columns() -> tuple[str, ...]:
    fields = OutboxRow._meta.concrete_fields
    return tuple(field.attname for field in fields if not field.primary_key)


def _dossier_line(number: int, dossier: Dossier, next_check_at: datetime | None) -> str:
    row = columns_of(dossier)
    row |= {"id": number, "next_check_at": next_check_at, "search": search_of(dossier)}
    return line_of([row[name] for name in _dossier_columns()])


def _event_lines(number: int, entries: Sequence[Entry]) -> Iterator[str]:
    """As `line_of` would make them, but for what is the same again and again."""
    for version, entry in enumerate(entries, 1):
        event = entry.event
        is_history = type(event) is ProgressReported and not event.status
        body = _same_body(event) if is_history else _body(event)
        told = _told_by(
            entry.recorded_at, entry.by, entry.office, entry.source_system, entry.on_behalf_of
        )
        at = entry.occurred_at.isoformat()
        yield f"{number}\t{version}\t{at}\t{name_of(event)}\t{body}\t{told}"


def _body(event: Event) -> str:
    return cell_of(json.dumps(encode(event), ensure_ascii=False))


_same_body = lru_cache(maxsize=_TOLD_ALIKE)(_body)


@lru_cache(maxsize=_TOLD_ALIKE)
def _told_by(*told: object) -> str:
    return line_of((BODY_VERSION, *told))


def _owed_lines(number: int, whole: Whole) -> Iterator[str]:
    for seq, owed_at, message in whole.owed:
        row = owed_columns(message, seq=seq, at=owed_at)
        row["payload"] = json.dumps(row["payload"], ensure_ascii=False)
        row |= {"dossier_id": number, **defaults_of(OutboxRow, ("dossier_id", *row))}
        yield line_of([row[name] for name in _owed_columns()])
