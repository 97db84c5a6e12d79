"""What a fact makes us owe to other systems, fixed at the moment of the fact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from thongsuot.domain.dossier import Dossier, Entry, Outcome, Supplement, name_of
from thongsuot.domain.dossier import events as e
from thongsuot.domain.files import StoredFile
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM

VERSION = 2


class MessageKind(StrEnum):
    """The kinds of messages that partners take. Source: TT 04/2025/TT-VPCP."""

    DOSSIER = "dossier"
    PROGRESS = "progress"
    RESULT = "result"
    NOTICE = "notice"  # to the applicant, by e-mail


@dataclass(frozen=True, slots=True)
class Subscription:
    """A partner is owed some kinds of messages, or some facts, while this is valid.

    `fields` limits it to dossiers of these fields; none named are all.
    """

    partner: str
    kinds: frozenset[str]
    valid: Span
    events: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def wants(self, kind: str, event: str, field: str, on: date) -> bool:
        """Whether a fact of a dossier is told to this partner on a day."""
        is_named = kind in self.kinds or event in self.events
        return is_named and self.valid.contains(on) and (not self.fields or field in self.fields)


@dataclass(frozen=True, slots=True)
class Names:
    """What a message says beside what the dossier knows: its field, and names that people read."""

    field: str = ""
    office: str = ""
    competent_office: str = ""
    by: str = ""


# No digest is empty: the payload only names the fact, until it is worded.
UNWORDED = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one partner."""

    partner: str
    kind: MessageKind
    payload: dict[str, Any]
    is_worded: bool = True

    @property
    def payload_hash(self) -> str:
        """SHA-256 over the payload as canonical JSON."""
        return hash_of(self.payload) if self.is_worded else UNWORDED


