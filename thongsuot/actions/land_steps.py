"""What specialised software tells of a dossier of ours stays with it, to be read."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.exchange import Arrival
from thongsuot.records import dossier
from thongsuot.words import reading

KIND = "land_step"


def take_in(arrival: Arrival, _: datetime) -> str:
    """Note that the software spoke of a dossier; which one. What it says changes no step of ours.

    Raises NoSuchDossier, FieldNeeded.
    """
    code = reading.text("dossier", arrival.body.get("dossier"), longest=60)
    return dossier.find(code).code
