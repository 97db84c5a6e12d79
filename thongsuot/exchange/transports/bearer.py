"""Calls with a token of a partner's bus: by client credentials, renewed once where it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thongsuot.exchange.transports.http import Http, Reply
from thongsuot.exchange.transports.session import Session, token

JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
UNAUTHORISED = 401


class Bearer:
    """One partner behind a bus; may be used from several threads."""

    def __init__(self, http: Http, *, path: str, user: str, secret: Callable[[], str]) -> None:
        self._http = http

        def sign_in() -> str:
            form = {"grant_type": "client_credentials", "client_id": user}
            return token(http, path, {**form, "client_secret": secret()})

        self._session = Session(sign_in)

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] = JSON,
        query: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call; a session that ended meanwhile is begun anew, once.

        Raises Away, NoAnswer, Unreadable, HostNotRegistered.
        """

        def called(proof: str) -> Reply:
            told = {**headers, "Authorization": f"Bearer {proof}"}
            return self._http.call(method, path, body=body, headers=told, query=query)

        proof = self._session.proof()
        reply = called(proof)
        if reply.status != UNAUTHORISED:
            return reply
        self._session.ended(proof)
        return called(self._session.proof())
