"""Documents of the axis come in and go out; whoever sent one hears how it stands."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from thongsuot.actions.files import Upload, inspect, keep
from thongsuot.actions.reporting.own import attach_arrived
from thongsuot.domain.directory import NoSuchOffice
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.files import StoredFile
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, directory, errands, exchange
from thongsuot.records import documents as records
from thongsuot.records import dossier as dossiers
from thongsuot.records.documents import AXIS, IN, OUT, DocumentRow
from thongsuot.records.messages import OutboxRow
from thongsuot.words import reading
from thongsuot.words.refusals import sentence

ARRIVED, TAKEN = "01", "03"
# The kinds of errands that the connector of the axis knows.
DOCUMENT, STATUS, REGISTER, DELETE = "document", "status", "register_body", "delete_body"


class DocumentUnreadable(Refusal):
    """What came over the axis is no document that can be read: it waits as it came."""

    code = "document_unreadable"
    kind = Kind.MALFORMED


class DocumentNotOurs(Refusal):
    """A status speaks of a document that we never sent."""

    code = "document_not_ours"
    kind = Kind.UNKNOWN


def take_document(arrival: Arrival, at: datetime) -> str:
    """Keep a document that came, with its files; the sender is owed that it arrived.

    A report that its sender owes by document is met by it.
    Returns the dossier that it answers, where it answers one. Raises DocumentUnreadable.
    """
    told = arrival.body
    if why := told.get("unreadable"):
        raise DocumentUnreadable("document", given=str(told.get("id", "")), why=str(why))
    files, unread = _kept(told["attachments"], at)
    answered = records.of_name(str(told["answers"]), OUT) if told.get("answers") else None
    row, is_new = DocumentRow.objects.get_or_create(
        name=told["name"],
        way=IN,
        defaults={
            "sender": told["sender"],
            "receivers": list(told["receivers"]),
            "notation": told["notation"][:100],
            "subject": told["subject"][:500],
            "issued_on": date.fromisoformat(told["issued_on"]) if told["issued_on"] else None,
            "answers": str(told.get("answers", ""))[:160],
            "dossier": answered.dossier if answered else "",
            "files": [file.sha256 for file in files],
            "names": [file.name for file in files],
            "unread": unread,
            "at": at,
        },
    )
    if is_new:
        _owe_status(row, ARRIVED, body=_ours(row), at=at)
        if not row.dossier:
            attach_arrived(row, at=at)
    return row.dossier


def take_document_word(arrival: Arrival, at: datetime) -> str:
    """Keep what a receiver says of a document of ours; the dossier that it speaks of.

    Raises DocumentUnreadable, DocumentNotOurs.
    """
    told = arrival.body
    if why := told.get("unreadable"):
        raise DocumentUnreadable("document", given=str(told.get("id", "")), why=str(why))
    row = records.of_name(str(told["about"]), OUT) or _of_result(str(told["about"]), at)
    if row is None:
        raise DocumentNotOurs("document", given=str(told["about"]))
    said_at = datetime.fromisoformat(told["said_at"]) if told.get("said_at") else None
    records.add_word(
        row, body=told["sender"], code=told["code"], note=told["note"], said_at=said_at, at=at
    )
    return row.dossier


class ResultNotYet(Refusal):
    """Nothing was decided of this dossier yet: there is nothing to send."""

    code = "result_not_yet"


@transaction.atomic
def acknowledge(*, number: int, by: Person, at: datetime) -> None:
    """A clerk takes a document in: its sender is owed that. Raises DocumentNotOurs, NotYourRight."""
    row = DocumentRow.objects.filter(pk=number, way=IN).first()
    if row is None:
        raise DocumentNotOurs("document", given=number)
    _require(by, at)
    _owe_status(row, TAKEN, body=_ours(row), at=at)


@transaction.atomic
def keep_files(uploads: Sequence[Upload], *, by: Person, at: datetime) -> list[StoredFile]:
    """Keep files that are to go with a document, so that nobody has to bring them twice.

    Raises NotYourRight, and what keeps a file from being kept.
    """
    _require(by, at)
    return [keep(inspect(one), by=by.account, at=at) for one in uploads]


@transaction.atomic
def send_document(
    *,
    sender: str,
    receivers: Sequence[str],
    number: object,
    notation: object,
    subject: object,
    issued_on: date,
    files: Sequence[StoredFile],
    answers: str = "",
    by: Person,
    at: datetime,
) -> str:
    """Owe a document to other bodies, named by our codes; its name on the axis.

    The same number and notation of one day is one document. Raises NoSuchOffice, ValueUnmapped,
    MapUnknown, FieldNeeded, FieldTooLong, NotYourRight.
    """
    _require(by, at)
    if not directory.is_open(sender, on=at.astimezone(VIETNAM).date()):
        raise NoSuchOffice("sender", given=sender)
    _require_given(receivers, files)
    letter = _letter(
        sender=sender,
        receivers=receivers,
        number=number,
        notation=notation,
        subject=subject,
        issued_on=issued_on,
        files=files,
        answers=answers,
        at=at,
    )
    return _send(letter, by=by, at=at)


@transaction.atomic
def send_result(
    *,
    code: str,
    receivers: Sequence[str],
    number: object,
    notation: object,
    subject: object,
    issued_on: date,
    uploads: Sequence[Upload] = (),
    by: Person,
    at: datetime,
) -> str:
    """Owe what was decided of a dossier to other bodies, with the decision's file and those given.

    Raises NoSuchDossier, NotYourDuty, ResultNotYet, FieldNeeded, FieldTooLong, NoSuchOffice,
    ValueUnmapped, MapUnknown, and what keeps a file from being kept.
    """
    dossier = dossiers.load(code).dossier
    on = at.astimezone(VIETNAM).date()
    office = dossier.competent_office
    held = access.duties(by.account)
    held.require_sends(by, office=office, procedure=dossier.procedure, on=on)
    if dossier.ended_at is None or not dossier.is_decided:
        raise ResultNotYet("code", given=dossier.code)
    if not receivers:
        raise reading.FieldNeeded("receivers", field="receivers")
    for one in receivers:
        if not directory.is_open(one, on=on):
            raise NoSuchOffice("receivers", given=one)
    decided = [one for one in dossier.drafts if one.sha256 == dossier.approved_draft]
    if not decided and not uploads:
        raise reading.FieldNeeded("files", field="files")
    given = [keep(inspect(one), by=by.account, at=at) for one in uploads]
    letter = _letter(
        sender=office,
        receivers=receivers,
        number=number,
        notation=notation,
        subject=subject,
        issued_on=issued_on,
        files=[*decided, *given],
        at=at,
    )
    return _send(letter, dossier=dossier.code, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A document as the axis is told of it: bodies by its codes."""

    sender: str
    receivers: tuple[str, ...]
    number: str
    notation: str
    subject: str
    issued_on: date
    answers: str
    files: tuple[StoredFile, ...]

    @property
    def name(self) -> str:
        """How the axis calls it. Source: QCVN 102:2016/BTTTT, DocumentId."""
        return f"{self.sender},{self.issued_on:%Y/%m/%d},{self.number}/{self.notation}"

    def payload(self, to: str) -> dict[str, Any]:
        """What is sent to one of its receivers."""
        return {
            "name": self.name,
            "sender": self.sender,
            "receivers": list(self.receivers),
            "to": to,
            "number": self.number,
            "notation": self.notation,
            "subject": self.subject,
            "issued_on": self.issued_on.isoformat(),
            "answers": self.answers,
            "files": [
                {"sha256": one.sha256, "name": one.name, "type": one.media_type.value}
                for one in self.files
            ],
        }