def hash_of(payload: Mapping[str, object]) -> str:
    """SHA-256 over a payload as canonical JSON: the same content gives the same hash."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# What stays between us and the dossier: noticing, plans, scans. Of a dossier that goes to another
# system its new holder tells.
_INWARD = (
    e.NoticeSent,
    e.BecameNear,
    e.BecameLate,
    e.Digitised,
    e.ProcessChanged,
    e.Endorsed,
    e.DraftKept,
    e.OfferedToSystem,
    e.TakenBySystem,
    e.ReturnedBySystem,
)


def owed(
    subscriptions: Iterable[Subscription],
    dossier: Dossier,
    entry: Entry,
    names: Names | None = None,
) -> tuple[Message, ...]:
    """The messages that one event of a dossier makes us owe, in a stable order."""
    said = names or Names()
    partners = _partners(subscriptions, entry, said.field)
    if not partners:
        return ()
    payload = told(dossier, entry, said)
    return tuple(Message(partner, _kind(entry), payload) for partner in partners)


def owed_of_many(
    subscriptions: Iterable[Subscription], code: str, seq: int, entry: Entry, *, field: str = ""
) -> tuple[Message, ...]:
    """The messages of one of very many facts: what they tell is worded when their turn comes.

    The dossier's events up to the fact say the same then as now.
    """
    payload = {"code": code, "seq": seq, "event": name_of(entry.event)}
    return tuple(
        Message(partner, _kind(entry), payload, is_worded=False)
        for partner in _partners(subscriptions, entry, field)
    )


def _partners(subscriptions: Iterable[Subscription], entry: Entry, field: str) -> tuple[str, ...]:
    if isinstance(entry.event, _INWARD):
        return ()
    kind, day = _kind(entry), entry.recorded_at.astimezone(VIETNAM).date()
    event = name_of(entry.event)
    found = (s.partner for s in subscriptions if s.wants(kind, event, field, day))
    return tuple(dict.fromkeys(found))


def _kind(entry: Entry) -> MessageKind:
    if isinstance(entry.event, e.Received | e.Declined):
        return MessageKind.DOSSIER
    if isinstance(entry.event, e.ResultIssued | e.Refused):
        return MessageKind.RESULT
    return MessageKind.PROGRESS


def told(d: Dossier, entry: Entry, names: Names) -> dict[str, Any]:
    """The whole dossier as it stands after the fact: no partner has to ask what it missed."""
    return {
        "message_version": VERSION,
        "code": d.code,
        "seq": d.version,
        "identifiers": [{"system": one.system, "code": one.code} for one in d.identifiers],
        "parent": d.parent,
        "event": name_of(entry.event),
        "occurred_at": _told(entry.occurred_at),
        "recorded_at": _told(entry.recorded_at),
        "by": entry.by,
        "by_name": names.by,
        "words": _words(entry.event),
        "office": entry.office,
        "holder": d.office,
        "holder_name": names.office,
        "competent_office": d.competent_office,
        "competent_office_name": names.competent_office,
        "receiving_office": d.receiving_office,
        "return_point": d.return_point,
        "procedure": d.procedure,
        "procedure_name": d.procedure_name,
        "field": names.field,
        "case": d.case,
        "process": d.process_version,
        "channel": d.channel.value,
        "applicant": _applicant(d.applicant),
        "place": d.place.today,
        "status": d.status.value,
        "stage": d.stage,
        "outcome": d.outcome.value if d.outcome else None,
        "term": d.term,
        "received_at": _told(d.received_at),
        "competent_received_at": _told(d.competent_received_at),
        "promised_at": _told(d.promised_at),
        "due_at": _told(d.due_at),
        "extended_to": _told(d.extended_to),
        "ended_at": _told(d.ended_at),
        "handed_over_at": _told(d.handed_over_at),
        "papers": [_paper(d, paper) for paper in d.papers],
        "fees": [_fee(fee) for fee in d.fees],
        "supplements": [_supplement(one) for one in d.supplements],
        "result": _result(d),
    }


def _applicant(who: e.Applicant) -> dict[str, str]:
    return {
        "kind": who.kind.value,
        "name": who.name,
        "number": who.number,
        "representative": who.representative,
        "proxy": who.proxy,
        "phone": who.phone,
        "email": who.email,
        "address": who.address,
    }


def _paper(d: Dossier, paper: e.PaperGiven) -> dict[str, Any]:
    scan = next((one for one in reversed(d.scans) if one.paper == paper.name), None)
    return {
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        "is_digitised": paper.name in d.digitised,
        "reused_from": scan.origin if scan else "",
        "from_store": scan.store if scan else "",
        "number": scan.number if scan else "",
        "file": _file(scan.file) if scan else None,
    }


def _file(file: StoredFile | None) -> dict[str, Any] | None:
    """Which file it is; its address is made when it is sent, because addresses are renewed."""
    if file is None:
        return None
    return {"sha256": file.sha256, "name": file.name, "type": file.media_type.value}


def _fee(fee: e.FeeCollected) -> dict[str, Any]:
    return {
        "name": fee.name,
        "amount": fee.amount,
        "how": fee.how.value,
        "reference": fee.reference,
        "receipt": " ".join(filter(None, (fee.receipt_series, fee.receipt_number))),
        "basis": fee.basis,
    }


def _supplement(one: Supplement) -> dict[str, Any]:
    return {
        "asked_at": _told(one.asked_at),
        "missing": list(one.missing),
        "reason": one.reason,
        "due_before": _told(one.due_before),
        "answered_at": _told(one.answered_at),
        "papers": list(one.papers),
        "due_after": _told(one.due_after),
    }


def _result(d: Dossier) -> dict[str, Any] | None:
    """What the applicant gets, where something was decided."""
    if d.outcome not in {Outcome.GRANTED, Outcome.REFUSED}:
        return None
    decided = next((one for one in d.drafts if one.sha256 == d.approved_draft), None)
    return {"number": d.result_number, "ended_at": _told(d.ended_at), "file": _file(decided)}


def _words(event: e.Event) -> str:
    """What the official wrote, where they wrote something: the content of the step."""
    for name in ("proposal", "note", "reason", "question", "answer", "what"):
        said = getattr(event, name, "")
        if isinstance(said, str) and said:
            return said
    return ""


def _told(moment: datetime | None) -> str | None:
    """A moment in the office's own time, so that the same moment is the same text."""
    return moment.astimezone(VIETNAM).isoformat() if moment else None
