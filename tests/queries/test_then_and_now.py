"""Open work by the bodies of a past day and of today adds up to the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast, life, rows, switches
from thongsuot.actions.reorganisation import undoing
from thongsuot.queries.then_and_now import open_by_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

EVE = switches.DAY - timedelta(days=1)


def counted(on: date) -> dict[str, int]:
    return {line.office: line.dossiers for line in open_by_body(on=on)}


def test_what_passed_is_counted_with_its_old_body_then_and_its_new_one_now() -> None:
    life.received()
    life.received()
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    switches.switched()

    assert counted(EVE) == {cast.BAN_MAY: 2, cast.NAM_SUONG: 1}
    assert counted(switches.DAY) == {switches.NEW: 3}


def test_what_came_since_is_counted_once_on_every_day() -> None:
    life.received()
    switches.switched()
    switches.received_by_the_heir()

    assert counted(switches.DAY) == {switches.NEW: 2}
    assert sum(counted(EVE).values()) == 2
    assert sum(line.by_lineage for line in open_by_body(on=EVE)) == 1


def test_what_was_undone_is_counted_as_if_it_had_never_moved() -> None:
    life.received(rows.FIVE_DAYS)
    switches.switched()
    undoing.undo(key=switches.PLAN.id, operation=None, by=cast.NHUNG, at=switches.LATER)

    assert counted(EVE) == {cast.BAN_MAY: 1}
