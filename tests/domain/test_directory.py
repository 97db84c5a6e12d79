"""Who exists on which day, and who carries on whose work."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from thongsuot.domain.directory import (
    Level,
    NoSuchOffice,
    Office,
    OfficeClosed,
    OfficeKind,
    OfficeNotYetOpen,
    Succession,
    SuccessionKind,
    as_of,
    heirs,
)
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.spans import Span

DAY = date(2025, 7, 1)


def office(code: str, name: str, valid: Span) -> Office:
    return Office(
        code=OfficeCode.parse(code),
        name=name,
        kind=OfficeKind.COMMUNE,
        level=Level.COMMUNE,
        parent=OfficeCode.parse(cast.PROVINCE),
        place="",
        valid=valid,
        source="",
    )


def follows(old: str, new: str, on: date = DAY) -> Succession:
    return Succession(SuccessionKind.MERGED, old, new, on, "")


def test_an_office_is_what_it_was_called_on_that_day() -> None:
    old = office(cast.BAN_MAY, "UBND xã Mây", Span(date(2020, 1, 1), DAY))
    new = office(cast.BAN_MAY, "UBND xã Bản Mây", Span(DAY))

    assert as_of([new, old], code=cast.BAN_MAY, on=date(2025, 6, 30)).name == "UBND xã Mây"
    assert as_of([new, old], code=cast.BAN_MAY, on=DAY).name == "UBND xã Bản Mây"


def test_a_closed_office_is_refused_with_its_heirs() -> None:
    closed = office(cast.BAN_CU, "UBND xã Bản Cũ", Span(date(2020, 1, 1), DAY))
    lines = [follows(cast.BAN_CU, cast.BAN_MAY)]

    with pytest.raises(OfficeClosed) as refused:
        as_of([closed], code=cast.BAN_CU, on=DAY, successions=lines)

    assert refused.value.facts["heirs"] == [cast.BAN_MAY]
    assert refused.value.facts["name"] == "UBND xã Bản Cũ"


def test_an_office_that_never_was_and_one_that_will_be_are_refused_apart() -> None:
    future = office(cast.BAN_MAY, "UBND xã Bản Mây", Span(DAY))

    with pytest.raises(NoSuchOffice):
        as_of([], code=cast.BAN_MAY, on=DAY)
    with pytest.raises(OfficeNotYetOpen):
        as_of([future], code=cast.BAN_MAY, on=date(2025, 6, 30))


def test_heirs_are_followed_to_the_end_of_the_line() -> None:
    later = date(2026, 1, 1)
    lines = [follows("a", "b"), follows("a", "c"), follows("c", "d", on=later)]

    assert heirs(lines, "a", DAY) == ("b", "c")
    assert heirs(lines, "a", later) == ("b", "d")
    assert heirs(lines, "a", date(2025, 6, 30)) == ("a",)


def test_bodies_that_follow_each_other_in_a_circle_end_the_search() -> None:
    assert heirs([follows("a", "b"), follows("b", "a")], "a", DAY) == ()


def test_a_body_that_gave_part_of_its_work_away_goes_on_and_what_came_later_stays_with_it() -> None:
    later = date(2026, 1, 1)
    lines = [follows("a", "a"), follows("a", "b"), follows("c", "a", on=later)]

    assert heirs(lines, "a", DAY) == ("a", "b")
    assert heirs(lines, "c", later) == ("a",)


LINES = st.lists(st.builds(follows, st.sampled_from("abcdef"), st.sampled_from("abcdef")))


@given(LINES, st.sampled_from("abcdef"))
def test_an_heir_goes_on_itself(lines: list[Succession], body: str) -> None:
    found = heirs(lines, body, DAY)

    assert all(heir in heirs(lines, heir, DAY) for heir in found)
    assert len(set(found)) == len(found)
