"""Approved dossiers leave: from here on each is on its way, and its message is owed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions.cutover import require_keeper
from thongsuot.actions.dossier import telling
from thongsuot.actions.dossier.keeping import keep
from thongsuot.actions.handover.deciding import require_as_checked
from thongsuot.actions.handover.drafting import offered, require_as_frozen
from thongsuot.domain.dossier import leaving
from thongsuot.domain.duties import Person
from thongsuot.domain.handover import HandoverState, HandoverStep, LineState, after
from thongsuot.domain.messages import Message, MessageKind
from thongsuot.domain.refusal import Refusal
from thongsuot.records import dossier as dossiers
from thongsuot.records import handover as records
from thongsuot.records import messages
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.words.refusals import sentence

TOGETHER = 200


def send(number: int, *, by: Person, at: datetime) -> tuple[int, int]:
    """Owe the partner every approved dossier; how many go, and how many stay after all.

    Each in its own transaction: stopped in the middle, it goes on where it was. One that somebody
    acted on since the freeze stays here, with that as its reason.
    Raises NoSuchHandover, NotYourRight, HandoverNotNow, HandoverChanged.
    """
    row = _begun(number, by=by, at=at)
    gone = kept = reached = 0
    while lines := records.lines_in(row, LineState.FIT, after=reached, limit=TOGETHER):
        for line in lines:
            is_gone = _offer(row, line.pk, by=by, at=at)
            gone, kept = gone + is_gone, kept + (not is_gone)
        reached = lines[-1].pk
    return gone, kept


@transaction.atomic
def _begun(number: int, *, by: Person, at: datetime) -> HandoverRow:
    require_keeper(by, at)
    row = records.find(number, lock=True)
    before = HandoverState(row.state)
    row.state = after(before, HandoverStep.SEND).value
    if before is HandoverState.APPROVED:
        require_as_checked(row, at)
        row.sent_by, row.sent_at = by.account, at
    row.save(update_fields=["state", "sent_by", "sent_at"])
    return row


@transaction.atomic
def _offer(row: HandoverRow, number: int, *, by: Person, at: datetime) -> bool:
    """The fact and the message that is owed for it, together or not at all."""
    line = records.line(number)
    if line.state != LineState.FIT:
        return line.state == LineState.OWED
    try:
        dossier, before, _ = dossiers.load(line.dossier.code)
        require_as_frozen(line)
        event = leaving.offer(
            before, handover=row.pk, system=row.partner, system_name=row.system_name
        )
    except Refusal as refusal:
        _keep_here(line, sentence(refusal), at)
        return False
    entry = offered(event, by=by, office=before.office, at=at)
    now = keep(dossier, before, event, office=entry.office, by=by, occurred_at=at, at=at)
    told = Message(row.partner, MessageKind.DOSSIER, telling.whole(now, entry, by=by.name))
    messages.owe(dossier, [told], seq=now.version, at=at)
    line.state, line.seq = LineState.OWED.value, now.version
    line.save(update_fields=["state", "seq"])
    return True


def _keep_here(line: HandoverLineRow, reason: str, at: datetime) -> None:
    line.state, line.reasons, line.settled_at = LineState.KEPT.value, [reason], at
    line.save(update_fields=["state", "reasons", "settled_at"])
