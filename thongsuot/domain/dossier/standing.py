"""What must be true of a dossier before anything may be done to it."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.dossier.refusals import ActNotNow, DossierEnded, NotArrived, OutOfOrder, Waiting
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.workflow import Act

COUNTER_ACTS = frozenset(
    {
        Act.DIGITISE,
        Act.STOP,
        Act.RECEIVE_SUPPLEMENT,
        Act.SETTLE_FINANCIAL_DUTY,
        Act.HAND_OVER,
    }
)


def require_open(d: Dossier) -> None:
    """Raises DossierEnded when the work is over."""
    if not d.is_open:
        raise DossierEnded("dossier", code=d.code, status=d.status.value)


def require_in_hand(d: Dossier) -> None:
    """Raises DossierEnded, NotArrived."""
    require_open(d)
    if d.competent_received_at is None:
        raise NotArrived("dossier", code=d.code, office=d.competent_office)


def require_running(d: Dossier) -> None:
    """Raises DossierEnded, NotArrived, Waiting: the body can only work while its clock runs."""
    require_in_hand(d)
    blocking = [pause.kind.value for pause in d.open_pauses]
    if blocking:
        raise Waiting("dossier", code=d.code, waits_for=", ".join(blocking))


def require_now(occurred_at: datetime, *, now: datetime, last: datetime | None) -> None:
    """An act happens now and after the last one. Raises ActNotNow, OutOfOrder."""
    if occurred_at != now:
        raise ActNotNow("at", given=occurred_at.isoformat(), now=now.isoformat())
    if last is not None and occurred_at < last:
        raise OutOfOrder("at", given=occurred_at.isoformat(), last=last.isoformat())


def offices_for(d: Dossier, act: Act) -> tuple[str, ...]:
    """The offices whose people may do this act now, the holder first."""
    if act in COUNTER_ACTS:
        return tuple(dict.fromkeys((d.office, d.return_office, d.receiving_office)))
    if act is Act.ARRIVE:
        return (d.competent_office,)
    return (d.office,)
