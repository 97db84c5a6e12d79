"""What partners are told of a fact: the dossier, and the names that go with its codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from thongsuot.domain import messages
from thongsuot.domain.dossier import Dossier, Entry, replay
from thongsuot.domain.exchange import Parcel
from thongsuot.domain.messages import Message, Names
from thongsuot.records import catalogue, directory
from thongsuot.records import dossier as dossiers
from thongsuot.records.messages import subscriptions


def owed(after: Dossier, entry: Entry, *, by: str = "") -> tuple[Message, ...]:
    """The messages that a fact makes us owe; `by` is the name of whoever did it."""
    partners = subscriptions()
    return messages.owed(partners, after, entry, _names(after, by)) if partners else ()


def whole(after: Dossier, entry: Entry, *, by: str = "") -> dict[str, Any]:
    """The whole dossier as a partner is told of it at a fact, whoever is owed that."""
    return messages.told(after, entry, _names(after, by))


def owed_of_many(after: Dossier, entry: Entry) -> tuple[Message, ...]:
    """The messages that one of very many facts makes us owe, worded when their turn comes."""
    field = catalogue.field_of(after.procedure, after.procedure_version)
    return messages.owed_of_many(subscriptions(), after.code, after.version, entry, field=field)


def worded(parcel: Parcel) -> Parcel:
    """A message with what it tells: the dossier as it stood after the fact."""
    entries = dossiers.entries_of(dossiers.find(parcel.dossier))[: parcel.seq]
    after = replay(entries)
    if after is None:
        raise ValueError("a message is about a dossier")
    payload = messages.told(after, entries[-1], _names(after, ""))
    return replace(parcel, payload=payload, payload_hash=messages.hash_of(payload))


def _names(d: Dossier, by: str) -> Names:
    return Names(
        field=catalogue.field_of(d.procedure, d.procedure_version),
        office=directory.name_of(d.office),
        competent_office=directory.name_of(d.competent_office),
        by=by,
    )