def _letter(
    *,
    sender: str,
    receivers: Sequence[str],
    number: object,
    notation: object,
    subject: object,
    issued_on: date,
    files: Sequence[StoredFile],
    answers: str = "",
    at: datetime,
) -> _Letter:
    return _Letter(
        sender=exchange.called(AXIS, "office", sender, at=at),
        receivers=tuple(exchange.called(AXIS, "office", code, at=at) for code in receivers),
        number=reading.text("number", number, longest=20),
        notation=reading.text("notation", notation, longest=30),
        subject=reading.text("subject", subject, longest=500),
        issued_on=issued_on,
        answers=answers,
        files=tuple(files),
    )


def _send(letter: _Letter, *, dossier: str = "", by: Person, at: datetime) -> str:
    """Keep a document and owe it to each receiver; whom it went to before it goes to no more."""
    row, _ = DocumentRow.objects.get_or_create(
        name=letter.name,
        way=OUT,
        defaults={
            "sender": letter.sender,
            "receivers": list(letter.receivers),
            "notation": f"{letter.number}/{letter.notation}",
            "subject": letter.subject,
            "issued_on": letter.issued_on,
            "answers": letter.answers,
            "dossier": dossier,
            "files": [file.sha256 for file in letter.files],
            "names": [file.name for file in letter.files],
            "at": at,
        },
    )
    row.receivers = [*dict.fromkeys((*row.receivers, *letter.receivers))]
    row.save(update_fields=["receivers"])
    for to in letter.receivers:
        # Each receiver by itself: one that fails makes no other get it twice.
        key = f"{DOCUMENT}:{letter.name}:{to}"
        errands.owe(
            partner=AXIS,
            kind=DOCUMENT,
            about=key[:120],
            key=key,
            payload=letter.payload(to),
            by=by.account,
            at=at,
        )
    return letter.name


