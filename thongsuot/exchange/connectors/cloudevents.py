"""Other software of the province hears of each fact as a CloudEvent, signed over its bytes.

CloudEvents 1.0, structured mode. The receiver tells a repetition by `source` and `id`, which are
the same however often an event is sent; so what may have arrived is simply sent again.
Source: cloudevents.io, specification 1.0.2 and its HTTP protocol binding.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import Acknowledged, Parcel, Refused
from thongsuot.exchange.connector import Connection, Sent, no_answer, said_by_status
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable

TYPE = "application/cloudevents+json; charset=utf-8"
STAMP, SIGNATURE = "Thongsuot-Timestamp", "Thongsuot-Signature"
GONE = 410
WHOLE, BRIEF = "whole", "brief"

# What is told without naming anybody: an event says that something happened, not to whom.
NAMELESS = (
    "code",
    "seq",
    "identifiers",
    "event",
    "occurred_at",
    "recorded_at",
    "office",
    "holder",
    "competent_office",
    "receiving_office",
    "procedure",
    "procedure_name",
    "field",
    "channel",
    "status",
    "stage",
    "received_at",
    "due_at",
    "due_before",
    "ended_at",
)


class CloudEvents:
    """Settings: `source`, `data` (`brief`, or `whole` with the applicant); the secret `key`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._data = connection.setting("data", BRIEF)
        self._source = connection.setting("source", "/thongsuot")

    def send(self, parcel: Parcel, /) -> Sent:
        """Hand one event over; any answer of success acknowledges it."""
        body = _written(self.event(parcel))
        try:
            reply = self._http.call("POST", "", body=body, headers=self._headers(body))
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=True), body)
        if reply.status == GONE:
            return Sent(Refused(str(GONE), "nơi nhận đã đóng địa chỉ này"), body, reply.body)
        outcome = said_by_status(reply, may_repeat=True)
        return Sent(outcome or Acknowledged(_id(parcel)), body, reply.body)

    def faults(self, on: datetime, /) -> Iterable[str]:
        """What the settings lack."""
        del on
        if self._data not in {WHOLE, BRIEF}:
            yield f"mục data phải là {BRIEF} hoặc {WHOLE}"
        if not self._to.setting("source"):
            yield "thiếu mục source: tên của hệ thống này trong mỗi sự kiện"
        if self._to.settings.get("send_in_doubt") is not True:
            yield "thiếu mục send_in_doubt = true: nơi nhận bỏ sự kiện trùng source và id"
        if not self._to.secret("key"):
            yield "thiếu bí mật key: khóa ký từng sự kiện"

    def event(self, parcel: Parcel) -> dict[str, Any]:
        """The event of a message."""
        told = parcel.payload
        data = dict(told) if self._data == WHOLE else {n: told[n] for n in NAMELESS if n in told}
        return {
            "specversion": "1.0",
            "id": _id(parcel),
            "source": self._source,
            "type": f"vn.thongsuot.dossier.{told.get('event', parcel.kind)}",
            "subject": parcel.dossier,
            "time": told.get("occurred_at") or parcel.owed_at.isoformat(),
            "datacontenttype": "application/json",
            # Of one dossier the greater comes later: a receiver may put them in order.
            "sequence": f"{parcel.seq:010d}",
            "data": data,
        }

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        return {
            "Content-Type": TYPE,
            STAMP: stamp,
            SIGNATURE: signature(self._to.secret("key"), stamp, body),
        }


def signature(key: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the moment of sending and the body: neither can be changed or kept back."""
    signed = stamp.encode() + b"." + body
    return "v1=" + hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


def _id(parcel: Parcel) -> str:
    return f"{parcel.dossier}/{parcel.seq}"


def _written(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
