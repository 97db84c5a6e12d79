"""A small mail server on loopback: takes letters, or answers as it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from thongsuot.exchange import connections, outbox
from thongsuot.records.notices import PARTNER


class PostOffice(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a letter needs; `recipients` is what it says to each address."""

    daemon_threads = True
    recipients = "250 ok"

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), _Talk)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self._say("220 ready")
        for raw in self.rfile:
            word = raw.decode("ascii", "replace").split(maxsplit=1)[0].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word == "DATA":
                self._take()
            else:
                self._say(self.server.recipients if word == "RCPT" else "250 ok")

    def _take(self) -> None:
        self._say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        letter: EmailMessage = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.letters.append(letter)
        self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """A post office that is open meanwhile."""
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        yield office
        office.shutdown()


def letters_go(port: int, *, at: datetime) -> int:
    """Have the letters that are owed carried to a post office on this machine; how many."""
    connector, manners = connections.post_office("127.0.0.1", port)
    sent = 0
    while (done := outbox.send_due(PARTNER, connector, at=at, manners=manners)).tried:
        sent += done.acknowledged
    return sent
