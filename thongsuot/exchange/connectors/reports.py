"""Report systems that take a file: no public text tells an interface, so the path is a setting."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from urllib3.filepost import encode_multipart_formdata

from thongsuot.domain.exchange import Acknowledged, Failed, Outcome, Parcel, Refused
from thongsuot.exchange.connector import Connection, Sent, no_answer, said_by_status
from thongsuot.exchange.transports.answers import object_of, rows, text
from thongsuot.exchange.transports.http import Away, NoAnswer, Reply, Unreadable

NEEDED = ("path",)
FILE = "report_file"


class Reports:
    """One file for each report and period; sent again it takes the place of itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._http = connection, connection.http()

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (
            f"thiếu thiết lập {name}" for name in NEEDED if not self._connection.setting(name)
        )

    def send(self, parcel: Parcel) -> Sent:
        """Hand a report over as the file that was frozen. Raises NoSuchFile."""
        if parcel.kind != FILE:
            return Sent(Refused("kind_unknown", f"nơi này không nhận loại “{parcel.kind}”"))
        told = parcel.payload
        content = self._connection.content(told["sha256"])
        body, kind = encode_multipart_formdata({"file": (told["name"], content, told["type"])})
        headers = {
            "Content-Type": kind,
            "Authorization": f"Bearer {self._connection.secret('secret')}",
        }
        path = self._connection.setting("path").format(system=told["system"])
        try:
            reply = self._http.call("POST", path, body=body, headers=headers)
            outcome = said_by_status(reply, may_repeat=True) or _meant(reply, content)
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=True), told["sha256"].encode())
        return Sent(outcome, told["sha256"].encode(), reply.body)


def _meant(reply: Reply, content: bytes) -> Outcome:
    """It counts as handed over only when the file that is there is the one that we sent."""
    told = object_of(reply)
    if text(told.get("status")) != "ok":
        return Failed(text(told.get("message")) or text(told.get("status")) or "no status")
    digest = hashlib.sha256(content).hexdigest()
    for one in rows(told.get("files")):
        if text(one.get("sha256")) == digest:
            return Acknowledged(text(one.get("id")))
    return Failed("the file that it has is another one")
