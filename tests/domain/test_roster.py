"""Who does a step is said by name; where nothing is said, the role alone counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders
from thongsuot.domain.roster import (
    Duty,
    Named,
    NamedTwice,
    NotOnRoster,
    Roster,
    RosterEmpty,
    StageNotOnProcess,
    check,
    people,
    require,
)
from thongsuot.domain.spans import Span

ON = date(2026, 3, 2)
SINCE = Span(date(2026, 3, 1))


def duty(official: str, *, stage: str = "work", procedure: str = "", valid: Span = SINCE) -> Duty:
    return Duty(Named(stage, official, procedure), valid, "QĐ 5")


def test_a_step_that_no_roster_speaks_of_is_open_to_the_role() -> None:
    assert people([duty("tam")], stage="approval", procedure="1.000101", on=ON) is None
    require([], officials=("dung",), stage="work", procedure="1.000101", on=ON)


def test_what_is_said_of_the_procedure_goes_before_what_is_said_of_all() -> None:
    duties = [duty("tam"), duty("dung", procedure="1.000101")]

    assert people(duties, stage="work", procedure="1.000101", on=ON) == frozenset({"dung"})
    assert people(duties, stage="work", procedure="1.000202", on=ON) == frozenset({"tam"})


def test_only_the_people_of_the_roster_are_accepted_or_who_stands_in_for_them() -> None:
    duties = [duty("tam")]

    with pytest.raises(NotOnRoster):
        require(duties, officials=("dung",), stage="work", procedure="1", on=ON)
    require(duties, officials=("lan", "tam"), stage="work", procedure="1", on=ON)


def test_a_roster_holds_from_its_day_until_before_its_end() -> None:
    duties = [duty("tam", valid=Span(date(2026, 3, 1), ON))]

    assert people(duties, stage="work", procedure="1", on=date(2026, 3, 1)) == frozenset({"tam"})
    assert people(duties, stage="work", procedure="1", on=ON) is None


def test_a_roster_names_people_once_for_steps_that_exist() -> None:
    process = builders.process()

    check(Roster("H99.101", "chung", (Named("work", "tam"),)), process)
    with pytest.raises(RosterEmpty):
        check(Roster("H99.101", "chung", ()), process)
    with pytest.raises(NamedTwice):
        check(Roster("H99.101", "chung", (Named("work", "tam"),) * 2), process)
    with pytest.raises(StageNotOnProcess):
        check(Roster("H99.101", "chung", (Named("nowhere", "tam"),)), process)
