"""X-Road 7 REST in front of any partner: the security server carries the call and proves it.

An answer counts only when it names our request by its hash. Source: X-Road Message Protocol for
REST 1.0.4; over which bytes the hash goes the public text leaves open, `hashed` is our reading.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from collections.abc import Mapping
from urllib.parse import quote

from thongsuot.exchange.transports.http import Away, Http, NoAnswer, Reply, Trust

PART = re.compile(r"[^A-Za-z0-9'()+,\-.=?]")
# Refused before anything left our own security server.
BEFORE = ("Client.", "Server.ClientProxy.")


class XRoad(Http):
    """Calls to one service of one member, in the name of a subsystem of ours."""

    def __init__(
        self,
        address: str,
        *,
        client: str,
        service: str,
        checks_hash: bool = True,
        hosts: tuple[str, ...] = (),
        trust: Trust | None = None,
        seconds: float,
    ) -> None:
        super().__init__(address, hosts=hosts, trust=trust, seconds=seconds)
        self._client = "/".join(_part(one) for one in client.split("/"))
        self._service = "/".join(_part(one) for one in service.split("/"))
        self._checks_hash = checks_hash

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call through the security server; a whole address of a host is fetched directly.

        Raises Away, NoAnswer, Unreadable, HostNotRegistered.
        """
        if "://" in path:
            return super().call(method, path, body=body, headers=headers, query=query)
        place = f"/r1/{self._service}/{path.lstrip('/')}"
        own = {"X-Road-Client": self._client, "X-Road-Id": str(uuid.uuid4())}
        reply = super().call(
            method, place, body=body, headers={**(headers or {}), **own}, query=query
        )
        told = {name.lower(): value for name, value in reply.headers.items()}
        if error := told.get("x-road-error", ""):
            raise _failed(error)
        if self._checks_hash:
            expected = hashed(method, place, own, body or b"")
            if not hmac.compare_digest(told.get("x-road-request-hash", ""), expected):
                raise NoAnswer("the answer belongs to another request")
        return reply


def hashed(method: str, place: str, own: Mapping[str, str], body: bytes) -> str:
    """Which request an answer names: base64 of SHA-512 over the digests of head and body."""
    lines = [f"{method} {place}"]
    lines += [f"{name.lower()}:{value}" for name, value in sorted(own.items())]
    head = hashlib.sha512("\r\n".join(lines).encode()).digest()
    if not body:
        return base64.b64encode(head).decode()
    both = hashlib.sha512(head + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(both).decode()


def _failed(error: str) -> Away | NoAnswer:
    """What never left our side has not reached the partner; of the rest nobody knows."""
    told = f"X-Road-Error {error[:120]}"
    return Away(told) if error.startswith(BEFORE) else NoAnswer(told)


def _part(name: str) -> str:
    """A name as a part of an address: the signs that X-Road allows, others percent-encoded."""
    return PART.sub(lambda found: quote(found.group(), safe=""), name)
