"""Papers that came as addresses are fetched from the sender's own hosts, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests import cast, rows
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import applications as actions
from thongsuot.actions import inbox
from thongsuot.actions.applications import Desk
from thongsuot.exchange import connections
from thongsuot.exchange.applications import fetch_papers
from thongsuot.exchange.transports.http import Http
from thongsuot.records.applications import ApplicationRow
from thongsuot.records.exchange import ConnectionRow

PORTAL = "national_portal"
AT = cast.MONDAY
COUNTER = Desk(cast.HOA, cast.AT_BAN_MAY, AT)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, store: object) -> None:
    rows.province()
    ConnectionRow.objects.create(
        partner=PORTAL,
        version=1,
        kind=PORTAL,
        address=partners.address(PORTAL),
        settings={"read_seconds": 2},
        state="live",
        since=rows.KNOWN_AT,
        decided_by=rows.SOURCE,
    )


def filed(*addresses: str) -> ApplicationRow:
    papers = [{"name": f"giay {n}.pdf", "url": url} for n, url in enumerate(addresses, 1)]
    assert inbox.take_in(rows.application(papers=papers), at=AT) == inbox.TAKEN_IN
    return ApplicationRow.objects.get()


def fetch(at: datetime = AT) -> int:
    return fetch_papers(partial(connections.line_to, at=at), at=at)


def kept() -> list[dict[str, Any]]:
    return list(ApplicationRow.objects.get().papers)


def test_a_paper_is_fetched_from_the_sender_and_enters_the_dossier(partners: Partners) -> None:
    row = filed(f"{partners.address(PORTAL)}/tep/7")

    assert (fetch(), fetch()) == (1, 0)

    dossier = actions.accept(number=row.pk, given={}, desk=COUNTER)
    assert [scan.paper for scan in dossier.scans] == ["giay 1.pdf"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://ke-la.example/x", "file:///etc/passwd", "/khong"]
)
def test_a_foreign_host_is_never_called_and_the_paper_says_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(address)
    called: list[object] = []
    monkeypatch.setattr("urllib3.PoolManager.request", lambda *given, **_: called.append(given))

    assert fetch() == 0
    assert kept()[0]["why"] == "host"
    assert fetch(AT + timedelta(days=1)) == 0
    assert called == []


def test_who_is_away_or_has_no_such_file_is_asked_again_later(partners: Partners) -> None:
    there = partners.address(PORTAL)
    filed(f"{there}/tep/khong-co", "http://127.0.0.1:1/tep/7", f"{there}/tep/7")
    ConnectionRow.objects.update(address="http://127.0.0.1:1", hosts=[there.split("//")[1]])

    assert fetch() == 1  # one file that is not there holds nothing up
    assert [paper["why"] for paper in kept()] == ["refused", "away", ""]
    assert fetch(AT + timedelta(minutes=1)) == 0
    ConnectionRow.objects.update(address=there, hosts=["127.0.0.1:1"])
    ApplicationRow.objects.update(papers=[{**paper, "url": f"{there}/tep/7"} for paper in kept()])
    assert fetch(AT + timedelta(hours=1)) == 2


def test_a_file_that_is_too_large_is_not_taken_and_whoever_asks_has_it_tried_again(
    partners: Partners,
) -> None:
    address = partners.address(PORTAL)
    row = filed(f"{address}/tep/7")
    small = Http(address, most_bytes=10)

    assert fetch_papers(lambda _: small, at=AT) == 0
    assert kept()[0]["why"] == "large"
    assert fetch(AT + timedelta(days=1)) == 0

    actions.fetch_again(number=row.pk, desk=COUNTER)
    assert fetch(AT + timedelta(days=1)) == 1
