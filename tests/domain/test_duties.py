"""Who may make which move, in which office, on which day."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from thongsuot.domain.duties import Duties, Grant, NotYourDuty, Person, Substitution
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act

DAY = date(2025, 9, 8)
YEAR = Span(date(2025, 1, 1), date(2026, 1, 1))
ABSENCE = Span(date(2025, 9, 8), date(2025, 9, 10))
ACTS = {"handler": frozenset({Act.PROPOSE}), "leader": frozenset({Act.APPROVE, Act.PROPOSE})}


def held(*grants: Grant, substitutions: tuple[Substitution, ...] = ()) -> Duties:
    return Duties(ACTS, grants, substitutions)


def grant(person: Person, role: str = "handler", office: str = cast.BAN_MAY) -> Grant:
    return Grant(person.account, role, office, YEAR)


def allowed(
    duties: Duties, by: Person, act: Act = Act.PROPOSE, *, on: date = DAY, **more: str
) -> bool:
    wanted = {"office": cast.BAN_MAY, "procedure": "1.000101", "role": ""} | more
    return duties.basis(by, act, on=on, **wanted) is not None


def test_a_role_gives_its_acts_in_its_office_while_it_is_held() -> None:
    duties = held(grant(cast.TAM))

    assert allowed(duties, cast.TAM)
    assert not allowed(duties, cast.TAM, Act.APPROVE)
    assert not allowed(duties, cast.TAM, office=cast.NAM_SUONG)
    assert not allowed(duties, cast.TAM, on=date(2026, 1, 1))
    assert not allowed(duties, cast.KHACH)


def test_a_grant_for_some_procedures_covers_no_other() -> None:
    only = Grant(cast.TAM.account, "handler", cast.BAN_MAY, YEAR, frozenset({"1.000101"}))

    assert allowed(held(only), cast.TAM)
    assert not allowed(held(only), cast.TAM, procedure="2.000202")


def test_a_grant_for_every_office_covers_them_all() -> None:
    duties = held(grant(cast.NHUNG, "leader", office=""))

    assert allowed(duties, cast.NHUNG, Act.APPROVE, office=cast.NAM_SUONG)
    assert duties.offices(cast.NHUNG.account, DAY) == {""}


def test_a_stage_that_names_a_role_is_left_to_that_role() -> None:
    duties = held(grant(cast.SON, "leader"))

    assert allowed(duties, cast.SON)
    assert not allowed(duties, cast.SON, role="handler")


def test_a_substitute_has_the_duties_of_the_absent_only_during_the_absence() -> None:
    stands_in = Substitution(cast.TAM.account, cast.LAN.account, ABSENCE)
    duties = held(grant(cast.TAM), substitutions=(stands_in,))

    basis = duties.require(cast.LAN, Act.PROPOSE, office=cast.BAN_MAY, procedure="1.000101", on=DAY)

    assert basis.standing_in_for == cast.TAM.account
    assert not allowed(duties, cast.LAN, on=date(2025, 9, 10))
    assert duties.offices(cast.LAN.account, DAY) == {cast.BAN_MAY}
    assert duties.offices(cast.LAN.account, date(2025, 9, 10)) == frozenset()


def test_who_may_act_in_their_own_name_does() -> None:
    stands_in = Substitution(cast.TAM.account, cast.SON.account, ABSENCE)
    duties = held(grant(cast.TAM), grant(cast.SON, "leader"), substitutions=(stands_in,))

    basis = duties.require(cast.SON, Act.PROPOSE, office=cast.BAN_MAY, procedure="1.000101", on=DAY)

    assert basis.standing_in_for == ""


def test_standing_in_is_not_handed_on() -> None:
    chain = (
        Substitution(cast.TAM.account, cast.LAN.account, ABSENCE),
        Substitution(cast.LAN.account, cast.KHACH.account, ABSENCE),
    )

    assert not allowed(held(grant(cast.TAM), substitutions=chain), cast.KHACH)


def test_without_the_duty_the_refusal_says_what_would_be_needed() -> None:
    with pytest.raises(NotYourDuty) as refused:
        held().require(
            cast.KHACH,
            Act.APPROVE,
            office=cast.BAN_MAY,
            procedure="1.000101",
            on=DAY,
            role="leader",
        )

    assert refused.value.facts == {
        "person": "Khách Vãng Lai",
        "act": "approve",
        "office": cast.BAN_MAY,
        "role": "leader",
    }
