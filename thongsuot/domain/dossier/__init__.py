"""A dossier is what its events say it is."""

from thongsuot.domain.dossier.events import EVENTS, Entry, Event, name_of
from thongsuot.domain.dossier.state import Dossier, Outcome, Status, Supplement, evolve, replay

__all__ = [
    "EVENTS",
    "Dossier",
    "Entry",
    "Event",
    "Outcome",
    "Status",
    "Supplement",
    "evolve",
    "name_of",
    "replay",
]
