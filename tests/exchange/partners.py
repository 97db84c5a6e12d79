"""The simulated partners in a process of their own, as a test sees them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from thongsuot import env
from thongsuot.running import ports

# What the simulators say of themselves at their control address; invented.
USER = "thongsuot"
SECRET = "bi-mat-gia-lap"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a partner answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Partners:
    """Where they are, and what may be asked of their control address."""

    control: str
    addresses: Mapping[str, str]

    def address(self, partner: str) -> str:
        """The partner's own address."""
        return self.addresses[partner]

    def call(
        self,
        partner: str,
        method: str,
        path: str,
        data: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        seconds: float = 10.0,
    ) -> Reply:
        """One call over a connection of its own; bytes go as they are, other data as JSON."""
        return _call(self.address(partner), method, path, data, headers=headers, seconds=seconds)

    def book(self, partner: str, kind: str = "") -> Any:
        """What the partner has: kind → key → every word, or of one kind alone."""
        told = self._control("GET", f"{partner}/book?kind={kind}")["book"]
        return told.get(kind, {}) if kind else told

    def counts(self, partner: str) -> Any:
        """How many calls came, by what was called."""
        return self._control("GET", f"{partner}/book?kind=_")["calls"]

    def forget(self, partner: str) -> None:
        """Empty its book."""
        self._control("DELETE", f"{partner}/book")

    def fail(self, partner: str, mode: str, **how: Any) -> None:
        """Switch a fault on."""
        self._control("POST", f"{partner}/faults", {"mode": mode, **how})

    def well(self, partner: str = "") -> None:
        """Switch all faults off, of one or of everybody."""
        self._control("DELETE", f"{partner}/faults".lstrip("/"))

    def callback(self, partner: str, address: str) -> None:
        """Where it sends what it sends by itself."""
        self._control("POST", f"{partner}/callback", {"address": address})

    def push(self, partner: str, **what: Any) -> Any:
        """Have it send something, and read what it was answered."""
        return self._control("POST", f"{partner}/push", what)

    def place(self, partner: str, **what: Any) -> Any:
        """Put something into its world."""
        return self._control("POST", f"{partner}/place", what)

    def ask(self, method: str, path: str, data: Any = None) -> Reply:
        """The control address, whatever it answers."""
        return _call(self.control, method, f"/_control/{path}", data)

    def _control(self, method: str, path: str, data: Any = None) -> Any:
        reply = self.ask(method, path, data)
        assert reply.status == 200, reply.body.decode()
        return reply.json


class Simulators:
    """The simulators as a process that may be killed and started again at the same addresses."""

    def __init__(self, *words: str | Path) -> None:
        self.words = words
        self.running: subprocess.Popen[str] | None = None
        self.port = 0
        self.partners = Partners("", {})

    def start(self) -> None:
        """Start them, the second time where they were."""
        port = str(self.port or ports.row("127.0.0.1", 21_000, 20, is_fixed=False))
        program = [sys.executable, "-m", "thongsuot.simulators", "--port", port, "--json"]
        self.running = subprocess.Popen(
            [*program, *self.words], cwd=env.ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.running.stdout is not None
        told = json.loads(self.running.stdout.readline())
        self.port = int(port)
        self.partners = Partners(told["control"], told["partners"])

    def kill(self) -> None:
        """No last words."""
        if self.running is not None:
            self.running.kill()
            self.running.communicate()


@contextmanager
def simulated(*words: str | Path) -> Iterator[Partners]:
    """The simulators on free ports, ended with the test."""
    program = [sys.executable, "-m", "thongsuot.simulators", "--port", "0", "--json", *words]
    with subprocess.Popen(program, cwd=env.ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            told = json.loads(running.stdout.readline())
            yield Partners(told["control"], told["partners"])
        finally:
            running.terminate()
            running.wait(10)


def bearer(partners: Partners, partner: str, path: str = "/token") -> dict[str, str]:
    """The header of somebody who proved who they are by client credentials."""
    form = {"grant_type": "client_credentials", "client_id": USER, "client_secret": SECRET}
    reply = partners.call(partner, "POST", path, urlencode(form).encode()).json
    return {"Authorization": f"Bearer {reply.get('access_token') or reply['accessToken']}"}


def signed(**told: str) -> dict[str, str]:
    """The headers of a call on the document axis."""
    within = {"systemid": USER, "timestamp": "01012026T080000+0700", **told}
    text = json.dumps(within)
    proof = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {f"XroadVnpt-{name}": value for name, value in within.items()} | {
        "XroadVnpt-sign-header-key": ";".join(within),
        "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": proof,
        "XroadVnpt-version": "3.0.201608",
    }


def _call(
    address: str,
    method: str,
    path: str,
    data: Any,
    *,
    headers: Mapping[str, str] | None = None,
    seconds: float = 10.0,
) -> Reply:
    parts = urlsplit(address)
    body = data if isinstance(data, bytes | None) else json.dumps(data).encode()
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        line.request(method, path, body, dict(headers or {}))
        answer = line.getresponse()
        return Reply(answer.status, dict(answer.headers), answer.read())
    finally:
        line.close()
