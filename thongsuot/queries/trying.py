"""Which acts somebody may make on a dossier now, and why not the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.resolution import require_fresh_eyes
from thongsuot.domain.dossier.standing import offices_for, require_running, role_for
from thongsuot.domain.duties import Basis, Duties, Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.roster import Duty
from thongsuot.domain.roster import require as require_named
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Act, Process, StageKind
from thongsuot.records import access
from thongsuot.records import roster as rosters
from thongsuot.records.access import AccountRow


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """An act that the step offers and this person cannot make now, and why."""

    act: Act
    why: Refusal


def tried(
    dossier: Dossier, process: Process, account: str, at: datetime
) -> tuple[tuple[Act, ...], tuple[RefusedAct, ...]]:
    """The acts open to somebody, and those that the step offers and they cannot make, with why."""
    held = access.duties(account)
    person = AccountRow.objects.get(username=account).person()
    on = at.astimezone(VIETNAM).date()
    named = rosters.duties(dossier.office, process.code, on=on)
    trial = _Trial(dossier, process, held, person, on, named)
    fitting = [act for act in Act if _fits_state(dossier, process, act)]
    said = {act: trial.why_not(act) for act in fitting}
    offered = {move.act for move in process.moves_from(dossier.stage)} if dossier.is_open else set()
    for act in offered - said.keys():
        said[act] = trial.why_not_yet()
    why = ((act, said.get(act)) for act in Act if act in offered)
    return (
        tuple(act for act in fitting if said[act] is None),
        tuple(RefusedAct(act, refusal) for act, refusal in why if refusal is not None),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is looked at to say whether somebody may make an act."""

    dossier: Dossier
    process: Process
    held: Duties
    person: Person
    on: date
    named: tuple[Duty, ...]

    def why_not_yet(self) -> Refusal | None:
        """What the state of the dossier keeps from being done now."""
        try:
            require_running(self.dossier)
        except Refusal as refusal:
            return refusal
        return None

    def why_not(self, act: Act) -> Refusal | None:
        """Whose duty it is, who is named for the step, whose eyes must be fresh."""
        try:
            self._require(act)
        except Refusal as refusal:
            return refusal
        return None

    def _require(self, act: Act) -> None:
        role = role_for(self.dossier, act, self.process)
        basis = self._basis(act, role)
        hands = tuple(filter(None, (self.person.account, basis.standing_in_for)))
        if role:
            require_named(
                self.named,
                officials=hands,
                stage=self.dossier.stage,
                procedure=self.dossier.procedure,
                on=self.on,
            )
        if act is Act.APPROVE and self.process.stage(self.dossier.stage).two_people:
            require_fresh_eyes(self.dossier, hands)

    def _basis(self, act: Act, role: str) -> Basis:
        offices = _acting_offices(self.dossier, act)
        of = self.dossier.procedure
        for office in offices:
            basis = self.held.basis(
                self.person, act, office=office, procedure=of, on=self.on, role=role
            )
            if basis is not None:
                return basis
        return self.held.require(
            self.person, act, office=offices[0], procedure=of, on=self.on, role=role
        )


def _fits_state(dossier: Dossier, process: Process, act: Act) -> bool:  # noqa: PLR0911, PLR0912 - one arm for each act
    """Whether the state of the dossier lets this act be tried at all."""
    stage_acts = {move.act for move in process.moves_from(dossier.stage)}
    waiting = {pause.kind.value for pause in dossier.open_pauses}
    arrived = dossier.competent_received_at is not None
    if not dossier.is_open:
        return act is Act.HAND_OVER and not dossier.is_handed_over
    match act:
        case Act.ARRIVE:
            return not arrived and dossier.office == dossier.competent_office
        case Act.FORWARD:
            return act in stage_acts
        case Act.ASSIGN:
            at_work = process.stage(dossier.stage).kind is StageKind.WORK
            return arrived and (act in stage_acts or at_work)
        case Act.CLAIM:
            at_work = process.stage(dossier.stage).kind is StageKind.WORK
            is_given = at_work or bool(process.branches(Act.ASSIGN, dossier.stage))
            return arrived and is_given and not dossier.assignee
        case Act.PROPOSE | Act.APPROVE | Act.SEND_BACK | Act.ISSUE_RESULT:
            return arrived and act in stage_acts and not waiting
        case Act.REFUSE:
            return arrived and act in stage_acts
        case Act.ASK_SUPPLEMENT:
            return "supplement" not in waiting and not dossier.is_decided
        case Act.RECEIVE_SUPPLEMENT:
            return "supplement" in waiting
        case Act.RAISE_FINANCIAL_DUTY:
            return arrived and "financial_duty" not in waiting
        case Act.SETTLE_FINANCIAL_DUTY:
            return "financial_duty" in waiting
        case Act.BEGIN_INCIDENT:
            return "system_incident" not in waiting
        case Act.END_INCIDENT:
            return "system_incident" in waiting
        case Act.ASK_OPINION | Act.APOLOGISE:
            return arrived
        case Act.GIVE_OPINION:
            return bool(dossier.opinions_open)
        case Act.DIGITISE:
            return bool({p.name for p in dossier.papers} - set(dossier.digitised))
        case Act.STOP:
            return not dossier.is_decided
        case _:
            return False


def _acting_offices(dossier: Dossier, act: Act) -> tuple[str, ...]:
    if act is Act.GIVE_OPINION:
        return tuple(opinion.of for opinion in dossier.opinions_open)
    return offices_for(dossier, act)
