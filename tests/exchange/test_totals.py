"""The centre's own count shows what a partner acknowledged and lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests import cast, life, rows
from tests.exchange.connecting import connect, connect_to
from tests.exchange.contract.cases import PORTAL
from tests.exchange.partners import Partners, simulated
from thongsuot.exchange import totals
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries

DATABASE = "procedure_database"
DAY = cast.MONDAY.date()
NIGHT = cast.MONDAY + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rows.province()
    connect_to(partners, DATABASE, monkeypatch)
    partners.forget(PORTAL.partner)
    yield
    partners.well()


def told(partners: Partners, many: int) -> None:
    """The portal acknowledges so many new dossiers."""
    for _ in range(many):
        life.received()
    to = connector(PORTAL.connection(partners.address(PORTAL.partner)))
    assert send_due(PORTAL.partner, to, at=cast.MONDAY).acknowledged == many


def test_both_sides_count_the_same_of_a_month_when_nothing_was_lost(partners: Partners) -> None:
    told(partners, 2)

    assert totals.compare(DATABASE, day=DAY, at=NIGHT) == 0

    counted = {line.name: (line.partner, line.ours, line.theirs) for line in queries.totals()}
    assert counted["dossier"] == (PORTAL.partner, 2, 2)
    assert counted["result"] == (PORTAL.partner, 0, 0)


def test_a_dossier_acknowledged_and_lost_in_silence_is_missing_in_the_sum(
    partners: Partners,
) -> None:
    told(partners, 1)
    partners.fail(PORTAL.partner, "silent_loss", count=1)
    told(partners, 1)

    assert totals.compare(DATABASE, day=DAY, at=NIGHT) == 1

    [dossiers] = [line for line in queries.totals() if line.name == "dossier"]
    assert (dossiers.ours, dossiers.theirs, dossiers.differs) == (2, 1, True)


def test_a_month_has_only_the_dossiers_received_in_it(partners: Partners) -> None:
    told(partners, 1)

    assert totals.compare(DATABASE, day=DAY.replace(month=10), at=NIGHT + timedelta(days=31)) == 0

    assert {(line.ours, line.theirs) for line in queries.totals()} == {(0, 0)}


def test_who_answers_without_a_number_is_compared_another_time(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(DATABASE, partners.address(DATABASE), monkeypatch, totals_path="/api/v1/khong-co")

    assert totals.compare(DATABASE, day=DAY, at=NIGHT) == 0

    assert queries.totals() == ()
