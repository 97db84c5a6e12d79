"""Whether every connection is sound before anything is sent over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot import env
from thongsuot.domain.exchange import ConnectionState, ValueUnmapped
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connections import NotConnected, SecretMissing, made
from thongsuot.exchange.connector import Translating
from thongsuot.queries import value_maps
from thongsuot.records import exchange
from thongsuot.records.exchange import ConnectionRow
from thongsuot.records.messages import subscriptions
from thongsuot.words.refusals import sentence


@dataclass(frozen=True, slots=True)
class SetupFault:
    """Something to be mended in how a partner is set up, in one sentence."""

    partner: str
    code: str
    said: str


def check(partner: str = "", *, at: datetime) -> tuple[SetupFault, ...]:
    """What is wrong with the set-up of one partner, or of all of them; none when sound."""
    rows = exchange.connected(at=at)
    found = [
        *_unconnected({row.partner for row in rows}, at),
        *(fault for row in rows for fault in _faults(row, at)),
    ]
    return tuple(fault for fault in found if partner in ("", fault.partner))


def _unconnected(connected: set[str], at: datetime) -> Iterator[SetupFault]:
    """Partners that are owed messages today and cannot be spoken to."""
    today = at.astimezone(VIETNAM).date()
    owed = {s.partner for s in subscriptions() if s.kinds and s.valid.contains(today)}
    for partner in sorted(owed - connected):
        yield _fault(partner, NotConnected("partner", given=partner))


def _faults(row: ConnectionRow, at: datetime) -> Iterator[SetupFault]:
    if row.state == ConnectionState.FROZEN:
        return
    for name in row.secrets.values():
        if not env.secret(name):
            yield _fault(row.partner, SecretMissing("secret", partner=row.partner, given=name))
    try:
        connector = made(row)
        needed = tuple(connector.needs()) if isinstance(connector, Translating) else ()
        told = tuple(connector.faults(at))
        same = row.settings.get("same", ())
        missing = value_maps.gaps(row.partner, on=_day(at), needed=needed, same=same)
    except Refusal as refusal:
        yield _fault(row.partner, refusal)
        return
    for words in told:
        yield SetupFault(row.partner, "connector", words)
    for gap in missing:
        unmapped = ValueUnmapped(
            gap.map, partner=gap.partner, value=gap.value, on=_day(at).isoformat()
        )
        yield _fault(gap.partner, unmapped)


def _fault(partner: str, refusal: Refusal) -> SetupFault:
    return SetupFault(partner, refusal.code, sentence(refusal))


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
