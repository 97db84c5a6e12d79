"""A call that came in, and what is answered."""

from __future__ import annotations

import base64
import email
import email.policy
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from thongsuot.simulators import clock

Row = TypeVar("Row")
JSON = "application/json; charset=utf-8"


class Cut(Exception):
    """The line goes dead without an answer."""


class Refused(Exception):
    """The partner's own words instead of doing it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: bytes = b""
    status: int = 200
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    copies: int = 1

    def turned(self, **parts: Any) -> Answer:
        """The same with other parts."""
        return replace(self, **parts)


def said(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in JSON."""
    return Answer(written(data).encode(), status, headers=headers or {})


def written(data: Any) -> str:
    """JSON with Vietnamese letters as they are."""
    return json.dumps(data, ensure_ascii=False, default=str)


@dataclass(slots=True)
class Call:
    """One request, with what its faults do to the answer."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    at: datetime = field(default_factory=clock.now)
    place: Mapping[str, str] = field(default_factory=dict)
    is_twice: bool = False
    is_half: bool = False
    shuffle: random.Random | None = None
    has_rows: bool = False

    def header(self, name: str) -> str:
        """A header, "" where it was not sent."""
        return self.headers.get(name.lower(), "")

    def json(self) -> Any:
        """The body read as JSON. Raises Refused."""
        try:
            return json.loads(self.body or b"null")
        except ValueError:
            raise Refused(said({"message": "không đọc được JSON"}, 400)) from None

    def object(self) -> dict[str, Any]:
        """The body as an object. Raises Refused."""
        data = self.json()
        if not isinstance(data, dict):
            raise Refused(said({"message": "cần một đối tượng JSON"}, 400))
        return data

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace")))

    def files(self) -> list[tuple[str, str, bytes]]:
        """The parts of a multipart body: field, file name, content."""
        head = f"Content-Type: {self.header('content-type')}\r\n\r\n".encode()
        message = email.message_from_bytes(head + self.body, policy=email.policy.HTTP)
        if not message.is_multipart():
            return []
        return [
            (
                str(part.get_param("name", header="content-disposition") or ""),
                part.get_filename() or "",
                bytes(part.get_payload(decode=True) or b""),
            )
            for part in message.iter_parts()
        ]

    def rows(self, rows: Sequence[Row]) -> list[Row]:
        """A list as it is told: out of order, or each row twice, where a fault says so."""
        self.has_rows = True
        told = [row for row in rows for _ in range(2 if self.is_twice else 1)]
        if self.shuffle:
            self.shuffle.shuffle(told)
        return told

    def content(self, content: bytes) -> bytes:
        """A file as it is handed over: only half of it, where a fault says so."""
        return content[: len(content) // 2] if self.is_half else content

    def base64(self, content: bytes) -> str:
        """A file as it is handed over in a text."""
        return base64.b64encode(self.content(content)).decode()
