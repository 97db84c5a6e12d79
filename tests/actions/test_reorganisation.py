"""The plan of a real province is built from the data, reads back, and is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.actions.reorganisation.building import Built, NoSuchProvince, build_plan
from thongsuot.actions.reorganisation.checking import Checked, check
from thongsuot.domain.directory import Level
from thongsuot.domain.reorganisation import (
    DossierFacts,
    Heir,
    Heirs,
    Lineage,
    OperationKind,
    PlanFaultKind,
    Split,
    ToBody,
    apply,
    kind_of,
    known_before,
)
from thongsuot.domain.reorganisation.building import NotTheDayOfTheUnits
from thongsuot.records import reorganisation as records
from thongsuot.records.directory import PlaceRow
from thongsuot.words import plans

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"
DAY = date(2025, 7, 1)
COMMUNAL = frozenset({Level.COMMUNE})


@pytest.fixture
def country(db: None) -> Iterator[None]:
    """The units of the country, and the bodies of Lai Châu."""
    load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.DIRECTORY}))
    yield


def built(province: str) -> Built:
    return build_plan(province=province, on=DAY, data=DATA)


def counted(found: Built) -> dict[str, int]:
    return Counter(kind_of(one).value for _, one in found.plan.numbered)


def whole(found: Built) -> Checked:
    """The plan read back from its own text, checked."""
    text = plans.write(found.plan, names=found.names)
    read = plans.read(text)
    assert read.plan == found.plan
    checked = check(text, data=DATA)
    assert [plans.sentence(fault) for fault in checked.faults] == []
    assert checked.gaps == ()
    return checked


def nobody_is_left(found: Built) -> None:
    """Every old body has an heir of today, and every open dossier of theirs a holder."""
    plan, before = found.plan, found.ground.before
    after = apply(plan, before)
    standing = after.standing(DAY)
    heirs, lineage = Heirs(plan, before), Lineage(after.successions)
    for code, office in before.standing(DAY).items():
        answer = heirs.of(DossierFacts(code, place=office.place, levels=COMMUNAL))
        assert isinstance(answer, Heir)
        assert answer.body in standing
        assert lineage.today(code, DAY)
        assert set(lineage.today(code, DAY)) <= set(standing)
    assert not [one for one in standing.values() if one.level is Level.DISTRICT]
    assert known_before(after, DAY) == before
    assert lineage.circles() == ()


def test_lai_chau_ends_its_districts_and_keeps_every_commune(country: None) -> None:
    found = built("lai-chau")

    assert counted(found) == {
        OperationKind.CREATE: 36,
        OperationKind.RECODE: 2,
        OperationKind.REPARENT: 2,
        OperationKind.MERGE: 36,
        OperationKind.ABOLISH: 8,
    }
    assert not found.ground.is_provisional
    assert dict(whole(found).counts)["bodies_after"] == 60
    assert any("NQ 1670/NQ-UBTVQH15" in line for line in found.plan.basis)
    nobody_is_left(found)
    _its_plan_makes_the_bodies_that_the_data_knows(found)
    _what_is_not_there_is_told_with_its_line(found)
    _a_province_or_day_that_is_not_in_the_data_is_refused()


def _its_plan_makes_the_bodies_that_the_data_knows(found: Built) -> None:
    made = apply(found.plan, found.ground.before)
    loaded = records.bodies()

    assert {code: one.name for code, one in made.standing(DAY).items()} == {
        code: one.name for code, one in loaded.standing(DAY).items()
    }
    lines = {(one.old, one.new) for one in loaded.successions}
    said = {(one.old, one.new) for one in made.successions}
    assert lines - said == {(f"H35.{n}", "H35") for n in range(20, 28)}  # now said by field


def _what_is_not_there_is_told_with_its_line(found: Built) -> None:
    text = plans.write(found.plan).replace("[H35.20.31", "[H35.20.99", 1)

    checked = check(text, data=DATA)

    assert [fault.kind for fault in checked.faults] == [PlanFaultKind.BODY_UNKNOWN]
    line = checked.faults[0].line
    assert "H35.20.99" in " ".join(text.splitlines()[line - 1 : line + 2])
    assert not checked.is_whole


def _a_province_or_day_that_is_not_in_the_data_is_refused() -> None:
    with pytest.raises(NoSuchProvince):
        built("may-trang")
    with pytest.raises(NotTheDayOfTheUnits):
        build_plan(province="lai-chau", on=date(2025, 8, 1), data=DATA)


def test_lao_cai_takes_in_yen_bai_and_thai_nguyen_divides_communes(country: None) -> None:
    found = built("lao-cai")

    assert counted(found)[OperationKind.MERGE_PROVINCES] == 1
    assert counted(found)[OperationKind.SPLIT] == 0
    assert found.ground.is_provisional
    whole(found)
    nobody_is_left(found)
    heirs = Heirs(found.plan, found.ground.before)
    answers = [heirs.of(DossierFacts(code)) for code in ("H63", "H63.004")]
    assert [one.body for one in answers if isinstance(one, Heir)] == ["H38", "H38.004"]
    _divided(built("thai-nguyen"))


def _divided(found: Built) -> None:
    assert counted(found)[OperationKind.SPLIT] == 3
    assert dict(whole(found).counts)["by_fallback"] > 0
    nobody_is_left(found)
    split = next(one for _, one in found.plan.numbered if isinstance(one, Split))
    heirs = Heirs(found.plan, found.ground.before)
    for share in split.shares:
        (place,) = share.which.new_places
        answer = heirs.of(DossierFacts(split.body, new_place=place))
        assert isinstance(answer, Heir)
        assert share.to == ToBody(answer.body)
        assert not answer.is_fallback


@pytest.mark.soak
def test_all_34_provinces_are_built_and_whole(country: None) -> None:
    rows = PlaceRow.objects.filter(parent="", valid__contains=DAY).values_list("code", flat=True)
    assert len(rows) == 34

    for code in rows:
        found = built(code)
        whole(found)
        nobody_is_left(found)
