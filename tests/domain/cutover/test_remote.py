"""Two systems are compared, and neither overwrites the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from tests import cast
from thongsuot.domain.cutover.remote import (
    Aspect,
    Divergence,
    Held,
    RemoteDossier,
    divergences,
    is_newer,
)
from thongsuot.domain.dossier import Status

RECEIVED, DUE = cast.moment("2026-01-05 08:00"), cast.moment("2026-01-12 08:00")
TOLD = RemoteDossier(
    partner="bo-x",
    code="H99.101-260105-170001",
    procedure="1.000101",
    status=Status.PROCESSING,
    raw_status="Đang xử lý",
    received_at=RECEIVED,
    due_at=DUE,
    ended_at=None,
    said_at=RECEIVED,
)
HELD = Held(TOLD.code, TOLD.procedure, RECEIVED, DUE, is_over=False)


def found(told: RemoteDossier = TOLD, held: Held | None = HELD, place: str = "") -> list[Aspect]:
    return [one.aspect for one in divergences(told, held, place=place)]


def test_each_thing_told_differently_is_told_with_both_values() -> None:
    other = replace(
        TOLD,
        procedure="1.000202",
        received_at=RECEIVED + timedelta(hours=1),
        due_at=None,
        ended_at=DUE,
    )

    told = list(divergences(other, HELD, place=""))

    assert [one.aspect for one in told] == [
        Aspect.PROCEDURE,
        Aspect.RECEIVED,
        Aspect.DUE,
        Aspect.ENDED,
    ]
    assert told[0] == Divergence(Aspect.PROCEDURE, "1.000101", "1.000202")
    assert (told[2].ours, told[2].theirs) == (DUE.isoformat(), "")
    assert (told[3].ours, told[3].theirs) == ("open", "over")


def test_seconds_cut_off_are_no_difference_and_a_minute_is_one() -> None:
    assert found(replace(TOLD, received_at=RECEIVED + timedelta(seconds=59))) == []
    assert found(replace(TOLD, received_at=RECEIVED + timedelta(minutes=1))) == [Aspect.RECEIVED]


def test_one_received_where_it_does_not_belong_is_an_alarm_unless_we_hold_it_too() -> None:
    assert found(held=None, place="provincial") == [Aspect.PLACE]
    assert found(held=None, place="bo-x") == []
    assert found(held=None, place="") == []
    assert found(place="provincial") == []


def test_in_whatever_order_words_come_the_last_said_stands() -> None:
    for order in permutations(range(4)):
        kept: RemoteDossier | None = None
        for late in order:
            told = replace(TOLD, said_at=RECEIVED + timedelta(hours=late))
            kept = told if is_newer(told, kept) else kept

        assert kept is not None
        assert kept.said_at == RECEIVED + timedelta(hours=3)
