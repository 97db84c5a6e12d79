"""The body that resolves is found from procedure, case, level and place, with its reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders, cast
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.routing import (
    Because,
    Competence,
    CompetentOfficeNeeded,
    Ground,
    SeveralBodiesCompetent,
    Surroundings,
    candidates,
    competent,
)

BOTH = frozenset({Level.COMMUNE, Level.PROVINCE})
AT_PROVINCE = builders.procedure(levels=frozenset({Level.PROVINCE}))
AT_COMMUNE = builders.procedure()


def office(code: str, kind: OfficeKind, level: Level) -> Office:
    return Office(
        OfficeCode.parse(code), f"Cơ quan {code}", kind, level, None, "", builders.ALWAYS, "bịa"
    )


COMMUNE = office(cast.BAN_MAY, OfficeKind.COMMUNE, Level.COMMUNE)
OTHER_COMMUNE = office(cast.NAM_SUONG, OfficeKind.COMMUNE, Level.COMMUNE)
CENTRE = office(cast.CENTRE, OfficeKind.SERVICE_CENTRE, Level.PROVINCE)
FARMS = office(cast.DEPARTMENT, OfficeKind.DEPARTMENT, Level.PROVINCE)
BUILDINGS = office(cast.CONSTRUCTION, OfficeKind.DEPARTMENT, Level.PROVINCE)
OF_FIELD = Competence(cast.DEPARTMENT, field="Hộ tịch", source="QĐ 1")
OF_PROCEDURE = Competence(cast.CONSTRUCTION, procedure="1.000101", source="QĐ 2")
OF_CASE = Competence(cast.DEPARTMENT, procedure="1.000101", case="Cấp lại", source="QĐ 3")


def around(
    *rules: Competence, receiving: Office = CENTRE, of_place: Office | None = None
) -> Surroundings:
    return Surroundings(receiving, of_place, rules, (FARMS, BUILDINGS))


def test_a_commune_procedure_goes_to_the_commune_of_the_place_wherever_it_is_received() -> None:
    found = competent(AT_COMMUNE, case="", around=around(receiving=COMMUNE, of_place=OTHER_COMMUNE))

    assert found.office == OTHER_COMMUNE
    assert found.because == (Because(Ground.COMMUNE_OF_PLACE, OTHER_COMMUNE.name),)


def test_without_a_place_the_receiving_commune_resolves_its_procedures() -> None:
    found = competent(AT_COMMUNE, case="", around=around(receiving=COMMUNE))

    assert found.office == COMMUNE
    assert found.because[0].ground is Ground.COMMUNE_OF_COUNTER


@pytest.mark.parametrize("procedure", [AT_COMMUNE, AT_PROVINCE], ids=["commune", "province"])
def test_where_nothing_names_a_body_the_official_chooses(procedure: Procedure) -> None:
    with pytest.raises(CompetentOfficeNeeded):
        competent(procedure, case="", around=around())


@pytest.mark.parametrize(
    ("case", "rules", "body", "ground"),
    [
        ("", (OF_FIELD,), FARMS, Ground.NAMED_FOR_FIELD),
        ("", (OF_FIELD, OF_PROCEDURE), BUILDINGS, Ground.NAMED_FOR_PROCEDURE),
        ("Cấp lại", (OF_PROCEDURE, OF_CASE), FARMS, Ground.NAMED_FOR_CASE),
        ("Cấp mới", (OF_PROCEDURE, OF_CASE), BUILDINGS, Ground.NAMED_FOR_PROCEDURE),
    ],
)
def test_who_is_named_most_closely_resolves(
    case: str, rules: tuple[Competence, ...], body: Office, ground: Ground
) -> None:
    found = competent(AT_PROVINCE, case=case, around=around(*rules))

    assert found.office == body
    assert (found.because[0].ground, found.because[0].source) == (
        ground,
        next(rule.source for rule in rules if rule.office == str(body.code)),
    )


def test_several_named_alike_are_told_and_none_is_taken() -> None:
    two = around(OF_FIELD, replace(OF_FIELD, office=cast.CONSTRUCTION))

    found = candidates(AT_PROVINCE, case="", around=two)

    assert [route.office for route in found] == [FARMS, BUILDINGS]
    with pytest.raises(SeveralBodiesCompetent) as refused:
        competent(AT_PROVINCE, case="", around=two)
    assert FARMS.name in str(refused.value.facts["known"])


@pytest.mark.parametrize(("receiving", "body"), [(COMMUNE, COMMUNE), (CENTRE, FARMS)])
def test_where_both_levels_resolve_it_is_that_of_the_counter(
    receiving: Office, body: Office
) -> None:
    procedure = builders.procedure(levels=BOTH)

    found = competent(procedure, case="", around=around(OF_FIELD, receiving=receiving))

    assert found.office == body
    assert found.because[-1] == Because(Ground.LEVEL_OF_COUNTER, receiving.name)


def test_a_body_that_does_not_stand_that_day_is_not_named() -> None:
    gone = around(Competence("H99.066", field="Hộ tịch"))

    assert candidates(AT_PROVINCE, case="", around=gone) == ()
