"""Who decides, after which opinions, and how a decision that was made is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders, cast
from tests.builders import CALENDAR, POLICIES, after, at_stage, entry, process, received
from tests.cast import MONDAY, moment
from thongsuot.domain.dossier import Dossier, Entry, Event, clock, evolve, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reception import receive
from thongsuot.domain.dossier.refusals import (
    AnswerDayPast,
    DayOff,
    DecisionStands,
    OpinionsNotAsked,
    OpinionsOutstanding,
    SecondPairOfEyes,
)
from thongsuot.domain.workflow import Act, Move, Process, StageKind

PROCESS = process()
TWO = process(
    stages=[
        replace(stage, two_people=stage.kind is StageKind.APPROVAL) for stage in builders.STAGES
    ]
)
ASKING = replace(PROCESS, opinions=(cast.CONSTRUCTION, cast.BAN_MAY))
SON, LONG = (cast.SON.account,), (cast.LONG.account,)


def by(dossier: Dossier, event: Event, *hands: str) -> Dossier:
    """The dossier after an event that somebody made, for somebody absent if two are named."""
    told = entry(event)
    absent = hands[1] if len(hands) > 1 else ""
    return evolve(
        dossier,
        Entry(
            event, told.occurred_at, told.recorded_at, hands[0], told.office, "provincial", absent
        ),
    )


def proposed(process: Process = TWO) -> Dossier:
    """The dossier that Tâm worked on, before the leader."""
    at_work = after(at_stage(received(), "intake"), e.Assigned("tam", "work"))
    told = resolution.propose(at_work, process=process, proposal="Đủ", without_opinions="thử")
    return by(at_work, told, "tam")


def test_where_two_people_decide_the_first_only_agrees_and_the_second_decides() -> None:
    first = resolution.approve(proposed(), process=TWO, hands=SON)
    agreed = by(proposed(), first, "son")
    second = resolution.approve(agreed, process=TWO, hands=LONG)

    assert isinstance(first, e.Endorsed)
    assert (agreed.stage, agreed.is_decided) == ("approval", False)
    assert isinstance(second, e.Approved)
    assert after(agreed, second).is_decided


def test_the_second_is_neither_the_first_nor_the_one_who_handled_it() -> None:
    agreed = by(proposed(), e.Endorsed(), "son")

    for hands in (SON, ("lan", "son"), ("tam",)):
        with pytest.raises(SecondPairOfEyes):
            resolution.approve(agreed, process=TWO, hands=hands)
    with pytest.raises(SecondPairOfEyes):
        resolution.approve(proposed(), process=TWO, hands=("tam",))


def test_whoever_stood_in_for_the_first_is_not_the_second_and_neither_is_the_absent_one() -> None:
    agreed = by(proposed(), e.Endorsed(), "lan", "son")

    for hands in (SON, ("lan",)):
        with pytest.raises(SecondPairOfEyes):
            resolution.approve(agreed, process=TWO, hands=hands)


def test_what_is_sent_back_and_proposed_again_needs_two_people_again() -> None:
    agreed = by(proposed(), e.Endorsed(), "son")
    back = after(agreed, resolution.send_back(agreed, process=TWO, reason="Sai tên"))
    again = by(back, e.Proposed("approval", "Đã sửa"), "tam")

    assert isinstance(resolution.approve(again, process=TWO, hands=SON), e.Endorsed)


def test_where_the_process_asks_for_one_person_one_decides() -> None:
    assert isinstance(resolution.approve(proposed(), process=PROCESS, hands=SON), e.Approved)


def test_nothing_is_proposed_or_approved_before_the_bodies_that_the_process_names_were_asked() -> (
    None
):
    at_work, before = at_stage(received(), "work"), at_stage(received(), "approval")

    with pytest.raises(OpinionsNotAsked) as refused:
        resolution.propose(at_work, process=ASKING, proposal="Đủ")
    with pytest.raises(OpinionsNotAsked):
        resolution.approve(before, process=ASKING, hands=SON)

    assert refused.value.facts["known"] == [cast.CONSTRUCTION]


def test_nothing_is_approved_while_an_opinion_is_owed_unless_a_reason_stands_in_the_dossier() -> (
    None
):
    asked = after(
        at_stage(received(), "approval"), e.OpinionAsked(1, cast.CONSTRUCTION, "?", False)
    )

    with pytest.raises(OpinionsOutstanding):
        resolution.approve(asked, process=ASKING, hands=SON, without_opinions="  ")
    told = resolution.approve(asked, process=ASKING, hands=SON, without_opinions="Quá hạn trả lời")

    assert isinstance(told, e.Approved)
    assert told.without_opinions == "Quá hạn trả lời"


def test_an_opinion_is_awaited_by_a_day_that_has_not_passed() -> None:
    dossier, today = at_stage(received(), "work"), MONDAY.date()

    def ask(day: str) -> e.OpinionAsked:
        return resolution.ask_opinion(
            dossier,
            of="x",
            question="?",
            stops_clock=False,
            basis="",
            on=today,
            answer_by=moment(day).date(),
        )

    with pytest.raises(AnswerDayPast):
        ask("2025-09-05 00:00")
    asked = after(dossier, ask("2025-09-12 00:00"))

    assert asked.opinions_open[0].answer_by == moment("2025-09-12 00:00").date()


def test_sending_back_before_the_issue_withdraws_the_decision_and_says_so() -> None:
    decided = after(at_stage(received(), "approval"), e.Approved("issue"))
    moves = process(moves=[*builders.MOVES, _back_from_issue()])

    told = resolution.send_back(decided, process=moves, reason="Sai số căn cước")

    assert told.withdraws_decision
    assert not after(decided, told).is_decided
    assert not resolution.send_back(
        at_stage(received(), "approval"), process=PROCESS, reason="x"
    ).withdraws_decision


def test_a_decided_dossier_is_not_put_back_by_changing_its_process() -> None:
    decided = after(at_stage(received(), "approval"), e.Approved("issue"))
    second = process(version=2)

    for stage in ("reception", "intake", "work", "approval"):
        with pytest.raises(DecisionStands):
            resolution.change_process(decided, to=second, stage=stage, reason="QĐ 2")
    assert resolution.change_process(decided, to=second, stage="issue", reason="QĐ 2").stage


@pytest.mark.parametrize("day", ["2025-09-13 09:00", "2025-09-02 09:00"])
def test_nobody_is_told_to_come_on_a_day_off(day: str) -> None:
    submission = builders.submission(
        received_at=moment("2025-08-25 08:00"),
        appointment=moment(day),
        appointment_basis="Công văn 12/UBND",
    )

    with pytest.raises(DayOff):
        receive(
            submission,
            code="H99.101-250825-0001",
            counter=builders.counter(),
            procedure=builders.procedure(term=None),
            process=PROCESS,
            calendar=CALENDAR,
            policies=POLICIES,
            home_system="provincial",
            at=moment("2025-08-25 08:00"),
        )


def test_the_new_day_of_an_apology_is_a_working_day() -> None:
    with pytest.raises(DayOff):
        clock.apologise(
            received(),
            reason="Thiếu người",
            new_day=moment("2025-09-20 16:00"),
            at=MONDAY,
            calendar=CALENDAR,
            policies=POLICIES,
        )


def _back_from_issue() -> Move:
    return Move(Act.SEND_BACK, "issue", "approval", "Trả lại người ký")
