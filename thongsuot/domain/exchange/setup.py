"""How a partner is spoken to, as an operator lays it down: sound before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from thongsuot.domain.refusal import Kind, Refusal

SCHEMES = frozenset({"http", "https", "smtp", "smtps", "file"})
OPEN_SCHEMES = frozenset({"http", "smtp"})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:\d{1,5}")
_SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,99}")
_SECRET_KEY = re.compile(r"(^|_)(password|secret|token|private_key|mat_khau)$", re.IGNORECASE)


class ConnectionState(StrEnum):
    """Whether messages go out over a connection."""

    LIVE = "live"
    FROZEN = "frozen"  # nothing goes out or is fetched; everything stays owed
    TEST = "test"  # may be checked and tried by hand, nothing goes out by itself


class AddressWrong(Refusal):
    """The address of a connection is not one that can be reached, or holds a password."""

    code = "connection_address_wrong"
    kind = Kind.MALFORMED


class AddressOpen(Refusal):
    """A live connection beyond this machine is encrypted, or says why it is not."""

    code = "connection_address_open"


class HostWrong(Refusal):
    """A host that we may fetch from is written as host:port."""

    code = "connection_host_wrong"
    kind = Kind.MALFORMED


class SecretNameWrong(Refusal):
    """A connection names the setting that holds a secret; it never holds the secret itself."""

    code = "connection_secret_name_wrong"
    kind = Kind.MALFORMED


class SecretInSettings(Refusal):
    """A secret stands among the settings of a connection, where everybody may read it."""

    code = "connection_secret_in_settings"


class VersionWrong(Refusal):
    """The versions of a connection are counted from 1 and follow each other in time."""

    code = "connection_version_wrong"


@dataclass(frozen=True, slots=True)
class Setup:
    """One version of how a partner is spoken to.

    Raises VersionWrong, AddressWrong, AddressOpen, HostWrong, SecretNameWrong, SecretInSettings.
    """

    partner: str
    version: int
    kind: str
    address: str
    state: ConnectionState
    since: datetime
    decided_by: str
    hosts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        if self.version < 1:
            raise VersionWrong("version", partner=self.partner, given=self.version)
        self._check_address()
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise HostWrong("hosts", partner=self.partner, given=host[:100])
        for name, given in self.secrets.items():
            if not _SECRET_NAME.fullmatch(given):
                # What was given is not said back: it may be the secret.
                raise SecretNameWrong("secrets", partner=self.partner, name=name)
        for name in _names(self.settings):
            if _SECRET_KEY.search(name):
                raise SecretInSettings("settings", partner=self.partner, name=name)

    def _check_address(self) -> None:
        if not self.address and self.state is not ConnectionState.LIVE:
            return
        try:
            parts = urlsplit(self.address)
            is_sound = parts.scheme in SCHEMES and (parts.hostname or parts.scheme == "file")
            is_sound = is_sound and not parts.username and (parts.port is None or parts.port > 0)
        except ValueError:
            is_sound = False
        if not is_sound:
            raise AddressWrong("address", partner=self.partner)
        is_open = parts.scheme in OPEN_SCHEMES and parts.hostname not in LOOPBACK
        if is_open and self.state is ConnectionState.LIVE and not self.settings.get("why_open"):
            raise AddressOpen("address", partner=self.partner, scheme=parts.scheme)

    @property
    def is_made_up(self) -> bool:
        """Whether it speaks with a simulated partner: nothing that it acknowledges is real."""
        return self.settings.get("is_made_up") is True


def follows(new: Setup, before: Setup | None) -> None:
    """A version follows the one before it, by number and in time. Raises VersionWrong."""
    if before is None:
        is_next = new.version == 1
    else:
        is_next = new.version == before.version + 1 and new.since >= before.since
    if not is_next:
        raise VersionWrong("version", partner=new.partner, given=new.version)


def _names(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        yield name
        if isinstance(value, Mapping):
            yield from _names(value)
