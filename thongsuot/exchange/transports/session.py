"""The proof of who we are at a partner: fetched when needed, shared by all hands, renewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from urllib.parse import urlencode

from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.transports.answers import object_of, text
from thongsuot.exchange.transports.http import Away, Http, NoAnswer, Reply, Unreadable

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
ENDED = 401
TOKEN_NAMES = ("access_token", "accessToken")


class Session:
    """One proof for every thread that speaks to a partner; `sign_in` fetches a new one."""

    def __init__(self, sign_in: Callable[[], str]) -> None:
        self._sign_in = sign_in
        self._lock = Lock()
        self._proof = ""

    def proof(self) -> str:
        """The proof that we have, or a new one.

        Raises Away: whoever cannot sign in has not reached the partner, whatever the reason.
        """
        with self._lock:
            if not self._proof:
                try:
                    self._proof = self._sign_in()
                except (NoAnswer, Unreadable) as reason:
                    raise Away(f"sign-in: {reason}") from reason
                except Refusal as refusal:  # a secret that nobody has given
                    raise Away(f"sign-in: {refusal.code}") from refusal
            return self._proof

    def ended(self, proof: str) -> None:
        """The partner does not know this proof any more; one fetched meanwhile stays."""
        with self._lock:
            if self._proof == proof:
                self._proof = ""


def token(http: Http, path: str, form: Mapping[str, str]) -> str:
    """A token by OAuth2. Raises Away, NoAnswer, Unreadable."""
    reply = http.call("POST", path, body=urlencode(form).encode(), headers=FORM)
    if reply.status != 200:
        raise Away(f"sign-in: HTTP {reply.status}")
    told = object_of(reply)
    given = next((text(told.get(name)) for name in TOKEN_NAMES if told.get(name)), "")
    if not given:
        raise Away("sign-in: no token")
    return given


class Bearer:
    """Calls that carry a token; one that ended is renewed, once a call."""

    def __init__(self, http: Http, session: Session) -> None:
        self._http = http
        self._session = session

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call. Raises Away, NoAnswer, Unreadable, HostNotRegistered."""
        whole = f"{path}?{urlencode(query)}" if query else path
        for _ in range(2):
            proof = self._session.proof()
            with_proof = JSON | dict(headers or {}) | {"Authorization": f"Bearer {proof}"}
            reply = self._http.call(method, whole, body=body, headers=with_proof)
            if reply.status != ENDED:
                break
            self._session.ended(proof)
        return reply
