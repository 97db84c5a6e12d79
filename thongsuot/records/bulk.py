"""Many dossiers at once: the same rows as one by one, written by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from psycopg import sql

from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.messages import Message
from thongsuot.records.dossier import columns_of, event_columns, search_of
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


@unchanging()
@transaction.atomic
def copy_in(wholes: Sequence[Whole]) -> None:
    """Keep dossiers with their events, codes of other systems and what they make us owe."""
    ids = _new_ids(len(wholes))
    numbered = list(zip(ids, wholes, strict=True))
    _copy("records_dossierrow", _dossier_lines(numbered))
    _copy("records_eventrow", _event_lines(numbered))
    _copy("records_identifierrow", _identifier_lines(numbered))
    _copy("records_outboxrow", _outbox_lines(numbered))


Numbered = list[tuple[int, Whole]]
Line = Mapping[str, object]


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('records_dossierrow', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def _dossier_lines(numbered: Numbered) -> Iterator[Line]:
    for number, whole in numbered:
        columns = columns_of(whole.dossier)
        told = {"next_check_at": whole.next_check_at, "search": search_of(whole.dossier)}
        yield {"id": number, **columns, **told}


def _event_lines(numbered: Numbered) -> Iterator[Line]:
    for number, whole in numbered:
        for version, entry in enumerate(whole.entries, 1):
            columns = event_columns(version, entry)
            columns["body"] = json.dumps(columns["body"], ensure_ascii=False)
            yield {"dossier_id": number, **columns}


def _identifier_lines(numbered: Numbered) -> Iterator[Line]:
    for number, whole in numbered:
        for known in whole.dossier.identifiers:
            yield {"dossier_id": number, "system": known.system, "code": known.code}


def _outbox_lines(numbered: Numbered) -> Iterator[Line]:
    for number, whole in numbered:
        for seq, owed_at, message in whole.owed:
            columns = owed_columns(message, seq=seq, at=owed_at)
            columns["payload"] = json.dumps(columns["payload"], ensure_ascii=False)
            left = defaults_of(OutboxRow, ("dossier_id", *columns))
            yield {"dossier_id": number, **columns, **left}


def _copy(table: str, lines: Iterator[Line]) -> None:
    # Made before: a line may look something up, and a connection that copies cannot.
    made = list(lines)
    if not made:
        return
    columns = sql.SQL(", ").join(map(sql.Identifier, made[0]))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in made:
            copy.write_row(line.values())
