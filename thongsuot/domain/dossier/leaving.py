"""A dossier goes to another system that carries it on, or comes back from the way."""

from __future__ import annotations

from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import AlreadyDecided, NotOffered
from thongsuot.domain.dossier.standing import require_open
from thongsuot.domain.dossier.state import Dossier


def offer(d: Dossier, *, handover: int, system: str, system_name: str) -> e.OfferedToSystem:
    """Send a dossier to another system as it stands; until it answers nobody acts on it here.

    Raises OnItsWay, HeldByAnotherSystem, DossierEnded, AlreadyDecided.
    """
    require_open(d)
    if d.is_decided:
        raise AlreadyDecided("dossier", code=d.code)
    return e.OfferedToSystem(handover, system, system_name)


def take(d: Dossier, offered: e.OfferedToSystem, *, reference: str, link: str) -> e.TakenBySystem:
    """Note that the other system has the dossier: it lives there, and here is read only.

    Raises NotOffered.
    """
    _require_offered(d)
    return e.TakenBySystem(offered.handover, offered.system, offered.system_name, reference, link)


def come_back(d: Dossier, offered: e.OfferedToSystem, *, reason: str) -> e.ReturnedBySystem:
    """Note that the other system does not have it: who held it goes on. Raises NotOffered."""
    _require_offered(d)
    return e.ReturnedBySystem(offered.handover, offered.system, offered.system_name, reason)


def _require_offered(d: Dossier) -> None:
    if not d.offered_to:
        raise NotOffered("dossier", code=d.code)
