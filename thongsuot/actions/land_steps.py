"""What specialised software tells of a dossier of ours is kept beside it, to be read."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.exchange import Arrival
from thongsuot.records import dossier
from thongsuot.records.land_steps import ReportedStepRow
from thongsuot.records.messages import InboxRow
from thongsuot.words import reading

KIND = "land_step"


def take_in(arrival: Arrival, at: datetime) -> str:
    """Keep what the software said of a dossier; which one. It changes no step of ours.

    Raises NoSuchDossier, FieldNeeded, FieldTooLong, BadField.
    """

    def text(name: str, longest: int) -> str:
        return reading.text(name, arrival.body.get(name), longest=longest)

    def said(name: str, longest: int) -> str:
        return text(name, longest) if arrival.body.get(name) else ""

    code = dossier.find(text("dossier", 60)).code
    ReportedStepRow.objects.update_or_create(
        arrival=InboxRow.objects.get(partner=arrival.partner, key=arrival.key),
        defaults={
            "partner": arrival.partner,
            "dossier": code,
            "step": text("step", 40),
            "happened": text("happened_at", 60),
            "by": said("by", 120),
            "words": said("words", 4000),
            "came_at": at,
        },
    )
    return code
