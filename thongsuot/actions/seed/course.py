"""The course of a dossier: which acts, by whom, when, so that its fate is fulfilled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from thongsuot.actions.seed import sayings
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.fate import Apology, Ending, Fate
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.domain.workdays.table import HOUR
from thongsuot.domain.workflow import Act, Process, Stage, StageKind

# A wait of one working day, in office hours, wherever the office is open so long.
HOURS_A_DAY = 7.5
COUNTER, HANDLER, LEADER = "counter", "handler", "leader"

Given = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Leg:
    """An act, and how long before it: a share of the work, or office hours of waiting."""

    act: Act
    role: str
    work: float = 0.0
    wait: float = 0.0
    given: Given = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """An act that someone of this role makes at this moment."""

    act: Act
    role: str
    at: datetime
    given: Given


def acting_office(d: Dossier, step: Step) -> str:
    """The office in which the step is made."""
    if step.act is Act.GIVE_OPINION:
        return d.opinions_open[0].of
    if step.role == COUNTER:
        return d.receiving_office if d.is_open else d.return_office
    return d.office


def steps_of(
    d: Dossier,
    process: Process,
    fate: Fate,
    *,
    calendar: WorkCalendar,
    chance: Chance,
    handler: str,
    asked: str,
    finish_by: datetime | None = None,
) -> list[Step]:
    """The acts that follow the reception of a dossier, in order; `asked` gives opinions."""
    legs = list(_legs(d, process, fate, chance, handler=handler, asked=asked))
    steps = _timed(d, legs, fate, calendar, finish_by)
    if fate.apology is not Apology.NONE and d.due_at is not None:
        steps = _with_apology(d.due_at, steps, fate, calendar)
    return steps


def _legs(
    d: Dossier, process: Process, fate: Fate, chance: Chance, *, handler: str, asked: str
) -> Iterator[Leg]:
    yield from _at_the_counter(d, fate)
    stage = process.stage(process.move(Act.FORWARD, d.stage).target)
    yield Leg(Act.FORWARD, COUNTER, wait=chance.between(0.2, 1.2))
    if d.competent_received_at is None:
        role = stage.role if stage.kind is StageKind.INTAKE else HANDLER
        yield Leg(Act.ARRIVE, role, wait=chance.between(0.5, 2))
    while stage.kind is not StageKind.END:
        here = list(_at(stage, process, fate, chance, handler=handler, asked=asked))
        yield from here
        if here[-1].act is Act.STOP:
            yield Leg(Act.HAND_OVER, COUNTER, wait=1, given={"to": d.applicant.name})
            return
        if here[-1].act is Act.HAND_OVER:
            return
        branch = str(here[-1].given.get("target", ""))
        stage = process.stage(process.move(here[-1].act, stage.key, branch).target)


def _at_the_counter(d: Dossier, fate: Fate) -> Iterator[Leg]:
    """Papers are scanned where they came on paper. Source: TT 03/2025 Đ.5.2."""
    scanned = () if d.channel is Channel.ONLINE else d.papers[: fate.digitised]
    for paper in scanned:
        yield Leg(Act.DIGITISE, COUNTER, wait=0.05, given={"paper": paper.name})


def _at(
    stage: Stage, process: Process, fate: Fate, chance: Chance, *, handler: str, asked: str
) -> Iterator[Leg]:
    match stage.kind:
        case StageKind.INTAKE:
            given: Given = {"official": handler, **_branch(process, Act.ASSIGN, stage, chance)}
            yield Leg(Act.ASSIGN, stage.role, work=1, given=given)
        case StageKind.WORK:
            yield from _waits(stage, fate, chance, asked)
            if fate.ending is Ending.WITHDRAWN:
                yield Leg(Act.STOP, COUNTER, work=1, given={"reason": sayings.WITHDRAWN})
                return
            given = {"proposal": chance.one(sayings.PROPOSALS), **_without_opinions(process)}
            yield Leg(Act.PROPOSE, stage.role, work=4, given=given)
        case StageKind.APPROVAL:
            yield from _sent_back(stage, process, fate)
            yield _decision(stage, process, fate, chance)
        case StageKind.ISSUE:
            given = {"number": f"{chance.digits(4)}/KQ"}
            yield Leg(Act.ISSUE_RESULT, stage.role, work=0.5, given=given)
        case _:
            yield Leg(
                Act.HAND_OVER, stage.role, wait=fate.collected_after, given={"to": "Người nộp"}
            )


def _branch(process: Process, act: Act, stage: Stage, chance: Chance) -> Given:
    """Which way, where the process has several."""
    ways = process.branches(act, stage.key)
    return {"target": chance.one(ways).target} if len(ways) > 1 else {}


def _waits(stage: Stage, fate: Fate, chance: Chance, asked: str) -> Iterator[Leg]:
    if fate.supplement:
        missing = chance.one(sayings.MISSING)
        given: Given = {"missing": [missing], "reason": sayings.WHY_MISSING}
        yield Leg(Act.ASK_SUPPLEMENT, stage.role, work=1, given=given)
        wait = fate.supplement * HOURS_A_DAY
        yield Leg(Act.RECEIVE_SUPPLEMENT, COUNTER, wait=wait, given={"papers": [missing]})
    if fate.opinion and asked:
        given = {"of": asked, "question": sayings.QUESTION}
        given = {**given, "stops_clock": True, "basis": sayings.OPINION_BASIS}
        yield Leg(Act.ASK_OPINION, stage.role, work=1, given=given)
        wait = fate.opinion * HOURS_A_DAY
        answer: Given = {"opinion": 1, "answer": sayings.ANSWER}
        yield Leg(Act.GIVE_OPINION, HANDLER, wait=wait, given=answer)
    if fate.duty:
        given = {"amount": 10_000 * int(chance.between(2, 80)), "what": sayings.DUTY}
        yield Leg(Act.RAISE_FINANCIAL_DUTY, stage.role, work=1, given=given)
        wait = fate.duty * HOURS_A_DAY
        receipt = {"receipt": f"BL-{chance.digits(6)}"}
        yield Leg(Act.SETTLE_FINANCIAL_DUTY, COUNTER, wait=wait, given=receipt)


def _sent_back(stage: Stage, process: Process, fate: Fate) -> Iterator[Leg]:
    back = [move for move in process.moves_from(stage.key) if move.act is Act.SEND_BACK]
    if not fate.is_sent_back or not back:
        return
    work = process.stage(back[0].target)
    if work.kind is StageKind.WORK:
        yield Leg(Act.SEND_BACK, stage.role, work=0.5, given={"reason": sayings.SENT_BACK})
        yield Leg(
            Act.PROPOSE,
            work.role,
            work=1,
            given={"proposal": sayings.PROPOSALS[0], **_without_opinions(process)},
        )


def _without_opinions(process: Process) -> Given:
    """The crowd's dossiers do not wait for what their process asks of other bodies; they say so."""
    return {"without_opinions": sayings.NO_OPINIONS} if process.opinions else {}


