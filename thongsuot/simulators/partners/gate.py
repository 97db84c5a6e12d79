"""An X-Road 7 security server in front of any partner.

Instance, class and member of Vietnam are not known: `VN-GIALAP/GOV/…` is ours. The service code
names the partner. Over which bytes the request hash goes is told in `request_hash`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from thongsuot.simulators.calls import Answer, Call, Cut, Refused, said
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import Partner, Route

NAMES = re.compile(r"[A-Za-z0-9'()+,\-.=?%_]+")
ROOT = "VN-GIALAP/GOV"
METHODS = ("GET", "POST", "PUT", "DELETE")
DEEPEST = 8


@dataclass(slots=True)
class SecurityServer(Partner):
    """It passes a call on, says which request its answer belongs to, and logs both."""

    inner: Mapping[str, Callable[[Call], Answer]] = field(default_factory=dict)

    name: ClassVar[str] = "security_server"
    title: ClassVar[str] = "Máy chủ an ninh X-Road 7"
    takes_turns: ClassVar[bool] = False

    def routes(self) -> tuple[Route, ...]:
        """`/r1/{instance}/{class}/{member}/{subsystem}/{service}[/path]`, of any depth."""
        head = "/r1/{instance}/{class}/{member}/{subsystem}/{service}"
        tails = ["".join(f"/{{p{n}}}" for n in range(deep)) for deep in range(DEEPEST)]
        return tuple(
            Route(method, f"{head}{tail}", self._pass_on, Deed.WRITE)
            for method in METHODS
            for tail in tails
        )

    def troubled(self, call: Call) -> Answer:
        """Its own kind of error."""
        return _error(call, 500, "Server.ServerProxy.NetworkError", "Lỗi mạng (giả lập)")

    def already(self, call: Call) -> Answer:
        """It knows nothing of what it carries, and passes it on."""
        return self._pass_on(call)

    def _pass_on(self, call: Call) -> Answer:
        client = call.header("x-road-client")
        if len([part for part in client.split("/") if NAMES.fullmatch(part)]) not in {3, 4}:
            raise Refused(_error(call, 400, "Client.BadRequest", "X-Road-Client không đúng"))
        place = call.place
        inner = self.inner.get(place["service"])
        provider = "/".join(place[name] for name in ("instance", "class"))
        if inner is None or provider != ROOT:
            raise Refused(
                _error(call, 500, "Server.ClientProxy.UnknownMember", "Không có dịch vụ này")
            )
        own = call.header("x-road-id") or str(uuid.uuid4())
        service = "/".join((provider, place["member"], place["subsystem"], place["service"]))
        path = "/" + "/".join(place[f"p{n}"] for n in range(DEEPEST) if f"p{n}" in place)
        try:
            answer = inner(Call(call.method, path, call.query, call.headers, call.body, call.at))
        except Cut:
            return self.troubled(call)
        request = request_hash(call)
        headers = {"X-Road-Client": client, "X-Road-Service": service, "X-Road-Id": own} | {
            "X-Road-Request-Id": str(uuid.uuid4()),
            "X-Road-Request-Hash": request,
        }
        told = {"client": client, "service": service, "issue": call.header("x-road-issue")}
        self.book.add("messages", own, {**told, "hash": request, "status": answer.status})
        return answer.turned(headers={**answer.headers, **headers}, copies=1)


def request_hash(call: Call) -> str:
    """Base64 of SHA-512 over both digests: of the line and the X-Road headers, and of the body."""
    lines = [f"{call.method} {call.path}"] + [
        f"{name}:{value}" for name, value in sorted(call.headers.items()) if "x-road-" in name
    ]
    head = hashlib.sha512("\r\n".join(lines).encode()).digest()
    if not call.body:
        return base64.b64encode(head).decode()
    both = hashlib.sha512(head + hashlib.sha512(call.body).digest()).digest()
    return base64.b64encode(both).decode()


def _error(call: Call, status: int, kind: str, message: str) -> Answer:
    told = {"type": kind, "message": message, "detail": str(uuid.uuid4())}
    headers = {"X-Road-Error": kind, "X-Road-Id": call.header("x-road-id")}
    return said(told, status, headers)
