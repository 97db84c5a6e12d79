"""A name is locked after so many failures, for as long as they count, and not a minute longer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests import cast
from thongsuot.domain.signing_in import Limits, SignInLocked

LIMITS = Limits(of_a_name=3, from_an_address=5, within=timedelta(minutes=15))


def failures(how_many: int, *, last: datetime = cast.MONDAY) -> list[datetime]:
    return [last - timedelta(minutes=step) for step in range(how_many)]


def test_two_failures_lock_nobody_out() -> None:
    LIMITS.require_open(by_name=failures(2), by_address=failures(4), at=cast.MONDAY)


def test_the_third_failure_locks_the_name_until_the_first_of_them_no_longer_counts() -> None:
    with pytest.raises(SignInLocked) as locked:
        LIMITS.require_open(by_name=failures(3), by_address=[], at=cast.MONDAY)

    opens = cast.MONDAY - timedelta(minutes=2) + LIMITS.within
    assert locked.value.facts == {"until": opens.isoformat()}
    LIMITS.require_open(by_name=failures(3), by_address=[], at=opens)


def test_an_address_that_guesses_many_names_is_locked_too() -> None:
    with pytest.raises(SignInLocked):
        LIMITS.require_open(by_name=[], by_address=failures(5), at=cast.MONDAY)
