"""What each frozen dossier would tell the ministry, and what came of checking that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from thongsuot.actions.cutover import require_keeper
from thongsuot.actions.dossier import telling
from thongsuot.domain.dossier import Entry, evolve, leaving, replay
from thongsuot.domain.dossier.events import OfferedToSystem
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Parcel
from thongsuot.domain.handover import (
    PENDING,
    HandoverState,
    HandoverStep,
    LineState,
    after,
)
from thongsuot.domain.messages import MessageKind, hash_of
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import dossier as dossiers
from thongsuot.records import exchange
from thongsuot.records import handover as records
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.words.refusals import sentence

TOGETHER = 200


class ChangedSinceFrozen(Refusal):
    """Somebody acted on a dossier after its hand-over was frozen: it is planned anew."""

    code = "changed_since_frozen"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Draft:
    """A line with what the partner would be told; without it, `reasons` say why it stays."""

    line: int
    parcel: Parcel | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """How a line came out: the digest of what the partner would get, or why it stays here."""

    line: int
    form: str = ""
    reasons: tuple[str, ...] = ()


@transaction.atomic
def begin_check(number: int, *, by: Person, at: datetime) -> HandoverRow:
    """Begin to check a hand-over from its first line; an approval it had is over.

    Raises NoSuchHandover, NotYourRight, HandoverNotNow.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    after(HandoverState(row.state), HandoverStep.CHECK)
    row.state, row.digest = HandoverState.PLANNED.value, ""
    row.approved_by, row.approved_at = "", None
    row.save(update_fields=["state", "digest", "approved_by", "approved_at"])
    # What stayed here and went into another hand-over since is that one's.
    others = HandoverLineRow.objects.filter(state__in=PENDING).exclude(handover=row)
    mine = row.lines.exclude(dossier__in=others.values("dossier"))
    mine.update(state=LineState.LISTED.value, form="", reasons=[], settled_at=None)
    return row


def drafts(row: HandoverRow, *, by: Person, at: datetime) -> Iterator[list[Draft]]:
    """What every line would tell, some at a time."""
    reached = 0
    while lines := records.lines_in(row, LineState.LISTED, after=reached, limit=TOGETHER):
        yield [_draft(row, line, by, at) for line in lines]
        reached = lines[-1].pk


def _draft(row: HandoverRow, line: HandoverLineRow, by: Person, at: datetime) -> Draft:
    dossier = line.dossier
    entries = dossiers.entries_of(dossier)
    now = replay(entries)
    try:
        require_as_frozen(line)
        if now is None:
            raise ChangedSinceFrozen("dossier", code=dossier.code)
        event = leaving.offer(now, handover=row.pk, system=row.partner, system_name=row.system_name)
    except Refusal as refusal:
        return Draft(line.pk, None, (sentence(refusal),))
    entry = offered(event, by=by, office=now.office, at=at)
    payload = telling.whole(evolve(now, entry), entry, by=by.name)
    parcel = Parcel(
        number=0,
        partner=row.partner,
        dossier=dossier.code,
        seq=now.version + 1,
        kind=MessageKind.DOSSIER.value,
        payload=payload,
        payload_hash=hash_of(payload),
        owed_at=at,
    )
    return Draft(line.pk, parcel)


def offered(event: OfferedToSystem, *, by: Person, office: str, at: datetime) -> Entry:
    """The fact that a dossier goes, as it would be kept."""
    return Entry(event, at, at, by.account, office, settings.HOME_SYSTEM)


def require_as_frozen(line: HandoverLineRow) -> None:
    """Raises ChangedSinceFrozen where somebody acted on the dossier since; time goes by for all."""
    if dossiers.is_changed(line.dossier, since=line.version):
        raise ChangedSinceFrozen("dossier", code=line.dossier.code)


@transaction.atomic
def note(number: int, checked: Iterable[Checked], *, at: datetime) -> None:
    """Keep how lines came out: fit to go, or kept here with their reasons."""
    row = records.find(number, lock=True)
    found = {one.line: one for one in checked}
    lines = list(row.lines.filter(pk__in=found, state=LineState.LISTED.value))
    for line in lines:
        one = found[line.pk]
        line.form, line.reasons = one.form, list(one.reasons)
        line.state = (LineState.KEPT if one.reasons else LineState.FIT).value
        line.settled_at = at if one.reasons else None
    HandoverLineRow.objects.bulk_update(lines, ["form", "reasons", "state", "settled_at"])


@transaction.atomic
def end_check(number: int, *, shape: str, by: Person, at: datetime) -> HandoverRow:
    """The whole set is checked: its digest is what the second person approves.

    Raises NoSuchHandover, HandoverNotNow.
    """
    row = records.find(number, lock=True)
    row.state = after(HandoverState(row.state), HandoverStep.CHECK).value
    connection = exchange.connection_of(row.partner, at=at)
    row.connection = connection.version if connection else 0
    row.shape = shape
    row.checked_by, row.checked_at = by.account, at
    row.digest = row.frozen()
    row.save()
    return row
