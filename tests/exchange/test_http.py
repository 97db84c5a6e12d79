"""HTTP to a partner: every way it can end has its name, and no call leaves its hosts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from thongsuot.exchange.transports.http import Away, HostNotRegistered, Http, NoAnswer, Unreadable


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        ways = {"/echo": self._echo, "/away": self._elsewhere, "/hang": self._hang}
        ways.get(self.path, self._cut)(body)

    def _echo(self, body: bytes) -> None:
        self._answer(200, body)

    def _elsewhere(self, _: bytes) -> None:
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _hang(self, _: bytes) -> None:
        self.server.released.wait(5)  # type: ignore[attr-defined]

    def _cut(self, _: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"half")
        self.close_connection = True

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Talk)
    server.released = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.released.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_is_sent_comes_back_whole(address: str) -> None:
    reply = Http(address).call("POST", "echo", body="Mỷ".encode())

    assert (reply.status, reply.body.decode()) == (200, "Mỷ")


def test_a_closed_door_is_away_and_nothing_was_sent() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(Away):
        Http(f"http://127.0.0.1:{port}").call("POST", "echo", body=b"x")


@pytest.mark.parametrize("path", ["hang", "cut"])
def test_no_answer_or_half_an_answer_is_a_doubt(address: str, path: str) -> None:
    with pytest.raises(NoAnswer):
        Http(address, seconds=0.2).call("POST", path, body=b"x")


def test_an_answer_that_is_too_large_is_not_read_to_its_end(address: str) -> None:
    with pytest.raises(Unreadable):
        Http(address, most_bytes=10).call("POST", "echo", body=b"x" * 11)


def test_no_call_follows_a_partner_elsewhere(address: str) -> None:
    assert Http(address).call("POST", "away", body=b"x").status == 302


@pytest.mark.parametrize(
    "path", ["http://127.0.0.1:1/x", "https://example.vn/x", "file:///etc/passwd", "ftp://a/b"]
)
def test_only_registered_hosts_are_called(address: str, path: str) -> None:
    with pytest.raises(HostNotRegistered):
        Http(address).call("GET", path)
