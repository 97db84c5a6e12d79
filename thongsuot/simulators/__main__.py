"""`python -m thongsuot.simulators`: serves every partner until it is asked to end."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from threading import Event

from thongsuot.simulators.doors import Certificates
from thongsuot.simulators.town import NAMES, Town, announced

PORT = 8400


def main(arguments: list[str]) -> int:
    """Open, say where, wait, close."""
    asked = _parser().parse_args(arguments)
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    callbacks = dict.fromkeys(NAMES, asked.callback) if asked.callback else {}
    try:
        if asked.book:
            asked.book.mkdir(parents=True, exist_ok=True)
        certificates = Certificates.found(asked.tls) if asked.tls else None
        town = Town(asked.book, certificates, callbacks)
        port = town.open(asked.port)
    except (OSError, OverflowError) as reason:
        sys.stderr.write(f"Không mở được các đối tác giả lập: {reason}\n")
        return 1
    sys.stdout.write(announced(town, port, as_json=asked.json) + "\n")
    sys.stdout.flush()
    ended.wait()
    town.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thongsuot simulate")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--book", type=Path)
    parser.add_argument("--tls", type=Path)
    parser.add_argument("--callback", default="")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
