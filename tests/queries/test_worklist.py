"""The work list of an official: their own, their office's, the urgent, and no query more for more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders, cast, life, rows
from tests.cast import MONDAY, moment
from thongsuot.actions import dossier as actions
from thongsuot.domain.duties import Person
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.queries import dossier as queries
from thongsuot.queries.dossier import Order, Tab
from thongsuot.queries.filters import Filters

pytestmark = pytest.mark.usefixtures("province")

NOW = MONDAY + timedelta(hours=2)


def codes(person: Person, tab: Tab, *, search: str = "", after: str = "") -> list[str]:
    wanted = Filters(search=search)
    lines = queries.worklist(person.account, tab=tab, at=NOW, filters=wanted, after=after)
    return [line.code.rpartition("-")[2] for line in lines]


def test_an_official_sees_what_their_office_has_in_hand() -> None:
    life.received()
    life.received(rows.AT_PROVINCE, competent=cast.DEPARTMENT)
    away = life.received(rows.AT_PROVINCE, competent=cast.DEPARTMENT)
    life.do(away, Act.FORWARD, cast.HOA)

    assert codes(cast.HOA, Tab.OFFICE) == ["0001", "0001"]
    assert codes(cast.HUY, Tab.OFFICE) == ["0002"]
    assert codes(cast.SUNG, Tab.OFFICE) == []
    assert codes(cast.KHACH, Tab.OFFICE) == []
    assert len(codes(cast.NHUNG, Tab.OFFICE)) == 3  # the whole province


def test_mine_is_what_was_given_to_me_and_to_whom_i_stand_in_for() -> None:
    life.assigned(life.received())
    life.received()
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 8), date(2025, 9, 9)))

    assert codes(cast.TAM, Tab.MINE) == ["0001"]
    assert codes(cast.LAN, Tab.MINE) == ["0001"]
    assert codes(cast.SON, Tab.MINE) == []


def test_the_tabs_part_the_work_by_what_it_waits_for() -> None:
    life.received()
    life.do(life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing="Ảnh", reason="thiếu")
    life.issued(life.received())
    life.handed_over(life.received())
    actions.decline(request=life.request(), reason="Không thuộc", by=cast.HOA, at=MONDAY)

    assert codes(cast.HOA, Tab.OFFICE) == ["0001", "0002"]
    assert codes(cast.HOA, Tab.WAITING) == ["0002"]
    assert codes(cast.HOA, Tab.TO_RETURN) == ["0003"]
    assert queries.counts(cast.HOA.account, at=NOW) == {
        Tab.MINE: 0,
        Tab.OFFICE: 2,
        Tab.NEAR: 0,
        Tab.LATE: 0,
        Tab.WAITING: 1,
        Tab.TO_RETURN: 1,
    }


def test_without_a_duty_anywhere_there_is_nothing_to_count() -> None:
    life.received()

    assert set(queries.counts(cast.KHACH.account, at=NOW).values()) == {0}


def test_near_and_late_are_told_by_the_clock() -> None:
    life.received()
    friday = moment("2025-09-12 08:00")
    actions.notice_due(at=friday)

    assert codes(cast.HOA, Tab.NEAR) == ["0001"]
    assert codes(cast.HOA, Tab.LATE) == []
    late = queries.worklist(cast.HOA.account, tab=Tab.LATE, at=moment("2025-09-15 08:01"))
    assert len(late) == 1


def test_the_most_urgent_comes_first_and_pages_follow_each_other() -> None:
    for minute in range(5):
        life.received(at=MONDAY + timedelta(minutes=5 - minute))

    whole = codes(cast.HOA, Tab.OFFICE)
    first = queries.worklist(cast.HOA.account, tab=Tab.OFFICE, at=NOW, limit=2)
    rest = codes(cast.HOA, Tab.OFFICE, after=first[-1].code)

    assert whole == ["0005", "0004", "0003", "0002", "0001"]
    assert [line.code[-4:] for line in first] + rest == whole


def _brought_by(name: str, *, at: datetime = MONDAY) -> None:
    who = replace(cast.MY, name=name)
    asked = life.request(submission=builders.submission(received_at=at, applicant=who))
    actions.receive(request=asked, by=cast.HOA, at=at)


@pytest.mark.parametrize("order", list(Order))
def test_a_list_in_any_order_goes_on_where_the_page_before_ended(order: Order) -> None:
    names = ("Vàng", "An", "Mỷ", "An", "Lò")
    for minute, name in enumerate(names):
        _brought_by(name, at=MONDAY + timedelta(minutes=minute % 3))

    whole = queries.worklist(cast.HOA.account, tab=Tab.OFFICE, at=NOW, order=order)
    paged: list[str] = []
    while len(paged) < len(names):
        after = paged[-1] if paged else ""
        page = queries.worklist(
            cast.HOA.account, tab=Tab.OFFICE, at=NOW, order=order, after=after, limit=2
        )
        assert page
        paged += [line.code for line in page]

    assert paged == [line.code for line in whole]


def test_a_list_by_person_begins_at_the_end_of_the_alphabet_it_is_asked_for() -> None:
    for name in ("Lò", "An", "Mùa"):
        _brought_by(name)

    def listed(order: Order) -> list[str]:
        lines = queries.worklist(cast.HOA.account, tab=Tab.OFFICE, at=NOW, order=order)
        return [line.applicant for line in lines]

    assert listed(Order.PERSON) == ["An", "Lò", "Mùa"]
    assert listed(Order.PERSON_LAST) == ["Mùa", "Lò", "An"]


def test_a_dossier_is_found_by_its_code_or_its_applicant() -> None:
    life.received()

    assert codes(cast.HOA, Tab.OFFICE, search="250908-0001") == ["0001"]
    assert codes(cast.HOA, Tab.OFFICE, search="giàng thị") == ["0001"]
    assert codes(cast.HOA, Tab.OFFICE, search="không ai") == []


def test_a_line_says_where_the_dossier_stands_in_the_words_of_its_process() -> None:
    life.forwarded(life.received())

    [line] = queries.worklist(cast.PAO.account, tab=Tab.OFFICE, at=NOW)

    assert line.stage == "Nhận và phân công"
    assert line.due_at == moment("2025-09-15 08:00")


def test_ten_times_the_work_asks_no_query_more() -> None:
    life.received()
    life.received(rows.BRANCHING)
    _asked()  # the names of the stages are known from here on
    few = _asked()

    for _ in range(9):
        life.received()
        life.received(rows.BRANCHING)
        life.received(rows.LINKED)

    assert _asked() == few


def _asked() -> int:
    with CaptureQueriesContext(connection) as asked:
        queries.worklist(cast.HOA.account, tab=Tab.OFFICE, at=NOW)
        queries.counts(cast.HOA.account, at=NOW)
    return len(asked)
