"""What can be told of the catalogue, of proposals and of rosters, in a fixed number of questions."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests import builders, cast, life, rows
from thongsuot.actions import catalogue as actions
from thongsuot.domain.decisions import Decision
from thongsuot.domain.directory import Level
from thongsuot.domain.proposals import ProposalKind
from thongsuot.domain.roster import Named
from thongsuot.queries import proposals, publication

AT = cast.moment("2025-09-08 08:00")
ON = AT.date()


@pytest.fixture(autouse=True)
def province(db: None) -> None:
    """The province of Mây Trắng."""
    rows.province()


def decision() -> Decision:
    return Decision("QĐ 30", date(2025, 9, 5), "Chủ tịch UBND tỉnh", "", ON)


def roster_in_force(official: str) -> None:
    number = actions.draft_roster(
        office=cast.BAN_MAY,
        process="chung",
        named=(Named("work", official, rows.FIVE_DAYS),),
        by=cast.SON,
        at=AT,
    )
    actions.propose(number=number, by=cast.SON, at=AT)
    actions.appraise(number=number, remark="", by=cast.NHUNG, at=AT)
    actions.decide(number=number, decision=decision(), by=cast.NHUNG, at=AT)


def test_what_a_change_touches_is_counted_and_named() -> None:
    running = life.received()
    life.received(rows.LINKED)
    roster_in_force(cast.TAM.account)

    told = publication.impact(rows.FIVE_DAYS, levels=frozenset({Level.COMMUNE}), on=ON)

    assert (told.open_dossiers, told.codes) == (1, (running.code,))
    assert told.processes == ("chung@1",)
    assert told.rosters == (cast.BAN_MAY,)
    assert told.parents == ("lien-thong@1",)


def test_a_dossier_that_has_ended_is_not_touched() -> None:
    life.handed_over(life.received())

    told = publication.impact(rows.FIVE_DAYS, levels=frozenset({Level.COMMUNE}), on=ON)

    assert told.open_dossiers == 0


def test_the_people_of_a_roster_are_offered_where_work_is_given() -> None:
    waiting = life.forwarded(life.received())
    assert proposals.offered(waiting, on=ON) == frozenset()

    roster_in_force(cast.TAM.account)

    assert proposals.offered(waiting, on=ON) == frozenset({cast.TAM.account})


def test_lists_of_processes_and_proposals_ask_as_often_however_long_they_are() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["default"]) as queries:
            proposals.processes(on=ON)
            proposals.proposed(ProposalKind.PROCESS)
            proposals.rosters_in_force(on=ON)
        return len(queries)

    _propose("mot")
    few = asked()
    for number in range(9):
        _propose(f"q{number}")
        rows.process(
            builders.process(f"p{number}"), procedure=f"9.00000{number}", level=Level.COMMUNE
        )

    assert asked() == few


def _propose(code: str) -> None:
    process = builders.process(code, decision="")
    actions.draft_process(office=cast.BAN_MAY, process=process, uses=(), by=cast.SON, at=AT)
