"""The desk: from the first hand to the result in the applicant's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders, cast
from tests.builders import CALENDAR, PHRASES, after, at_stage, branching_process, process, received
from tests.cast import MONDAY, moment
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier, Event, Status, clock, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reasons import ReasonNeeded, ReorganisationIsNoReason
from thongsuot.domain.dossier.reception import digitise
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    BasisNeeded,
    ChildNotLinked,
    DecisionMade,
    DossierEnded,
    NoSuchOpinion,
    NotArrived,
    NotEndedYet,
    NumberNeeded,
    OpinionsOutstanding,
    SameProcess,
    StageNotInProcess,
    Waiting,
)
from thongsuot.domain.dossier.standing import offices_for, require_not_over, role_for
from thongsuot.domain.dossier.transfer import forward
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.workflow import Act, BranchNeeded, ChildLink, NoSuchMove

PROCESS = process()
DRAFT = StoredFile("ab" * 32, "du-thao.docx", MediaType.DOCX, 10, 0)


def at(stage: str) -> Dossier:
    """A dossier of Bản Mây, arrived, at a stage."""
    return at_stage(received(), stage)


def paused(stage: str) -> Dossier:
    return after(at(stage), e.SupplementAsked(("Ảnh",), "thiếu"))


def refuse(
    dossier: Dossier,
    reason: str = "Không đủ điều kiện",
    *,
    basis: str = "Điều 8 Luật X",
    about: bool = False,
) -> e.Refused:
    return resolution.refuse(
        dossier,
        process=PROCESS,
        reason=reason,
        basis=basis,
        phrases=PHRASES,
        about_reorganisation=about,
        at=MONDAY,
    )


def test_an_official_gets_the_dossier_and_another_only_with_a_reason() -> None:
    given = resolution.assign(at("intake"), process=PROCESS, official="tam")
    dossier = after(at("intake"), given)

    with pytest.raises(ReasonNeeded):
        resolution.assign(dossier, process=PROCESS, official="lan")
    again = resolution.assign(dossier, process=PROCESS, official="lan", reason="Tâm đi học")

    assert (dossier.assignee, dossier.stage) == ("tam", "work")
    assert dossier.status is Status.PROCESSING
    assert (again.official, again.stage) == ("lan", "work")


def test_work_already_given_is_given_anew_by_whoever_may_assign() -> None:
    assert role_for(at("intake"), Act.ASSIGN, PROCESS) == "intake"
    assert role_for(at("work"), Act.ASSIGN, PROCESS) == ""
    assert role_for(at("work"), Act.PROPOSE, PROCESS) == "handler"
    assert role_for(at("work"), Act.ASK_OPINION, PROCESS) == ""


def test_a_branch_is_taken_by_naming_it() -> None:
    spot = branching_process()

    with pytest.raises(BranchNeeded):
        resolution.assign(at("intake"), process=spot, official="tam")

    chosen = resolution.assign(at("intake"), process=spot, official="tam", target="field_work")
    assert chosen.stage == "field_work"


def test_a_proposal_waits_for_every_opinion() -> None:
    asked = resolution.ask_opinion(
        at("work"),
        of=cast.CONSTRUCTION,
        question="Quy hoạch?",
        stops_clock=False,
        basis="",
        on=MONDAY.date(),
    )
    dossier = after(at("work"), asked)

    with pytest.raises(OpinionsOutstanding):
        resolution.propose(dossier, process=PROCESS, proposal="Đủ")
    answer = resolution.give_opinion(
        dossier, opinion=1, answer="Phù hợp", at=MONDAY, calendar=CALENDAR
    )
    told = resolution.propose(after(dossier, answer), process=PROCESS, proposal="Đủ")

    assert told.stage == "approval"


def test_an_opinion_is_answered_once_by_the_body_that_was_asked() -> None:
    asked = resolution.ask_opinion(
        at("work"),
        of=cast.CONSTRUCTION,
        question="?",
        stops_clock=False,
        basis="",
        on=MONDAY.date(),
    )
    dossier = after(at("work"), asked)

    assert offices_for(dossier, Act.GIVE_OPINION, 1) == (cast.CONSTRUCTION,)
    with pytest.raises(NoSuchOpinion):
        offices_for(dossier, Act.GIVE_OPINION, 2)
    with pytest.raises(NoSuchOpinion):
        resolution.give_opinion(dossier, opinion=2, answer="?", at=MONDAY, calendar=CALENDAR)
    with pytest.raises(ReasonNeeded):
        resolution.give_opinion(dossier, opinion=1, answer=" ", at=MONDAY, calendar=CALENDAR)


def test_an_opinion_asks_something() -> None:
    with pytest.raises(ReasonNeeded):
        resolution.ask_opinion(
            at("work"), of="x", question=" ", stops_clock=False, basis="", on=MONDAY.date()
        )


FORWARD_ACTS: dict[str, Callable[[Dossier], Event]] = {
    "work": lambda d: resolution.propose(d, process=PROCESS, proposal="Đủ"),
    "approval": lambda d: resolution.approve(d, process=PROCESS, hands=("son",)),
    "issue": lambda d: resolution.issue_result(d, process=PROCESS, number="12"),
}


@pytest.mark.parametrize("stage", list(FORWARD_ACTS))
def test_the_body_works_only_while_its_clock_runs(stage: str) -> None:
    with pytest.raises(Waiting):
        FORWARD_ACTS[stage](paused(stage))


@pytest.mark.parametrize("stage", list(FORWARD_ACTS))
def test_the_body_works_only_on_what_it_has_received(stage: str) -> None:
    on_the_way = at_stage(received(competent=cast.DEPARTMENT), stage)

    with pytest.raises(NotArrived):
        FORWARD_ACTS[stage](on_the_way)


def test_an_act_that_the_stage_does_not_have_is_refused() -> None:
    with pytest.raises(NoSuchMove):
        resolution.approve(at("work"), process=PROCESS, hands=("son",))


def test_what_is_sent_back_goes_where_it_came_from_with_the_reason() -> None:
    told = resolution.send_back(at("approval"), process=PROCESS, reason="Thiếu căn cứ")
    decided = after(at("approval"), e.Approved("issue"))

    assert (told.stage, told.to_office) == ("work", cast.BAN_MAY)
    assert not after(decided, e.SentBack("work", "Sai tên", cast.BAN_MAY)).is_decided
    with pytest.raises(ReasonNeeded):
        resolution.send_back(at("approval"), process=PROCESS, reason="")


def test_what_the_counter_must_mend_goes_back_to_the_office_of_the_counter() -> None:
    # given a dossier of the department, received at the commune and arrived
    dossier = received(competent=cast.DEPARTMENT)
    dossier = after(dossier, e.Forwarded(cast.DEPARTMENT, "intake"))
    dossier = after(dossier, e.Arrived(MONDAY, moment("2025-09-15 08:00")))

    # when the department sends it back to the counter, and the counter forwards it again
    back = after(dossier, resolution.send_back(dossier, process=PROCESS, reason="Nhầm thủ tục"))
    again = forward(
        back,
        process=PROCESS,
        at=moment("2025-09-08 16:00"),
        calendar=CALENDAR,
        policies=builders.POLICIES,
    )

    # then it was at the counter meanwhile, and the clock of the law never restarted
    assert (back.office, back.stage) == (cast.BAN_MAY, "reception")
    assert again.to_office == cast.DEPARTMENT
    assert after(back, again).competent_received_at == MONDAY


def test_a_refusal_has_a_reason_and_a_basis_in_law() -> None:
    told = refuse(at("approval"))

    assert after(at("approval"), told).status is Status.FINISHED
    with pytest.raises(ReasonNeeded):
        refuse(at("approval"), " ")
    with pytest.raises(BasisNeeded):
        refuse(at("approval"), basis=" ")


@pytest.mark.parametrize(
    "reason",
    [
        "Do sắp xếp bộ máy",
        "do sap xep bo may",
        "DO SÁP NHẬP XÃ nên chưa có người ký",
        "Hiện nay cơ quan đang sắp xếp lại bộ máy nên tạm dừng",
        "sa\u0306\u0301p xe\u0302\u0301p bo\u0323\u0302 ma\u0301y",
    ],
)
def test_reorganisation_is_no_reason_to_refuse_however_it_is_written(reason: str) -> None:
    with pytest.raises(ReorganisationIsNoReason):
        refuse(at("approval"), reason)
    with pytest.raises(ReorganisationIsNoReason):
        refuse(at("approval"), basis=reason)


def test_words_that_only_meet_across_reason_and_basis_are_not_a_reorganisation() -> None:
    assert refuse(at("approval"), "Hồ sơ cần sắp xếp", basis="Bộ máy kế toán theo Luật X")


def test_a_procedure_about_reorganisation_is_refused_like_any_other() -> None:
    assert refuse(at("approval"), "Đề án sắp xếp bộ máy chưa đạt", about=True).stage == "handover"


def test_a_refusal_is_possible_while_the_applicant_does_not_answer() -> None:
    dossier = after(paused("approval"), refuse(paused("approval")))

    assert not dossier.is_open
    assert not dossier.is_paused


def test_the_applicant_may_stop_as_long_as_nothing_is_decided() -> None:
    stopped = resolution.stop(at("approval"), reason="Không cần nữa", channel=Channel.ONLINE)
    dossier = after(at("approval"), stopped)

    assert dossier.status is Status.WITHDRAWN
    with pytest.raises(DecisionMade):
        resolution.stop(
            after(at("approval"), e.Approved("issue")), reason="Không cần", channel=Channel.ONLINE
        )
    with pytest.raises(ReasonNeeded):
        resolution.stop(at("approval"), reason="", channel=Channel.ONLINE)


def test_a_result_has_a_number_and_ends_the_work() -> None:
    dossier = after(at("issue"), resolution.issue_result(at("issue"), process=PROCESS, number="12"))

    assert dossier.ended_at == MONDAY
    assert dossier.office == dossier.return_office
    with pytest.raises(NumberNeeded):
        resolution.issue_result(at("issue"), process=PROCESS, number=" ")


ENDINGS: dict[str, tuple[Event, str]] = {
    "granted": (e.ResultIssued("handover", "12"), "10"),
    "refused": (e.Refused("Không đủ", "Luật X", "handover"), "9"),
    "withdrawn": (e.Stopped("Không cần", Channel.POST), "7"),
}


@pytest.mark.parametrize("ending", list(ENDINGS))
def test_whatever_came_of_it_is_handed_over_once(ending: str) -> None:
    event, status = ENDINGS[ending]
    ended = after(at("work"), event)

    told = resolution.hand_over(ended, process=PROCESS, to="Giàng Thị Mỷ", how=Channel.POST)
    done = after(ended, told)

    assert (done.stage, done.status.value) == ("end", status)
    with pytest.raises(AlreadyHandedOver):
        resolution.hand_over(done, process=PROCESS, to="Giàng Thị Mỷ", how=Channel.POST)


def test_nothing_is_handed_over_before_the_end_or_to_nobody() -> None:
    ended = after(at("issue"), e.ResultIssued("handover", "12"))

    with pytest.raises(NotEndedYet):
        resolution.hand_over(at("issue"), process=PROCESS, to="Mỷ", how=Channel.POST)
    with pytest.raises(ReasonNeeded):
        resolution.hand_over(ended, process=PROCESS, to=" ", how=Channel.POST)


LINKED = process("lien-thong", children=[ChildLink("1.000101", "work")])
AFTER_THE_END: dict[Act, Callable[[Dossier], Event]] = {
    Act.DIGITISE: lambda d: digitise(d, paper="Tờ khai", content_hash=""),
    Act.FORWARD: lambda d: forward(d, process=PROCESS, at=MONDAY, calendar=CALENDAR, policies=builders.POLICIES),
    Act.ASSIGN: lambda d: resolution.assign(d, process=PROCESS, official="tam", reason="x"),
    Act.CLAIM: lambda d: resolution.claim(d, process=PROCESS, official="tam"),
    Act.ASK_OPINION: lambda d: resolution.ask_opinion(d, of="x", question="?", stops_clock=False, basis="", on=MONDAY.date()),
    Act.GIVE_OPINION: lambda d: resolution.give_opinion(d, opinion=1, answer="x", at=MONDAY, calendar=CALENDAR),
    Act.PROPOSE: FORWARD_ACTS["work"],
    Act.APPROVE: FORWARD_ACTS["approval"],
    Act.SEND_BACK: lambda d: resolution.send_back(d, process=PROCESS, reason="x"),
    Act.ASK_SUPPLEMENT: lambda d: clock.ask_supplement(d, missing=("x",), reason="x", basis="", policies=builders.POLICIES),
    Act.RECEIVE_SUPPLEMENT: lambda d: clock.receive_supplement(d, papers=(), at=MONDAY, calendar=CALENDAR),
    Act.REFUSE: refuse,
    Act.STOP: lambda d: resolution.stop(d, reason="x", channel=Channel.POST),
    Act.RAISE_FINANCIAL_DUTY: lambda d: clock.raise_financial_duty(d, amount=1, what="x"),
    Act.SETTLE_FINANCIAL_DUTY: lambda d: clock.settle_financial_duty(d, receipt="x", at=MONDAY, calendar=CALENDAR),
    Act.BEGIN_INCIDENT: lambda d: clock.begin_incident(d, what="x", announced_in="x"),
    Act.END_INCIDENT: lambda d: clock.end_incident(d, at=MONDAY, calendar=CALENDAR),
    Act.APOLOGISE: lambda d: clock.apologise(d, reason="x", new_day=moment("2025-10-01 08:00"), at=MONDAY, calendar=CALENDAR, policies=builders.POLICIES),
    Act.ISSUE_RESULT: FORWARD_ACTS["issue"],
    Act.DRAFT: lambda d: resolution.keep_draft(d, file=DRAFT),
    Act.CHANGE_PROCESS: lambda d: resolution.change_process(d, to=process(version=2), stage="work", reason="x"),
    Act.ACCEPT_DUE: lambda d: clock.accept_due(d, calendar=CALENDAR, reason="x"),
    Act.OPEN_CHILD: lambda d: resolution.open_child(d, process=LINKED, child="c", procedure="1.000101"),
}  # fmt: skip


@pytest.mark.parametrize("act", list(AFTER_THE_END))
def test_after_the_end_every_act_is_refused(act: Act) -> None:
    ended = after(at("work"), ENDINGS["withdrawn"][0])

    with pytest.raises(DossierEnded):
        AFTER_THE_END[act](ended)
    with pytest.raises(DossierEnded):
        require_not_over(ended, act)


def test_no_act_was_forgotten_among_those_refused_after_the_end() -> None:
    begins_or_follows_the_end = {
        Act.RECEIVE,
        Act.DECLINE,
        Act.ARRIVE,
        Act.HAND_OVER,
        Act.COLLECT_FEE,
    }

    assert set(AFTER_THE_END) == set(Act) - begins_or_follows_the_end


def test_a_running_dossier_moves_to_another_process_on_purpose() -> None:
    second = process(version=2)

    told = resolution.change_process(at("work"), to=second, stage="approval", reason="QĐ 2")

    moved = after(at("work"), told)
    assert (moved.process_version, moved.stage) == ("chung@2", "approval")
    assert moved.due_at == at("work").due_at


def test_a_process_is_not_changed_to_itself_to_nowhere_or_for_nothing() -> None:
    second = process(version=2)

    with pytest.raises(SameProcess):
        resolution.change_process(at("work"), to=PROCESS, stage="work", reason="x")
    for stage in ("nowhere", "end"):
        with pytest.raises(StageNotInProcess):
            resolution.change_process(at("work"), to=second, stage=stage, reason="x")
    with pytest.raises(ReasonNeeded):
        resolution.change_process(at("work"), to=second, stage="work", reason="")


def test_a_child_is_opened_only_where_the_process_links_it() -> None:
    opened = resolution.open_child(at("work"), process=LINKED, child="c", procedure="1.000101")

    assert after(at("work"), opened).children == ("c",)
    for stage, procedure in (("intake", "1.000101"), ("work", "1.000202")):
        with pytest.raises(ChildNotLinked):
            resolution.open_child(at(stage), process=LINKED, child="c", procedure=procedure)


def test_the_counter_acts_wherever_the_dossier_is() -> None:
    away = after(received(competent=cast.DEPARTMENT), e.Forwarded(cast.DEPARTMENT, "intake"))

    assert offices_for(away, Act.STOP) == (cast.DEPARTMENT, cast.BAN_MAY)
    assert offices_for(away, Act.ARRIVE) == (cast.DEPARTMENT,)
    assert offices_for(away, Act.PROPOSE) == (cast.DEPARTMENT,)
