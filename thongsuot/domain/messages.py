"""What a fact makes us owe to other systems, fixed at the moment of the fact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.dossier import Dossier, Entry, name_of
from thongsuot.domain.dossier import events as e
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM

VERSION = 1


class MessageKind(StrEnum):
    """The kinds of messages that partners take. Source: TT 04/2025/TT-VPCP."""

    DOSSIER = "dossier"
    PROGRESS = "progress"
    RESULT = "result"
    NOTICE = "notice"  # to the applicant, by e-mail


@dataclass(frozen=True, slots=True)
class Subscription:
    """A partner is owed some kinds of messages while this is valid."""

    partner: str
    kinds: frozenset[str]
    valid: Span


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one partner."""

    partner: str
    kind: MessageKind
    payload: dict[str, str | int | None]

    @property
    def payload_hash(self) -> str:
        """SHA-256 over the payload as canonical JSON."""
        return hash_of(self.payload)


def hash_of(payload: Mapping[str, object]) -> str:
    """SHA-256 over a payload as canonical JSON: the same content gives the same hash."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# What stays between us and the dossier: noticing, plans, scans.
_INWARD = (
    e.NoticeSent,
    e.BecameNear,
    e.BecameLate,
    e.Digitised,
    e.ProcessChanged,
    e.Endorsed,
    e.DraftKept,
)


def owed(
    subscriptions: Iterable[Subscription], dossier: Dossier, entry: Entry
) -> tuple[Message, ...]:
    """The messages that one event of a dossier makes us owe, in a stable order."""
    if isinstance(entry.event, _INWARD):
        return ()
    kind = _kind(entry)
    day = entry.recorded_at.astimezone(VIETNAM).date()
    payload = _payload(dossier, entry)
    partners = (s.partner for s in subscriptions if kind in s.kinds and s.valid.contains(day))
    return tuple(Message(partner, kind, payload) for partner in dict.fromkeys(partners))


def _kind(entry: Entry) -> MessageKind:
    if isinstance(entry.event, e.Received | e.Declined):
        return MessageKind.DOSSIER
    if isinstance(entry.event, e.ResultIssued | e.Refused):
        return MessageKind.RESULT
    return MessageKind.PROGRESS


def _payload(dossier: Dossier, entry: Entry) -> dict[str, str | int | None]:
    return {
        "message_version": VERSION,
        "code": dossier.code,
        "seq": dossier.version,
        "event": name_of(entry.event),
        "occurred_at": _told(entry.occurred_at),
        "by": entry.by,
        "office": entry.office,
        "procedure": dossier.procedure,
        "channel": dossier.channel.value,
        "applicant": dossier.applicant.name,
        "status": dossier.status.value,
        "stage": dossier.stage,
        "received_at": _told(dossier.received_at),
        "due_at": _told(dossier.due_at),
        "ended_at": _told(dossier.ended_at),
    }


def _told(moment: datetime | None) -> str | None:
    """A moment in the office's own time, so that the same moment is the same text."""
    return moment.astimezone(VIETNAM).isoformat() if moment else None
