"""The simulated partners as a process of their own, and what may be asked of them while they run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from thongsuot import env
from thongsuot.exchange.transports.http import Http

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Town:
    """Where they are told what to do; they share nothing with us but the line."""

    control: str

    def fail(self, partner: str, *faults: dict[str, Any]) -> None:
        """Switch faults on at a partner, beside those that are on."""
        self._tell("POST", f"{partner}/faults", [*faults])

    def well(self, partner: str = "") -> None:
        """Switch all faults off, of one or of everybody."""
        self._tell("DELETE", f"{partner}/faults".lstrip("/"))

    def place(self, partner: str, **what: Any) -> None:
        """Put something into a partner's world, as its own people would."""
        self._tell("POST", f"{partner}/place", what)

    def book(self, partner: str, kind: str) -> dict[str, list[Any]]:
        """What a partner has of a kind: by key, every word in the order of its coming."""
        kept = self._tell("GET", f"{partner}/book?kind={kind}")["book"].get(kind, {})
        return {key: [one["value"] for one in words] for key, words in kept.items()}

    def _tell(self, method: str, path: str, data: object = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        reply = Http(self.control).call(method, path, body=body)
        told = json.loads(reply.body)
        if reply.status != 200:
            raise AssertionError(f"the simulators refused {method} {path}: {told}")
        return told


@contextmanager
def simulated() -> Iterator[Town]:
    """The simulators on free ports of this machine; they end with the story."""
    program = [sys.executable, "-m", "thongsuot.simulators", "--port", "0", "--json"]
    with subprocess.Popen(program, cwd=env.ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            told = json.loads(running.stdout.readline()) if running.stdout else {}
            yield Town(told["control"])
        finally:
            running.terminate()
            try:
                running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()
