"""A partner's configuration becomes a connector that can be spoken through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from thongsuot import env
from thongsuot.domain.exchange import ConnectionState, Patience, ValueMaps
from thongsuot.domain.notices import PATIENCE
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.exchange.connector import Collecting, Connection, Connector, Counting
from thongsuot.exchange.outbox import Manners
from thongsuot.exchange.registry import connector
from thongsuot.exchange.transports.http import Http
from thongsuot.records import exchange
from thongsuot.records.exchange import ConnectionRow
from thongsuot.records.files import content_of
from thongsuot.records.notices import PARTNER


class NotConnected(Refusal):
    """This partner has no connection at this moment."""

    code = "partner_not_connected"
    kind = Kind.UNKNOWN


class SecretMissing(Refusal):
    """The settings of a connection name a secret that nobody has given."""

    code = "partner_secret_missing"


def opened(partner: str, *, at: datetime) -> tuple[Connector, Manners]:
    """The connector of a partner as configured at a moment, and how it is served.

    Raises NotConnected, KindUnknown, MapWrong.
    """
    if partner == PARTNER and settings.EMAIL_HOST:
        return post_office(
            settings.EMAIL_HOST, settings.EMAIL_PORT, is_sealed=settings.EMAIL_USE_TLS
        )
    row = exchange.connection_of(partner, at=at)
    if row is None or row.state == ConnectionState.FROZEN:
        raise NotConnected("partner", given=partner)
    return made(row), _manners(row.settings)


def post_office(host: str, port: int, *, is_sealed: bool = False) -> tuple[Connector, Manners]:
    """The post office for letters to applicants, as the settings of the machine name it."""
    connection = Connection(
        partner=PARTNER,
        version=0,
        kind="mail",
        address=f"smtp://{host}:{port}",
        maps=ValueMaps(PARTNER, ()),
        secret=lambda _: settings.EMAIL_HOST_PASSWORD,
        settings={
            "from": settings.DEFAULT_FROM_EMAIL,
            "tls": is_sealed,
            "user": settings.EMAIL_HOST_USER,
        },
    )
    # One at a time: whoever is written to twice gets the letters in their order.
    return connector(connection), Manners(PATIENCE, at_once=1)


def line_to(partner: str, *, at: datetime) -> Http:
    """The line to a partner, to fetch from its registered hosts alone.

    Raises NotConnected, MapWrong.
    """
    row = exchange.connection_of(partner, at=at)
    if row is None or row.state == ConnectionState.FROZEN:
        raise NotConnected("partner", given=partner)
    return _connection(row).http()


def to_send_to(*, at: datetime) -> tuple[str, ...]:
    """The partners that messages go out to at a moment, the post office of the machine among them."""
    live = [row.partner for row in exchange.connected(at=at) if row.state == ConnectionState.LIVE]
    return (*live, PARTNER) if settings.EMAIL_HOST else tuple(live)


def to_fetch_from(*, at: datetime) -> tuple[str, ...]:
    """The partners that keep things ready for us."""
    return _live(Collecting, at)


def to_count_with(*, at: datetime) -> tuple[str, ...]:
    """The partners that tell how much they have."""
    return _live(Counting, at)


def _live(offers: type, at: datetime) -> tuple[str, ...]:
    return tuple(
        row.partner
        for row in exchange.connected(at=at)
        if row.state == ConnectionState.LIVE and isinstance(_made_if_known(row), offers)
    )


def _made_if_known(row: ConnectionRow) -> Connector | None:
    """A connection that is set up wrongly stops nobody else; `exchange check` tells what is wrong."""
    try:
        return made(row)
    except Refusal:
        return None


def made(row: ConnectionRow) -> Connector:
    """The connector of one version of a connection. Raises KindUnknown, MapWrong."""
    return connector(_connection(row))


def _connection(row: ConnectionRow) -> Connection:
    return Connection(
        partner=row.partner,
        version=row.version,
        kind=row.kind,
        address=row.address,
        maps=exchange.maps_of(row.partner),
        secret=partial(_secret, row.partner, row.secrets),
        hosts=tuple(row.hosts),
        settings=row.settings,
        content=content_of,
    )


def _secret(partner: str, names: Mapping[str, str], name: str) -> str:
    given = env.secret(names[name]) if name in names else ""
    if not given:
        raise SecretMissing("secret", partner=partner, given=names.get(name, name))
    return given


def _manners(given: Mapping[str, object]) -> Manners:
    usual = Patience()
    return Manners(
        patience=Patience(
            first=_seconds(given.get("first_wait"), usual.first),
            longest=_seconds(given.get("longest_wait"), usual.longest),
            most=_whole(given.get("most_attempts"), usual.most),
        ),
        at_once=_whole(given.get("at_once"), Manners().at_once),
        send_in_doubt=given.get("send_in_doubt") is True,
    )


def _seconds(given: object, usual: timedelta) -> timedelta:
    return timedelta(seconds=given) if isinstance(given, int | float) else usual


def _whole(given: object, usual: int) -> int:
    return given if isinstance(given, int) and given > 0 else usual
