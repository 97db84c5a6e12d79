"""Any plan that is switched and taken back leaves bodies, people, counters, dossiers as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from tests import cast, life, rows
from tests.domain.reorganisation.histories import FIELDS, History
from tests.switches import AT, LATER, PLAN, approved, columns, switched
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.domain.directory import Level, Office
from thongsuot.domain.reorganisation import Bodies, Known, apply, faults, without
from thongsuot.domain.spans import Span
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow, save_office
from thongsuot.records.dossier import DossierRow
from thongsuot.records.spans import to_range
from thongsuot.words import refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

HISTORIES, SOAKED, DOSSIERS = 6, 400, 8
SINCE = to_range(Span(date(2000, 1, 1)))


class Province:
    """The bodies of a history in place of the cast's, with people, counters and dossiers."""

    def __init__(self, seed: int) -> None:
        self.history = History(seed)
        sample = DossierRow.objects.get(code=life.received().code)
        DossierRow.objects.update(is_handed_over=True)
        for table in (OfficeRow, ReceptionPointRow, GrantRow, SuccessionRow):
            table._default_manager.all().delete()
        rows.grant(cast.NHUNG, "office", "", Span(date(2000, 1, 1)))
        self.before = self.history.bodies
        self.plan = replace(self.history.plan(), province="90", title="bịa để thử")
        for one in self.before.versions:
            save_office(one, recorded_at=cast.MONDAY)
        self.codes = sorted(self.before.standing(self.plan.effective_on))
        self._procedures()
        for code in self.codes:
            self._staff(code)
        for number in range(DOSSIERS):
            self._dossier(sample, number)

    def _procedures(self) -> None:
        sample = ProcedureRow.objects.first()
        assert sample is not None
        for number, name in enumerate(FIELDS, start=1):
            sample.pk, sample.base, sample.field = None, f"1.00000{number}", name
            sample.levels = [self.history.chance.choice([Level.COMMUNE, Level.PROVINCE]).value]
            sample.save(force_insert=True)

    def _staff(self, code: str) -> None:
        """A counter, and somebody who gives back there and works on it."""
        ReceptionPointRow.objects.create(
            key=f"MC-{code}", name=f"Quầy {code}", office=code, valid=SINCE, source="bịa"
        )
        account = AccountRow.objects.create(
            username=code.lower(),
            name=f"Người thử {code}",
            office=code,
            reception_point=f"MC-{code}",
        )
        role = RoleRow.objects.get(code="handler")
        GrantRow.objects.create(account=account, role=role, office=code, valid=SINCE)

    def _dossier(self, sample: DossierRow, number: int) -> None:
        choose = self.history.chance.choice
        office, back = choose(self.codes), choose(self.codes)
        sample.pk, sample.code = None, f"H99.1-040101-{number:04}"
        sample.procedure = f"1.00000{self.history.chance.randint(1, len(FIELDS))}"
        sample.office, sample.competent_office, sample.return_office = (
            choose([office, back]),
            office,
            back,
        )
        sample.return_point = f"MC-{back}"
        sample.assignee = choose([sample.office.lower(), ""])
        sample.received_at = self.plan.effective_at - timedelta(days=3)
        sample.save(force_insert=True)


def without_sources(offices: Iterable[Office]) -> set[Office]:
    return {replace(one, source="", valid=Span(date(2004, 1, 1))) for one in offices}


def standing(bodies: Bodies, on: date) -> set[Office]:
    """The bodies of a day as they are called and ordered."""
    return without_sources(bodies.standing(on).values())


def people() -> set[tuple[object, ...]]:
    """Where everybody works, and what counters are open, on the day after the undo."""
    day = LATER.date() + timedelta(days=1)
    accounts = AccountRow.objects.values_list("username", "office", "reception_point", "is_active")
    grants = GrantRow.objects.filter(valid__contains=day)
    points = ReceptionPointRow.objects.filter(valid__contains=day)
    return {
        *accounts,
        *grants.values_list("account", "role", "office"),
        *points.values_list("key", "office", "name"),
    }


def taken_back(seed: int) -> bool:
    """The whole plan, or first one operation that can go alone, then the rest; if it moved any."""
    province = Province(seed)
    plan, day = province.plan, LATER.date() + timedelta(days=1)
    was, desks = columns(), people()

    switching.switch(key=approved(plan), at=AT)
    moved = columns() != was
    after = apply(plan, province.before)
    assert standing(records.bodies(), plan.effective_on) == standing(after, plan.effective_on), seed

    alone = free_of([number for number, _ in plan.numbered], province)
    if alone:
        undoing.undo(key=plan.id, operation=alone[0], by=cast.NHUNG, at=LATER)
        left = apply(without(plan, {alone[0]}), province.before)
        assert standing(records.bodies(), day) == standing(left, day), (seed, alone[0])
    undoing.undo(key=plan.id, operation=None, by=cast.NHUNG, at=LATER)

    assert columns() == was, seed
    assert people() == desks, seed
    assert standing(records.bodies(), day) == standing(province.before, day), seed
    return moved


def free_of(numbers: list[int], province: Province) -> list[int]:
    """The operations without which the plan is still sound."""
    known = Known(province.before)
    return [n for n in numbers if not faults(without(province.plan, {n}), known)]


def all_taken_back(seeds: range) -> int:
    """How many of these histories moved something, each found as it was afterwards."""
    moved = 0
    for seed in seeds:
        with transaction.atomic():
            moved += taken_back(seed)
            transaction.set_rollback(True)
    return moved


def test_any_plan_switched_and_taken_back_leaves_everything_as_it_was() -> None:
    assert all_taken_back(range(HISTORIES)) > HISTORIES // 2


@pytest.mark.soak
def test_hundreds_of_plans_switched_and_taken_back_leave_everything_as_it_was() -> None:
    assert all_taken_back(range(HISTORIES, HISTORIES + SOAKED)) > SOAKED // 2


def test_an_operation_that_others_depend_on_is_not_taken_back_alone_and_says_why() -> None:
    life.received(rows.FIVE_DAYS)
    switched()
    before = columns()

    with pytest.raises(undoing.OthersDepend) as refused:
        undoing.undo(key=PLAN.id, operation=1, by=cast.NHUNG, at=LATER)

    assert "thao tác 2 dựa vào nó" in refusals.sentence(refused.value)
    assert columns() == before
    assert not records.find(PLAN.id).operations.filter(undone_at__isnull=False).exists()


def test_in_the_right_order_what_depended_on_it_goes_first_and_then_it_can_go() -> None:
    life.received(rows.FIVE_DAYS)
    before = columns()
    switched()

    for number in (2, 1, 3):
        undoing.undo(key=PLAN.id, operation=number, by=cast.NHUNG, at=LATER)

    assert columns() == before
    assert records.find(PLAN.id).state == "undone"
