"""The postal service: an order to bring a result, its cancellation, and its way.

The paths are settings; districts are told no more. Source: messages of VNPost as used 2020–2025.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from thongsuot.domain.exchange import (
    Acknowledged,
    Arrival,
    Asked,
    CannotTell,
    Failed,
    NotTaken,
    Outcome,
    Parcel,
    Refused,
    Taken,
)
from thongsuot.exchange.connector import Collected, Connection, Sent, no_answer, said_by_status
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, NoAnswer, Reply, Unreadable

NEEDED = ("customer", "order_path", "cancel_path", "track_path", "sender_province", "sender_phone")
ORDER, CANCEL = "postal_order", "postal_cancel"
DONE = {ORDER: "100", CANCEL: "110"}
FIRST = "0" * 24
EXISTS = "101"
MOST_PAGES = 50
PAGE = 500


class Postal:
    """Orders go out under our number, which the service takes once; their way is fetched."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._set = connection, connection.setting
        self._http = connection.http()

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (f"thiếu thiết lập {name}" for name in NEEDED if not self._set(name))

    def send(self, parcel: Parcel) -> Sent:
        """Order, or cancel an order: under our number either is there once."""
        if parcel.kind not in DONE:
            return Sent(Refused("kind_unknown", f"bưu điện không nhận loại “{parcel.kind}”"))
        is_order = parcel.kind == ORDER
        words = self._order(parcel.payload) if is_order else self._cancel(parcel.payload)
        request = written(words)
        path = self._set("order_path" if is_order else "cancel_path")
        try:
            reply = self._call(path, request)
            outcome = said_by_status(reply, may_repeat=not is_order) or _meant(reply, parcel)
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=not is_order), request)
        if is_order and isinstance(outcome, Failed) and outcome.reason.startswith(EXISTS):
            # It says so of what it has, and sometimes of what it has not.
            there = self.ask(parcel)
            outcome = Acknowledged(there.reference) if isinstance(there, Taken) else outcome
        return Sent(outcome, request, reply.body)

    def ask(self, parcel: Parcel) -> Asked:
        """Whether an order is on its way: among all moves, since it can be asked for no other way."""
        number, cursor = str(parcel.payload["order"]), ""
        if parcel.kind != ORDER:
            return CannotTell("only orders are among the moves")
        try:
            for _ in range(MOST_PAGES):
                page = self.collect(cursor, at=parcel.owed_at)
                if any(one.body["order"] == number for one in page.arrivals):
                    return Taken(number)
                if not page.has_more:
                    return NotTaken()
                cursor = page.cursor
        except (Away, NoAnswer, Unreadable) as reason:
            return CannotTell(f"{type(reason).__name__}: {reason}")
        return CannotTell("too many moves to look through")

    def collect(self, cursor: str, *, at: datetime) -> Collected:  # noqa: ARG002 - it has a cursor
        """How orders went on since the cursor."""
        asked = {"CustomerCode": self._set("customer"), "pageSize": PAGE, "lastId": cursor or FIRST}
        told = object_of(self._call(self._set("track_path"), written(asked)))
        if text(told.get("Status")) != DONE[ORDER]:
            raise Unreadable(f"status {text(told.get('Status'))}")
        moves = rows(told.get("data"))
        last = text(told.get("lastId")) or cursor
        has_more = len(moves) >= PAGE and last != cursor
        return Collected(tuple(map(self._move, moves)), last, has_more)

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        """It wants no word: the cursor is ours."""

    def _move(self, told: Mapping[str, Any]) -> Arrival:
        body = {
            "order": text(told.get("OrderNumber")),
            "state": text(told.get("StatusName")),
            "raw": dict(told),
        }
        key = text(told.get("id")) or sha256(written(dict(told))).hexdigest()
        return Arrival(self._connection.partner, key[:120], "postal", body)

    def _order(self, told: Mapping[str, Any]) -> dict[str, Any]:
        words = {
            "CustomerCode": self._set("customer"),
            "OrderNumber": told["order"],
            "SenderProvince": self._set("sender_province"),
            "SenderAddress": told["sender_address"],
            "SenderName": told["sender_name"],
            "SenderTel": self._set("sender_phone"),
            "ReceiverName": told["name"],
            "ReceiverAddress": told["address"],
            "ReceiverTel": told["phone"],
            "ReceiverProvince": told["province"],
            "ReceiverEmail": told.get("email", ""),
            "Description": told["what"],
            "FlagConfig": 2,
        }
        return {key: value for key, value in words.items() if value not in ("", None)}

    def _cancel(self, told: Mapping[str, Any]) -> dict[str, Any]:
        return {"CustomerCode": self._set("customer"), "OrderNumber": told["order"]}

    def _call(self, path: str, body: bytes) -> Reply:
        token = self._connection.secret("secret")
        headers = {"Content-Type": "application/json; charset=utf-8", "access_token": token}
        # Some buses drop a name with an underscore: the same proof in the usual place.
        headers["Authorization"] = f"Bearer {token}"
        return self._http.call("POST", path, body=body, headers=headers)


def _meant(reply: Reply, parcel: Parcel) -> Outcome:
    told = object_of(reply)
    code, reason = text(told.get("Status")), text(told.get("Message"))
    if code == DONE[parcel.kind]:
        return Acknowledged(str(parcel.payload["order"]))
    if not code:
        raise Unreadable("no Status")
    if code == "400":
        return Refused(code, reason)
    return Failed(f"{code}: {reason}")
