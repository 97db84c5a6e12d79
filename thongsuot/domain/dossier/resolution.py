"""The desk: the work on a dossier, from the first hand to the result in the applicant's."""

from __future__ import annotations

from datetime import date, datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import PauseKind
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import due_after
from thongsuot.domain.dossier.reasons import Phrase, ReasonNeeded, forbid_reorganisation
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    AnswerDayPast,
    BasisNeeded,
    ChildNotLinked,
    DecisionMade,
    DecisionStands,
    DraftClosed,
    DraftNeeded,
    DraftNotEndorsed,
    HeldAlready,
    NoSuchOpinion,
    NoSuchVersion,
    NotEndedYet,
    NumberNeeded,
    OpinionsNotAsked,
    OpinionsOutstanding,
    SameProcess,
    SecondPairOfEyes,
    StageNotInProcess,
)
from thongsuot.domain.dossier.standing import (
    require_here,
    require_in_hand,
    require_open,
    require_running,
    stage_to_claim,
)
from thongsuot.domain.dossier.state import Dossier, Outcome
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.files import StoredFile
from thongsuot.domain.workdays import VIETNAM, WorkCalendar
from thongsuot.domain.workflow import Act, Process, StageKind

_AFTER_DECISION = frozenset({StageKind.ISSUE, StageKind.HANDOVER})


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


def claim(d: Dossier, *, process: Process, official: str, target: str = "") -> e.Assigned:
    """Take on a dossier that nobody has, without waiting to be given it.

    Raises DossierEnded, NotArrived, HeldAlready, NotYourDuty for a step of other people's,
    NoSuchMove, BranchNeeded.
    """
    require_in_hand(d)
    if d.assignee:
        raise HeldAlready("dossier", code=d.code)
    if process.stage(d.stage).kind is StageKind.WORK:
        return e.Assigned(official=official, stage=d.stage, reason="")
    stage = process.stage(process.move(Act.ASSIGN, d.stage, target).target)
    if stage.role != stage_to_claim(d, process).role:
        act, role = Act.CLAIM.value, stage.role
        raise NotYourDuty("target", person=official, act=act, office=d.office, role=role)
    return e.Assigned(official=official, stage=stage.key, reason="")


def ask_opinion(
    d: Dossier,
    *,
    of: str,
    question: str,
    stops_clock: bool,
    basis: str,
    on: date,
    answer_by: date | None = None,
) -> e.OpinionAsked:
    """Ask another body; the clock stops only where a law that is named says so.

    Raises DossierEnded, NotArrived, ReasonNeeded, BasisNeeded, AnswerDayPast.
    """
    require_in_hand(d)
    if not question.strip():
        raise ReasonNeeded("question")
    if stops_clock and not basis.strip():
        raise BasisNeeded("basis")
    if answer_by is not None and answer_by < on:
        raise AnswerDayPast("answer_by", given=answer_by.isoformat())
    return e.OpinionAsked(d.opinions_asked + 1, of, question, stops_clock, basis, answer_by)


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


def propose(
    d: Dossier, *, process: Process, proposal: str, without_opinions: str = "", target: str = ""
) -> e.Proposed:
    """Lay a decision before the leader.

    Raises DossierEnded, NotArrived, Waiting, OpinionsOutstanding, OpinionsNotAsked, ReasonNeeded,
    NoSuchMove, BranchNeeded.
    """
    require_running(d)
    require_opinions(d, process, without=without_opinions)
    if not proposal.strip():
        raise ReasonNeeded("proposal")
    stage = process.move(Act.PROPOSE, d.stage, target).target
    return e.Proposed(stage=stage, proposal=proposal, without_opinions=without_opinions)


def approve(
    d: Dossier,
    *,
    process: Process,
    hands: tuple[str, ...],
    note: str = "",
    without_opinions: str = "",
    draft: str = "",
    target: str = "",
) -> e.Approved | e.Endorsed:
    """Decide; where the process asks for two people, the first only agrees.

    `hands` is who decides, and whose duty it is if they stand in for somebody; `draft` is the
    digest of the version decided on.
    Raises DossierEnded, NotArrived, Waiting, OpinionsOutstanding, OpinionsNotAsked,
    DraftNeeded, NoSuchVersion, DraftNotEndorsed, SecondPairOfEyes, NoSuchMove, BranchNeeded.
    """
    require_running(d)
    stage = process.move(Act.APPROVE, d.stage, target).target
    require_opinions(d, process, without=without_opinions)
    _require_draft(d, draft)
    if process.stage(d.stage).two_people:
        require_fresh_eyes(d, hands)
        if not d.endorsers:
            return e.Endorsed(note=note, without_opinions=without_opinions, draft=draft)
        if draft != d.endorsed_draft:
            raise DraftNotEndorsed("draft", given=draft[:8], known=d.endorsed_draft[:8])
    return e.Approved(stage=stage, note=note, without_opinions=without_opinions, draft=draft)


