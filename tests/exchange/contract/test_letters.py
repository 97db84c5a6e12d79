"""The post office stands under the same contract: every fault mode, no letter lost or doubled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests import builders, cast, life, rows
from tests.exchange.contract.cases import READ_SECONDS
from tests.exchange.contract.test_contract import MODES
from tests.exchange.partners import Partners
from thongsuot.actions import dossier as dossiers
from thongsuot.actions import messages
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.exchange import ValueMaps
from thongsuot.domain.workflow import Act
from thongsuot.exchange.connector import Connection, Connector
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.queries.dossier import verified
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import EventRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.notices import PARTNER

pytestmark = pytest.mark.django_db
MAIL, MAILBOX = "mail", "my@example.vn"
TOLD = ["Đã dừng hồ sơ", "Đã nhận hồ sơ"]


@pytest.fixture(autouse=True)
def province(town: Partners) -> None:
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    town.well()
    town.forget(MAIL)


def written_to() -> Dossier:
    """A dossier whose applicant is owed two letters."""
    applicant = Applicant(name=cast.MY.name, number=cast.MY.number, email=MAILBOX)
    request = life.request(submission=builders.submission(applicant=applicant))
    dossier = dossiers.receive(request=request, by=cast.HOA, at=cast.MONDAY)
    return life.do(dossier, Act.STOP, cast.HOA, reason="Xin rút")


def speaking(town: Partners) -> Connector:
    return connector(
        Connection(
            partner=PARTNER,
            version=1,
            kind=MAIL,
            address=town.address(MAIL),
            maps=ValueMaps(PARTNER, ()),
            secret=lambda _: "",
            settings={"from": "thongsuot@example.vn", "tls": False, "read_seconds": READ_SECONDS},
        )
    )


def drain(town: Partners, at: datetime, rounds: int) -> None:
    for number in range(rounds):
        if not send_due(PARTNER, speaking(town), at=at + timedelta(hours=number)).tried:
            return


@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_whatever_the_post_office_does_each_letter_arrives_and_is_known_when_it_comes_twice(
    mode: str, how: dict[str, float], town: Partners
) -> None:
    dossier = written_to()
    later = cast.MONDAY + timedelta(days=2)

    town.fail(MAIL, mode, **how)
    drain(town, later, 3)
    town.well()
    drain(town, later + timedelta(days=1), 6)
    aside = OutboxRow.objects.filter(set_aside_at__isnull=False).values_list("pk", flat=True)
    messages.replay(list(aside), reason="máy chủ thư đã nhận lại", by=cast.MINH, at=later)
    drain(town, later + timedelta(days=2), 6)

    assert not OutboxRow.objects.filter(partner=PARTNER, sent_at=None).exists()
    came = [one["value"] for one in town.book(MAIL, "letters")[MAILBOX]]
    letters = {one["Message-ID"]: one["subject"] for one in came}
    assert sorted(subject.split(" H99")[0] for subject in letters.values()) == TOLD
    noted = EventRow.objects.filter(dossier__code=dossier.code, name="notice_sent")
    assert noted.count() == 2
    assert queries.verify() == ()
    assert [differences for _, differences in verified()] == [[]]


def test_a_post_office_that_asks_for_a_seal_it_does_not_have_is_told_nothing(
    town: Partners,
) -> None:
    written_to()
    plain = speaking(town)
    sealed = connector(
        Connection(
            partner=PARTNER,
            version=1,
            kind=MAIL,
            address=town.address(MAIL),
            maps=ValueMaps(PARTNER, ()),
            secret=lambda _: "",
            settings={"from": "thongsuot@example.vn"},
        )
    )

    done = send_due(PARTNER, sealed, at=cast.MONDAY + timedelta(days=2))

    assert done.is_away
    assert town.book(MAIL) == {}
    assert [*plain.faults(cast.MONDAY)] == []
