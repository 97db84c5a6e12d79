"""A dossier that is still here goes on to its end, from wherever it stands."""

from __future__ import annotations

from thongsuot.cli.story.cast import CLERK, COUNTER, HANDLER, INTAKE, LEADER
from thongsuot.cli.story.january.setting import Setting
from thongsuot.domain.dossier import Dossier, replay
from thongsuot.domain.workflow import Act, Process, Stage, StageKind
from thongsuot.records import catalogue
from thongsuot.records import dossier as records

WITHDRAWN = "Người nộp rút hồ sơ, sẽ nộp lại ở hệ thống của bộ."
ANSWER = "Thống nhất."
PROPOSAL = "Hồ sơ đủ điều kiện, trình lãnh đạo ký."
MOST_STEPS = 20


def finish(here: Setting, code: str) -> Dossier:
    """Step by step to the hand-over; who waits for the applicant is stopped at their wish."""
    d = _now(code)
    process = catalogue.process(d.process_version)
    for _ in range(MOST_STEPS):
        stage = process.stage(d.stage)
        if d.ended_at is not None or stage.kind is StageKind.END:
            return d
        d = _next(here, d, process, stage)
    raise AssertionError(f"{code} does not come to its end")


def _next(here: Setting, d: Dossier, process: Process, stage: Stage) -> Dossier:
    t = here.teller
    if stage.kind is StageKind.WORK and d.assignee and not (d.opinions_open or d.is_paused):
        return t.act_as(t.cast.person(d.assignee), d, Act.PROPOSE, proposal=PROPOSAL)
    act, role, given = _act(here, d, process, stage)
    return t.act(d, act, role, **given)


def _act(
    here: Setting, d: Dossier, process: Process, stage: Stage
) -> tuple[Act, str, dict[str, object]]:
    if d.opinions_open:
        answer = {"opinion": d.opinions_open[0].number, "answer": ANSWER}
        return Act.GIVE_OPINION, HANDLER, answer
    if d.is_paused and stage.kind is StageKind.WORK:
        return Act.STOP, COUNTER, {"reason": WITHDRAWN}
    if stage.kind is not StageKind.RECEPTION and d.competent_received_at is None:
        return Act.ARRIVE, INTAKE, {}
    kinds: dict[StageKind, tuple[Act, str, dict[str, object]]] = {
        StageKind.RECEPTION: (Act.FORWARD, COUNTER, {}),
        StageKind.INTAKE: (Act.ASSIGN, INTAKE, _assigned(here, d, process, stage)),
        StageKind.WORK: (Act.PROPOSE, HANDLER, {"proposal": PROPOSAL}),
        StageKind.APPROVAL: (Act.APPROVE, LEADER, {}),
        StageKind.ISSUE: (Act.ISSUE_RESULT, CLERK, {"number": f"{d.code[-6:]}/KQ"}),
    }
    hand_over: dict[str, object] = {"to": d.applicant.name, "how": "in_person"}
    return kinds.get(stage.kind, (Act.HAND_OVER, COUNTER, hand_over))


def _assigned(here: Setting, d: Dossier, process: Process, stage: Stage) -> dict[str, object]:
    """To whom, and which way, where the process has several."""
    ways = process.branches(Act.ASSIGN, stage.key)
    holders = (post for post in here.teller.cast.posts if post.role == HANDLER)
    handler = next((post.account for post in holders if post.office == d.office), "")
    target = {"target": ways[0].target} if len(ways) > 1 else {}
    return {"official": handler, **target}


def _now(code: str) -> Dossier:
    found = replay(records.entries_of(records.find(code)))
    if found is None:
        raise AssertionError(f"{code} has no events")
    return found
