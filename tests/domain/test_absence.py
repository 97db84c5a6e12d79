"""One substitute at a time, who is there, for days that are not over."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from thongsuot.domain.duties import (
    AbsencePast,
    AbsentAlready,
    StandsInForSelf,
    SubstituteAbsent,
    Substitution,
    require_possible,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span

TODAY = date(2025, 9, 10)
WEEK = Span(date(2025, 9, 8), date(2025, 9, 13))
NEXT = Span(date(2025, 9, 13), date(2025, 9, 15))
TAM, LAN, SON = cast.TAM.account, cast.LAN.account, cast.SON.account


@pytest.mark.parametrize(
    ("planned", "others", "refused"),
    [
        (Substitution(TAM, TAM, WEEK), (), StandsInForSelf),
        (Substitution(TAM, LAN, Span(WEEK.start, TODAY)), (), AbsencePast),
        (Substitution(TAM, LAN, WEEK), (Substitution(TAM, SON, WEEK),), AbsentAlready),
        (Substitution(TAM, LAN, WEEK), (Substitution(LAN, SON, WEEK),), SubstituteAbsent),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    planned: Substitution, others: tuple[Substitution, ...], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        require_possible(planned, others=others, on=TODAY)


def test_one_absence_after_another_and_standing_in_for_two_are_possible() -> None:
    others = (Substitution(TAM, SON, NEXT), Substitution(SON, LAN, WEEK))

    require_possible(Substitution(TAM, LAN, WEEK), others=others, on=TODAY)
