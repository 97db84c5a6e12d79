"""A sender that a test kills: forked from a process that knows everything and has done nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from thongsuot import env

PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from datetime import datetime
from tests.exchange.contract.cases import CASES
from thongsuot.exchange.outbox import Manners, send_due
from thongsuot.exchange.registry import connector
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
cases = {case.partner: case for case in CASES}
for line in sys.stdin:
    asked = json.loads(line)
    if child := os.fork():
        print(child, flush=True)
        continue
    case = cases[asked["partner"]]
    speaks = connector(case.connection(asked["address"]))
    at = datetime.fromisoformat(asked["at"])
    while send_due(case.partner, speaks, at=at, manners=Manners()).tried:
        pass
    os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Nursery:
    """Where senders come from."""

    process: subprocess.Popen[str]

    def send(self, partner: str, address: str, *, at: datetime) -> int:
        """Let a sender loose on what is due; its process."""
        assert self.process.stdin
        assert self.process.stdout
        asked = {"partner": partner, "address": address, "at": at.isoformat()}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def nursery(environment: Mapping[str, str]) -> Iterator[Nursery]:
    """A nursery for the database of a test."""
    program = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(
        program,
        cwd=env.ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "thongsuot.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield Nursery(process)
        finally:
            process.kill()


def kill(process: int) -> None:
    """No last words."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
