"""What must be true of a dossier before anything may be done to it."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.dossier.refusals import (
    ActNotNow,
    AlreadyHandedOver,
    DossierEnded,
    HeldByAnotherSystem,
    NoSuchOpinion,
    NotArrived,
    OnItsWay,
    OutOfOrder,
    Waiting,
)
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.workflow import Act, Process, Stage, StageKind

COUNTER_ACTS = frozenset(
    {
        Act.DIGITISE,
        Act.STOP,
        Act.RECEIVE_SUPPLEMENT,
        Act.SETTLE_FINANCIAL_DUTY,
        Act.COLLECT_FEE,
        Act.HAND_OVER,
    }
)

# These move the dossier along its process, so the stage says which role makes them.
STAGE_ACTS = frozenset(
    {
        Act.FORWARD,
        Act.ASSIGN,
        Act.CLAIM,
        Act.PROPOSE,
        Act.APPROVE,
        Act.SEND_BACK,
        Act.REFUSE,
        Act.ISSUE_RESULT,
    }
)


def require_here(d: Dossier) -> None:
    """Raises OnItsWay, HeldByAnotherSystem: such a dossier is read here, and nothing else."""
    if d.offered_to:
        raise OnItsWay("dossier", code=d.code, system_name=d.offered_to)
    if d.held_by:
        where = d.held_link or d.held_by
        raise HeldByAnotherSystem("dossier", code=d.code, system_name=d.held_by, link=where)


def require_open(d: Dossier) -> None:
    """Raises OnItsWay, HeldByAnotherSystem, DossierEnded when the work here is over."""
    require_here(d)
    if not d.is_open:
        raise DossierEnded("dossier", code=d.code, status=d.status.value)


def require_not_over(d: Dossier, act: Act) -> None:
    """After the end only what came of it can be handed over, once, and its fee paid.

    Raises OnItsWay, HeldByAnotherSystem, DossierEnded, AlreadyHandedOver.
    """
    require_here(d)
    if act not in (Act.HAND_OVER, Act.COLLECT_FEE):
        require_open(d)
    elif d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)


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


def offices_for(d: Dossier, act: Act, about: int = 0) -> tuple[str, ...]:
    """The offices whose people may do this act now, the holder first.

    Raises NoSuchOpinion for an answer to what nobody asked.
    """
    if act is Act.GIVE_OPINION:
        asked = tuple(opinion.of for opinion in d.opinions_open if opinion.number == about)
        if not asked:
            raise NoSuchOpinion("opinion", given=about)
        return asked
    if act in COUNTER_ACTS:
        return tuple(dict.fromkeys((d.office, d.return_office, d.receiving_office)))
    if act is Act.ARRIVE:
        return (d.competent_office,)
    return (d.office,)


def stage_to_claim(d: Dossier, process: Process) -> Stage:
    """The step whose people may take the dossier on: where it stands, or to which it is assigned.

    Where it may be assigned to several steps, it is the first. Raises NoSuchMove.
    """
    stage = process.stage(d.stage)
    if stage.kind is StageKind.WORK:
        return stage
    first = next((way.target for way in process.branches(Act.ASSIGN, d.stage)), "")
    return process.stage(process.move(Act.ASSIGN, d.stage, first).target)


def role_for(d: Dossier, act: Act, process: Process) -> str:
    """The role that the stage names for an act that moves the dossier; "" for any role.

    Work already given is given to another by whoever may assign, not by the one who has it;
    work that nobody has is claimed by the people of the step that does it.
    Raises NoSuchMove for a claim where no work is given.
    """
    if act not in STAGE_ACTS or not d.is_open:
        return ""
    if act is Act.CLAIM:
        return stage_to_claim(d, process).role
    stage = process.stage(d.stage)
    given_again = act is Act.ASSIGN and stage.kind is StageKind.WORK
    return "" if given_again else stage.role
