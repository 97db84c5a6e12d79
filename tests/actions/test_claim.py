"""A handler takes on what nobody has."""

from __future__ import annotations

import pytest

from tests import cast, life, rows
from thongsuot.actions.dossier import moves
from thongsuot.domain.dossier.refusals import HeldAlready
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records
from thongsuot.records.dossier import EventRow


def test_a_handler_of_the_office_claims_it(province: None) -> None:
    dossier = life.forwarded(life.received())

    claimed = life.do(dossier, Act.CLAIM, cast.TAM)

    assert (claimed.assignee, claimed.stage) == (cast.TAM.account, "work")


@pytest.mark.parametrize("person", [cast.PAO, cast.SON, cast.HOA, cast.DUNG, cast.KHACH])
def test_nobody_else_does(province: None, person: Person) -> None:
    dossier = life.forwarded(life.received())

    with pytest.raises(NotYourDuty):
        life.do(dossier, Act.CLAIM, person)


def test_only_the_first_one_has_it(province: None) -> None:
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    dossier = life.do(life.forwarded(life.received()), Act.CLAIM, cast.LAN)

    with pytest.raises(HeldAlready):
        life.do(dossier, Act.CLAIM, cast.TAM)

    assert records.find(dossier.code).assignee == cast.LAN.account


def test_a_rehearsal_refuses_what_the_act_refuses_and_keeps_nothing(province: None) -> None:
    dossier = life.forwarded(life.received())
    before = EventRow.objects.count()

    stands = moves.rehearse(
        code=dossier.code, move="claim", given={}, by=cast.TAM, at=cast.moment("2025-09-08 10:00")
    )
    with pytest.raises(NotYourDuty):
        moves.rehearse(
            code=dossier.code,
            move="claim",
            given={},
            by=cast.PAO,
            at=cast.moment("2025-09-08 10:00"),
        )

    assert stands.version == dossier.version
    assert EventRow.objects.count() == before