def _decision(stage: Stage, process: Process, fate: Fate, chance: Chance) -> Leg:
    if fate.ending is Ending.REFUSED:
        given = {"reason": chance.one(sayings.REFUSALS), "basis": sayings.REFUSAL_BASIS}
        return Leg(Act.REFUSE, stage.role, work=1, given=given)
    return Leg(Act.APPROVE, stage.role, work=1, given=_without_opinions(process))


def _timed(
    d: Dossier, legs: list[Leg], fate: Fate, calendar: WorkCalendar, finish_by: datetime | None
) -> list[Step]:
    """Lays the legs along office hours between the reception and what the fate leaves of the term."""
    table, received = calendar.locate(d.received_at)
    start = table.hours.position(table.start(received))
    due = table.hours.position(table.tick(d.due_at)) if d.due_at else start
    span = max(due - start, HOUR // 2) * fate.pace
    waits = sum(leg.wait for leg in legs) * HOUR
    if finish_by is not None:
        span = min(span, max(table.hours.position(table.tick(finish_by)) - start - waits, 0))
    share = span / max(sum(leg.work for leg in legs), 1)
    position, steps = float(start), []
    for leg in legs:
        position += leg.work * share + leg.wait * HOUR
        at = max(table.moment(table.hours.moment(int(position))), d.received_at)
        steps.append(Step(leg.act, leg.role, at, leg.given))
    return steps


def _with_apology(
    due_at: datetime, steps: list[Step], fate: Fate, calendar: WorkCalendar
) -> list[Step]:
    """Puts the apology where the fate wants it, if the work has begun by then and is not over."""
    ahead = -3 if fate.apology is Apology.IN_TIME else 1
    on = calendar.working_day_after(due_at.date(), ahead)
    at = calendar.opening_of(on)
    new_day = calendar.closing_of(calendar.working_day_after(due_at.date(), 5))
    said = Step(Act.APOLOGISE, LEADER, at, {"reason": sayings.SORRY, "new_day": new_day})
    begun = [i for i, step in enumerate(steps) if step.act is Act.ASSIGN]
    over = [i for i, step in enumerate(steps) if step.act in (Act.ISSUE_RESULT, Act.REFUSE)]
    if not begun or not over or not steps[begun[0]].at <= at <= steps[over[0]].at:
        return steps
    place = sum(step.at <= at for step in steps[: over[0]])
    return [*steps[:place], said, *steps[place:]]
