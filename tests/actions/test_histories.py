"""People do what their page offers them, at random: the page keeps its word, the rows agree."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.refusals import (
    AlreadyExtended,
    DayOff,
    OpinionsOutstanding,
    SupplementAlreadyAsked,
    Waiting,
)
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import Act, Process
from thongsuot.queries import dossier as queries
from thongsuot.records import catalogue
from thongsuot.records.dossier import DossierRow, EventRow

pytestmark = pytest.mark.usefixtures("province")

EVERYBODY = tuple(person for person, _, _ in rows.POSTS)
HISTORIES, STEPS = 12, 14

# What the page cannot know before it is filled in; anything else it offers must work.
MAY_BE_REFUSED = (AlreadyExtended, DayOff, OpinionsOutstanding, SupplementAlreadyAsked, Waiting)


def filled_in(
    act: Act, dossier: Dossier, process: Process, now: datetime, chance: random.Random
) -> dict[str, object]:
    """What somebody would enter for an act."""
    opinion = dossier.opinions_open[0].number if dossier.opinions_open else 0
    ways = process.branches(act, dossier.stage)
    given: dict[Act, dict[str, object]] = {
        Act.DIGITISE: {"paper": "Tờ khai"},
        Act.ASSIGN: {"official": _worker(dossier), "reason": "đổi người"},
        Act.ASK_OPINION: {"of": cast.CONSTRUCTION, "question": "?", "stops_clock": "on", "basis": "Luật X"},
        Act.GIVE_OPINION: {"opinion": str(opinion), "answer": "Đồng ý"},
        Act.PROPOSE: {"proposal": "Đủ"},
        Act.SEND_BACK: {"reason": "làm lại"},
        Act.ASK_SUPPLEMENT: {"missing": "Ảnh\nĐơn", "reason": "thiếu"},
        Act.RAISE_FINANCIAL_DUTY: {"amount": "1000", "what": "phí"},
        Act.SETTLE_FINANCIAL_DUTY: {"receipt": "BL 1"},
        Act.BEGIN_INCIDENT: {"what": "mất mạng", "announced_in": "TB 1"},
        Act.APOLOGISE: {"reason": "thiếu người", "new_day": max(now, dossier.due_at or now) + timedelta(days=2)},
        Act.REFUSE: {"reason": "Không đủ", "basis": "Luật X"},
        Act.STOP: {"reason": "Không cần"},
        Act.ISSUE_RESULT: {"number": "12"},
        Act.HAND_OVER: {"to": "Giàng Thị Mỷ"},
    }  # fmt: skip
    target = {"target": chance.choice(ways).target} if len(ways) > 1 else {}
    return given.get(act, {}) | target


def somebody(
    dossier: Dossier, process: Process, now: datetime, chance: random.Random
) -> tuple[Person, tuple[Act, ...]]:
    """The first person found to whom some act is open."""
    for person in chance.sample(EVERYBODY, len(EVERYBODY)):
        acts = queries.open_acts(dossier, process, person.account, now)
        if acts:
            return person, acts
    return cast.KHACH, ()


def live(dossier: Dossier, chance: random.Random) -> list[Refusal]:
    """Some steps in the life of a dossier, each by whoever is found to have a duty."""
    refused, now = list[Refusal](), MONDAY
    for _ in range(STEPS):
        now += timedelta(minutes=chance.choice([1, 30, 300, 1500]))
        process = catalogue.process(dossier.process_version)
        by, acts = somebody(dossier, process, now, chance)
        if not acts:
            break
        act = chance.choice(acts)
        given = filled_in(act, dossier, process, now, chance)
        try:
            dossier = life.do(dossier, act, by, now, **given)
        except Refusal as refusal:
            refused.append(refusal)
    return refused


def test_a_page_offers_what_works_and_rows_stay_what_the_events_say() -> None:
    chance = random.Random(20250908)  # noqa: S311 - the same lives every time
    beginnings: tuple[Callable[[], Dossier], ...] = (
        life.received,
        lambda: life.received(rows.BRANCHING),
        lambda: life.received(rows.AT_PROVINCE, competent=cast.DEPARTMENT),
    )

    refused = [r for n in range(HISTORIES) for r in live(beginnings[n % 3](), chance)]

    assert {type(r).__name__ for r in refused if not isinstance(r, MAY_BE_REFUSED)} == set()
    assert {tuple(found) for _, found in queries.verified()} == {()}
    assert DossierRow.objects.filter(ended_at__isnull=False).count() > 1
    assert EventRow.objects.values("name").distinct().count() > 12


def _worker(dossier: Dossier) -> str:
    return (cast.DUNG if dossier.office == cast.DEPARTMENT else cast.TAM).account
