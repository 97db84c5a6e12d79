"""A dossier is what its events say it is."""

from thongsuot.domain.dossier.events import EVENTS, Entry, Event, name_of
from thongsuot.domain.dossier.state import Dossier, Status, evolve, replay

__all__ = ["EVENTS", "Dossier", "Entry", "Event", "Status", "evolve", "name_of", "replay"]
