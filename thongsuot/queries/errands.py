"""What is owed to partners besides messages of dossiers, and the documents of the axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange
from thongsuot.records.directory import OfficeRow
from thongsuot.records.documents import AXIS, OUT, DocumentRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.files import FileRow, NoSuchFile, content_of

WAITING, ASIDE, DONE, SKIPPED = "waiting", "aside", "done", "skipped"
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
class Standing:
    """How it stands with what a partner is owed about one thing, since when and why."""

    state: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """Some errands of one state, and how many there are of each."""

    lines: tuple[ErrandLine, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document, how it stands with each receiver, and what receivers said."""

    number: int
    name: str
    way: str
    sender: str
    receivers: tuple[str, ...]
    subject: str
    issued_on: date | None
    dossier: str
    files: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    deliveries: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class AxisBody:
    """A body that documents go to or come from, by our code and by that of the axis."""

    code: str
    name: str
    on_axis: str
    is_ours: bool


def page(state: str, *, partner: str = "") -> ErrandPage:
    """The errands of a state, the newest first, of one partner or of all.

    What waits for people is of the state `aside`.
    """
    wanted = _of(state, partner)
    return ErrandPage(
        lines=tuple(_line(row, state) for row in wanted.order_by("-id")[:MOST]),
        counts={one: _of(one, partner).count() for one in (ASIDE, WAITING, DONE)},
    )


def standings(partner: str, keys: Iterable[str]) -> dict[str, Standing]:
    """How it stands with errands of a partner, by the keys under which they were owed once."""
    rows = ErrandRow.objects.filter(partner=partner, key__in=set(keys))
    return {row.key: _standing(row) for row in rows}


def documents(way: str) -> tuple[DocumentLine, ...]:
    """Documents that came or went, the newest first."""
    return _documents(DocumentRow.objects.filter(way=way))


def sent_of(code: str) -> tuple[DocumentLine, ...]:
    """What went out of a dossier over the axis, the newest first."""
    return _documents(DocumentRow.objects.filter(way=OUT, dossier=code))


def axis_bodies(*, at: datetime) -> tuple[AxisBody, ...]:
    """Every body that has a code on the axis now, ours first, by their names."""
    on = at.astimezone(VIETNAM).date()
    bodies = exchange.bodies_of(AXIS, at=at)
    codes = {ours: theirs for ours, theirs, valid in bodies if on in valid}
    rows = OfficeRow.objects.filter(code__in=codes)
    ours_ever = set(rows.values_list("code", flat=True))
    names = dict(rows.filter(valid__contains=on).values_list("code", "name"))
    found = [
        AxisBody(code, names.get(code, code), theirs, code in names)
        for code, theirs in codes.items()
        if code in names or code not in ours_ever
    ]
    return tuple(sorted(found, key=lambda body: (not body.is_ours, body.name)))


def may_send(dossier: Dossier, by: Person, *, on: date) -> bool:
    """Whether somebody sends what is decided of a dossier to other bodies."""
    office = dossier.competent_office
    return access.duties(by.account).sends(by, office=office, procedure=dossier.procedure, on=on)


def require_may_send(dossier: Dossier, by: Person, *, on: date) -> None:
    """Raises NotYourDuty, which names who sends: whoever issues results of the competent body."""
    office = dossier.competent_office
    held = access.duties(by.account)
    held.require_sends(by, office=office, procedure=dossier.procedure, on=on)


def about_document(number: int) -> str:
    """How the log names a look at a document: by its dossier, where it is of one.

    Raises NoSuchFile.
    """
    row = DocumentRow.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchFile("file", given=str(number))
    return row.dossier or f"list:document:{number}"


def document_file(number: int, sha256: str, *, reading: ReadingToken) -> tuple[StoredFile, bytes]:
    """A file of a document with its content. Raises NoSuchFile."""
    reading.require(about_document(number))
    row = DocumentRow.objects.get(pk=number)
    kept = FileRow.objects.filter(sha256=sha256).first()
    if kept is None or sha256 not in row.files:
        raise NoSuchFile("file", given=sha256)
    name = row.names[row.files.index(sha256)]
    stored = StoredFile(sha256, name, MediaType(kept.media_type), kept.size, kept.pages)
    return stored, content_of(sha256)


def _documents(wanted: QuerySet[DocumentRow]) -> tuple[DocumentLine, ...]:
    rows = list(wanted.order_by("-id").prefetch_related("words")[:MOST])
    sent = [row.name for row in rows if row.way == OUT]
    owed = ErrandRow.objects.filter(partner=AXIS, kind="document", payload__name__in=sent)
    states = {(one.payload["name"], one.payload["to"]): _state(one) for one in owed}
    return tuple(_document(row, states) for row in rows)


def _state(row: ErrandRow) -> str:
    if row.sent_at is not None:
        return DONE
    return ASIDE if row.set_aside_at else WAITING


def _standing(row: ErrandRow) -> Standing:
    if row.is_skipped:
        return Standing(SKIPPED, row.sent_at or row.owed_at)
    at = row.sent_at or row.set_aside_at or row.owed_at
    return Standing(_state(row), at, row.last_error)


def _of(state: str, partner: str) -> QuerySet[ErrandRow]:
    rows = ErrandRow.objects.filter(partner=partner) if partner else ErrandRow.objects.all()
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


def _document(row: DocumentRow, states: Mapping[tuple[str, str], str]) -> DocumentLine:
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
        files=tuple(zip(row.files, row.names, strict=True)),
        unread=tuple(row.unread),
        deliveries=tuple(
            (to, states[row.name, to]) for to in row.receivers if (row.name, to) in states
        ),
        words=tuple((word.body, word.code) for word in words),
        at=row.at,
    )
