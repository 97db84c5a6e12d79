"""Starts everything: database, tables and data, web server, worker; ends everything on Ctrl-C."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from thongsuot import env
from thongsuot.cli.main import embedded_server
from thongsuot.running import ports
from thongsuot.running.processes import wait_until
from thongsuot.running.supervisor import Supervisor, Work, supervise

OURS = (sys.executable, "-m", "thongsuot.cli.main")
STEPS = (
    Work("gom tệp tĩnh", (*OURS, "collectstatic", "--no-input", "--verbosity", "0")),
    Work("chuẩn bị cơ sở dữ liệu", (*OURS, "prepare")),
)
PARTNER_PORTS = 20
WORKER = Work(
    "Tiến trình nền",
    # Several at once: a partner that keeps us waiting holds up no other job.
    (*OURS, "procrastinate", "worker", "--concurrency", "8", "--shutdown-graceful-timeout", "8"),
)
# Whoever waits at a screen never waits behind the work of the night.
AT_ONCE = Work(
    "Tiến trình tra cứu",
    (*WORKER.command, "--queues", "interactive", "--concurrency", "4"),
)


class Command(BaseCommand):
    """Keeps the system running in this terminal."""

    help = "Start the whole system and keep it running until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Start, say where, keep, and stop."""
        host, is_fixed = env.HOST.read(), env.PORT.name in os.environ
        partners = _partners()
        port = ports.choose(host, env.PORT.read(), is_fixed=is_fixed)
        address = f"http://{ports.reached_at(host)}:{port}/"
        with (
            ports.only_one(env.VAR.read(), address),
            embedded_server() as server,
            supervise(env.ROOT, self._say) as system,
        ):
            system.prepare(STEPS)
            system.start(partners)
            if partners and wait_until(lambda: system.is_stopping or _simulated(), seconds=20):
                system.prepare((_connect(address),))
            system.start(services := (*partners, _web(host, port), WORKER, AT_ONCE))
            if wait_until(lambda: system.is_stopping or ports.answers(host, port), seconds=60):
                self._announce(address, system)
            system.serve(services, keep=server.revive if server else _nothing)
        self._say("Đã dừng hết.")

    def _announce(self, address: str, system: Supervisor) -> None:
        if not system.is_stopping:
            self._say(f"\nThông Suốt đang chạy ở {address} (Ctrl-C để dừng tất cả)\n")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _web(host: str, port: int) -> Work:
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": env.WEB_PROCESSES.read(),
        "blocking-threads": env.WEB_THREADS.read(),
        "workers-kill-timeout": 8,
        "log-level": "warning",
    }
    words = (f"--{name}={value}" for name, value in options.items())
    switches = ("--no-ws", "--respawn-failed-workers")
    application = "thongsuot.wsgi:application"
    return Work("Máy chủ web", (sys.executable, "-m", "granian", *words, *switches, application))


def _partners() -> tuple[Work, ...]:
    """The simulated partners; what we start finds their port in the environment."""
    is_asked = env.SIMULATE.read()
    if not (not env.DATABASE_URL.read() if is_asked is None else is_asked):
        return ()
    is_fixed = env.SIMULATORS_PORT.name in os.environ
    port = ports.row("127.0.0.1", env.SIMULATORS_PORT.read(), PARTNER_PORTS, is_fixed=is_fixed)
    os.environ[env.SIMULATORS_PORT.name] = str(port)
    simulators = (sys.executable, "-m", "thongsuot.simulators", "--port", str(port))
    return (Work("Đối tác giả lập", simulators),)


def _simulated() -> bool:
    return ports.answers("127.0.0.1", int(os.environ[env.SIMULATORS_PORT.name]))


def _connect(address: str) -> Work:
    """Connect whoever is not really connected with its simulator."""
    control = f"http://127.0.0.1:{os.environ[env.SIMULATORS_PORT.name]}/_control"
    words = ("exchange", "simulated", "--control", control, "--here", address)
    return Work("nối với đối tác giả lập", (*OURS, *words))


def _nothing() -> None:
    """The operator's own server is not ours to look after."""
