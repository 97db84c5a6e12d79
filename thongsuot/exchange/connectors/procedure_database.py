"""The national procedure database: read as the new portal's own pages read it, and published to.

How a province publishes there was not found: the path is a setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import (
    Acknowledged,
    Asked,
    CannotTell,
    Failed,
    NotTaken,
    Outcome,
    Parcel,
    Refused,
    Taken,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection, Sent, no_answer, said_by_status
from thongsuot.exchange.dialects import formality
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, NoAnswer, Reply, Unreadable

NEEDED = ("list_path", "one_path", "publish_path", "totals_path", "counted")
PUBLISHED = {
    "publish_formality": ("formality", "codeNotation"),
    "publish_simplified": ("simplification", "codeNotation"),
    "publish_body": ("department", "code"),
    "publish_service": ("service", "codeNotation"),
}
JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
COUNTED = {"dossier": "totalReceived", "result": "totalCompleted"}
OK, EXISTS = "OK", 409
PAGE = 200


class ProcedureDatabase:
    """Everything is a POST, success is 201 with the code OK, and lists go by a cursor."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._set = connection, connection.setting
        self._http = connection.http()

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (f"thiếu thiết lập {name}" for name in NEEDED if not self._set(name))

    def send(self, parcel: Parcel) -> Sent:
        """Publish an entry: again it takes the place of itself."""
        if parcel.kind not in PUBLISHED:
            return Sent(Refused("kind_unknown", f"nơi này không nhận loại “{parcel.kind}”"))
        kind, key = PUBLISHED[parcel.kind]
        request = written(dict(parcel.payload))
        headers = {**JSON, "Authorization": f"Bearer {self._connection.secret('secret')}"}
        path = self._set("publish_path").format(kind=kind)
        try:
            reply = self._http.call("POST", path, body=request, headers=headers)
            outcome = _meant(reply, str(parcel.payload[key]))
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=True), request)
        return Sent(outcome, request, reply.body)

    def ask(self, parcel: Parcel) -> Asked:
        """Whether an entry of the province is in the list."""
        if parcel.kind != "publish_formality":
            return CannotTell("only procedures are listed")
        code = str(parcel.payload["codeNotation"])
        try:
            found = [one for one, _ in self._page("", search=code)[0] if one == code]
        except (Away, NoAnswer, Unreadable) as reason:
            return CannotTell(f"{type(reason).__name__}: {reason}")
        return Taken(code) if found else NotTaken()

    def may_repeat(self, parcel: Parcel, /) -> bool:
        """Whatever is published takes the place of what was published before."""
        return parcel.kind in PUBLISHED

    @property
    def counted(self) -> str:
        """The centre counts what the national portal was told."""
        return self._set("counted")

    def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """The centre's figures of the month that a period begins in.

        Raises Away, NoAnswer, Unreadable.
        """
        del until  # it tells whole months: what is not over yet has no more
        month = since.astimezone(VIETNAM)
        asked = {"timeType": "month", "year": month.year, "month": month.month}
        told = self._data(
            self._set("totals_path"), {**asked, "departmentCode": self._set("department")}
        ).get("parent")
        if not isinstance(told, dict):
            raise Unreadable("no totals")
        return {kind: _whole(told.get(name)) for kind, name in COUNTED.items()}

    @property
    def answer(self) -> str:
        """Which of the two answers about procedures this is."""
        return "new"

    def procedures(self, cursor: str) -> tuple[tuple[tuple[str, str], ...], str]:
        """A page of codes and names of their own, and the next cursor; "" at the end.

        Raises Away, NoAnswer, Unreadable.
        """
        return self._page(cursor)

    def procedure(self, own: str) -> tuple[dict[str, Any], Mapping[str, Any]]:
        """One procedure in neutral words, and as it came. Raises Away, NoAnswer, Unreadable."""
        data = self._data(self._set("one_path"), {"id": own})
        return formality.read_new(data), data

    def _page(self, cursor: str, *, search: str = "") -> tuple[tuple[tuple[str, str], ...], str]:
        asked = {"limit": PAGE, "lastId": cursor or None, "q": search}
        asked["departmentCode"] = self._set("department")
        data = self._data(self._set("list_path"), asked)
        found = []
        for one in rows(data.get("items")):
            code, own = text(one.get("codeNotation")) or text(one.get("code")), text(one.get("id"))
            if not code or not own:
                raise Unreadable("a procedure without a code or an id")
            found.append((code, own))
        return tuple(found), text(data.get("lastId"))

    def _data(self, path: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        reply = self._http.call("POST", path, body=written(dict(asked)), headers=JSON)
        told = object_of(reply) if reply.status in {200, 201} else {}
        data = told.get("data")
        if text(told.get("code")) != OK or not isinstance(data, dict):
            raise Unreadable(f"HTTP {reply.status} {text(told.get('code'))}")
        return data


def _whole(told: object) -> int:
    if not isinstance(told, int) or told < 0:
        raise Unreadable("a total that is no number")
    return told


def _meant(reply: Reply, reference: str) -> Outcome:
    if reply.status == EXISTS:
        return Failed(f"{EXISTS} {text(object_of(reply).get('message'))}")
    if by_status := said_by_status(reply, may_repeat=True):
        return by_status
    told = object_of(reply)
    if text(told.get("code")) == OK:
        return Acknowledged(reference)
    return Failed(f"{text(told.get('code'))} {text(told.get('message'))}".strip())
