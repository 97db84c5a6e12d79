"""An apology in time gives one new day; a late one is recorded and gives none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests import cast
from tests.builders import CALENDAR, POLICIES, after, received
from tests.cast import MONDAY, moment
from thongsuot.domain.dossier import Dossier, clock
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.policies import Lead, Policies
from thongsuot.domain.dossier.reasons import ReasonNeeded
from thongsuot.domain.dossier.refusals import AlreadyExtended, ExtensionNotLater
from thongsuot.domain.dossier.transfer import arrive

NEW_DAY = moment("2025-09-19 16:00")
IN_WORKING_DAYS = replace(POLICIES, apology_lead_counted_in=Lead.WORKING_DAYS)


def sorry(
    dossier: Dossier,
    at: datetime,
    *,
    new_day: datetime = NEW_DAY,
    policies: Policies = POLICIES,
    reason: str = "thiếu người",
) -> e.Apologised:
    return clock.apologise(
        dossier, reason=reason, new_day=new_day, at=at, calendar=CALENDAR, policies=policies
    )


def test_an_apology_a_day_before_the_due_day_extends_the_term() -> None:
    dossier = received()  # due on Monday the 15th at 08:00

    told = sorry(dossier, moment("2025-09-14 23:59"))
    extended = after(dossier, told, moment("2025-09-14 23:59"))

    assert not told.too_late
    assert extended.extended_to == extended.due_at == NEW_DAY
    assert extended.promised_at == moment("2025-09-15 08:00")


def test_an_apology_on_the_due_day_is_recorded_as_too_late_and_extends_nothing() -> None:
    dossier = received()

    told = sorry(dossier, moment("2025-09-15 00:01"))
    still = after(dossier, told)

    assert told.too_late
    assert told.extended_to is None
    assert still.due_at == moment("2025-09-15 08:00")
    assert still.extended_to is None


def test_the_day_of_an_apology_is_the_day_in_vietnam() -> None:
    # given 00:01 on the due day, which is the evening before in London
    first_minute = moment("2025-09-15 00:01").astimezone(UTC)

    assert sorry(received(), first_minute).too_late


def test_how_the_day_before_is_counted_is_a_policy() -> None:
    sunday, friday = moment("2025-09-14 10:00"), moment("2025-09-12 10:00")

    assert not sorry(received(), sunday).too_late
    assert sorry(received(), sunday, policies=IN_WORKING_DAYS).too_late
    assert not sorry(received(), friday, policies=IN_WORKING_DAYS).too_late


@pytest.mark.parametrize(
    ("due_on", "last"),
    [
        (date(2025, 9, 10), date(2025, 9, 9)),
        (date(2025, 9, 15), date(2025, 9, 12)),
        (date(2025, 9, 3), date(2025, 8, 29)),
    ],
    ids=["midweek", "over a weekend", "over the National Day"],
)
def test_a_working_day_before_lies_before_every_day_off(due_on: date, last: date) -> None:
    assert clock.apology_until(due_on, CALENDAR, IN_WORKING_DAYS) == last


def test_a_term_is_extended_once() -> None:
    extended = after(received(), sorry(received(), MONDAY))

    with pytest.raises(AlreadyExtended):
        sorry(extended, moment("2025-09-09 08:00"), new_day=moment("2025-09-30 16:00"))


def test_as_often_as_the_policy_of_the_day_allows() -> None:
    twice = replace(POLICIES, extensions_at_most=2)
    never = replace(POLICIES, extensions_at_most=0)
    dossier = after(received(), sorry(received(), MONDAY))

    again = after(
        dossier, sorry(dossier, MONDAY, new_day=moment("2025-09-30 16:00"), policies=twice)
    )

    assert again.due_at == moment("2025-09-30 16:00")
    with pytest.raises(AlreadyExtended):
        sorry(again, MONDAY, new_day=moment("2025-10-10 16:00"), policies=twice)
    with pytest.raises(AlreadyExtended):
        sorry(received(), MONDAY, policies=never)


def test_after_the_one_extension_an_apology_may_still_be_issued_too_late() -> None:
    extended = after(received(), sorry(received(), MONDAY))

    told = sorry(extended, moment("2025-09-20 08:00"), new_day=moment("2025-09-30 16:00"))

    assert told.too_late
    assert after(extended, told).due_at == NEW_DAY


def test_the_new_day_lies_after_the_due_moment_and_after_now() -> None:
    with pytest.raises(ExtensionNotLater):
        sorry(received(), MONDAY, new_day=moment("2025-09-15 08:00"))
    with pytest.raises(ExtensionNotLater):
        sorry(received(), moment("2025-09-22 08:00"), new_day=NEW_DAY)


def test_an_apology_says_why() -> None:
    with pytest.raises(ReasonNeeded):
        sorry(received(), MONDAY, reason="  ")


def test_a_pause_after_the_extension_moves_the_new_day_and_one_before_does_not() -> None:
    # given an extension given on Tuesday, a supplement before it and one after it
    dossier = after(received(), e.SupplementAsked(("Ảnh",), "thiếu"), MONDAY)
    back = clock.receive_supplement(
        dossier, papers=(), at=moment("2025-09-09 08:00"), calendar=CALENDAR
    )
    dossier = after(dossier, back, moment("2025-09-09 08:00"))
    told_at = moment("2025-09-09 09:00")
    dossier = after(dossier, sorry(dossier, told_at), told_at)
    assert dossier.due_at == NEW_DAY

    # when the second supplement takes a day
    dossier = after(
        dossier, e.SupplementAsked(("Ảnh",), "thiếu", "Luật X"), moment("2025-09-10 08:00")
    )
    again = clock.receive_supplement(
        dossier, papers=(), at=moment("2025-09-11 08:00"), calendar=CALENDAR
    )

    # then only that day is added to the new day
    assert again.due_at == moment("2025-09-22 16:00")


def test_an_extension_given_before_the_transfer_outlives_the_arrival() -> None:
    dossier = received(competent=cast.DEPARTMENT)
    dossier = after(dossier, sorry(dossier, MONDAY))
    dossier = after(dossier, e.Forwarded(cast.DEPARTMENT, "intake"))

    assert arrive(dossier, at=moment("2025-09-09 08:00"), calendar=CALENDAR).due_at == NEW_DAY
