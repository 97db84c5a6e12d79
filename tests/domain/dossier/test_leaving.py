"""A dossier goes to another system once, is read only from then on, or comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import builders, cast
from thongsuot.domain.cutover.remote import Aspect, Held, RemoteDossier, divergences
from thongsuot.domain.dossier import Dossier, Entry, Event, evolve, leaving, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.fees import collect
from thongsuot.domain.dossier.payments import require_payable
from thongsuot.domain.dossier.refusals import (
    AlreadyDecided,
    DossierEnded,
    HeldByAnotherSystem,
    NotOffered,
    OnItsWay,
)
from thongsuot.domain.dossier.standing import require_not_over
from thongsuot.domain.dossier.state import Outcome, Status
from thongsuot.domain.workflow import Act
from thongsuot.words import lookup

AT = cast.MONDAY + timedelta(hours=1)
OFFERED = e.OfferedToSystem(1, "bo-x", "Hệ thống của bộ X")


def after(d: Dossier, event: Event) -> Dossier:
    return evolve(d, Entry(event, AT, AT, "minh", d.office, "provincial"))


def go(d: Dossier) -> e.OfferedToSystem:
    return leaving.offer(d, handover=1, system="bo-x", system_name="Hệ thống của bộ X")


def offered() -> Dossier:
    return after(builders.received(), OFFERED)


def there() -> Dossier:
    d = offered()
    return after(d, leaving.take(d, OFFERED, reference="64f0", link="https://bo-x.example"))


def test_what_ended_or_is_decided_does_not_go() -> None:
    with pytest.raises(DossierEnded):
        go(replace(builders.received(), ended_at=AT, outcome=Outcome.GRANTED))
    with pytest.raises(AlreadyDecided):
        go(replace(builders.received(), is_decided=True))


def test_nothing_goes_twice() -> None:
    with pytest.raises(OnItsWay):
        go(offered())
    with pytest.raises(HeldByAnotherSystem):
        go(there())


def test_what_was_never_offered_is_neither_taken_nor_returned() -> None:
    for d in (builders.received(), there()):
        with pytest.raises(NotOffered):
            leaving.take(d, OFFERED, reference="", link="")
        with pytest.raises(NotOffered):
            leaving.come_back(d, OFFERED, reason="không")


@pytest.mark.parametrize("act", list(Act))
def test_no_act_is_done_on_it_there_or_on_its_way(act: Act) -> None:
    with pytest.raises(OnItsWay):
        require_not_over(offered(), act)
    with pytest.raises(HeldByAnotherSystem):
        require_not_over(there(), act)


def test_no_money_is_taken_for_what_lives_elsewhere() -> None:
    with pytest.raises(HeldByAnotherSystem):
        require_payable(there(), what="Lệ phí", amount=1000)
    with pytest.raises(HeldByAnotherSystem):
        collect(there(), name="Lệ phí", amount=1000, how=e.Payment.CASH, receipt_number="1")
    with pytest.raises(HeldByAnotherSystem):
        resolution.hand_over(
            there(), process=builders.process(), to="Mỷ", how=builders.received().channel
        )


def test_taken_it_has_ended_here_and_keeps_what_was_promised() -> None:
    before, now = builders.received(), there()

    assert (now.outcome, now.is_open, now.is_handed_over) == (Outcome.MOVED, False, True)
    assert (now.due_at, now.status, now.received_at) == (
        before.due_at,
        before.status,
        before.received_at,
    )
    assert e.Identifier("bo-x", "64f0") in now.identifiers


def test_come_back_it_is_what_it_was() -> None:
    d = offered()
    back = after(d, leaving.come_back(d, OFFERED, reason="thiếu mã"))

    assert replace(back, version=1) == builders.received()


def test_a_word_of_an_old_system_does_not_wake_it() -> None:
    told = e.ProgressReported("he-cu", "Đang xử lý", status="4")

    assert replace(after(there(), told), version=0) == replace(there(), version=0)


def test_its_applicant_reads_where_it_is() -> None:
    said = [
        lookup.sentence(d, office="UBND", place="quầy", missing=(), at=AT)
        for d in (offered(), there())
    ]

    assert "đang được chuyển sang Hệ thống của bộ X" in said[0]
    assert "https://bo-x.example" in said[1]


def test_only_its_new_system_says_how_it_goes_on() -> None:
    told = RemoteDossier("bo-x", "H1", "1.000101", Status.PROCESSING, "", AT, AT, None, AT)
    held = Held(told.code, told.procedure, told.received_at, None, is_over=True, is_moved=True)

    assert list(divergences(told, held, place=told.partner)) == []
    other = replace(held, received_at=AT - timedelta(days=9))
    assert [one.aspect for one in divergences(told, other, place=told.partner)] == [Aspect.RECEIVED]
