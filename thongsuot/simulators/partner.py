"""What every partner is: its routes, its book, its own words for trouble."""

from __future__ import annotations

import base64
import hashlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from thongsuot.simulators.book import Book
from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.faults import Deed

# Invented, for simulators on loopback alone; nothing real opens with it.
USER = "thongsuot"
SECRET = "bi-mat-gia-lap"
SESSION_SECONDS = 30 * 60

Do = Callable[[Call], Answer]
Push = Callable[[str, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that a partner offers; a part of the path in braces is anything."""

    method: str
    path: str
    do: Do
    deed: Deed = Deed.WRITE

    def fits(self, call: Call) -> dict[str, str] | None:
        """What stands at the places in braces; none where it is another path."""
        if call.method != self.method:
            return None
        ours, theirs = self.path.strip("/").split("/"), call.path.strip("/").split("/")
        if len(ours) != len(theirs):
            return None
        pairs = [*zip(ours, theirs, strict=True)]
        if any(not one.startswith("{") and one != other for one, other in pairs):
            return None
        return {one.strip("{}"): other for one, other in pairs if one.startswith("{")}


@dataclass(slots=True)
class Partner(ABC):
    """One partner; a subclass lists its routes and speaks its dialect."""

    book: Book
    push: Push
    sessions: dict[str, float] = field(default_factory=dict)

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    takes_turns: ClassVar[bool] = True

    @abstractmethod
    def routes(self) -> tuple[Route, ...]:
        """Everything that it offers."""

    def deed(self, _call: Call, route: Route) -> Deed:
        """What kind of call it is. Raises Refused."""
        return route.deed

    def troubled(self, _call: Call) -> Answer:
        """An error within an answer that is an HTTP success."""
        return said({"error_code": "-99", "message": "Lỗi hệ thống (giả lập)"})

    def already(self, _call: Call) -> Answer:
        """It says that it has this already, whether it has or not."""
        return said({"error_code": "3", "message": "Dữ liệu đã tồn tại (giả lập)"})

    def throttled(self, seconds: int) -> Answer:
        """It asks for patience."""
        words = {"message": "Quá nhiều yêu cầu, hãy thử lại sau (giả lập)"}
        return said(words, 429, {"Retry-After": str(seconds)})

    def place(self, _asked: Mapping[str, Any]) -> Any:
        """Put something into its world, as its own people would. Raises Refused."""
        raise Refused(said({"message": "đối tác này không nhận gì qua địa chỉ điều khiển"}, 400))

    def send(self, _asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Send something to the address it was told. Raises Refused."""
        raise Refused(said({"message": "đối tác này không tự gửi"}, 400))

    def signed_in(self, at: float) -> str:
        """A new session."""
        token = secrets.token_hex(16)
        self.sessions[token] = at + SESSION_SECONDS
        return token

    def knows(self, token: str, at: float) -> bool:
        """Whether a session lives."""
        return self.sessions.get(token, 0) > at

    def token(self, call: Call, *grants: str) -> str:
        """OAuth2: a token for who proves itself by Basic or in the form. Raises Refused."""
        form = call.form()
        scheme, _, proof = call.header("authorization").partition(" ")
        given = f"{form.get('client_id', '')}:{form.get('client_secret', '')}"
        if scheme.lower() == "basic":
            given = base64.b64decode(proof).decode("utf-8", "replace")
        if form.get("grant_type") == "password":
            given = f"{form.get('username', '')}:{form.get('password', '')}"
        if form.get("grant_type") not in grants:
            raise Refused(said({"error": "unsupported_grant_type"}, 400))
        if given != f"{USER}:{SECRET}":
            raise Refused(said({"error": "invalid_client"}, 401))
        return self.signed_in(call.at.timestamp())

    def bearer(self, call: Call) -> None:
        """Only with a token that lives. Raises Refused."""
        scheme, _, token = call.header("authorization").partition(" ")
        if scheme.lower() != "bearer" or not self.knows(token, call.at.timestamp()):
            raise Refused(
                said({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"}),
            )


def oauth(token: str) -> dict[str, Any]:
    """A token as WSO2 and Keycloak write it."""
    return {"access_token": token, "token_type": "Bearer", "expires_in": SESSION_SECONDS}


def needed(data: Mapping[str, Any], *names: str) -> list[str]:
    """Which of these are missing or empty."""
    return [name for name in names if data.get(name) in (None, "", [], {})]


def hexed(text: str, length: int) -> str:
    """An identifier of hexadecimal digits that the same text always gives."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]
