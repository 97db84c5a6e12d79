"""What partners are told of a fact: the dossier, and the names that go with its codes."""

from __future__ import annotations

from thongsuot.domain import messages
from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.messages import Message, Names
from thongsuot.records import catalogue, directory
from thongsuot.records.messages import subscriptions


def owed(after: Dossier, entry: Entry, *, by: str = "") -> tuple[Message, ...]:
    """The messages that a fact makes us owe; `by` is the name of whoever did it."""
    partners = subscriptions()
    return messages.owed(partners, after, entry, _names(after, by)) if partners else ()


def _names(d: Dossier, by: str) -> Names:
    return Names(
        field=catalogue.field_of(d.procedure, d.procedure_version),
        office=directory.name_of(d.office),
        competent_office=directory.name_of(d.competent_office),
        by=by,
    )
