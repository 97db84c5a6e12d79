"""What the ministry answered of each dossier: it lives there, or it is back with its holder."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from thongsuot.actions.dossier.keeping import keep
from thongsuot.actions.messages import give_up
from thongsuot.domain.cutover.remote import RemoteDossier
from thongsuot.domain.dossier import Dossier, leaving
from thongsuot.domain.dossier.events import OfferedToSystem
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Step
from thongsuot.domain.handover import HandoverBooks, HandoverState, LineState
from thongsuot.records import catalogue, remote
from thongsuot.records import dossier as dossiers
from thongsuot.records import handover as records
from thongsuot.records.dossier import DossierRow, IdentifierTaken
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.records.messages import OutboxRow

IN_DOUBT = "in_doubt"


def follow_all(*, at: datetime) -> int:
    """Follow every hand-over that is being sent; how many dossiers came to their end."""
    rows = HandoverRow.objects.filter(state=HandoverState.SENDING.value)
    return sum(_follow(row, at=at) for row in rows.order_by("pk"))


def follow(number: int, *, at: datetime) -> HandoverBooks:
    """Take over what the ledger knows of a hand-over's messages; its balance.

    Raises NoSuchHandover.
    """
    row = records.find(number)
    _follow(row, at=at)
    return row.books()


def _follow(row: HandoverRow, *, at: datetime) -> int:
    answered = OutboxRow.objects.filter(
        Q(sent_at__isnull=False) | Q(set_aside_at__isnull=False),
        partner=row.partner,
        dossier=OuterRef("dossier"),
        seq=OuterRef("seq"),
    )
    lines = row.lines.filter(Exists(answered), state=LineState.OWED.value).order_by("pk")
    return sum(_settle(row, number, at=at) for number in lines.values_list("pk", flat=True))


@transaction.atomic
def _settle(row: HandoverRow, number: int, *, at: datetime) -> bool:
    """The end of one line, where its message has come to one; whether it has."""
    line = records.line(number)
    message = records.message_of(row, line)
    if message is None or line.state != LineState.OWED:
        return False
    if message.sent_at is not None and not message.is_skipped:
        _taken(row, line, message, at)
        return True
    reason = _why_not(message)
    if not reason:
        return False  # in doubt: people look at the partner before anybody goes on here
    if message.sent_at is None:
        give_up(message, why=reason, by=row.sent_by, at=at)
    _returned(row, line, reason, at)
    return True


def _why_not(message: OutboxRow) -> str:
    """Why the partner does not have it, where that is known; "" while nobody can know."""
    if message.is_skipped:
        return records.last_word(message, Step.SKIPPED.value) or message.last_error
    was_refused = records.last_steps(message) == (Step.SET_ASIDE.value, Step.REFUSED.value)
    is_doubtful = message.last_error.startswith(IN_DOUBT)
    return message.last_error if was_refused and not is_doubtful else ""


def _taken(row: HandoverRow, line: HandoverLineRow, message: OutboxRow, at: datetime) -> None:
    dossier, before, _ = dossiers.load(line.dossier.code)
    offered = _offered(dossier, line)
    event = leaving.take(before, offered, reference=message.reference, link=row.link)
    now = keep(dossier, before, event, office=before.office, by=_by(row), occurred_at=at, at=at)
    _known_there(row, dossier, now, message, at)
    line.state, line.reference = LineState.THERE.value, message.reference
    line.settled_at = at
    line.save(update_fields=["state", "reference", "settled_at"])


def _known_there(
    row: HandoverRow, dossier: DossierRow, now: Dossier, message: OutboxRow, at: datetime
) -> None:
    """The trace here: its name there, and how it stood when it left, until that system speaks."""
    if message.reference:
        try:
            with transaction.atomic():
                dossiers.name_at(dossier, row.partner, message.reference)
        except IdentifierTaken:
            pass  # a name that the partner gave twice; the line keeps it, and it leads to the first
    if remote.find(row.partner, now.code) is None:
        remote.keep(None, _as_sent(row, now, message.owed_at), at=at)


def _as_sent(row: HandoverRow, d: Dossier, said_at: datetime) -> RemoteDossier:
    return RemoteDossier(
        partner=row.partner,
        code=d.code,
        procedure=d.procedure,
        status=d.status,
        raw_status="",
        received_at=d.received_at,
        due_at=d.due_at,
        ended_at=None,
        said_at=said_at,
        field=catalogue.field_of(d.procedure, d.procedure_version),
        channel=d.channel.value,
        body=d.competent_office,
    )


def _returned(row: HandoverRow, line: HandoverLineRow, reason: str, at: datetime) -> None:
    dossier, before, _ = dossiers.load(line.dossier.code)
    event = leaving.come_back(before, _offered(dossier, line), reason=reason)
    keep(dossier, before, event, office=before.office, by=_by(row), occurred_at=at, at=at)
    line.state, line.reasons, line.settled_at = LineState.RETURNED.value, [reason], at
    line.save(update_fields=["state", "reasons", "settled_at"])


def _offered(dossier: DossierRow, line: HandoverLineRow) -> OfferedToSystem:
    event = dossier.events.get(version=line.seq).entry().event
    if not isinstance(event, OfferedToSystem):
        raise TypeError(f"{dossier.code} was not offered at {line.seq}")
    return event


def _by(row: HandoverRow) -> Person:
    """Whoever sent it answers for what follows, also once they have left."""
    return Person(row.sent_by, "")
