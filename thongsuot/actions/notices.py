"""A letter that went out is an event of its dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from thongsuot.actions.dossier.keeping import keep
from thongsuot.domain.dossier.events import NoticeSent
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Parcel
from thongsuot.records import dossier


def note_sent(letters: Iterable[Parcel], *, at: datetime) -> None:
    """Note in their dossiers, in the caller's transaction, that letters went out."""
    system = Person(settings.HOME_SYSTEM, "")
    for letter in letters:
        row, before, _ = dossier.load(letter.dossier)
        event = NoticeSent(str(letter.payload["notice"]))
        keep(row, before, event, office=before.office, by=system, occurred_at=at, at=at)