def keep_draft(d: Dossier, *, file: StoredFile, note: str = "") -> e.DraftKept:
    """Keep one more version of the decision's draft, until one of them is decided on.

    Raises DossierEnded, NotArrived, DraftClosed.
    """
    require_draft_open(d)
    return e.DraftKept(file=file, note=note)


def require_draft_open(d: Dossier) -> None:
    """Raises DossierEnded, NotArrived, DraftClosed."""
    require_in_hand(d)
    if d.is_decided:
        raise DraftClosed("file", code=d.code)


def _require_draft(d: Dossier, draft: str) -> None:
    if d.drafts and not draft:
        raise DraftNeeded("draft", count=len(d.drafts))
    if draft and draft not in {file.sha256 for file in d.drafts}:
        raise NoSuchVersion("draft", given=draft[:8])


def require_opinions(d: Dossier, process: Process, *, without: str = "") -> None:
    """Every opinion that the process asks for was asked, every one asked was given.

    A reason in writing takes the place of what is missing, and stays in the dossier.
    Raises OpinionsOutstanding, OpinionsNotAsked.
    """
    if without.strip():
        return
    if d.opinions_open:
        raise OpinionsOutstanding("without_opinions", count=len(d.opinions_open))
    unasked = opinions_to_ask(d, process)
    if unasked:
        raise OpinionsNotAsked("without_opinions", known=list(unasked))


def opinions_to_ask(d: Dossier, process: Process) -> tuple[str, ...]:
    """The bodies whose opinion the process asks for and nobody asked; not the one that resolves."""
    known = (*d.opinions_of, d.competent_office)
    return tuple(office for office in process.opinions if office not in known)


def require_fresh_eyes(d: Dossier, hands: tuple[str, ...]) -> None:
    """Whoever handled the dossier or agreed to it first is not the second. Raises SecondPairOfEyes."""
    for before in (*d.handlers, *d.drafters, *d.endorsers):
        if before in hands:
            raise SecondPairOfEyes("by", person=before, has_endorsed=before in d.endorsers)


def send_back(d: Dossier, *, process: Process, reason: str, target: str = "") -> e.SentBack:
    """Give the work back to be done again; what the counter has to mend goes back to the counter.

    Before the result is issued this withdraws a decision that was made: its reason says why.
    Raises DossierEnded, NotArrived, Waiting, ReasonNeeded, NoSuchMove, BranchNeeded.
    """
    require_running(d)
    if not reason.strip():
        raise ReasonNeeded("reason")
    stage = process.stage(process.move(Act.SEND_BACK, d.stage, target).target)
    office = d.receiving_office if stage.kind is StageKind.RECEPTION else d.office
    return e.SentBack(
        stage=stage.key, reason=reason, to_office=office, withdraws_decision=d.is_decided
    )


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
    """Hand the applicant what came of it.

    Raises OnItsWay, HeldByAnotherSystem, NotEndedYet, AlreadyHandedOver, ReasonNeeded.
    """
    require_here(d)
    if d.is_open:
        raise NotEndedYet("dossier", code=d.code)
    if d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)
    if not to.strip():
        raise ReasonNeeded("to")
    return e.HandedOver(stage=_after_handover(d, process), to=to, how=how)


def change_process(d: Dossier, *, to: Process, stage: str, reason: str) -> e.ProcessChanged:
    """Move a running dossier, on purpose, to another version of its process.

    A decision that was made stands: back before it goes only what was sent back with a reason.
    Raises DossierEnded, SameProcess, StageNotInProcess, DecisionStands, ReasonNeeded.
    """
    require_open(d)
    if to.key == d.process_version:
        raise SameProcess("process", given=to.key)
    if stage not in {known.key for known in to.stages if known.kind is not StageKind.END}:
        raise StageNotInProcess("stage", given=stage, process=to.key)
    if d.is_decided and to.stage(stage).kind not in _AFTER_DECISION:
        raise DecisionStands("stage", code=d.code, stage_name=to.stage(stage).name)
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
