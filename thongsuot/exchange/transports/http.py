"""HTTP to a partner: its own hosts only, no redirects, bounded, with a certificate we know."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3 import exceptions as trouble

MOST_BYTES = 32 * 1024 * 1024
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0


class Away(Exception):
    """Nothing reached the partner: it does not answer the door, or shows a wrong certificate."""


class NoAnswer(Exception):
    """It left and no whole answer came back: the partner may have it."""


class Unreadable(Exception):
    """An answer came that is none: too large, or not what the partner speaks."""


class HostNotRegistered(Exception):
    """An address of a host that is not one of this partner's."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose certificate we believe: an authority's file, or one certificate by its SHA-256.

    `certificate` and `key` are ours, where the partner wants to see one.
    """

    authority: Path | None = None
    fingerprint: str = ""
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """Calls to one partner over kept connections; may be used from several threads."""

    def __init__(
        self,
        address: str,
        *,
        hosts: tuple[str, ...] = (),
        trust: Trust | None = None,
        seconds: float = READ_SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._address = address.rstrip("/")
        self._hosts = {_authority(address), *hosts}
        self._seconds = seconds
        self._most = most_bytes
        self._pool = urllib3.PoolManager(
            num_pools=4, maxsize=16, block=True, retries=False, **_tls(trust or Trust())
        )

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call; `path` is below the partner's address, or a whole address of its hosts.

        Raises Away, NoAnswer, Unreadable, HostNotRegistered.
        """
        url = path if "://" in path else f"{self._address}/{path.lstrip('/')}"
        self.require_ours(url)
        try:
            answer = self._pool.request(
                method,
                url,
                body=body,
                headers=dict(headers or {}),
                fields=dict(query) if query and body is None else None,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=self._seconds),
            )
        except _AWAY as reason:
            raise Away(_told(reason)) from reason
        except trouble.HTTPError as reason:
            raise NoAnswer(_told(reason)) from reason
        try:
            return Reply(answer.status, dict(answer.headers), self._read(answer))
        except (trouble.HTTPError, OSError) as reason:
            raise NoAnswer(_told(reason)) from reason
        finally:
            answer.release_conn()

    def require_ours(self, url: str) -> None:
        """Raises HostNotRegistered unless an address is of this partner's hosts."""
        if _authority(url) not in self._hosts:
            raise HostNotRegistered(_authority(url))

    def _read(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        whole = answer.read(self._most + 1, decode_content=True)
        if len(whole) > self._most:
            answer.close()
            raise Unreadable(f"more than {self._most} bytes")
        return whole


_AWAY = (
    trouble.NewConnectionError,
    trouble.ConnectTimeoutError,
    trouble.SSLError,
    trouble.LocationValueError,
)


def _authority(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise HostNotRegistered(url[:100])
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.hostname}:{port}"


def _tls(trust: Trust) -> dict[str, Any]:
    if trust.fingerprint:
        # The one certificate that we pinned is its own proof, whoever signed it.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        given: dict[str, Any] = {"assert_fingerprint": trust.fingerprint}
    else:
        context = ssl.create_default_context(cafile=trust.authority)
        given = {}
    if trust.certificate:
        context.load_cert_chain(trust.certificate, trust.key)
    return given | {"ssl_context": context}


def _told(reason: Exception) -> str:
    """What went wrong, without the address: it may carry a token."""
    return type(reason).__name__
