"""Figures of months and of this moment, each of them what its list holds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import builders, cast, life, rows
from tests.domain.reporting.histories import BEGIN
from tests.reckoning import live_a_while
from thongsuot.actions import dossier as actions
from thongsuot.queries.reporting import dashboard
from thongsuot.queries.reporting.dashboard import (
    Figure,
    FigureDossier,
    Narrowed,
    SpanMalformed,
)
from thongsuot.records import report_months
from thongsuot.records.report_months import ReportMonthRow
from thongsuot.records.reporting import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

SEPTEMBER = date(2025, 9, 1)
THEN = cast.moment("2025-09-30 08:00")


def asked(**more: object) -> Narrowed:
    return replace(Narrowed(SEPTEMBER, SEPTEMBER, THEN), **more)  # type: ignore[arg-type] # fields by their names


def every(of: Narrowed, figure: Figure) -> list[FigureDossier]:
    found: list[FigureDossier] = []
    while page := dashboard.dossiers(of, figure, after=found[-1].place if found else ""):
        found += page
    return found


def months_kept() -> list[tuple[object, ...]]:
    names = [field.name for field in ReportMonthRow._meta.concrete_fields if field.name != "id"]
    kept = ReportMonthRow.objects.exclude(received=0, resolved=0, resolved_late=0)
    return sorted(kept.values_list(*names), key=str)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SpanMalformed):
        dashboard.dashboard(asked(last=date(2025, 8, 1)))


def test_what_came_ended_and_stands_is_counted_once_each() -> None:
    ended = life.issued(life.received())
    open_ = life.received()
    catch_up()

    found = dashboard.dashboard(asked())

    assert found.total == {
        Figure.RECEIVED: 2,
        Figure.RESOLVED: 1,
        Figure.RESOLVED_LATE: 0,
        Figure.OPEN: 1,
        Figure.NEAR: 0,
        Figure.LATE: 1,  # since the 15th
    }
    assert [line.key for line in found.offices] == [cast.BAN_MAY]
    assert [one.code for one in every(asked(), Figure.LATE)] == [open_.code]
    assert [one.code for one in every(asked(), Figure.RESOLVED)] == [ended.code]
    assert [step.total for step in found.late_steps] == [1]
    (step,) = found.late_steps
    at_step = dashboard.late_at(asked(), stage=step.stage, holder=cast.BAN_MAY)
    assert [one.code for one in at_step] == [open_.code]


def test_what_is_due_within_a_working_day_is_near_and_not_yet_late() -> None:
    life.received()
    catch_up()
    the_day_before = asked(at=cast.moment("2025-09-12 15:00"))

    found = dashboard.dashboard(the_day_before)

    assert (found.total[Figure.NEAR], found.total[Figure.LATE]) == (1, 0)
    assert len(every(the_day_before, Figure.NEAR)) == 1


def test_a_month_in_which_nothing_came_is_shown_with_zeros() -> None:
    life.received()
    catch_up()

    found = dashboard.dashboard(asked(first=date(2025, 7, 1)))

    assert [(line.key, line.figures[Figure.RECEIVED]) for line in found.months] == [
        ("2025-07", 0),
        ("2025-08", 0),
        ("2025-09", 1),
    ]


def test_an_interlinked_dossier_is_counted_with_the_one_above_it() -> None:
    parent = life.assigned(life.received(rows.LINKED))
    now = cast.MONDAY + timedelta(hours=1)
    request = life.request(submission=builders.submission(received_at=now))
    actions.open_child(parent=parent.code, request=request, by=cast.HOA, at=now)
    catch_up()

    found = dashboard.dashboard(asked())

    assert found.total[Figure.RECEIVED] == 1
    assert found.total[Figure.OPEN] == len(every(asked(), Figure.OPEN)) == 1


@pytest.mark.parametrize("seed", range(3))
def test_of_random_histories_each_figure_is_the_length_of_its_list(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same lives every time
    live_a_while(chance, dossiers=30)
    catch_up()
    whole = Narrowed(date(2025, 6, 1), date(2025, 8, 1), BEGIN + timedelta(days=40))
    for of in (
        whole,
        replace(whole, office=cast.BAN_MAY),
        replace(whole, is_online=True),
        replace(whole, system="bo-thu", first=date(2025, 7, 1)),
        replace(whole, field="Hộ tịch"),
    ):
        found = dashboard.dashboard(of)

        for figure in Figure:
            assert found.total[figure] == len(every(of, figure)), (of, figure)
            for lines in (found.fields, found.channels, found.systems, found.offices):
                assert sum(line.figures[figure] for line in lines) == found.total[figure]


def test_months_kept_up_batch_by_batch_are_what_a_full_recount_makes() -> None:
    chance = random.Random(11)  # noqa: S311 - the same lives every time
    for _ in range(4):
        live_a_while(chance, dossiers=5)
        catch_up()
    life.issued(life.received())
    catch_up()
    kept_up = months_kept()

    report_months.count_anew()

    assert months_kept() == kept_up
    assert sum(int(str(line[5])) for line in kept_up) > 0