def _require_given(receivers: Sequence[str], files: Sequence[StoredFile]) -> None:
    if not receivers:
        raise reading.FieldNeeded("receivers", field="receivers")
    if not files:
        raise reading.FieldNeeded("files", field="files")


@transaction.atomic
def agree_on_bodies(registered: Iterable[str], *, at: datetime) -> tuple[int, int]:
    """Owe the axis the codes of bodies that opened or closed; how many of each.

    `registered` are the codes that the axis knows. A body without a code there is left out: the
    check of the set-up names it. Source: QĐ 09/2025/QĐ-TTg.
    """
    on = at.astimezone(VIETNAM).date()
    wanted, closed = _codes(at)
    known = set(registered)
    opening = {code: name for code, name in wanted.items() if code not in known}
    closing = {code: name for code, name in closed.items() if code in known - {*wanted}}
    for kind, codes in ((REGISTER, opening), (DELETE, closing)):
        for code, name in sorted(codes.items()):
            errands.owe(
                partner=AXIS,
                kind=kind,
                about=f"body:{code}",
                key=f"{kind}:{code}:{on.isoformat()}",
                payload={"code": code, "name": name},
                by=settings.HOME_SYSTEM,
                at=at,
            )
    return len(opening), len(closing)


def _codes(at: datetime) -> tuple[dict[str, str], dict[str, str]]:
    """The axis' codes of our bodies that are open, and of those that are not, with their names."""
    on = at.astimezone(VIETNAM).date()
    wanted: dict[str, str] = {}
    closed: dict[str, str] = {}
    for ours, theirs, valid in exchange.bodies_of(AXIS, at=at):
        name = directory.name_of(ours)
        if name:  # a body of somebody else is theirs to register
            is_open = valid.contains(on) and directory.is_open(ours, on=on)
            (wanted if is_open else closed)[theirs] = name
    return wanted, closed


def _of_result(name: str, at: datetime) -> DocumentRow | None:
    """The result of a dossier that went out under this name, as a document."""
    sent = OutboxRow.objects.filter(partner=AXIS, reference=name[:120], sent_at__isnull=False)
    message = sent.select_related("dossier").first()
    if message is None:
        return None
    sender, day, notation = name.split(",", 2)
    return DocumentRow.objects.create(
        name=name,
        way=OUT,
        sender=sender,
        receivers=[],
        notation=notation[:100],
        subject=message.payload["procedure_name"][:500],
        issued_on=date.fromisoformat(day.replace("/", "-")),
        dossier=message.dossier.code,
        at=at,
    )


def _owe_status(row: DocumentRow, code: str, *, body: str, at: datetime) -> None:
    payload = {"about": row.name, "sender": body, "receiver": row.sender, "code": code}
    errands.owe(
        partner=AXIS,
        kind=STATUS,
        about=row.name[:120],
        key=f"status:{row.pk}:{code}",
        payload=payload | {"said_at": at.isoformat()},
        by=settings.HOME_SYSTEM,
        at=at,
    )


def _ours(row: DocumentRow) -> str:
    """In whose name we answer: the first body to which it was sent."""
    return str(row.receivers[0])


def _kept(
    attachments: Sequence[Mapping[str, Any]], at: datetime
) -> tuple[list[StoredFile], list[str]]:
    """The attachments in the store; what is no file that we keep is named with the reason."""
    files, unread = [], []
    for one in attachments:
        try:
            content = base64.b64decode(one["content"], validate=True)
            files.append(keep(inspect(Upload(one["name"], content)), by=AXIS, at=at))
        except Refusal as refusal:
            unread.append(f"{one['name']}: {sentence(refusal)}"[:300])
        except binascii.Error as wrong:
            raise DocumentUnreadable("document", given=one["name"], why="base64") from wrong
    return files, unread


def _require(by: Person, at: datetime) -> None:
    held = access.duties(by.account)
    held.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())
