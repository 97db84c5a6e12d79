"""A mail server that keeps what it is given."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import time
from email.message import EmailMessage
from threading import Thread
from typing import Any, ClassVar

from thongsuot.simulators.book import Book
from thongsuot.simulators.faults import Deed, Faults, Mode

MOST_BYTES = 32 * 1024 * 1024
LOOPBACK = "127.0.0.1"


class _Talk(socketserver.StreamRequestHandler):
    """One conversation in SMTP."""

    timeout = 60
    server: _Server

    def handle(self) -> None:
        """Until QUIT, or until a fault ends it."""
        with contextlib.suppress(OSError, _Gone):
            self._converse()

    def _converse(self) -> None:
        self._strike(Deed.SESSION)
        self._say("220 gia-lap.invalid ESMTP (giả lập)")
        sender = ""
        receivers: list[str] = []
        while line := self.rfile.readline(4096):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() in {"EHLO", "HELO"}:
                self._say("250-gia-lap.invalid")
                self._say("250-8BITMIME")
                self._say(f"250 SIZE {MOST_BYTES}")
            elif verb.upper() == "MAIL":
                sender, receivers = _address(rest), []
                self._say("250 OK")
            elif verb.upper() == "RCPT":
                receivers.append(_address(rest))
                self._say("250 OK")
            elif verb.upper() == "DATA" and receivers:
                self._data(sender, receivers)
                receivers = []
            elif verb.upper() == "QUIT":
                self._say("221 Chào")
                return
            elif verb.upper() in {"RSET", "NOOP"}:
                self._say("250 OK")
            else:
                self._say("503 Sai thứ tự" if verb.upper() == "DATA" else "502 Không có lệnh này")

    def _data(self, sender: str, receivers: list[str]) -> None:
        self._say("354 Hết thư bằng một dấu chấm")
        hits = self.server.faults.draw(Deed.WRITE)
        content = self._letter()
        if Mode.DOWN in hits:
            raise _Gone
        if slow := hits.get(Mode.SLOW):
            time.sleep(slow.seconds)
        if Mode.THROTTLED in hits:
            self._say("451 Quá nhiều thư, hãy thử lại sau (giả lập)")
            return
        if Mode.ERROR_200 in hits or Mode.ALREADY_EXISTS in hits:
            self._say("554 Không nhận thư này (giả lập)")
            return
        if Mode.SILENT_LOSS not in hits:
            self._keep(sender, receivers, content)
        if late := hits.get(Mode.TIMES_OUT_AFTER):
            time.sleep(late.seconds)
            raise _Gone
        self._say("250 Đã nhận")

    def _letter(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline(MOST_BYTES)) not in {b".\r\n", b".\n"}:
            if not line:
                raise _Gone
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _keep(self, sender: str, receivers: list[str], content: bytes) -> None:
        letter = email.message_from_bytes(content, policy=email.policy.default)
        body = letter.get_body(("plain",)) if isinstance(letter, EmailMessage) else None
        told: dict[str, Any] = {"from": sender, "to": receivers, "subject": str(letter["Subject"])}
        told |= {"text": body.get_content() if body else "", "size": len(content)}
        told["Message-ID"] = str(letter["Message-ID"] or "")
        for receiver in receivers:
            self.server.book.add("letters", receiver, told)

    def _strike(self, deed: Deed) -> None:
        if self.server.faults.is_shut():
            raise _Gone
        hits = self.server.faults.draw(deed)
        if Mode.DOWN in hits:
            raise _Gone

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Gone(Exception):
    """The line goes dead."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, book: Book, faults: Faults) -> None:
        super().__init__((LOOPBACK, port), _Talk, bind_and_activate=False)
        self.book, self.faults = book, faults
        self.server_bind()


class Mail:
    """The mail server's door; whole `down` shuts it."""

    name: ClassVar[str] = "mail"
    title: ClassVar[str] = "Máy chủ thư (SMTP)"

    def __init__(self, port: int, book: Book, faults: Faults) -> None:
        """Bound at once; nobody is let in yet. Raises OSError."""
        self._book, self._faults = book, faults
        self._server = _Server(port, book, faults)
        self._thread: Thread | None = None
        self.port: int = self._server.server_address[1]

    def open(self) -> None:
        """Let callers in."""
        if self._thread is None:
            self._server.server_activate()
            self._thread = Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
            self._thread.start()

    def shut(self) -> None:
        """Refuse callers; the port stays ours."""
        if self._thread is not None:
            self.close()
            self._server = _Server(self.port, self._book, self._faults)

    def cut(self) -> None:
        """Nobody stays in long enough to be cut."""

    def close(self) -> None:
        """Give the address up."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()


def _address(rest: str) -> str:
    return rest.partition(":")[2].strip().partition(" ")[0].strip("<>")
