"""Work by the bodies of a past day and of today adds up to the same, in counts and in lists."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast, life, rows, switches
from tests.domain.worlds import seeded
from thongsuot.actions.reorganisation import undoing
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.domain.spans import Span
from thongsuot.queries import leading, register_paper
from thongsuot.queries.dossier import Tab, worklist
from thongsuot.queries.filters import Filters
from thongsuot.queries.then_and_now import StructureNotYet, open_by_body, structure
from thongsuot.records.census import CensusRow
from thongsuot.records.directory import OfficeRow, SuccessionRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.records.spans import to_range, to_span

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

EVE = switches.DAY - timedelta(days=1)
HISTORIES, SOAKED = 20, 1500


def counted(on: date) -> dict[str, int]:
    return {line.office: line.dossiers for line in open_by_body(on=on, today=switches.DAY)}


def listed(office: str, on: date) -> list[str]:
    wanted = Filters(office=office, structure=on)
    lines = worklist(
        cast.NHUNG.account, tab=Tab.OFFICE, at=switches.LATER, filters=wanted, limit=500
    )
    assert all(line.office == office for line in lines)
    return [line.code for line in lines]


def test_what_passed_is_counted_with_its_old_body_then_and_its_new_one_now() -> None:
    life.received()
    life.received()
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    switches.switched()

    assert counted(EVE) == {cast.BAN_MAY: 2, cast.NAM_SUONG: 1}
    assert counted(switches.DAY) == {switches.NEW: 3}


def test_a_list_by_a_body_of_then_has_what_was_its_own() -> None:
    ours = [life.received().code, life.received().code]
    theirs = life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG).code
    switches.switched()

    assert listed(cast.BAN_MAY, EVE) == ours
    assert listed(cast.NAM_SUONG, EVE) == [theirs]
    assert sorted(listed(switches.NEW, switches.DAY)) == sorted([*ours, theirs])
    assert listed(switches.NEW, EVE) == []


def test_what_came_since_is_counted_once_on_every_day() -> None:
    life.received()
    switches.switched()
    since = switches.received_by_the_heir()

    assert counted(switches.DAY) == {switches.NEW: 2}
    assert sum(counted(EVE).values()) == 2
    lines = open_by_body(on=EVE, today=switches.DAY)
    assert sum(line.by_lineage for line in lines) == 1
    assert since.code in listed(cast.BAN_MAY, EVE)


def test_what_was_undone_is_counted_as_if_it_had_never_moved() -> None:
    life.received(rows.FIVE_DAYS)
    switches.switched()
    undoing.undo(key=switches.PLAN.id, operation=None, by=cast.NHUNG, at=switches.LATER)

    assert counted(EVE) == {cast.BAN_MAY: 1}


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(StructureNotYet):
        structure(switches.DAY + timedelta(days=1), today=switches.DAY)


def test_the_figures_of_a_leader_can_be_asked_by_the_bodies_of_then() -> None:
    life.assigned(life.received())
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    rows.grant(cast.SON, "leader", "")
    switches.switched()

    then = leading.page(cast.SON, at=switches.LATER, then=EVE)
    now = leading.page(cast.SON, at=switches.LATER)

    assert {load.office: load.open for load in then.offices} == counted(EVE)
    assert {load.office: load.open for load in now.offices} == counted(switches.DAY)
    assert sum(load.open for load in then.people) == sum(load.open for load in now.people) == 2


def registered(office: str, on: date) -> int:
    then = structure(on, today=switches.DAY)
    return DossierRow.objects.filter(then.registered(office)).count()


def test_the_register_of_a_body_that_ended_goes_on_in_that_of_its_heir() -> None:
    life.received()
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    switches.switched()
    switches.received_by_the_heir()

    assert registered(switches.NEW, switches.DAY) == 3
    assert registered(cast.BAN_MAY, EVE) == 2  # one came since: to the heir, counted by lineage
    assert registered(cast.NAM_SUONG, EVE) == 1


def test_the_registers_of_then_are_those_of_the_bodies_that_one_carries_on() -> None:
    switches.switched()

    then = register_paper.choices(cast.NHUNG.account, at=switches.LATER, then=EVE)
    now = register_paper.choices(cast.NHUNG.account, at=switches.LATER, then=switches.DAY)

    assert cast.BAN_MAY in dict(then)
    assert cast.BAN_MAY not in dict(now)
    assert switches.NEW in dict(now)


def test_more_dossiers_ask_no_query_more_and_every_look_goes_by_an_index() -> None:
    life.received()
    switches.switched()
    listed(cast.BAN_MAY, EVE)
    with CaptureQueriesContext(connection) as few:
        listed(cast.BAN_MAY, EVE)
    for _ in range(5):
        switches.received_by_the_heir()
    with CaptureQueriesContext(connection) as many:
        listed(cast.BAN_MAY, EVE)

    found = structure(EVE, today=switches.DAY).holding(cast.BAN_MAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = DossierRow.objects.filter(found, ended_at=None, is_handed_over=False).explain()

    assert len(many) == len(few)
    assert "Seq Scan" not in plan


class _History:
    """A province whose bodies merge and split at random, as a switch writes it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.made, self.day = chance, 0, date(2025, 1, 1)
        self.days = [self.day]
        self.standing: list[str] = []
        self.sample = DossierRow.objects.get(code=life.received().code)
        DossierRow.objects.all().update(ended_at=switches.AT, is_handed_over=True)
        OfficeRow.objects.all().delete()
        SuccessionRow.objects.all().delete()
        for _ in range(4):
            self.begins()
        for _ in range(chance.randint(1, 3)):
            self.receive()
            self.switch()
        self.receive()

    def begins(self) -> str:
        self.made += 1
        code = f"H99.{500 + self.made}"
        OfficeRow.objects.create(
            code=code,
            name=code,
            kind="commune",
            level="commune",
            valid=to_range(Span(self.day)),
            source="bịa",
            recorded_at=switches.AT,
        )
        self.standing.append(code)
        return code

    def receive(self) -> None:
        for _ in range(self.chance.randint(1, 5)):
            self.made += 1
            self.sample.pk = None
            self.sample.code = f"H99.101-250101-{self.made:04}"
            self.sample.ended_at, self.sample.is_handed_over = None, False
            body = self.chance.choice(self.standing)
            self.sample.office = self.sample.competent_office = body
            self.sample.receiving_office = body
            self.sample.save(force_insert=True)

    def switch(self) -> None:
        self.day += timedelta(days=self.chance.randint(10, 40))
        self.days += [self.day - timedelta(days=1), self.day]
        plan = ReorganisationRow.objects.create(
            key=f"bia-{self.day}",
            title="bịa",
            province="90",
            effective_on=self.day,
            state=PlanState.SWITCHED.value,
            drafted_at=switches.AT,
        )
        ending = self.chance.sample(self.standing, self.chance.randint(1, len(self.standing) - 1))
        self.standing = [code for code in self.standing if code not in ending]
        heirs = [self.begins() for _ in range(self.chance.randint(1, 2))] + self.standing[:1]
        for old in ending:
            row = OfficeRow.objects.get(code=old)
            row.valid = to_range(Span(to_span(row.valid).start, self.day))
            row.save()
            for new in heirs:
                SuccessionRow.objects.create(kind="split", old=old, new=new, on=self.day)
            for held in DossierRow.objects.filter(office=old, is_handed_over=False):
                held.office = held.competent_office = self.chance.choice(heirs)
                held.save()
                CensusRow.objects.create(
                    plan=plan,
                    dossier=held,
                    office=old,
                    to_office=held.office,
                    version=held.version,
                    was_open=True,
                    is_since=False,
                    fate="passed",
                )


def in_one_body_each(seed: int) -> None:
    history = _History(seeded(seed))
    opened = DossierRow.objects.filter(is_handed_over=False)
    for day in history.days:
        then = structure(day, today=history.day)
        lists, books = Counter[str](), Counter[str]()
        for body in then.standing:
            lists.update(opened.filter(then.holding(body)).values_list("code", flat=True))
            books.update(opened.filter(then.registered(body)).values_list("code", flat=True))
        bodies = then.bodies_of(lists)
        assert set(lists.values()) == set(books.values()) == {1}, seed
        assert len(lists) == len(books) == opened.count(), seed
        told = {one.office: one.dossiers for one in open_by_body(on=day, today=history.day)}
        assert Counter(bodies.values()) == told, seed


def in_each(seeds: range) -> None:
    for seed in seeds:
        with transaction.atomic():
            in_one_body_each(seed)
            transaction.set_rollback(True)


def test_over_any_history_each_dossier_has_one_body_on_every_day() -> None:
    in_each(range(HISTORIES))


@pytest.mark.soak
def test_over_many_histories_each_dossier_has_one_body_on_every_day() -> None:
    in_each(range(HISTORIES, HISTORIES + SOAKED))
