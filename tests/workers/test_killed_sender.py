"""Sender, partner and PostgreSQL are killed again and again: every fact arrives once, in order."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from tests import cast, life, rows
from tests.exchange.contract.cases import PORTAL, Case
from tests.exchange.nursery import Nursery, kill, nursery
from tests.exchange.partners import Partners, Simulators
from tests.killing import Counter, acknowledges, is_back, wait_for
from thongsuot.actions import messages
from thongsuot.domain.messages import MessageKind
from thongsuot.exchange.outbox import LEASE, Manners, send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import heads
from thongsuot.records.messages import OutboxRow, PartnerRow

SENDER, PARTNER, POSTGRESQL, FAULT = "sender", "partner", "postgresql", "fault"
# Most of what happens is that a sender dies; the others take a second each to come back.
DISASTERS = (*[SENDER] * 6, PARTNER, POSTGRESQL, *[FAULT] * 3)
SLOWEST = 0.5
FAULTS: tuple[tuple[str, dict[str, float]], ...] = (
    ("down", {"share": 0.5}),
    ("times_out_after", {"share": 0.3, "seconds": 0.5}),
    ("slow", {"share": 0.3, "seconds": SLOWEST}),
    ("error_200", {"share": 0.3}),
    ("already_exists", {"share": 0.3}),
    ("throttled", {"share": 0.3}),
    ("duplicate", {"share": 0.5}),
    ("reordering", {"seconds": 0.05}),
    ("schema_drift", {"share": 0.2}),
    ("wrong_encoding", {"share": 0.2}),
    ("expired_session", {"share": 0.3}),
)
LIVES, ROUNDS = 6, 200
TURN = LEASE + timedelta(minutes=15)  # so late that every lease and every wait is over


@pytest.fixture
def lasting(transactional_db: None) -> Iterator[None]:
    """A database that keeps what it acknowledges."""
    acknowledges(only_what_is_written=True)
    rows.province()
    PartnerRow.objects.all().delete()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.grant(cast.PAO, "operator", "")
    yield
    acknowledges(only_what_is_written=False)


@pytest.fixture
def simulators(tmp_path: Path) -> Iterator[Simulators]:
    """Partners that keep their books in files, so that they may be killed too."""
    found = Simulators("--book", tmp_path)
    found.start()
    yield found
    found.kill()


def test_killed_a_few_times_every_fact_arrives_once_and_in_order(
    lasting: None, environment: dict[str, str], simulators: Simulators
) -> None:
    _survives(environment, simulators, PORTAL, disasters=14, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_killed_five_hundred_times_every_fact_arrives_once_and_in_order(
    lasting: None, environment: dict[str, str], simulators: Simulators, seed: int
) -> None:
    _survives(environment, simulators, PORTAL, disasters=110, seed=100 + seed)


@dataclass(slots=True)
class _World:
    """What may be killed, and the moment, which goes on by turns."""

    case: Case
    simulators: Simulators
    senders: Nursery
    chance: random.Random
    at: datetime = cast.MONDAY + timedelta(days=60)
    happened: dict[str, int] = field(default_factory=dict)

    @property
    def town(self) -> Partners:
        return self.simulators.partners

    def strike(self) -> None:
        """A sender sets out on what is due, and something happens."""
        what = self.chance.choice(DISASTERS)
        self.happened[what] = self.happened.get(what, 0) + 1
        self.at += TURN
        if what == FAULT:
            mode, how = self.chance.choice(FAULTS)
            self.town.well()
            self.town.fail(self.case.partner, mode, seed=self.chance.randrange(1_000), **how)
        begun = self._lines()
        sender = self.senders.send(self.case.partner, self._address, at=self.at)
        wait_for(lambda: self._lines() > begun or not Path(f"/proc/{sender}").exists())
        time.sleep(self.chance.uniform(0.0, 0.4))
        if what == PARTNER:
            self.simulators.kill()
            self.simulators.start()
        if what == POSTGRESQL:
            _kill_a_backend()
        kill(sender)
        connections.close_all()
        wait_for(is_back)

    def _lines(self) -> int:
        """How long the ledger is: what a sender takes up stands there before anything leaves."""
        with suppress(DatabaseError):
            return sum(number for number, _ in heads().values())
        connections.close_all()
        return 0

    @property
    def _address(self) -> str:
        return self.town.address(self.case.partner)


def _survives(
    environment: dict[str, str], simulators: Simulators, case: Case, *, disasters: int, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows.partner(case.partner)
    whole = [life.handed_over(life.received()).code for _ in range(LIVES)]
    counter = Counter(every=0.3)
    counter.start()
    try:
        with nursery(environment) as senders:
            world = _World(case, simulators, senders, chance)
            for _ in range(disasters):
                world.strike()
    finally:
        counter.stop()
    assert sum(world.happened.values()) == disasters
    assert OutboxRow.objects.filter(sent_at__isnull=False).exists(), "no sender ever sent"

    _calm_down(world)

    _everything_arrived_once_and_in_order(world, [*whole, *counter.acknowledged])
    _the_totals_agree(world)


def _calm_down(world: _World) -> None:
    """Everybody is well again; what is in doubt, people settle by what the partner has."""
    world.town.well()
    # What a slow partner still works at belongs to turns that are long over.
    time.sleep(2 * SLOWEST)
    for _ in range(ROUNDS):
        world.at += TURN
        speaks = connector(world.case.connection(world.town.address(world.case.partner)))
        while send_due(world.case.partner, speaks, at=world.at, manners=Manners()).tried:
            pass
        _decide(world)
        if not OutboxRow.objects.filter(sent_at=None).exists():
            return
    raise AssertionError(f"{OutboxRow.objects.filter(sent_at=None).count()} are still owed")


def _decide(world: _World) -> None:
    """People look at the partner for what waits for them: what it has is not sent again."""
    waiting = OutboxRow.objects.filter(sent_at=None, set_aside_at__isnull=False)
    for row in waiting.select_related("dossier"):
        if world.case.told(row) in world.case.held(world.town, row.dossier.code):
            messages.skip(number=row.pk, reason="đối tác đã có", by=cast.PAO, at=world.at)
        else:
            messages.replay([row.pk], reason="đối tác chưa có", by=cast.PAO, at=world.at)


def _everything_arrived_once_and_in_order(world: _World, codes: list[str]) -> None:
    for code in codes:
        owed = OutboxRow.objects.filter(dossier__code=code).order_by("seq")
        told = [words for row in owed if (words := world.case.told(row))]
        assert owed.exists(), f"{code}: what was acknowledged to the counter owes nothing"
        assert world.case.held(world.town, code) == told
        assert world.case.stands(world.town, code) == owed.last().payload["status"]  # type: ignore[union-attr]  # exists


def _the_totals_agree(world: _World) -> None:
    """What was ever owed is what the partner has: dossiers and steps, nothing more, nothing less."""
    assert queries.verify() == ()
    assert [line.difference for line in queries.standing()] == [0]
    book = world.town.book(world.case.partner)
    owed = OutboxRow.objects.filter(partner=world.case.partner)
    assert len(book["dossiers"]) == owed.values("dossier").distinct().count()
    steps = sum(map(len, book.get("steps", {}).values()))
    assert steps == owed.filter(kind=MessageKind.PROGRESS.value).count()


def _kill_a_backend() -> None:
    """One process of PostgreSQL dies, and the server starts anew with all of them."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        )
        found = cursor.fetchone()
        if found:
            with suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGKILL)


def test_a_partner_that_is_away_for_three_days_loses_nothing(
    lasting: None, simulators: Simulators
) -> None:
    case, town = PORTAL, simulators.partners
    rows.partner(case.partner)
    codes = [life.handed_over(life.received()).code for _ in range(2)]
    speaks = connector(case.connection(town.address(case.partner)))
    town.fail(case.partner, "down")
    at = cast.MONDAY + timedelta(days=60)
    ends = at + timedelta(hours=72)
    while at < ends:
        send_due(case.partner, speaks, at=at, manners=Manners())
        at += timedelta(minutes=15)

    assert town.book(case.partner) == {}
    assert not OutboxRow.objects.exclude(sent_at=None, set_aside_at=None).exists()

    town.well()
    at += timedelta(minutes=15)
    while send_due(case.partner, speaks, at=at, manners=Manners()).tried:
        pass

    assert not OutboxRow.objects.filter(sent_at=None).exists()
    for code in codes:
        owed = OutboxRow.objects.filter(dossier__code=code).order_by("seq")
        assert case.held(town, code) == [words for row in owed if (words := case.told(row))]
        assert case.stands(town, code) == "10"
    assert queries.verify() == ()
