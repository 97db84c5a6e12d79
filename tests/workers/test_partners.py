"""By itself: what is owed goes out, what lies ready is fetched, and both sides count once a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from tests import cast, life, rows
from thongsuot.actions import messages
from thongsuot.actions.messages import Attempt
from thongsuot.domain.exchange import Acknowledged, Arrival, Parcel, Patience
from thongsuot.exchange import registry
from thongsuot.exchange.connector import Collected, Connection, Sent
from thongsuot.exchange.transports.http import Away
from thongsuot.queries import messages as queries
from thongsuot.records.exchange import ControlTotalRow
from thongsuot.records.messages import InboxRow
from thongsuot.workers import tasks
from thongsuot.workers.schedule import SCHEDULE

PORTAL = "national_portal"
pytestmark = pytest.mark.django_db
NEXT_DAY = cast.MONDAY + timedelta(days=1)


class Desk:
    """A partner that takes, has something ready, and counts."""

    ready: ClassVar[list[Arrival]] = []
    confirmed: ClassVar[list[str]] = []
    counts: ClassVar[Mapping[str, int] | None] = {}

    def __init__(self, _: Connection) -> None: ...

    def send(self, parcel: Parcel, /) -> Sent:
        return Sent(Acknowledged(str(parcel.number)))

    def faults(self, _: datetime, /) -> Iterable[str]:
        return ()

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        del cursor, at
        return Collected(tuple(self.ready), "1")

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        del is_taken
        self.confirmed.append(arrival.key)

    counted = PORTAL

    def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        del since, until
        if self.counts is None:
            raise Away("nobody")
        return self.counts


@pytest.fixture(autouse=True)
def partner(monkeypatch: pytest.MonkeyPatch) -> None:
    rows.province()
    Desk.ready, Desk.confirmed, Desk.counts = [], [], {}
    monkeypatch.setitem(registry.KINDS, "thu", f"{__name__}.Desk")
    monkeypatch.setattr(tasks, "now", lambda: NEXT_DAY)


def jobs(task: str, run: object) -> list[Mapping[str, object]]:
    """The jobs of a name that a task leaves to others."""
    kept = InMemoryConnector()
    with app.replace_connector(kept):
        assert callable(run)
        run()
        return [job["args"] for job in kept.jobs.values() if job["task_name"] == task]


def test_each_partner_is_fetched_from_by_a_job_of_its_own() -> None:
    rows.connected(PORTAL, kind="thu")
    rows.connected("frozen", kind="thu", state="frozen")
    rows.connected("broken", kind="khong_co")

    assert jobs("fetch_from", tasks.fetch_ready.func) == [{"partner": PORTAL}]


def test_what_lies_ready_is_taken_in_once_and_then_confirmed() -> None:
    rows.connected(PORTAL, kind="thu")
    Desk.ready = [Arrival(PORTAL, "X-1", "la", {})]

    assert tasks.fetch_from.func(PORTAL) == 1
    assert tasks.fetch_from.func(PORTAL) == 1

    assert InboxRow.objects.get().times == 2
    assert Desk.confirmed == ["X-1", "X-1"]


def acknowledged(many: int) -> None:
    for _ in range(many):
        life.received()
    parcels = messages.take(PORTAL, at=cast.MONDAY, lease=timedelta(minutes=5), limit=100)
    attempts = [Attempt(parcel, Acknowledged("x"), cast.MONDAY) for parcel in parcels]
    messages.note(attempts, patience=Patience(), at=cast.MONDAY)


@pytest.mark.parametrize(("theirs", "differ"), [(2, 0), (1, 1), (3, 1)])
def test_what_both_sides_count_of_yesterday_is_kept_and_a_difference_told(
    theirs: int, differ: int
) -> None:
    rows.connected(PORTAL, kind="thu")
    acknowledged(2)
    Desk.counts = {"dossier": theirs}

    assert tasks.compare_totals.func() == differ
    assert tasks.compare_totals.func() == differ

    (line,) = queries.totals()
    assert (line.ours, line.theirs, line.differs) == (2, theirs, bool(differ))
    assert line.day == cast.MONDAY.date()


def test_who_is_away_is_compared_another_time() -> None:
    rows.connected(PORTAL, kind="thu")
    Desk.counts = None

    assert tasks.compare_totals.func() == 0
    assert not ControlTotalRow.objects.exists()


class Bodies(Desk):
    """A partner that knows codes of bodies; one lacks its secret."""

    asked: ClassVar[list[str]] = []

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._partner = connection.partner
        self._secret = connection.secret

    def bodies(self, *, at: datetime) -> frozenset[str]:
        del at
        if self._partner == "a_no_secret":
            self._secret("secret")
        self.asked.append(self._partner)
        return frozenset()


def test_a_connection_set_up_wrongly_stops_no_other_and_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(registry.KINDS, "ma", f"{__name__}.Bodies")
    Bodies.asked = []
    rows.connected("a_broken", kind="khong_co")
    rows.connected("a_no_secret", kind="ma")
    rows.connected("z_right", kind="ma")

    tasks.agree_on_bodies.func()
    tasks.mirror_procedures.func()

    assert Bodies.asked == ["z_right"]
    assert "a_broken" in caplog.text
    assert "a_no_secret" in caplog.text


def test_sending_fetching_and_counting_stand_in_the_schedule_with_their_reasons() -> None:
    known = {line.task.name: line.why for line in SCHEDULE}

    assert all(known[name] for name in ("send_owed", "fetch_ready", "compare_totals"))
