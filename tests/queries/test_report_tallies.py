"""PostgreSQL counts what the domain counts one by one, as of any cut-off and any knowledge."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests import builders, cast, life, rows
from tests.domain.reporting.histories import BEGIN, II06
from tests.reckoning import live_a_while, reckoned_now
from thongsuot.actions import dossier as actions
from thongsuot.domain.reporting.figures import Compare, Counted, Intake, Result
from thongsuot.queries.reporting.tallies import (
    Asked,
    Hierarchy,
    Key,
    listed,
    place_of,
    tallies,
)
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.reporting import StretchRow, ToReckonRow, catch_up, is_behind, lives

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

FOR_EVER = cast.moment("2030-01-01 00:00")


def asked(start: str, end: str, known: datetime = FOR_EVER, **more: object) -> Asked:
    return replace(
        Asked(cast.moment(start), cast.moment(end), known, II06),
        **more,  # type: ignore[arg-type] # fields by their names
    )


def one_by_one(question: Asked) -> Counter[tuple[Key, Counted]]:
    numbers = list(DossierRow.objects.values_list("pk", flat=True))
    found = Counter[tuple[Key, Counted]]()
    for each in lives(numbers, known=question.known_at):
        seen = place_of(each, question)
        if seen:
            found[seen.key, seen.place] += 1
    return found


def test_nothing_is_counted_before_it_is_caught_up_and_then_all_of_it() -> None:
    life.received()
    question = asked("2025-09-01 00:00", "2025-10-01 00:00")

    assert is_behind()
    assert tallies(question) == {}
    assert catch_up() == 1
    assert not is_behind()
    assert sum(tallies(question).values()) == 1


def test_a_dossier_is_counted_as_of_the_cut_off_and_not_as_it_stands_today() -> None:
    dossier = life.issued(life.received())
    catch_up()
    monday, day = "2025-09-08 00:00", timedelta(days=1)

    before = tallies(asked(monday, "2025-09-08 08:05"))
    after = tallies(asked(monday, "2025-09-13 00:00"))

    assert dossier.ended_at
    assert dossier.ended_at < cast.MONDAY + day
    in_person = Counted(Intake.OTHER, Result.OPEN_IN_TIME, Result.OPEN_IN_TIME)
    assert [place for _, place in before] == [in_person]
    assert [place for _, place in after] == [
        replace(in_person, result=Result.EARLY, extended=Result.EARLY)
    ]


def test_what_was_entered_later_than_it_is_known_changes_nothing_that_was_reported() -> None:
    life.received()
    late = life.request(
        submission=builders.submission(
            received_at=cast.moment("2025-09-08 09:00"), late_entry_reason="mất điện"
        )
    )
    entered_at = cast.moment("2025-09-10 08:00")
    actions.receive(request=late, by=cast.HOA, at=entered_at)
    catch_up()
    friday, monday = "2025-09-12 15:00", "2025-09-08 00:00"

    as_known_then = tallies(asked(monday, "2025-09-09 15:00", cast.moment("2025-09-09 16:00")))
    as_known_now = tallies(asked(monday, "2025-09-09 15:00"))

    assert sum(as_known_then.values()) == 1
    assert sum(as_known_now.values()) == 2
    assert sum(tallies(asked(monday, friday)).values()) == 2


def test_the_dossiers_of_a_place_are_those_that_were_counted() -> None:
    codes = {life.received().code for _ in range(3)}
    life.issued(life.received())
    catch_up()
    question = asked("2025-09-08 00:00", "2025-09-13 00:00")
    running = (Result.OPEN_IN_TIME, Result.OPEN_LATE)

    page = listed(question, wanted=lambda place: place.result in running, limit=2)
    rest = listed(
        question, wanted=lambda place: place.result in running, limit=2, after=page[-1].dossier
    )

    numbers = [one.dossier for one in (*page, *rest)]
    found = DossierRow.objects.filter(pk__in=numbers)
    assert set(found.values_list("code", flat=True)) == codes
    assert len(page) == 2


def test_a_dossier_opened_under_another_is_counted_once_or_each_as_the_definitions_say() -> None:
    parent = life.assigned(life.received(rows.LINKED))
    now = cast.MONDAY + timedelta(hours=1)
    request = life.request(submission=builders.submission(received_at=now))
    actions.open_child(parent=parent.code, request=request, by=cast.HOA, at=now)
    catch_up()
    once = asked("2025-09-01 00:00", "2025-10-01 00:00")
    each = replace(once, counting=replace(II06, counts_interlinked=True))

    assert sum(tallies(once).values()) == 1
    assert sum(tallies(each).values()) == 2


@pytest.mark.parametrize("seed", range(4))
def test_postgresql_and_the_domain_agree_over_random_histories(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same lives every time
    live_a_while(chance, dossiers=14)
    catch_up()
    for compare in Compare:
        for hierarchy in Hierarchy:
            start = BEGIN + timedelta(days=chance.randint(0, 60))
            question = Asked(
                start,
                start + timedelta(days=chance.randint(1, 40), hours=chance.randint(0, 23)),
                BEGIN + timedelta(days=chance.randint(20, 120)),
                replace(II06, compare=compare),
                hierarchy,
                chance.choice((None, frozenset({cast.BAN_MAY, cast.DEPARTMENT}))),
            )

            counted = tallies(question)
            seen = listed(question, wanted=lambda _: True, limit=1000)

            assert counted == one_by_one(question)
            assert Counter((one.key, one.place) for one in seen) == counted


@pytest.mark.parametrize("seed", range(3))
def test_by_the_bodies_of_then_or_of_now_each_dossier_is_counted_once(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same lives every time
    live_a_while(chance, dossiers=20)
    catch_up()
    start = BEGIN + timedelta(days=chance.randint(0, 40))
    then = Asked(start, start + timedelta(days=30), FOR_EVER, II06)

    def by_place(question: Asked) -> Counter[Counted]:
        found = Counter[Counted]()
        for (_, place), many in tallies(question).items():
            found[place] += many
        return found

    assert by_place(then) == by_place(replace(then, hierarchy=Hierarchy.NOW))
    assert by_place(then).total() > 0


def test_what_is_kept_up_day_by_day_is_what_a_full_recount_makes() -> None:
    chance = random.Random(7)  # noqa: S311 - the same lives every time
    for _ in range(4):
        live_a_while(chance, dossiers=4)
        catch_up()

    kept_up = reckoned_now()
    ToReckonRow.objects.bulk_create(
        ToReckonRow(dossier=number) for number in DossierRow.objects.values_list("pk", flat=True)
    )
    StretchRow.objects.all().delete()
    catch_up()

    assert reckoned_now() == kept_up
    assert EventRow.objects.count() > len(kept_up) > 0
