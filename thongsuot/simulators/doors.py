"""Doors on loopback: HTTP/1.1 with kept connections, with TLS where certificates are given."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from thongsuot.simulators import clock
from thongsuot.simulators.calls import Answer, Call, Cut, said

LOOPBACK = "127.0.0.1"
MOST_BYTES = 64 * 1024 * 1024
IDLE_SECONDS = 120.0
LOOK_SECONDS = 0.1

Take = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the doors show, and whose certificate they ask to see."""

    usual: ssl.SSLContext
    other: ssl.SSLContext

    @classmethod
    def found(cls, folder: Path) -> Certificates:
        """From `server.pem` and `other.pem` (certificate and key); `clients.pem` asks for theirs.

        Raises OSError where a file is missing.
        """
        return cls(_shown(folder, "server.pem"), _shown(folder, "other.pem"))


def _shown(folder: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / name)
    # No tickets: each connection sees the certificate of its own moment.
    context.num_tickets = 0
    if (folder / "clients.pem").exists():
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(folder / "clients.pem")
    return context


class _Talk(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "simulated"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS
    server: _Server

    def _serve(self) -> None:
        asked = urlsplit(self.path)
        body = self._body()
        call = Call(
            method=self.command,
            path=unquote(asked.path),
            query=dict(parse_qsl(asked.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body or b"",
        )
        try:
            answer = said({"message": "quá lớn"}, 413) if body is None else self.server.take(call)
        except Cut:
            self.close_connection = True
            return
        self._write(answer)

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _write(self, answer: Answer) -> None:
        at = (answer.at or clock.now()).astimezone(UTC)
        if answer.copies > 1:
            self.close_connection = True
        lines = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
            f"Date: {format_datetime(at, usegmt=True)}",
            f"Content-Type: {answer.kind}",
            f"Content-Length: {len(answer.body)}",
            *(f"{name}: {value}" for name, value in answer.headers.items()),
            *(["Connection: close"] if self.close_connection else []),
        ]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
        with suppress(OSError):
            self.wfile.write((head + answer.body) * answer.copies)
            self.wfile.flush()

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the book tells."""


class _Server(ThreadingHTTPServer):
    """A listening socket and its connections."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, take: Take, tls: Callable[[], ssl.SSLContext | None]) -> None:
        super().__init__((LOOPBACK, port), _Talk, bind_and_activate=False)
        self.take = take
        self.tls = tls
        self.open: set[socket.socket] = set()
        self.guard = Lock()
        self.server_bind()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Talk, in this connection's own thread; the handshake is made here too."""
        context = self.tls()
        with suppress(OSError):
            request.settimeout(IDLE_SECONDS)
            line = context.wrap_socket(request, server_side=True) if context else request
            with self.guard:
                self.open.add(line)
            try:
                super().finish_request(line, client_address)
            finally:
                with self.guard:
                    self.open.discard(line)
                if context:
                    self.shutdown_request(line)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle is everyday life here."""

    def cut(self) -> None:
        """Cut every connection."""
        with self.guard:
            lines = [*self.open]
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class Door:
    """One address; it may be shut, so that connections are refused, and opened again."""

    def __init__(
        self, port: int, take: Take, tls: Callable[[], ssl.SSLContext | None] = lambda: None
    ) -> None:
        """Bound at once, so that the port is ours; nobody is let in yet. Raises OSError."""
        self._take, self._tls = take, tls
        self._server = _Server(port, take, tls)
        self._thread: Thread | None = None
        self.port: int = self._server.server_address[1]

    def open(self) -> None:
        """Let callers in."""
        if self._thread is None:
            self._server.server_activate()
            self._thread = Thread(target=self._server.serve_forever, args=(LOOK_SECONDS,))
            self._thread.daemon = True
            self._thread.start()

    def shut(self) -> None:
        """Refuse callers, and cut those inside; the port stays ours."""
        if self._thread is not None:
            self.close()
            self._server = _Server(self.port, self._take, self._tls)

    def cut(self) -> None:
        """Cut those inside, so that they have to come in anew."""
        self._server.cut()

    def close(self) -> None:
        """Give the address up."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.cut()
        self._server.server_close()
