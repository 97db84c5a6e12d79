"""The balance of a switch closes, or names what keeps it open."""

from __future__ import annotations

import pytest

from tests import cast, life, rows
from tests.switches import AT, DAY, NEW, PLAN, approved, switched
from thongsuot.actions.reorganisation import switching
from thongsuot.queries import balance as queries
from thongsuot.queries.balance import Pair
from thongsuot.records import reorganisation as records
from thongsuot.records.census import CensusRow
from thongsuot.records.dossier import DossierRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def balance() -> queries.Balance:
    return queries.balance(PLAN.id, on=DAY)


def wrong(key: str) -> tuple[str, ...]:
    return next(one for one in balance().checks if one.key == key).codes


def test_every_open_dossier_is_accounted_for_by_body_and_procedure() -> None:
    life.received()
    life.received(procedure=rows.LINKED)
    life.issued(life.received())
    switched()

    found = balance()

    assert found.closes
    assert (found.total.before, found.total.passed, found.total.to_return) == (2, 2, 1)
    assert {line.procedure: line.before for line in found.lines} == {
        rows.FIVE_DAYS: 1,
        rows.LINKED: 1,
    }
    assert [line.office for line in found.by_body] == [cast.BAN_MAY]
    assert queries.pairs(PLAN.id) == (Pair(cast.BAN_MAY, NEW, 3),)


def test_what_waits_keeps_it_open_and_progress_tells_how_much() -> None:
    life.received()
    switching.begin(key=approved(), by=None, at=AT)

    found, way = balance(), queries.progress(PLAN.id)

    assert not found.closes
    assert found.total.waits == 1
    assert (way.total, way.done, way.remaining, way.percent) == (1, 0, 1, 0)
    assert [one.office for one in way.bodies] == [cast.BAN_MAY]


def test_a_due_moment_that_moved_is_named() -> None:
    dossier = life.received()
    switched()
    DossierRow.objects.filter(code=dossier.code).update(due_at=AT)

    assert wrong("due_moments_unchanged") == (dossier.code,)
    assert not balance().closes


def test_a_dossier_without_a_standing_holder_is_named() -> None:
    dossier = life.received()
    switched()
    DossierRow.objects.filter(code=dossier.code).update(competent_office=cast.BAN_MAY)

    assert wrong("one_holder") == (dossier.code,)


def test_a_history_with_a_line_too_few_is_named() -> None:
    dossier = life.received()
    switched()
    CensusRow.objects.update(version=9)

    assert wrong("history_kept") == (dossier.code,)


def test_a_dossier_that_came_to_an_ended_body_later_is_named_until_it_is_passed_on() -> None:
    life.received()
    switched()
    left = life.received(at=cast.MONDAY)  # on paper before the instant, entered after it

    assert wrong("nothing_left_behind") == (left.code,)
    switching.catch_up(PLAN.id, at=AT)
    assert balance().closes


def test_a_plan_that_nobody_knows_has_no_balance() -> None:
    with pytest.raises(records.NoSuchReorganisation):
        queries.balance("khong-co", on=DAY)
