"""How fast what is owed goes out over HTTP to a simulated partner, beside a floor of bare posts.

The floor posts the very bodies that the house sent, with the same number of hands over kept
connections, and keeps nothing: no turn, no lease, no ledger, no acknowledgement.
Run: python -m bench.exchange [--messages N] [--seconds S] [--seed S]
"""

from __future__ import annotations

import argparse
import copy
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

import urllib3
from django.db import connections

from bench import house, report
from bench.receive import comers
from thongsuot import env
from thongsuot.actions.seed import Sowing, sow
from thongsuot.cli.door import now
from thongsuot.domain.exchange import Parcel, Patience, Translation, ValueMaps
from thongsuot.domain.messages import hash_of
from thongsuot.domain.spans import Span
from thongsuot.exchange.connector import Connection, Connector, Sent
from thongsuot.exchange.connectors.national_portal import NationalPortal
from thongsuot.exchange.dialects.portal_words import ASKED_FOR
from thongsuot.exchange.outbox import Manners, send_due
from thongsuot.records.dossier import DossierRow
from thongsuot.records.messages import OutboxRow

PARTNER, OTHER = "national_portal", "portal_facade"
HANDS = 8
WAYS = Manners(patience=Patience(), at_once=HANDS)
SAMPLE = 400
BATCH = 5_000
STEADY = 200  # events a second
FLOOR = 5_000
WANTED_MINUTES = 10
OTHERWISE = {
    "channel": {"in_person": "1", "online": "2", "post": "3"},
    "applicant_kind": {"person": "1", "organisation": "2"},
    "number_kind": {"personal": "1", "old_identity_card": "2", "organisation": "3", "other": "4"},
    "return_way": {"at_counter": "0"},
    "filed_at": {"portal": "1", "here": "2"},
}
ALWAYS = Span(date(2020, 1, 1))
SECRET = "bi-mat-gia-lap"  # noqa: S105 - the simulators' own, invented


@dataclass(slots=True)
class Listening:
    """A connector that remembers the bodies it was given, for the floor to post."""

    inner: Connector
    bodies: list[bytes] = field(default_factory=list)

    def send(self, parcel: Parcel, /) -> Sent:
        """Send, and remember what went over the wire."""
        sent = self.inner.send(parcel)
        if len(self.bodies) < FLOOR:
            self.bodies.append(sent.request)
        return sent

    def faults(self, on: datetime, /) -> Sequence[str]:
        """What the settings lack."""
        return tuple(self.inner.faults(on))


def main() -> None:
    """Drain a backlog, then keep pace with a steady stream, then serve one partner more."""
    asked = _arguments()
    with house.database(), _simulators() as addresses:
        sow(Sowing(SAMPLE, asked.seed))
        OutboxRow.objects.all().delete()
        for comer in comers(SAMPLE, asked.seed):
            comer.receive()
        made = _Made()
        address = addresses[PARTNER]
        partner = Listening(NationalPortal(_connection(PARTNER, address)))
        made.owe(PARTNER, 1_000)
        _drain(PARTNER, partner)  # what is read once is read now
        _say_where(asked)
        rate = _backlog(made, partner, asked.messages)
        _floor(address, partner.bodies, rate)
        _steady(made, partner, asked.seconds)
        _one_more(made, partner, NationalPortal(_connection(OTHER, address)))


def _backlog(made: _Made, partner: Connector, many: int) -> float:
    made.owe(PARTNER, many)
    begun = time.perf_counter()
    _drain(PARTNER, partner)
    taken = time.perf_counter() - begun
    _all_acknowledged()
    rate = many / taken
    print(f"  a backlog of {many:,} drained in {taken:,.1f} s: {rate:,.0f} a second")
    full = 100_000 / rate / 60
    print(f"  so 100,000 take {full:.1f} minutes (wanted: at most {WANTED_MINUTES})")
    return rate


def _floor(address: str, bodies: Sequence[bytes], rate: float) -> None:
    """The same bodies with the same hands, as fast as they go."""
    parts = urlsplit(address)
    pool = urllib3.HTTPConnectionPool(parts.hostname or "", parts.port, maxsize=HANDS, block=True)
    login = json.dumps({"username": "thongsuot", "password": SECRET}).encode()
    headers = {"Content-Type": "application/json", "dstcode": "VN:COV:000.00.00.G22"}
    session = pool.request("POST", "/auth", body=login, headers=headers).json()["session"]
    whole = [
        json.dumps({"session": session, "madonvi": "000.00.00.H99", **json.loads(line)}).encode()
        for body in bodies
        for line in body.splitlines()
        if line
    ]

    def post(body: bytes) -> str:
        return str(
            pool.request("POST", "/integration", body=body, headers=headers).json()["error_code"]
        )

    begun = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as hands:
        said = set(hands.map(post, whole))
    bare = len(whole) / (time.perf_counter() - begun)
    if not said <= {"0", "3", "-3"}:  # done, or there already
        raise SystemExit(f"the floor was answered {sorted(said)}")
    print(f"  the floor: {len(whole):,} bare posts, {bare:,.0f} a second; ratio {rate / bare:.2f}")


