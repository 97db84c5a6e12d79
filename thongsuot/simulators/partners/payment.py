"""The payment platform: INIT, CONFIRM, QUERY and GET_BILL, each sealed by `MaXacThuc`.

One address takes all messages; which path it has is not known, so `/payment` is ours.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Any, ClassVar

from thongsuot.simulators import made_up
from thongsuot.simulators.calls import Answer, Call, Refused, said, written
from thongsuot.simulators.clock import compact, now
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, USER, Partner, Route, hexed, needed

INIT = (
    *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan"),
    *("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich"),
    *("ThoiGianGD", "Ip"),
)
CONFIRM = (
    *("LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich"),
    *("MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"),
)
ASKED = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
PAID, UNPAID, WRONG = "00", "01", "99"


@dataclass(slots=True)
class Payment(Partner):
    """Who pays does it on the platform's page; the platform then confirms, and may be asked."""

    name: ClassVar[str] = "payment"
    title: ClassVar[str] = "Nền tảng thanh toán"

    def routes(self) -> tuple[Route, ...]:
        """One address for messages, one page for who pays."""
        return (
            Route("POST", "/payment", self._message, Deed.WRITE),
            Route("GET", "/pay/{reference}", self._page, Deed.SESSION),
            Route("POST", "/pay/{reference}", self._pay, Deed.SESSION),
        )

    def deed(self, call: Call, route: Route) -> Deed:
        """The kind of message says it."""
        if route.path != "/payment":
            return route.deed
        kinds = {"QUERY": Deed.READ, "GET_BILL": Deed.FILE}
        return kinds.get(str(call.object().get("LoaiBanTin")), Deed.WRITE)

    def already(self, _call: Call) -> Answer:
        """In the message within the message."""
        return _answer("02", "Mã tham chiếu đã tồn tại (giả lập)")

    def place(self, asked: Mapping[str, Any]) -> Any:
        """Somebody pays, or fails to (`MaLoi`), without the platform telling us."""
        reference = str(asked.get("MaThamChieu"))
        self._known(reference)
        return {"placed": self._settle(reference, str(asked.get("MaLoi", PAID)))}

    def send(self, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        """CONFIRM one reference, paid now unless it was before."""
        reference = str(asked.get("MaThamChieu"))
        self._known(reference)
        paid = self.book.last("paid", reference)
        return [self._confirm(paid or self._settle(reference, str(asked.get("MaLoi", PAID))))]

    def _message(self, call: Call) -> Answer:
        message = call.object()
        kinds = {"INIT": INIT, "QUERY": ASKED, "GET_BILL": ASKED}
        names = kinds.get(str(message.get("LoaiBanTin")))
        if names is None or needed(message, "MaThamChieu"):
            return _answer(WRONG, "LoaiBanTin hoặc MaThamChieu không đúng")
        if not hmac.compare_digest(str(message.get("MaXacThuc", "")).lower(), seal(message, names)):
            return _answer(WRONG, "MaXacThuc không đúng")
        if message.get("MaDoiTac") != USER:
            return _answer(WRONG, "MaDoiTac không đúng")
        reference = str(message["MaThamChieu"])
        if message["LoaiBanTin"] == "INIT":
            return self._init(call, reference, message)
        return self._asked(call, reference, bill=message["LoaiBanTin"] == "GET_BILL")

    def _init(self, call: Call, reference: str, message: Mapping[str, Any]) -> Answer:
        if self.book.last("requests", reference) is not None:
            return _answer("02", "Mã tham chiếu đã tồn tại")
        if not str(message["SoTien"]).isdecimal() or int(message["SoTien"]) <= 0:
            return _answer(WRONG, "SoTien không đúng")
        self.book.add("requests", reference, dict(message))
        url = f"http://{call.header('host')}/pay/{reference}"
        return _answer(PAID, "Thành công", UrlThanhToan=url)

    def _asked(self, call: Call, reference: str, *, bill: bool) -> Answer:
        paid = self.book.last("paid", reference)
        if self.book.last("requests", reference) is None:
            return _answer("03", "Không có giao dịch")
        if paid is None:
            return _answer(UNPAID, "Chưa thanh toán")
        if bill and paid["MaLoi"] == PAID:
            content = call.content(made_up.paper(f"BIEN LAI {reference}"))
            return Answer(content, kind="application/pdf")
        return _answer(paid["MaLoi"], "Đã có kết quả", **paid)

    def _page(self, call: Call) -> Answer:
        found = self._known(call.place["reference"])
        page = (
            "<!doctype html><meta charset=utf-8><title>Thanh toán giả lập</title>"
            f"<p>Trang bịa để thử: {int(found['SoTien'])} đồng</p>"
            "<form method=post><button>Thanh toán (giả lập)</button></form>"
        )
        return Answer(page.encode(), kind="text/html; charset=utf-8")

    def _pay(self, call: Call) -> Answer:
        reference = call.place["reference"]
        self._known(reference)
        paid = self.book.last("paid", reference) or self._settle(reference, PAID)
        # The confirmation goes its own way: who is confirmed may ask at once.
        Thread(target=self._confirm, args=(paid,), daemon=True).start()
        return Answer("Đã thanh toán (giả lập)".encode(), kind="text/plain; charset=utf-8")

    def _known(self, reference: str) -> dict[str, Any]:
        found = self.book.last("requests", reference)
        if found is None:
            raise Refused(said({"message": f"không có giao dịch {reference}"}, 404))
        return dict(found)

    def _settle(self, reference: str, code: str) -> dict[str, Any]:
        asked = self._known(reference)
        paid = {"LoaiBanTin": "CONFIRM", "MaLoi": code, "MaDoiTac": asked["MaDoiTac"]} | {
            "MaThamChieu": reference,
            "SoTien": str(asked["SoTien"]),
            "MaTienTe": "VND",
            "MaGiaoDich": hexed(reference, 12),
            "MaNganHang": "GIALAP",
            "ThoiGianGD": compact(now()),
            "ThongTinGiaoDich": str(asked.get("ThongTinGiaoDich", "")),
        }
        self.book.add("paid", reference, paid)
        return paid

    def _confirm(self, paid: Mapping[str, Any]) -> dict[str, Any]:
        message = {**paid, "MaXacThuc": seal(paid, CONFIRM)}
        told = {"MaThamChieu": paid["MaThamChieu"], **self.push("/confirm", message)}
        self.book.add("confirmations", str(paid["MaThamChieu"]), told)
        return told


def seal(message: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """`MaXacThuc`: SHA-256 over the fields and the secret, joined by a bar."""
    text = "|".join([*(str(message.get(name, "")) for name in names), SECRET])
    return hashlib.sha256(text.encode()).hexdigest()


def _answer(code: str, message: str, **more: Any) -> Answer:
    """JSON as a text in `message`; `error_code` only says that the message was read."""
    within = {"MaLoi": code, "MoTaLoi": message, **more}
    return said({"error_code": "0" if code == PAID else code, "message": written(within)})
