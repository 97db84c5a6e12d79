"""Software that speaks for the people of the cast."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests import cast, rows
from thongsuot.actions.access import issue_token
from thongsuot.domain.duties import Person

ROOT = "/api/v1"


class Answer:
    """What the API answered."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.body: bytes = response.content

    @property
    def json(self) -> Any:
        """The answer as it reads."""
        return json.loads(self.body)

    @property
    def refusal(self) -> str:
        """The code of the refusal in a problem."""
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.json["status"] == self.status
        return str(self.json["refusal"]["code"])


class Machine:
    """A client with the token of one account."""

    def __init__(self, token: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self._token = token

    def get(self, path: str, **query: Any) -> Answer:
        """Ask."""
        return Answer(self._client.get(ROOT + path, query, headers=self._headers({})))

    def post(self, path: str, body: object, *, key: str = "") -> Answer:
        """Send JSON, with a key against sending twice if one is given."""
        return self.send(path, json.dumps(body).encode(), key=key)

    def send(
        self, path: str, body: bytes, *, key: str = "", kind: str = "application/json"
    ) -> Answer:
        """Send anything at all."""
        headers = self._headers({"Idempotency-Key": key} if key else {})
        return Answer(self._client.post(ROOT + path, body, content_type=kind, headers=headers))

    def request(self, method: str, path: str) -> Answer:
        """Any method on any address."""
        return Answer(self._client.generic(method, path, headers=self._headers({})))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {**more, **({"Authorization": f"Bearer {self._token}"} if self._token else {})}


def machine(person: Person) -> Machine:
    """A client that speaks for somebody."""
    return Machine(issue_token(account=person.account, name="thử", at=rows.KNOWN_AT))


def request(**changes: object) -> dict[str, object]:
    """What the counter's software of Bản Mây sends for Mrs Mỷ."""
    plain: dict[str, object] = {
        "procedure": rows.FIVE_DAYS,
        "receiving_point": cast.AT_BAN_MAY,
        "applicant": {"name": cast.MY.name, "number": cast.MY.number},
        "papers": ["Tờ khai"],
    }
    return plain | changes
