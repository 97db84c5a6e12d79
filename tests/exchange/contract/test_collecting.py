"""Whatever a ministry does while its list is read: each dossier is taken in as it stands, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests import cast, rows
from tests.exchange.contract.cases import IGATE, READ_SECONDS, maps
from tests.exchange.partners import SECRET, USER, Partners
from thongsuot.actions import inbox
from thongsuot.domain.exchange import Arrival
from thongsuot.exchange.connector import Collecting, Connection
from thongsuot.exchange.inbox import fetch
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.records.messages import InboxRow

pytestmark = pytest.mark.django_db
NOW = cast.moment("2026-01-05 08:00")
MANY = 5


@dataclass(frozen=True, slots=True)
class Ministry:
    """One kind of ministry: its set-up, and how a dossier of it stands."""

    connection: Connection
    place: Callable[[str, str], dict[str, Any]]
    ended: str
    said: tuple[str, str]  # how open and ended are called here


def _polled(code: str, status: str) -> dict[str, Any]:
    return {"MaHoSo": code, "TrangThaiHoSo": status}


def _igate(code: str, status: str) -> dict[str, Any]:
    return {
        "code": code,
        "dossierStatus": {"id": int(status), "name": "giả lập"},
        "acceptedDate": "2026-01-02T09:00:00.000+0700",
        "updatedDate": "2026-01-02T09:00:00.000+0700",
    }


def ministry(name: str, address: str) -> Ministry:
    if name == "ministry_igate":
        return Ministry(IGATE.connection(address), _igate, "4", ("4", "9"))
    connection = Connection(
        partner=name,
        version=1,
        kind=name,
        address=address,
        maps=maps(
            name,
            {
                "status": {str(number): str(number) for number in range(1, 11)},
                "channel": {"in_person": "0", "online": "1"},
            },
        ),
        secret=lambda _: SECRET,
        settings={"client_id": USER, "body": "G17", "read_seconds": READ_SECONDS},
    )
    return Ministry(connection, _polled, "9", ("2", "9"))


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch, town: Partners) -> list[Arrival]:
    rows.province()
    town.well()
    for name in ("ministry_igate", "ministry_polled"):
        town.forget(name)
    found: list[Arrival] = []

    def take(arrival: Arrival, _: object) -> str:
        found.append(arrival)
        return str(arrival.body["code"])

    monkeypatch.setitem(inbox.TAKERS, "remote_dossier", take)
    return found


def rounds(it: Ministry, many: int, *, begin: int = 0) -> None:
    speaks = connector(it.connection)
    assert isinstance(speaks, Collecting)
    for hour in range(begin, begin + many):
        fetch(it.connection.partner, speaks, at=NOW + timedelta(hours=hour))


MINISTRIES = pytest.mark.parametrize("name", ["ministry_igate", "ministry_polled"])
MODES: tuple[tuple[str, dict[str, float]], ...] = (
    ("down", {}),
    ("slow", {"seconds": 0.4}),
    ("times_out_after", {"seconds": 0.4}),
    ("duplicate", {}),
    ("error_200", {}),
    ("throttled", {}),
    ("reordering", {"seconds": 0.05}),
    ("schema_drift", {}),
    ("wrong_encoding", {}),
    ("clock_skew", {}),
    ("expired_session", {}),
)


@MINISTRIES
@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_every_dossier_is_taken_in_once_and_its_change_is_heard(
    name: str, mode: str, how: dict[str, float], town: Partners, taken: list[Arrival]
) -> None:
    it = ministry(name, town.address(name))
    codes = [f"G17-{number}" for number in range(MANY)]
    for code in codes:
        town.place(name, **it.place(code, "2"))

    town.fail(name, mode, **how)
    rounds(it, 2)
    town.well()
    rounds(it, 3, begin=2)
    town.place(name, **it.place(codes[0], it.ended))
    rounds(it, 2, begin=5)

    said = [(one.body["code"], one.body["status"]) for one in taken]
    begun, ended = it.said
    assert sorted(said) == sorted([*((code, begun) for code in codes), (codes[0], ended)])
    # what drifted waits with its reason, and what is well came through beside it
    waiting = InboxRow.objects.filter(state="quarantined")
    assert mode == "schema_drift" or not waiting.exists()
    assert all(waiting.values_list("reason", flat=True))
    assert queries.verify() == ()


@MINISTRIES
def test_a_list_that_shows_the_same_again_leaves_no_line_about_it(
    name: str, town: Partners, taken: list[Arrival]
) -> None:
    it = ministry(name, town.address(name))
    town.place(name, **it.place("G17-1", "2"))

    rounds(it, 4)

    assert len(taken) == 1
    assert InboxRow.objects.get().times == 1


def test_a_channel_of_theirs_is_never_read_as_one_of_ours(
    town: Partners, taken: list[Arrival]
) -> None:
    it = ministry("ministry_polled", town.address("ministry_polled"))
    town.place("ministry_polled", MaHoSo="G17-1", TrangThaiHoSo="4", KenhThucHien=0)
    town.place("ministry_polled", MaHoSo="G17-2", TrangThaiHoSo="4", KenhThucHien=1)
    town.place("ministry_polled", MaHoSo="G17-3", TrangThaiHoSo="4", KenhThucHien=2)

    rounds(it, 1)

    assert [one.body["channel"] for one in taken] == ["in_person", "online"]
    assert "“2”" in InboxRow.objects.get(state="quarantined").reason
