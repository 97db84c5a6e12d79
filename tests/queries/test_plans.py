"""Every list of work is read along an index, and goes on from page to page without a query more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.domain.duties import Person
from thongsuot.queries import dossier as queries
from thongsuot.queries.dossier import Tab, WorklistLine
from thongsuot.queries.filters import Filters

pytestmark = pytest.mark.usefixtures("province")

NOW = MONDAY + timedelta(hours=2)
ONE_OFFICE, WHOLE_PROVINCE = cast.HOA, cast.NHUNG


def plans(ask: Callable[[], object]) -> str:
    """How PostgreSQL would read dossiers for a question, if it may not simply read them all."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    about = [q["sql"] for q in asked.captured_queries if 'FROM "records_dossierrow"' in q["sql"]]
    assert about
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        told = []
        for statement in about:
            cursor.execute("EXPLAIN " + statement.replace("%", "%%"), ())
            told += [line for (line,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return "\n".join(told)


@pytest.mark.parametrize("who", [ONE_OFFICE, WHOLE_PROVINCE])
@pytest.mark.parametrize("tab", Tab)
def test_every_tab_is_read_along_an_index(tab: Tab, who: Person) -> None:
    life.received()

    told = plans(lambda: queries.worklist(who.account, tab=tab, at=NOW))

    assert "Seq Scan" not in told, told
    assert "using dossier_" in told or "on dossier_" in told, told


@pytest.mark.parametrize("who", [ONE_OFFICE, WHOLE_PROVINCE])
def test_every_count_is_read_along_an_index(who: Person) -> None:
    life.received()

    told = plans(lambda: queries.counts(who.account, at=NOW))

    assert "Seq Scan" not in told, told


def test_words_are_looked_for_along_an_index() -> None:
    life.received()
    wanted = Filters(search="nam suong")

    told = plans(
        lambda: queries.worklist(WHOLE_PROVINCE.account, tab=Tab.OFFICE, at=NOW, filters=wanted)
    )

    assert "Seq Scan" not in told, told


def test_the_next_page_goes_on_where_the_page_before_ended() -> None:
    codes = [life.received() for _ in range(7)]
    life.received(rows.BRANCHING)
    ordered = queries.worklist(ONE_OFFICE.account, tab=Tab.OFFICE, at=NOW)
    assert len(ordered) == len(codes) + 1

    paged: list[WorklistLine] = []
    after = ""
    while page := queries.worklist(
        ONE_OFFICE.account, tab=Tab.OFFICE, at=NOW, after=after, limit=3
    ):
        paged += page
        after = page[-1].code

    assert tuple(paged) == ordered
