"""A dossier passes to the body that carries on, and its clock does not notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import builders, cast
from tests.builders import CALENDAR
from tests.cast import moment
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.clock import due_of, receive_supplement
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    BasisNeeded,
    DueWouldComeNearer,
    SameCustody,
)
from thongsuot.domain.dossier.transfer import Custody, custody_of, pass_custody

HEIR = Custody(cast.NAM_SUONG, cast.NAM_SUONG, cast.NAM_SUONG, cast.AT_NAM_SUONG, "tam")
TUESDAY = moment("2025-09-09 10:00")


def passed(d: Dossier, to: Custody = HEIR) -> Dossier:
    event = pass_custody(d, to=to, plan="mt-2025", operation=3, rule="3:merged")
    return builders.after(d, event, TUESDAY)


def test_the_bodies_of_both_sides_the_rule_and_the_plan_are_kept() -> None:
    event = pass_custody(
        builders.received(),
        to=HEIR,
        plan="mt-2025",
        operation=3,
        rule="3:fallback",
        is_fallback=True,
    )

    assert (event.from_office, event.to_office) == (cast.BAN_MAY, cast.NAM_SUONG)
    assert (event.plan, event.operation, event.rule) == ("mt-2025", 3, "3:fallback")
    assert event.is_fallback


@pytest.mark.parametrize(
    "before",
    [
        (),
        (e.SupplementAsked(("Ảnh",), "thiếu"),),
        (e.OpinionAsked(1, cast.CENTRE, "?", stops_clock=True), e.BecameNear()),
        (e.FinancialDutyRaised(9, "phí"),),
        (e.BecameLate(),),
    ],
)
def test_the_clock_is_the_same_before_and_after(before: tuple[e.Event, ...]) -> None:
    dossier = builders.received()
    for event in before:
        dossier = builders.after(dossier, event)

    after = passed(dossier)

    changed = {"version", "office", "competent_office", "return_office", "return_point"}
    kept = {name: getattr(dossier, name) for name in changed} | {"assignee": dossier.assignee}
    assert replace(after, **kept) == dossier
    assert after.due_at == dossier.due_at
    assert due_of(after, CALENDAR) == due_of(dossier, CALENDAR)


def test_a_pause_over_the_hand_over_moves_the_due_moment_as_if_there_had_been_none() -> None:
    waiting = builders.after(builders.received(), e.SupplementAsked(("Ảnh",), "thiếu"))
    back = moment("2025-09-11 09:00")

    here = receive_supplement(waiting, papers=(), at=back, calendar=CALENDAR)
    there = receive_supplement(passed(waiting), papers=(), at=back, calendar=CALENDAR)

    assert here.due_at == there.due_at


def test_custody_that_goes_back_leaves_the_dossier_as_it_was() -> None:
    dossier = builders.received()
    event = pass_custody(
        passed(dossier), to=custody_of(dossier), plan="mt", operation=3, rule="undo", is_undo=True
    )

    assert replace(builders.after(passed(dossier), event), version=1) == dossier


def test_what_ended_passes_too_until_the_applicant_has_it() -> None:
    ended = builders.after(builders.received(), e.ResultIssued("handover", "12"))

    assert passed(ended).return_office == cast.NAM_SUONG
    with pytest.raises(AlreadyHandedOver):
        passed(builders.after(ended, e.HandedOver("end", "Mỷ", Channel.IN_PERSON)))


def test_a_dossier_does_not_pass_to_those_who_have_it() -> None:
    with pytest.raises(SameCustody):
        passed(passed(builders.received()))


def test_only_a_legal_basis_lets_it_be_due_later_and_nothing_earlier() -> None:
    dossier = builders.received()
    assert dossier.due_at is not None
    later, earlier = (dossier.due_at + timedelta(days=n) for n in (3, -1))
    asked = {"to": HEIR, "plan": "mt", "operation": 1, "rule": "1:merged"}

    event = pass_custody(dossier, due_at=later, basis="NQ 190/2025/QH15", **asked)  # type: ignore[arg-type] # facts by their names

    after = builders.after(dossier, event, TUESDAY)
    assert (after.due_at, due_of(after, CALENDAR)) == (later, later)
    with pytest.raises(BasisNeeded):
        pass_custody(dossier, due_at=later, **asked)  # type: ignore[arg-type] # facts by their names
    with pytest.raises(DueWouldComeNearer):
        pass_custody(dossier, due_at=earlier, basis="NQ 190", **asked)  # type: ignore[arg-type] # facts by their names
