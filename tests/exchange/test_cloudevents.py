"""Other software of the province hears of each fact: signed, in order, again when it asks for it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from tests import cast, life, rows
from tests.cli.terminal import ask
from thongsuot import env
from thongsuot.actions import messages
from thongsuot.exchange import connections
from thongsuot.exchange.checking import check
from thongsuot.exchange.outbox import Round, send_due
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import ConnectionRow, LedgerRow
from thongsuot.records.messages import OutboxRow, PartnerRow

pytestmark = pytest.mark.django_db
BOARD, KEY = "bang_dieu_hanh", "khoa-bia-ra"
HOWTO = (env.ROOT / "docs" / "howto" / "webhooks.md").read_text(encoding="utf-8")
AT = cast.MONDAY + timedelta(days=60)


class Board(BaseHTTPRequestHandler):
    """A system that takes events and may answer what a test wants."""

    protocol_version = "HTTP/1.1"
    came: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.came.append((dict(self.headers), body))
        self.send_response(self.answers.pop(0) if self.answers else 202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Board]]:
    rows.province()
    PartnerRow.objects.all().delete()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.partner(BOARD)
    monkeypatch.setenv("BANG_KEY", KEY)
    Board.came, Board.answers = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Board) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        connect(f"http://127.0.0.1:{server.server_port}/su-kien")
        yield Board
        server.shutdown()


def connect(address: str, **more: object) -> None:
    settings = {"source": "/thongsuot/thu", "send_in_doubt": True, **more}
    rows.connected(
        BOARD, kind="cloudevents", address=address, settings=settings, secrets={"key": "BANG_KEY"}
    )


def send() -> Round:
    connector, manners = connections.opened(BOARD, at=AT)
    total = Round()
    while (done := send_due(BOARD, connector, at=AT, manners=manners)).tried:
        total = total.and_then(done)
    return total


def events() -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in Board.came]


def test_each_fact_is_an_event_in_order_that_names_nobody(board: type[Board]) -> None:
    dossier = life.handed_over(life.received())

    send()

    told = events()
    assert [e["sequence"] for e in told] == sorted(e["sequence"] for e in told)
    assert len({e["id"] for e in told}) == len(told) == OutboxRow.objects.count()
    first = told[0]
    assert first["specversion"] == "1.0"
    assert first["type"] == "vn.thongsuot.dossier.received"
    assert (first["source"], first["subject"]) == ("/thongsuot/thu", dossier.code)
    assert first["data"]["status"]
    assert all(word not in str(told) for word in (cast.MY.name, cast.MY.number, cast.MY.phone))
    assert board.came[0][0]["Content-Type"].startswith("application/cloudevents+json")


def test_the_receiver_verifies_it_as_the_howto_says(board: type[Board]) -> None:
    life.received()
    send()
    (headers, body), *_ = board.came
    [code] = re.findall(r"```python\n(.*?)```", HOWTO, re.DOTALL)
    known: dict[str, Any] = {}
    exec(code, known)  # noqa: S102 - our own page
    is_ours = known["is_ours"]

    assert is_ours(KEY, headers, body, time.time())
    assert not is_ours(KEY, headers, body + b" ", time.time())
    assert not is_ours("khac", headers, body, time.time())
    assert not is_ours(KEY, headers, body, time.time() + 301)


def test_an_answer_that_is_no_success_is_tried_again_or_waits_for_people(
    board: type[Board],
) -> None:
    life.received()
    board.answers = [500, 503]
    assert send().later == 1
    connector, manners = connections.opened(BOARD, at=AT)
    for minutes in (30, 60):
        send_due(BOARD, connector, at=AT + timedelta(minutes=minutes), manners=manners)
    assert OutboxRow.objects.get().sent_at

    life.received()
    board.answers = [410]
    assert send().aside == 1


def test_who_is_away_is_waited_for(board: type[Board]) -> None:
    life.received()
    rows.connected(
        BOARD,
        version=2,
        kind="cloudevents",
        address="http://127.0.0.1:9/",
        settings={"source": "/x", "send_in_doubt": True},
        secrets={"key": "BANG_KEY"},
    )

    assert send().is_away
    assert OutboxRow.objects.get().set_aside_at is None


def test_everything_since_a_moment_is_sent_once_more_in_order(board: type[Board]) -> None:
    dossier = life.approved(life.received())
    send()
    before = [e["id"] for e in events()]
    board.came.clear()

    said = ask(
        "exchange", "replay-since", BOARD, "--since", cast.MONDAY.isoformat(),
        "--reason", "mất dữ liệu", "--by", cast.MINH.account, "--at", AT.isoformat(),
    )  # fmt: skip

    assert said.code == 0, said.err
    assert f"Sẽ gửi lại {len(before)} thông điệp" in said.out
    send()
    assert [e["id"] for e in events()] == before
    assert LedgerRow.objects.filter(step="replayed", dossier=dossier.code).count() == len(before)


def test_what_would_count_twice_is_never_sent_once_more(board: type[Board]) -> None:
    life.received()
    send()
    rows.connected(BOARD, version=2, kind="cloudevents", settings={"source": "/x"})

    with pytest.raises(messages.TwiceHarms):
        messages.replay_since(BOARD, since=cast.MONDAY, reason="x", by=cast.MINH, at=AT)
    assert OutboxRow.objects.get().sent_at


def test_whole_data_is_only_sent_where_the_connection_says_so(board: type[Board]) -> None:
    life.received()
    address = ConnectionRow.objects.get().address
    rows.connected(
        BOARD,
        version=2,
        kind="cloudevents",
        address=address,
        settings={"source": "/x", "send_in_doubt": True, "data": "whole"},
        secrets={"key": "BANG_KEY"},
    )
    send()

    assert events()[0]["data"]["applicant"]["name"] == cast.MY.name


def test_what_the_settings_lack_is_found_before_anything_is_sent(board: type[Board]) -> None:
    assert check(BOARD, at=AT) == ()

    rows.connected(
        BOARD, version=2, kind="cloudevents", settings={"data": "all"}, secrets={"key": "BANG_KEY"}
    )

    assert len(check(BOARD, at=AT)) == 3
