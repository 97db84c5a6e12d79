"""The desk: the work on a dossier, from the first hand to the result in the applicant's."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import PauseKind
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import due_after
from thongsuot.domain.dossier.reasons import Phrase, ReasonNeeded, forbid_reorganisation
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    BasisNeeded,
    ChildNotLinked,
    DecisionMade,
    NoSuchOpinion,
    NotEndedYet,
    NumberNeeded,
    OpinionsOutstanding,
    SameProcess,
    StageNotInProcess,
)
from thongsuot.domain.dossier.standing import require_in_hand, require_open, require_running
from thongsuot.domain.dossier.state import Dossier, Outcome
from thongsuot.domain.workdays import VIETNAM, WorkCalendar
from thongsuot.domain.workflow import Act, Process, StageKind


def assign(
    d: Dossier, *, process: Process, official: str, reason: str = "", target: str = ""
) -> e.Assigned:
    """Give the dossier to an official; given again at the same stage, it needs a reason.

    Raises DossierEnded, NotArrived, NoSuchMove, BranchNeeded, ReasonNeeded.
    """
    require_in_hand(d)
    if process.stage(d.stage).kind is StageKind.WORK:
        if not reason.strip():
            raise ReasonNeeded("reason")
        return e.Assigned(official=official, stage=d.stage, reason=reason)
    stage = process.move(Act.ASSIGN, d.stage, target).target
    return e.Assigned(official=official, stage=stage, reason=reason)


def ask_opinion(
    d: Dossier, *, of: str, question: str, stops_clock: bool, basis: str
) -> e.OpinionAsked:
    """Ask another body; the clock stops only where a law that is named says so.

    Raises DossierEnded, NotArrived, ReasonNeeded, BasisNeeded.
    """
    require_in_hand(d)
    if not question.strip():
        raise ReasonNeeded("question")
    if stops_clock and not basis.strip():
        raise BasisNeeded("basis")
    return e.OpinionAsked(d.opinions_asked + 1, of, question, stops_clock, basis)


def give_opinion(
    d: Dossier, *, opinion: int, answer: str, at: datetime, calendar: WorkCalendar
) -> e.OpinionGiven:
    """Answer an opinion that was asked. Raises DossierEnded, NoSuchOpinion, ReasonNeeded."""
    require_open(d)
    if opinion not in {open_.number for open_ in d.opinions_open}:
        raise NoSuchOpinion("opinion", given=opinion)
    if not answer.strip():
        raise ReasonNeeded("answer")
    stopped = any(p.kind is PauseKind.OPINION and p.about == opinion for p in d.open_pauses)
    moment = d.due_at or at
    if stopped:
        moment = due_after(d, PauseKind.OPINION, at=at, calendar=calendar, about=opinion)
    return e.OpinionGiven(opinion=opinion, answer=answer, due_at=moment)


def propose(d: Dossier, *, process: Process, proposal: str, target: str = "") -> e.Proposed:
    """Lay a decision before the leader.

    Raises DossierEnded, NotArrived, Waiting, OpinionsOutstanding, ReasonNeeded, NoSuchMove,
    BranchNeeded.
    """
    require_running(d)
    if d.opinions_open:
        raise OpinionsOutstanding("opinions", count=len(d.opinions_open))
    if not proposal.strip():
        raise ReasonNeeded("proposal")
    return e.Proposed(stage=process.move(Act.PROPOSE, d.stage, target).target, proposal=proposal)


def approve(d: Dossier, *, process: Process, note: str = "", target: str = "") -> e.Approved:
    """Decide. Raises DossierEnded, NotArrived, Waiting, NoSuchMove, BranchNeeded."""
    require_running(d)
    return e.Approved(stage=process.move(Act.APPROVE, d.stage, target).target, note=note)


def send_back(d: Dossier, *, process: Process, reason: str, target: str = "") -> e.SentBack:
    """Give the work back to be done again; what the counter has to mend goes back to the counter.

    Raises DossierEnded, NotArrived, Waiting, ReasonNeeded, NoSuchMove, BranchNeeded.
    """
    require_running(d)
    if not reason.strip():
        raise ReasonNeeded("reason")
    stage = process.stage(process.move(Act.SEND_BACK, d.stage, target).target)
    office = d.receiving_office if stage.kind is StageKind.RECEPTION else d.office
    return e.SentBack(stage=stage.key, reason=reason, to_office=office)


def refuse(
    d: Dossier,
    *,
    process: Process,
    reason: str,
    basis: str,
    phrases: tuple[Phrase, ...],
    about_reorganisation: bool,
    at: datetime,
    target: str = "",
) -> e.Refused:
    """Refuse in writing, with reason and legal basis; a reorganisation is neither.

    Raises DossierEnded, NotArrived, ReasonNeeded, BasisNeeded, ReorganisationIsNoReason,
    NoSuchMove, BranchNeeded. Source: NĐ 118/2025 Đ.19.
    """
    require_in_hand(d)
    if not reason.strip():
        raise ReasonNeeded("reason")
    if not basis.strip():
        raise BasisNeeded("basis")
    for text in (reason, basis):
        forbid_reorganisation(
            text,
            phrases=phrases,
            on=at.astimezone(VIETNAM).date(),
            about_reorganisation=about_reorganisation,
        )
    move = process.move(Act.REFUSE, d.stage, target)
    return e.Refused(reason=reason, basis=basis, stage=move.target)


def stop(d: Dossier, *, reason: str, channel: Channel) -> e.Stopped:
    """Stop at the applicant's wish, as long as nothing is decided.

    Raises DossierEnded, DecisionMade, ReasonNeeded. Source: TT 03/2025 Đ.7; NĐ 118/2025 Đ.21.
    """
    require_open(d)
    if d.is_decided:
        raise DecisionMade("dossier", code=d.code)
    if not reason.strip():
        raise ReasonNeeded("reason")
    return e.Stopped(reason=reason, channel=channel)


def issue_result(d: Dossier, *, process: Process, number: str, target: str = "") -> e.ResultIssued:
    """Number and seal the result: the work is done.

    Raises DossierEnded, NotArrived, Waiting, NumberNeeded, NoSuchMove, BranchNeeded.
    """
    require_running(d)
    if not number.strip():
        raise NumberNeeded("number")
    stage = process.move(Act.ISSUE_RESULT, d.stage, target).target
    return e.ResultIssued(stage=stage, number=number)


def hand_over(d: Dossier, *, process: Process, to: str, how: Channel) -> e.HandedOver:
    """Hand the applicant what came of it. Raises NotEndedYet, AlreadyHandedOver, ReasonNeeded."""
    if d.is_open:
        raise NotEndedYet("dossier", code=d.code)
    if d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)
    if not to.strip():
        raise ReasonNeeded("to")
    return e.HandedOver(stage=_after_handover(d, process), to=to, how=how)


def change_process(d: Dossier, *, to: Process, stage: str, reason: str) -> e.ProcessChanged:
    """Move a running dossier, on purpose, to another version of its process.

    Raises DossierEnded, SameProcess, StageNotInProcess, ReasonNeeded.
    """
    require_open(d)
    if to.key == d.process_version:
        raise SameProcess("process", given=to.key)
    if stage not in {known.key for known in to.stages if known.kind is not StageKind.END}:
        raise StageNotInProcess("stage", given=stage, process=to.key)
    if not reason.strip():
        raise ReasonNeeded("reason")
    return e.ProcessChanged(process_version=to.key, stage=stage, reason=reason)


def open_child(d: Dossier, *, process: Process, child: str, procedure: str) -> e.ChildOpened:
    """Open an interlinked procedure under this dossier, where its process links it.

    Raises DossierEnded, ChildNotLinked. Source: NĐ 63/2024/NĐ-CP.
    """
    require_open(d)
    if not process.links(procedure, d.stage):
        stage = process.stage(d.stage).name
        raise ChildNotLinked("procedure", given=procedure, stage_name=stage)
    return e.ChildOpened(child=child, procedure=procedure)


def _after_handover(d: Dossier, process: Process) -> str:
    if d.outcome is Outcome.WITHDRAWN:
        return next(stage.key for stage in process.stages if stage.kind is StageKind.END)
    return process.move(Act.HAND_OVER, d.stage).target
