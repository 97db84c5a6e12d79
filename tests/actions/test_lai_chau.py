"""The real plan of Lai Châu is rehearsed, approved, switched and undone on a small world."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import lai_chau, switches
from thongsuot.actions.reorganisation import approve, keep, rehearse, switching, undoing
from thongsuot.actions.reorganisation.subjects import switch_subjects, undo_subjects
from thongsuot.domain.duties import Person
from thongsuot.domain.reorganisation import Bodies, Plan, Split, Subject, apply, known_before
from thongsuot.queries.balance import balance, pairs
from thongsuot.queries.then_and_now import open_by_body
from thongsuot.records import directory, reorganisation
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.directory import PlaceSuccessionRow, ReceptionPointRow
from thongsuot.records.dossier import DossierRow

pytestmark = pytest.mark.django_db

SOAN, DUYET = Person("soan", "Người soạn"), Person("duyet", "Người duyệt")
EVE = lai_chau.DAY - timedelta(days=1)
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


def in_two_places(plan: Plan) -> str:
    """The dossiers of one divided commune are of places that went to different heirs of it."""
    whole = {
        line.new: line.old
        for line in PlaceSuccessionRow.objects.filter(on=lai_chau.DAY, is_whole=True)
    }
    for _, split in plan.numbered:
        if not isinstance(split, Split):
            continue
        places = [whole.get(new) for share in split.shares for new in share.which.new_places]
        if None in places:
            continue
        for row, place in zip(DossierRow.objects.order_by("pk"), places, strict=False):
            row.office = row.competent_office = row.return_office = split.body
            row.place_given = row.place_today = place or ""
            row.save()
        return split.body
    raise AssertionError("no commune is divided between places that went whole")


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


def test_a_small_province_that_divides_communes_is_switched_balanced_and_taken_back() -> None:
    text = lai_chau.provisional("quang-ninh")
    lai_chau.staff()
    lai_chau.dossiers(200)
    lai_chau.received_once()
    before = reorganisation.bodies()
    key = keep(text, SOAN, lai_chau.EVE).key
    parted = in_two_places(reorganisation.find(key).value())
    was = switches.columns()
    found = rehearse(key, SOAN, lai_chau.EVE)
    assert found.is_whole, [gap for gap, _ in found.gaps][:5]
    approve(key, DUYET, lai_chau.EVE, "Danh mục kiểm tra xong trước ngày chuyển")

    plan = reorganisation.find(key).value()
    at = plan.effective_at
    switching.switch(key=key, at=at)

    told = balance(key, on=lai_chau.DAY)
    assert told.closes, told.sentence
    assert told.total.passed == len(found.dossiers)
    divided = {one.body for _, one in plan.numbered if isinstance(one, Split)}
    assert len({pair.taking for pair in pairs(key) if pair.giving == parted}) > 1
    assert found.by_fallback >= len(divided) - 1  # a place that was divided decides nothing
    then = {line.office: line.dossiers for line in open_by_body(on=EVE, today=lai_chau.DAY)}
    now = {line.office: line.dossiers for line in open_by_body(on=lai_chau.DAY, today=lai_chau.DAY)}
    assert sum(then.values()) == sum(now.values()) == 200
    assert divided & set(then)
    assert not divided & set(now)

    undoing.undo(key=key, operation=None, by=DUYET, at=at + timedelta(hours=9))

    assert switches.columns() == was
    after = reorganisation.bodies().standing(lai_chau.DAY + timedelta(days=1))
    assert set(after) == set(before.standing(lai_chau.DAY))
