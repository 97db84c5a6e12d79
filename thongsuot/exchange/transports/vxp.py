"""The VXP protocol of the document axis: every call is a POST whose headers are signed together.

The names, their JSON and its HMAC travel as headers of their own. Source: the axis' kit, 2.0.x.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime

from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.transports.http import Http, Reply

PREFIX = "XroadVnpt-"
VERSION = "3.0.201608"
AGENT = "JAVASDKAgent/1.0.0 XRoad/VPCP"


class Vxp:
    """Calls to the axis in the name of one system."""

    def __init__(self, http: Http, *, system: str, secret: Callable[[], str]) -> None:
        self._http, self._system, self._secret = http, system, secret

    def call(self, path: str, *, at: datetime, body: bytes = b"", **told: str) -> Reply:
        """One call; `told` are its logical headers, such as `to` or `docId`.

        Raises Away, NoAnswer, Unreadable, HostNotRegistered.
        """
        moment = f"{at.astimezone(VIETNAM):%d%m%YT%H%M%S%z}"
        within = {"systemid": self._system, "timestamp": moment, "servicetype": "eDoc", **told}
        if body:
            within["hash-file"] = hashlib.sha256(body).hexdigest()
        return self._http.call("POST", path, body=body, headers=self._signed(within))

    def _signed(self, within: Mapping[str, str]) -> dict[str, str]:
        text = json.dumps(within)  # in ASCII: it is itself a header
        proof = hmac.new(self._secret().encode(), text.encode(), hashlib.sha256).hexdigest()
        return {
            **{f"{PREFIX}{name}": value for name, value in within.items()},
            f"{PREFIX}sign-header-key": ";".join(within),
            f"{PREFIX}sign-header": text,
            f"{PREFIX}hash-header": proof,
            f"{PREFIX}version": VERSION,
            "User-Agent": AGENT,
            "Content-Type": "application/octet-stream",
        }
