"""Dossiers with everything that can be spoilt, and every way to spoil one behind our back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection

from tests import builders, cast
from thongsuot.domain.dossier import Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.records import bulk

Story = list[Entry]


def moment(day: int, hour: int = 9) -> datetime:
    return cast.MONDAY + timedelta(days=day, hours=hour - 8)


def file_of(name: str) -> StoredFile:
    return StoredFile(name.encode().hex().ljust(64, "0")[:64], name, MediaType.PDF, 10, 1)


def story(number: int) -> Story:
    """A dossier that was received, paused, paid for, scanned and finished."""
    received = builders.receipt()
    applicant = replace(received.applicant, name=f"Giàng Thị Mỷ {number}")
    code = f"H99.101-250908-{number:04d}"
    first = replace(received, code=code, applicant=applicant)
    later: list[tuple[e.Later, datetime]] = [
        (e.Assigned("tam", "work"), moment(1)),
        (e.SupplementAsked(("Bản sao",), "thiếu"), moment(2)),
        (e.SupplementReceived((), moment(9)), moment(4)),
        (e.FeeCollected("Lệ phí", 50_000, e.Payment.CASH, receipt_number="1"), moment(4, 10)),
        (e.Digitised("Đơn", "", file_of(f"don-{number}")), moment(4, 11)),
        (e.Digitised("Sổ", "", file_of(f"so-{number}")), moment(4, 12)),
        (e.ResultIssued("handover", f"KQ-{number}"), moment(6)),
    ]
    events = [(first, first.received_at), *later]
    return [Entry(event, at, at, "tam", cast.BAN_MAY, "thu") for event, at in events]


def keep(numbers: Sequence[int]) -> list[str]:
    """Dossiers with these stories, kept here; their codes."""
    wholes = []
    for number in numbers:
        entries = tuple(story(number))
        now = replay(entries)
        assert now is not None
        wholes.append(bulk.Whole(now, entries, None))
    bulk.copy_in(wholes)
    return [whole.dossier.code for whole in wholes]


@dataclass(frozen=True)
class Spoil:
    """A way to spoil dossiers, and in what it must show."""

    field: str
    statements: tuple[str, ...]
    nature: str = ""


_OF = " FROM records_dossierrow d WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s)"


def _first(path: str, value: str) -> tuple[str, ...]:
    return _event("received", path, value)


def _event(name: str, path: str, value: str) -> tuple[str, ...]:
    change = f"jsonb_set(e.body, '{{{path}}}', {value})"
    return (f"UPDATE records_eventrow e SET body = {change}{_OF} AND e.name = '{name}'",)


def _without(*names: str) -> tuple[str, ...]:
    listed = ", ".join(f"'{name}'" for name in names)
    return (
        "DELETE FROM records_eventrow e USING records_dossierrow d WHERE d.id = e.dossier_id"
        f" AND d.code = ANY(%(codes)s) AND e.name IN ({listed})",
    )


def _scan(paper: str, change: str) -> str:
    return f"UPDATE records_eventrow e SET {change}{_OF} AND e.body->>'paper' = '{paper}'"


_COLUMNS = (
    "dossier_id, name, body, body_version, occurred_at, recorded_at, by, office, source_system,"
    " on_behalf_of"
)


def _once_more(name: str, body: str = "body") -> str:
    """An event a second time, as the last of its dossier."""
    columns = _COLUMNS.replace(" body,", f" {body},", 1)
    return (
        f"INSERT INTO records_eventrow (version, {_COLUMNS})"
        f" SELECT version + 100, {columns} FROM records_eventrow WHERE name = '{name}'"
        " AND dossier_id IN (SELECT id FROM records_dossierrow WHERE code = ANY(%(codes)s))"
    )


_SWAPPED_MOMENTS = """
UPDATE records_eventrow e SET occurred_at = o.occurred_at
FROM records_dossierrow d, records_eventrow o
WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s) AND o.dossier_id = d.id
AND (e.name, o.name) IN (('assigned', 'fee_collected'), ('fee_collected', 'assigned'))"""
_SWAPPED_FILES = """
UPDATE records_eventrow e SET body = jsonb_set(e.body, '{file}', o.body->'file')
FROM records_dossierrow d, records_eventrow o
WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s) AND o.dossier_id = d.id
AND e.name = 'digitised' AND o.name = 'digitised' AND o.id <> e.id"""
_NEIGHBOURS = """
CREATE TEMPORARY TABLE spoilt_pairs ON COMMIT DROP AS
SELECT one.id AS one, one.code AS code, other.code AS other FROM
(SELECT id, code, row_number() OVER (ORDER BY code) - 1 AS at FROM records_dossierrow
 WHERE code = ANY(%(codes)s)) one JOIN
