"""A process is data, and its check finds what would leave a dossier stranded."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests import builders
from tests.builders import MOVES, STAGES, branching_process, process
from thongsuot.domain.deadline import Term
from thongsuot.domain.workflow import (
    Act,
    BadProcess,
    BranchNeeded,
    ChildLink,
    Fault,
    FaultKind,
    Move,
    NoSuchMove,
    Process,
    Stage,
    StageKind,
    check,
)

ROLES = frozenset({"counter", "intake", "handler", "leader", "clerk"})


def with_term(key: str, term: str) -> Process:
    """The common process with a term at one stage."""
    stages = [replace(s, term=Term.parse(term)) if s.key == key else s for s in STAGES]
    return process(stages=stages)


def kinds(faults: tuple[Fault, ...]) -> set[FaultKind]:
    return {fault.kind for fault in faults}


def test_the_common_process_has_no_fault() -> None:
    legal = Term.parse("5 ngày làm việc")

    assert check(process(), legal_term=legal, roles=ROLES) == ()
    assert check(branching_process(), legal_term=legal, roles=ROLES) == ()


def test_a_process_begins_at_one_reception() -> None:
    none = process(
        stages=STAGES[1:], moves=[m for m in MOVES if "reception" not in (m.source, m.target)]
    )
    two = process(stages=(*STAGES, replace(STAGES[0], key="second")))

    assert FaultKind.NO_START in kinds(check(none))
    assert FaultKind.SEVERAL_STARTS in kinds(check(two))
    with pytest.raises(BadProcess):
        _ = none.start


def test_a_process_has_an_end() -> None:
    endless = process(stages=STAGES[:-1], moves=MOVES[:-1])

    assert kinds(check(endless)) == {FaultKind.NO_END}


def test_a_stage_key_stands_once() -> None:
    doubled = process(stages=(*STAGES, STAGES[2]))

    assert check(doubled) == (Fault(FaultKind.DOUBLED_STAGE, "work"),)


@pytest.mark.parametrize(
    "lost",
    [Move(Act.PROPOSE, "nowhere", "approval"), Move(Act.PROPOSE, "work", "nowhere")],
    ids=["from", "to"],
)
def test_a_move_joins_stages_that_exist(lost: Move) -> None:
    assert check(process(moves=(*MOVES, lost))) == (
        Fault(FaultKind.UNKNOWN_STAGE, "nowhere", "propose"),
    )


def test_a_child_is_opened_at_a_stage_that_exists() -> None:
    linked = process(children=[ChildLink("1.000101", "nowhere")])

    assert check(linked) == (Fault(FaultKind.UNKNOWN_STAGE, "nowhere", "1.000101"),)


def test_a_stage_that_no_move_reaches_is_named() -> None:
    island = Stage("island", "Đảo", StageKind.WORK, "handler")
    off = process(stages=(*STAGES, island), moves=(*MOVES, Move(Act.PROPOSE, "island", "approval")))

    assert check(off) == (Fault(FaultKind.UNREACHABLE, "island"),)


def test_a_stage_that_leads_nowhere_is_a_dead_end() -> None:
    pit = Stage("pit", "Hố", StageKind.WORK, "handler")
    off = process(stages=(*STAGES, pit), moves=(*MOVES, Move(Act.ASSIGN, "intake", "pit")))

    assert check(off) == (Fault(FaultKind.DEAD_END, "pit"),)


def test_every_stage_but_the_end_has_a_role_that_exists() -> None:
    nobody = process(stages=[replace(s, role="") if s.key == "work" else s for s in STAGES])
    ghost = process(stages=[replace(s, role="ghost") if s.key == "work" else s for s in STAGES])

    assert check(nobody) == (Fault(FaultKind.MISSING_ROLE, "work"),)
    assert check(ghost, roles=ROLES) == (Fault(FaultKind.MISSING_ROLE, "work", "ghost"),)
    assert check(ghost) == ()


@pytest.mark.parametrize("target", ["work", "intake"])
def test_going_round_without_being_sent_back_is_a_circle(target: str) -> None:
    round_and_round = process(moves=(*MOVES, Move(Act.ASSIGN, "work", target)))

    assert kinds(check(round_and_round)) == {FaultKind.CYCLE}


def test_the_stages_together_stay_within_the_legal_term() -> None:
    planned = with_term("work", "5 ngày làm việc")

    assert check(planned, legal_term=Term.parse("5 ngày làm việc")) == ()
    assert kinds(check(planned, legal_term=Term.parse("4,5 ngày làm việc"))) == {
        FaultKind.TERM_EXCEEDED
    }


def test_the_longest_branch_is_what_is_measured() -> None:
    spot = branching_process()
    stages = [
        replace(s, term=Term.parse("8 ngày làm việc")) if s.key == "field_work" else s
        for s in spot.stages
    ]
    slow = replace(spot, stages=tuple(stages))

    assert kinds(check(slow, legal_term=Term.parse("5 ngày làm việc"))) == {FaultKind.TERM_EXCEEDED}
    assert check(slow, legal_term=Term.parse("8 ngày làm việc")) == ()


def test_fifteen_calendar_days_hold_no_fifteen_working_days() -> None:
    planned = with_term("work", "15 ngày làm việc")

    assert kinds(check(planned, legal_term=Term.parse("15 ngày"))) == {FaultKind.TERM_EXCEEDED}
    assert check(planned, legal_term=Term.parse("1 tháng")) == ()


def test_a_process_of_many_branches_is_checked_at_once() -> None:
    # given two stages on each of a hundred floors, each leading to both on the next floor
    floors = [[f"{floor}{side}" for side in "ab"] for floor in range(100)]
    halls = [
        Stage(key, key, StageKind.WORK, "handler", Term.parse("1 giờ làm việc"))
        for f in floors
        for key in f
    ]
    stairs = [
        Move(Act.PROPOSE, here, there)
        for below, above in pairwise(floors)
        for here in below
        for there in above
    ]
    gates = [
        *(Move(Act.ASSIGN, "intake", key) for key in floors[0]),
        *(Move(Act.PROPOSE, key, "approval") for key in floors[-1]),
    ]
    tower = process(stages=(*STAGES, *halls), moves=(*MOVES, *stairs, *gates))

    # when it is checked against a term that its longest way just fits
    faults = check(tower, legal_term=Term.parse("100 giờ làm việc"))

    # then two to the hundredth ways were not walked one by one
    assert faults == ()
    assert kinds(check(tower, legal_term=Term.parse("99 giờ làm việc"))) == {
        FaultKind.TERM_EXCEEDED
    }


def test_an_act_makes_the_move_that_the_stage_has() -> None:
    assert process().move(Act.ASSIGN, "intake").target == "work"
    with pytest.raises(NoSuchMove):
        process().move(Act.APPROVE, "intake")
    with pytest.raises(NoSuchMove):
        process().move(Act.ASSIGN, "intake", "approval")
    with pytest.raises(NoSuchMove):
        process().stage("nowhere")


def test_between_branches_the_target_decides_and_silence_is_refused() -> None:
    spot = branching_process()

    with pytest.raises(BranchNeeded) as refused:
        spot.move(Act.ASSIGN, "intake")

    assert spot.move(Act.ASSIGN, "intake", "field_work").target == "field_work"
    assert refused.value.facts["known"] == ["work", "field_work"]


def test_a_version_is_part_of_the_key_that_a_dossier_keeps() -> None:
    assert process("chung", version=3).key == "chung@3"
    assert builders.process().key != process(version=2).key
