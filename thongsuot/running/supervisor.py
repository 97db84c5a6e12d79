"""One command keeps the whole system running: what dies is started again, and all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from thongsuot.running import trouble
from thongsuot.running.processes import die_with_parent, wait_until

LOOK_SECONDS = 0.2
GRACE_SECONDS = 12
MOST_DEATHS = 5
DEATHS_WITHIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Work:
    """A program that the system consists of, under the name that the operator sees."""

    name: str
    command: tuple[str, ...]


@dataclass(slots=True)
class Supervisor:
    """Runs steps one after another, then services side by side, until it is asked to stop."""

    folder: Path
    say: Callable[[str], None]
    is_stopping: bool = False
    running: dict[Work, subprocess.Popen[bytes]] = field(default_factory=dict)
    deaths: list[float] = field(default_factory=list)

    def prepare(self, steps: Sequence[Work]) -> None:
        """Run each step to its end.

        Refused (CannotStart): a step failed.
        """
        for step in steps:
            self._start(step)
            while self._lives(step) and not self.is_stopping:
                time.sleep(LOOK_SECONDS / 4)
            if self.is_stopping:
                return
            code = self.running.pop(step).returncode
            if code != 0:
                raise trouble.step_failed(step.name, code)

    def start(self, services: Sequence[Work]) -> None:
        """Start what does not run yet."""
        for service in services:
            if service not in self.running:
                self._start(service)

    def serve(self, services: Sequence[Work], *, keep: Callable[[], None]) -> None:
        """Keep the services alive; `keep` looks after what they lean on.

        Refused (CannotStart): they die again and again.
        """
        while not self.is_stopping:
            keep()
            self.start(services)
            time.sleep(LOOK_SECONDS)
            for service in services:
                if not self._lives(service):
                    self._bury(service)

    def end(self) -> None:
        """End everything that runs: asked first, then made to."""
        for process in self.running.values():
            with suppress(ProcessLookupError):
                process.terminate()
        wait_until(lambda: not any(map(self._lives, self.running)), seconds=GRACE_SECONDS)
        for process in self.running.values():
            _kill_group(process)
        self.running.clear()

    def _start(self, work: Work) -> None:
        self.running[work] = subprocess.Popen(  # its own group: Ctrl-C reaches us alone
            work.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs here, and the call is bare C
        )

    def _lives(self, work: Work) -> bool:
        return self.running[work].poll() is None

    def _bury(self, work: Work) -> None:
        process = self.running.pop(work)
        _kill_group(process)
        self.say(f"{work.name} vừa dừng (mã {process.returncode}); đang chạy lại.")
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if at > now - DEATHS_WITHIN_SECONDS] + [now]
        if len(self.deaths) > MOST_DEATHS:
            raise trouble.keeps_dying(work.name)


@contextmanager
def supervise(folder: Path, say: Callable[[str], None]) -> Iterator[Supervisor]:
    """A supervisor that Ctrl-C, an end signal or a closed terminal stops, with all it runs."""
    supervisor = Supervisor(folder, say)

    def stop(_number: int, _frame: FrameType | None) -> None:
        supervisor.is_stopping = True

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield supervisor
    finally:
        supervisor.end()
        for number, handler in before.items():
            signal.signal(number, handler)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
