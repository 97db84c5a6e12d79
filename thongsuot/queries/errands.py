"""What is owed to partners besides messages of dossiers, and the documents of the axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from thongsuot.records.documents import DocumentRow
from thongsuot.records.errands import ErrandRow

WAITING, ASIDE, DONE = "waiting", "aside", "done"
MOST = 100


@dataclass(frozen=True, slots=True)
class ErrandLine:
    """One errand; its number is the one that the ledger has."""

    number: int
    partner: str
    kind: str
    about: str
    state: str
    owed_at: datetime
    attempts: int
    last_error: str


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """Some errands of one state, and how many there are of each."""

    lines: tuple[ErrandLine, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document, and what its receivers said last."""

    number: int
    name: str
    way: str
    sender: str
    receivers: tuple[str, ...]
    subject: str
    issued_on: date | None
    dossier: str
    files: tuple[str, ...]
    unread: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    at: datetime


def page(state: str) -> ErrandPage:
    """The errands of a state, the newest first; what waits for people is of the state `aside`."""
    wanted = _of(state)
    return ErrandPage(
        lines=tuple(_line(row, state) for row in wanted.order_by("-id")[:MOST]),
        counts={one: _of(one).count() for one in (ASIDE, WAITING, DONE)},
    )


def documents(way: str) -> tuple[DocumentLine, ...]:
    """Documents that came or went, the newest first."""
    rows = DocumentRow.objects.filter(way=way).order_by("-id")[:MOST]
    return tuple(_document(row) for row in rows.prefetch_related("words"))


def _of(state: str) -> QuerySet[ErrandRow]:
    rows = ErrandRow.objects.all()
    if state == DONE:
        return rows.exclude(sent_at=None)
    return rows.filter(sent_at=None, set_aside_at__isnull=state != ASIDE)


def _line(row: ErrandRow, state: str) -> ErrandLine:
    return ErrandLine(
        number=-row.pk,
        partner=row.partner,
        kind=row.kind,
        about=row.about,
        state=state,
        owed_at=row.owed_at,
        attempts=row.attempts,
        last_error=row.last_error,
    )


def _document(row: DocumentRow) -> DocumentLine:
    words = sorted(row.words.all(), key=lambda word: word.pk)
    return DocumentLine(
        number=row.pk,
        name=row.name,
        way=row.way,
        sender=row.sender,
        receivers=tuple(row.receivers),
        subject=row.subject,
        issued_on=row.issued_on,
        dossier=row.dossier,
        files=tuple(row.names),
        unread=tuple(row.unread),
        words=tuple((word.body, word.code) for word in words),
        at=row.at,
    )
