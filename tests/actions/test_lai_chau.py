"""The real plan of Lai Châu is rehearsed, approved, switched and undone on a small world."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests import lai_chau
from thongsuot.actions.reorganisation import approve, keep, rehearse
from thongsuot.actions.reorganisation.subjects import switch_subjects, undo_subjects
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Bodies, Split, Subject, apply, known_before
from thongsuot.records import directory, reorganisation
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.directory import ReceptionPointRow

pytestmark = pytest.mark.django_db

SOAN, DUYET = Person("soan", "Người soạn"), Person("duyet", "Người duyệt")
LIMIT = 60.0


def test_lai_chau_is_rehearsed_approved_switched_and_moved_back() -> None:
    lai_chau.eve()
    lai_chau.staff()
    lai_chau.dossiers(400)
    before = reorganisation.bodies()
    ended = 8 + 106

    keep(lai_chau.text(), SOAN, lai_chau.EVE)
    found = rehearse(lai_chau.KEY, SOAN, lai_chau.EVE)

    assert found.is_whole, [gap for gap, _ in found.gaps][:5]
    assert {one.to for one in found.dossiers} <= set(apply_of(lai_chau.KEY, before))
    assert found.totals[Subject.DOSSIERS.value] > 300
    assert found.totals[Subject.RECEPTION_POINTS.value] >= ended
    assert 0 < found.by_fallback < len(found.dossiers)

    approve(lai_chau.KEY, DUYET, lai_chau.EVE, "Danh mục kiểm tra xong trước ngày chuyển")
    row = reorganisation.find(lai_chau.KEY)
    plan = row.value()
    switch_subjects(row, plan, plan.effective_at, DUYET)

    after = reorganisation.bodies().standing(lai_chau.DAY)
    assert set(after) == set(apply(plan, known_before(before, lai_chau.DAY)).standing(lai_chau.DAY))
    offices = set(AccountRow.objects.values_list("office", flat=True))
    assert offices <= set(after)
    held = GrantRow.objects.filter(valid__contains=lai_chau.DAY).exclude(office="")
    assert set(held.values_list("office", flat=True)) <= set(after)
    points = ReceptionPointRow.objects.filter(valid__contains=lai_chau.DAY)
    assert set(points.values_list("office", flat=True)) <= set(after)
    assert directory.office("H35.101", on=lai_chau.DAY).name

    for number, _ in reversed(plan.numbered):
        undo_subjects(row, number, plan.effective_at, DUYET)
    assert unsourced(reorganisation.bodies()) == unsourced(before)


@pytest.mark.soak
def test_a_province_that_divides_communes_is_rehearsed_switched_and_moved_back() -> None:
    text = lai_chau.provisional("thai-nguyen")
    lai_chau.staff()
    lai_chau.dossiers(600)
    before = reorganisation.bodies()
    row = keep(text, SOAN, lai_chau.EVE)

    found = rehearse(row.key, SOAN, lai_chau.EVE)

    assert found.is_whole, [gap for gap, _ in found.gaps][:5]
    divided = {one.body for one in found.counts if one.subject is Subject.DOSSIERS}
    assert any(isinstance(one, Split) and one.body in divided for _, one in row.value().numbered)
    approve(row.key, DUYET, lai_chau.EVE, "Danh mục kiểm tra xong trước ngày chuyển")
    row = reorganisation.find(row.key)
    plan = row.value()
    switch_subjects(row, plan, plan.effective_at, DUYET)
    standing = reorganisation.bodies().standing(lai_chau.DAY)
    assert {one.to for one in found.dossiers} <= set(standing)
    for number, _ in reversed(plan.numbered):
        undo_subjects(row, number, plan.effective_at, DUYET)
    assert unsourced(reorganisation.bodies()) == unsourced(before)


def apply_of(key: str, before: Bodies) -> dict[str, object]:
    plan = reorganisation.find(key).value()
    return dict(apply(plan, known_before(before, lai_chau.DAY)).standing(lai_chau.DAY))


def unsourced(bodies: Bodies) -> set[object]:
    return {replace(one, source="") for one in bodies.versions} | set(bodies.successions)


@pytest.mark.soak
def test_a_hundred_thousand_open_dossiers_of_a_million_are_rehearsed_within_a_minute() -> None:
    lai_chau.eve()
    lai_chau.staff(14)
    lai_chau.dossiers(100_000, closed=900_000)
    keep(lai_chau.text(), SOAN, lai_chau.EVE)

    begun = time.monotonic()
    found = rehearse(lai_chau.KEY, SOAN, lai_chau.EVE)
    took = time.monotonic() - begun

    print(f"{len(found.dossiers)} dossiers, {len(found.moves)} other things: {took:.1f} s")
    assert found.is_whole
    assert took <= LIMIT
