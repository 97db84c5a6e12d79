"""The postal service, and the report systems that take files."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, Partner, Route, hexed, needed

ORDER = (
    *("CustomerCode", "OrderNumber", "SenderProvince", "SenderAddress", "SenderName", "SenderTel"),
    *("ReceiverName", "ReceiverAddress", "ReceiverTel", "ReceiverProvince"),
)
FIRST = "0" * 24


@dataclass(slots=True)
class Postal(Partner):
    """Orders, cancellations, tracking; the paths and the words of an order's state are ours."""

    name: ClassVar[str] = "postal"
    title: ClassVar[str] = "Bưu điện Việt Nam"

    def routes(self) -> tuple[Route, ...]:
        """Three things, and the cancellation of the older bus."""
        return (
            Route("POST", "/order", self._order, Deed.WRITE),
            Route("POST", "/cancel", self._cancel, Deed.WRITE),
            Route("GET", "/API_CANCEL_ORDER", self._cancel, Deed.WRITE),
            Route("POST", "/track", self._track, Deed.READ),
        )

    def troubled(self, _call: Call) -> Answer:
        """A status that is not "100"."""
        return said({"Status": "500", "Message": "Lỗi hệ thống (giả lập)"})

    def already(self, _call: Call) -> Answer:
        """A status again."""
        return said({"Status": "101", "Message": "Số đơn đã tồn tại (giả lập)"})

    def place(self, asked: Mapping[str, Any]) -> Any:
        """How an order goes on: `OrderNumber`, `StatusName`."""
        number = str(asked.get("OrderNumber"))
        order = self.book.last("orders", number)
        if order is None:
            raise Refused(said({"message": f"không có đơn {number}"}, 404))
        self._moved(number, str(asked.get("StatusName", "Đang vận chuyển (giả lập)")))
        return {"placed": number}

    def _order(self, call: Call) -> Answer:
        self._known(call)
        order = call.object()
        if missing := needed(order, *ORDER):
            return said({"Status": "400", "Message": f"Thiếu {', '.join(missing)}"})
        number = str(order["OrderNumber"])
        if self.book.last("orders", number) is not None:
            return said({"Status": "101", "Message": "Số đơn đã tồn tại"})
        self.book.add("orders", number, {**order, "is_cancelled": False})
        self._moved(number, "Đã nhận đơn (giả lập)")
        return said({"Status": "100", "Message": "Thành công"})

    def _cancel(self, call: Call) -> Answer:
        self._known(call)
        asked = call.query if call.method == "GET" else call.object()
        number = str(asked.get("OrderNumber"))
        order = self.book.last("orders", number)
        if order is None:
            return said({"Status": "404", "Message": "Không có đơn"})
        self.book.add("orders", number, {**order, "is_cancelled": True})
        self._moved(number, "Đã hủy (giả lập)")
        return said({"Status": "110", "Message": "Đã hủy"})

    def _track(self, call: Call) -> Answer:
        self._known(call)
        asked = call.object()
        size = min(int(asked.get("pageSize", 100)), 1000)
        last = str(asked.get("lastId") or FIRST)
        later = [one for one in self.book.every("moves") if last == FIRST or one["id"] > last]
        page = later[:size]
        told = {"Status": "100", "data": call.rows(page)}
        return said(told | {"lastId": page[-1]["id"] if page else last})

    def _moved(self, number: str, state: str) -> None:
        own = f"{self.book.count('moves') + 1:024d}"
        self.book.add("moves", own, {"id": own, "OrderNumber": number, "StatusName": state})

    def _known(self, call: Call) -> None:
        bearer = call.header("authorization").removeprefix("Bearer ")
        # urllib and most servers read a name with an underscore, some proxies drop it.
        if SECRET not in {call.header("access_token"), bearer}:
            raise Refused(said({"Status": "401", "Message": "Sai access_token"}, 401))


@dataclass(slots=True)
class Reports(Partner):
    """The government's and the province's report systems: no interface is known, this one is ours."""

    name: ClassVar[str] = "reports"
    title: ClassVar[str] = "Hệ thống báo cáo (nhận tệp)"

    def routes(self) -> tuple[Route, ...]:
        """A file for one of the two systems."""
        return (Route("POST", "/upload/{system}", self._upload, Deed.WRITE),)

    def _upload(self, call: Call) -> Answer:
        if call.header("authorization") != f"Bearer {SECRET}":
            return said({"status": "error", "message": "Sai khóa"}, 401)
        files = [(name, content) for _, name, content in call.files() if name]
        if not files:
            return said({"status": "error", "message": "Không có tệp"}, 400)
        system = call.place["system"]
        rows = [self._keep(system, name, call.content(content)) for name, content in files]
        return said({"status": "ok", "files": rows})

    def _keep(self, system: str, name: str, content: bytes) -> dict[str, Any]:
        digest = hashlib.sha256(content).hexdigest()
        row = {"id": hexed(f"{system}/{name}/{digest}", 24), "name": name, "sha256": digest} | {
            "size": len(content)
        }
        text = base64.b64encode(content).decode()
        self.book.add("files", f"{system}/{name}", {**row, "base64": text})
        return row
