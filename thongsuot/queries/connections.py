"""How we are connected with each partner, version by version; never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from thongsuot.domain.exchange import ConnectionState
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import value_maps
from thongsuot.records import exchange
from thongsuot.records.exchange import ConnectionRow
from thongsuot.records.messages import PartnerRow


@dataclass(frozen=True, slots=True)
class ConnectionLine:
    """One version of how a partner is spoken to."""

    partner: str
    name: str
    version: int = 0
    kind: str = ""
    url: str = ""
    state: str = ""
    since: datetime | None = None
    decided_by: str = ""
    note: str = ""
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionPage:
    """A partner with the version in use, all versions, and what its maps lack."""

    partner: str
    name: str
    now: ConnectionLine | None
    hosts: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    secrets: tuple[tuple[str, str], ...]
    versions: tuple[ConnectionLine, ...]
    gaps: int
    same: tuple[str, ...] = ()


def connections(*, at: datetime) -> tuple[ConnectionLine, ...]:
    """Each partner's version in use; version 0 says that it was never connected."""
    now = {row.partner: row for row in exchange.connected(at=at)}
    names = _names()
    return tuple(
        _line(now[code], names) if code in now else ConnectionLine(code, names[code])
        for code in sorted({*names, *now})
    )


def connection(partner: str, *, at: datetime) -> ConnectionPage | None:
    """How a partner is spoken to; None where there is no such partner."""
    names = _names()
    row = exchange.connection_of(partner, at=at)
    versions = exchange.versions_of(partner)
    if partner not in names and not versions:
        return None
    settings: Mapping[str, Any] = row.settings if row else {}
    same = settings.get("same", ())
    gaps = value_maps.gaps(partner, on=at.astimezone(VIETNAM).date(), same=same)
    return ConnectionPage(
        partner=partner,
        name=names.get(partner, partner),
        now=_line(row, names) if row else None,
        hosts=tuple(row.hosts) if row else (),
        settings=tuple((name, str(value)) for name, value in sorted(settings.items())),
        secrets=tuple(sorted(row.secrets.items())) if row else (),
        versions=tuple(_line(version, names) for version in versions),
        gaps=len(gaps),
        same=tuple(same),
    )


def is_connected(partner: str, *, at: datetime) -> bool:
    """Whether a partner can be spoken to at a moment."""
    row = exchange.connection_of(partner, at=at)
    return row is not None and row.state != ConnectionState.FROZEN


def frozen(*, at: datetime) -> frozenset[str]:
    """The partners to which nothing goes out now."""
    rows = exchange.connected(at=at)
    return frozenset(row.partner for row in rows if row.state == ConnectionState.FROZEN)


def _names() -> dict[str, str]:
    return dict(PartnerRow.objects.order_by("code", "id").values_list("code", "name"))


def _line(row: ConnectionRow, names: Mapping[str, str]) -> ConnectionLine:
    return ConnectionLine(
        partner=row.partner,
        name=names.get(row.partner, row.partner),
        version=row.version,
        kind=row.kind,
        url=_shown(row.address),
        state=row.state,
        since=row.since,
        decided_by=row.decided_by,
        note=row.note,
        is_made_up=row.settings.get("is_made_up") is True,
    )


def _shown(address: str) -> str:
    """An address without what may be a token behind its question mark."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "…" if parts.query else "", ""))
