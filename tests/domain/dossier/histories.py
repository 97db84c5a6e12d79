"""Random histories: whatever people try, in whatever order, at whatever hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests import builders, cast
from tests.builders import CALENDAR, PHRASES, POLICIES
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import PauseKind
from thongsuot.domain.dossier import (
    Dossier,
    Entry,
    Event,
    clock,
    reception,
    resolution,
    transfer,
)
from thongsuot.domain.dossier.events import PaperGiven
from thongsuot.domain.dossier.transfer import Custody
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import ChildLink, Process

PROCESS = builders.process(children=[ChildLink("1.000101", "work")])
SECOND = builders.process(version=2)

Try = Callable[[Dossier, datetime], Event | None]


@dataclass(frozen=True)
class Step:
    """Something tried some minutes after the last thing."""

    name: str
    minutes: int


@dataclass(frozen=True)
class History:
    """A dossier's events, how it stood after each, and what was refused on the way."""

    entries: tuple[Entry, ...]
    states: tuple[Dossier, ...]
    refused: tuple[str, ...]


def _running(dossier: Dossier) -> Process:
    return SECOND if dossier.process_version == SECOND.key else PROCESS


TRIES: dict[str, Try] = {
    "digitise": lambda d, _: reception.digitise(d, paper="Tờ khai", content_hash="ab"),
    "forward": lambda d, at: reception.forward(
        d, process=_running(d), at=at, calendar=CALENDAR, policies=POLICIES
    ),
    "arrive": lambda d, at: reception.arrive(d, at=at, calendar=CALENDAR),
    "assign": lambda d, _: resolution.assign(
        d, process=_running(d), official="tam", reason="đổi người"
    ),
    "ask_opinion": lambda d, _: resolution.ask_opinion(
        d, of=cast.CONSTRUCTION, question="?", stops_clock=False, basis="", on=cast.MONDAY.date()
    ),
    "ask_opinion_that_stops": lambda d, _: resolution.ask_opinion(
        d, of=cast.CENTRE, question="?", stops_clock=True, basis="Luật X", on=cast.MONDAY.date()
    ),
    "give_opinion": lambda d, at: resolution.give_opinion(
        d,
        opinion=d.opinions_open[0].number if d.opinions_open else 0,
        answer="Đồng ý",
        at=at,
        calendar=CALENDAR,
    ),
    "propose": lambda d, _: resolution.propose(d, process=_running(d), proposal="Đủ"),
    "approve": lambda d, _: resolution.approve(d, process=_running(d), hands=("son",)),
    "send_back": lambda d, _: resolution.send_back(d, process=_running(d), reason="làm lại"),
    "ask_supplement": lambda d, _: clock.ask_supplement(
        d, missing=("Ảnh",), reason="thiếu", basis="", policies=POLICIES
    ),
    "ask_supplement_again": lambda d, _: clock.ask_supplement(
        d, missing=("Ảnh",), reason="thiếu", basis="Luật X", policies=POLICIES
    ),
    "receive_supplement": lambda d, at: clock.receive_supplement(
        d, papers=(PaperGiven("Ảnh"),), at=at, calendar=CALENDAR
    ),
    "raise_financial_duty": lambda d, _: clock.raise_financial_duty(d, amount=9, what="phí"),
    "settle_financial_duty": lambda d, at: clock.settle_financial_duty(
        d, receipt="BL", at=at, calendar=CALENDAR
    ),
    "begin_incident": lambda d, _: clock.begin_incident(d, what="mất mạng", announced_in="TB"),
    "end_incident": lambda d, at: clock.end_incident(d, at=at, calendar=CALENDAR),
    "apologise": lambda d, at: clock.apologise(
        d,
        reason="thiếu người",
        new_day=max(d.due_at or at, at) + timedelta(days=3),
        at=at,
        calendar=CALENDAR,
        policies=POLICIES,
    ),
    "accept_due": lambda d, _: clock.accept_due(d, calendar=CALENDAR, reason="lịch mới"),
    "change_process": lambda d, _: resolution.change_process(
        d, to=SECOND, stage=d.stage, reason="QĐ mới"
    ),
    "open_child": lambda d, _: resolution.open_child(
        d, process=_running(d), child="H99.101-250908-0009", procedure="1.000101"
    ),
    "refuse": lambda d, at: resolution.refuse(
        d,
        process=_running(d),
        reason="Không đủ",
        basis="Luật X",
        phrases=PHRASES,
        about_reorganisation=False,
        at=at,
    ),
    "stop": lambda d, _: resolution.stop(d, reason="Không cần", channel=Channel.POST),
    "issue_result": lambda d, _: resolution.issue_result(d, process=_running(d), number="12"),
    "hand_over": lambda d, _: resolution.hand_over(
        d, process=_running(d), to="Mỷ", how=Channel.IN_PERSON
    ),
    "pass_custody": lambda d, _: transfer.pass_custody(
        d,
        to=Custody(d.office, d.competent_office, cast.NAM_SUONG, cast.AT_NAM_SUONG, d.assignee),
        plan="mt-2025",
        operation=1,
        rule="1:merged",
    ),
    "notice": lambda d, at: clock.notice(d, at=at, calendar=CALENDAR, policies=POLICIES),
}
ENDS_PAUSE = {
    PauseKind.SUPPLEMENT: "receive_supplement",
    PauseKind.FINANCIAL_DUTY: "settle_financial_duty",
    PauseKind.SYSTEM_INCIDENT: "end_incident",
    PauseKind.OPINION: "give_opinion",
}
LEAVES_STAGE = {
    "reception": "forward",
    "intake": "assign",
    "work": "propose",
    "approval": "approve",
    "issue": "issue_result",
}


def onward(dossier: Dossier) -> str:
    """What brings a dossier on from where it stands; chance alone would seldom find it."""
    if not dossier.is_open:
        return "hand_over"
    if dossier.open_pauses:
        return ENDS_PAUSE[dossier.open_pauses[0].kind]
    if dossier.opinions_open:
        return "give_opinion"
    if dossier.competent_received_at is None and dossier.office == dossier.competent_office:
        return "arrive"
    return LEAVES_STAGE[dossier.stage]


STEPS = st.lists(
    st.builds(
        Step,
        st.one_of(st.just("onward"), st.sampled_from(sorted(TRIES))),
        st.integers(0, 24 * 60),
    ),
    min_size=5,
    max_size=30,
)
BEGINNINGS = st.sampled_from(
    [
        builders.received(),
        builders.received(competent=cast.DEPARTMENT),
        builders.received(term=None),
        builders.received(term="15 ngày"),
        builders.received(term="8 giờ làm việc", competent=cast.DEPARTMENT),
    ]
)


def play(beginning: Dossier, steps: list[Step]) -> History:
    """What becomes of a dossier when people try these things one after another."""
    entries: list[Entry] = []
    states, refused = [beginning], list[str]()
    now = beginning.received_at
    for step in steps:
        now += timedelta(minutes=step.minutes)
        try:
            name = onward(states[-1]) if step.name == "onward" else step.name
            event = TRIES[name](states[-1], now)
        except Refusal as refusal:
            refused.append(refusal.code)
            continue
        if event is not None:
            entries.append(builders.entry(event, now))
            states.append(builders.after(states[-1], event, now))
    return History(tuple(entries), tuple(states), tuple(refused))