def _steady(made: _Made, partner: Connector, seconds: int) -> None:
    """Facts come at an even pace while the sender works; how long each waits for its answer."""
    done = Event()
    worker = Thread(target=_keep_sending, args=(partner, done))
    worker.start()
    begun = time.perf_counter()
    try:
        for tick in range(seconds * 10):
            made.owe(PARTNER, STEADY // 10)
            time.sleep(max(begun + (tick + 1) / 10 - time.perf_counter(), 0))
        produced = time.perf_counter() - begun
    finally:
        done.set()
        worker.join()
    lags = sorted(
        (row.sent_at - row.owed_at).total_seconds()
        for row in OutboxRow.objects.order_by("-pk").defer("payload")[: seconds * STEADY]
        if row.sent_at
    )
    _all_acknowledged()
    p50, p95 = lags[len(lags) // 2], lags[int(len(lags) * 0.95)]
    print(
        f"  {len(lags) / produced:,.0f} events a second for {produced:,.0f} s (wanted: {STEADY}):"
        f" lag p50 {p50:.2f} s, p95 {p95:.2f} s, most {lags[-1]:.2f} s"
    )


def _keep_sending(partner: Connector, done: Event) -> None:
    try:
        while True:
            is_last = done.is_set()
            sent = send_due(PARTNER, partner, at=now(), manners=WAYS)
            if not sent.tried:
                if is_last:
                    return
                time.sleep(0.05)
    finally:
        connections.close_all()


def _one_more(made: _Made, partner: Connector, other: Connector) -> None:
    """The same facts for one partner and for two: what the second one costs."""
    many = 2_000
    made.owe(PARTNER, many)
    alone = _costs(lambda: _drain(PARTNER, partner))
    for code in (PARTNER, OTHER):
        made.owe(code, many)

    def both() -> None:
        second = Thread(target=_drain_apart, args=(OTHER, other))
        second.start()
        _drain(PARTNER, partner)
        second.join()

    together = _costs(both)
    _all_acknowledged()
    print(
        f"  {many:,} facts for one partner: {alone.seconds:.1f} s, processor {alone.busy:.1f} s;"
        f" for two: {together.seconds:.1f} s, processor {together.busy:.1f} s"
    )
    each = (together.busy - alone.busy) / many * 1000
    print(f"  one partner more costs {each:.2f} ms of our processor for each fact")


@dataclass(frozen=True, slots=True)
class _Cost:
    seconds: float
    busy: float


def _costs(work: Callable[[], object]) -> _Cost:
    before, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return _Cost(time.perf_counter() - begun, busy)


def _drain(code: str, partner: Connector) -> None:
    while send_due(code, partner, at=now(), manners=WAYS).tried:
        pass


def _drain_apart(code: str, partner: Connector) -> None:
    try:
        _drain(code, partner)
    finally:
        connections.close_all()


def _all_acknowledged() -> None:
    left = OutboxRow.objects.filter(sent_at=None).count()
    if left:
        said = OutboxRow.objects.filter(sent_at=None).values_list("last_error", flat=True)[:3]
        raise SystemExit(f"{left} messages were not acknowledged: {list(said)}")


class _Made:
    """Dossiers like those of the province, each with the message of its reception."""

    def __init__(self) -> None:
        received = OutboxRow.objects.filter(partner=PARTNER, seq=1).select_related("dossier")
        self._like = [row.dossier for row in received]
        self._payloads = [row.payload for row in received]
        OutboxRow.objects.all().delete()
        self._number = 0
        self._lock = Lock()

    def owe(self, partner: str, many: int) -> None:
        """Keep so many dossiers with a message each."""
        with self._lock:
            for first in range(0, many, BATCH):
                self._owe(partner, min(BATCH, many - first))

    def _owe(self, partner: str, many: int) -> None:
        rows, payloads = [], []
        for _ in range(many):
            self._number += 1
            turn = self._number % len(self._like)
            row = copy.copy(self._like[turn])
            row.pk, row.code = None, f"H99.BENCH-{self._number:08d}"
            rows.append(row)
            payloads.append({**self._payloads[turn], "code": row.code})
        kept = DossierRow.objects.bulk_create(rows)
        at = now()
        OutboxRow.objects.bulk_create(
            OutboxRow(
                partner=partner,
                dossier=row,
                seq=1,
                kind="dossier",
                payload=payload,
                payload_hash=hash_of(payload),
                owed_at=at,
            )
            for row, payload in zip(kept, payloads, strict=True)
        )


def _connection(partner: str, address: str) -> Connection:
    names = {name: {one: one for one in values} for name, values in ASKED_FOR.items()} | OTHERWISE
    maps = ValueMaps(
        partner,
        (
            Translation(partner, name, ours, theirs, ALWAYS, "out")
            for name, values in names.items()
            for ours, theirs in values.items()
        ),
    )
    return Connection(
        partner=partner,
        version=1,
        kind=partner,
        address=address,
        maps=maps,
        secret=lambda _: SECRET,
        settings={
            "username": "thongsuot",
            "dstcode": "VN:COV:000.00.00.G22",
            "madonvi": "000.00.00.H99",
            "same": ["procedure", "field"],
        },
    )


@contextmanager
def _simulators() -> Iterator[dict[str, str]]:
    program = [sys.executable, "-m", "thongsuot.simulators", "--port", "0", "--json"]
    with subprocess.Popen(program, cwd=env.ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield json.loads(running.stdout.readline() if running.stdout else "")["partners"]
        finally:
            running.terminate()
            running.wait(10)


def _say_where(asked: argparse.Namespace) -> None:
    print(f"exchange: {asked.messages:,} messages to the simulated national portal over HTTP,")
    print(f"  {HANDS} hands, the simulator on the same processors,")
    print(f"  {report.sizes('records_dossierrow', 'records_outboxrow')}, seed {asked.seed},")
    print(f"  {report.postgres()},")
    print(f"  {report.machine()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