(SELECT code, row_number() OVER (ORDER BY code) - 1 AS at FROM records_dossierrow
 WHERE code = ANY(%(codes)s)) other ON other.at = (one.at::int # 1)"""

SPOILS: Mapping[str, Spoil] = {
    "row missing": Spoil(
        "",
        (
            "DELETE FROM records_eventrow e USING records_dossierrow d"
            " WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s)",
            "DELETE FROM records_identifierrow e USING records_dossierrow d"
            " WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s)",
            "DELETE FROM records_dossierwordsrow e USING records_dossierrow d"
            " WHERE d.id = e.dossier_id AND d.code = ANY(%(codes)s)",
            "DELETE FROM records_dossierrow WHERE code = ANY(%(codes)s)",
        ),
        "missing",
    ),
    "swapped keys": Spoil(
        "",
        (
            _NEIGHBOURS,
            "UPDATE records_dossierrow d SET code = '~' || p.other FROM spoilt_pairs p"
            " WHERE p.one = d.id",
            "UPDATE records_dossierrow d SET code = substr(d.code, 2) FROM spoilt_pairs p"
            " WHERE p.one = d.id",
            "UPDATE records_eventrow e SET body = jsonb_set(e.body, '{code}', to_jsonb(p.other))"
            " FROM spoilt_pairs p WHERE p.one = e.dossier_id AND e.name = 'received'",
            "DROP TABLE spoilt_pairs",
        ),
        "swapped",
    ),
    "truncated text": Spoil(
        "applicant",
        _first("applicant,name", "to_jsonb(left(e.body #>> '{applicant,name}', 6))"),
        "cut",
    ),
    "NFD": Spoil(
        "applicant",
        _first("applicant,name", "to_jsonb(normalize(e.body #>> '{applicant,name}', NFD))"),
        "form",
    ),
    "wrong body": Spoil("office", _first("competent_office", "'\"H99.102\"'")),
    "wrong procedure": Spoil("procedure", _first("procedure", "'\"1.000999\"'")),
    "wrong receipt": Spoil("received_at", _first("received_at", "'\"2025-09-01T08:00:00+07:00\"'")),
    "person exchanged": Spoil("applicant", _first("applicant,name", "'\"Vàng A Khác\"'")),
    "wrong status": Spoil("status", _without("result_issued")),
    "wrong due": Spoil(
        "due_at", _event("supplement_received", "due_at", "'\"2025-12-01T17:00:00+07:00\"'")
    ),
    "wrong holder": Spoil("holder", _event("assigned", "official", "'\"pao\"'")),
    "wrong fee": Spoil("fees", _event("fee_collected", "amount", "'1'")),
    "event missing": Spoil("path", _without("fee_collected"), "gap"),
    "event doubled": Spoil("path", (_once_more("assigned"),), "repeated"),
    "event reordered": Spoil("path", (_SWAPPED_MOMENTS,), "order"),
    "pause lost": Spoil("pauses", _without("supplement_asked", "supplement_received"), "missing"),
    "file missing": Spoil(
        "Đơn#1",
        (
            "DELETE FROM records_eventrow e USING records_dossierrow d WHERE d.id = e.dossier_id"
            " AND d.code = ANY(%(codes)s) AND e.body->>'paper' = 'Đơn'",
        ),
        "missing",
    ),
    "file changed": Spoil(
        "Đơn#1",
        (_scan("Đơn", "body = jsonb_set(e.body, '{file,sha256}', to_jsonb(repeat('f', 64)))"),),
    ),
    "file swapped": Spoil("Đơn#1", (_SWAPPED_FILES,)),
    "paper sent as result": Spoil(
        "Kết quả#1",
        (
            _once_more("digitised", "jsonb_set(body, '{paper}', '\"Kết quả\"')")
            + " AND body->>'paper' = 'Đơn'",
        ),
        "extra",
    ),
}


GUARDED = ("records_dossierrow", "records_eventrow", "records_identifierrow")


def spoil(kind: str, codes: Sequence[str]) -> None:
    """Change what is kept behind the back of the guard, as only an intruder or a fault could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in SPOILS[kind].statements:
            cursor.execute(statement, {"codes": list(codes)})
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
