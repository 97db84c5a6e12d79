"""The payment platform: INIT, QUERY and CONFIRM, each sealed by `MaXacThuc`.

The address of the messages is a setting: no public text tells it.
Source: messages of the national payment platform, version 1.0.6.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from thongsuot.domain.dossier.payments import PaymentState
from thongsuot.domain.exchange import (
    Arrival,
    Doubtful,
    Enquiry,
    EnquiryKind,
    Failed,
    Outcome,
    Parcel,
    Refused,
    Told,
    Unavailable,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Answered, Connection, Sent, said_by_status
from thongsuot.exchange.transports.answers import json_of, object_of, text, written
from thongsuot.exchange.transports.http import Away, HostNotRegistered, NoAnswer, Unreadable

VERSION = "1.0.6"
JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
NEEDED = ("path", "user")
INIT = (
    *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan"),
    *("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich"),
    *("ThoiGianGD", "Ip"),
)
CONFIRM = (
    *("LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich"),
    *("MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"),
)
QUERY = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
DONE, UNPAID, KNOWN, NOT_KNOWN = "00", "01", "02", "03"
LONGEST_NAME = 250


class SealWrong(Refusal):
    """A confirmation whose seal is not the platform's: it moves no money here."""

    code = "payment_seal_wrong"


class Payment:
    """The platform; who pays does it on its page."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._set = connection, connection.setting
        self._http = connection.http()

    def send(self, _: Parcel) -> Sent:
        """It takes no messages."""
        return Sent(Refused("no_messages", "this partner is only asked"))

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (f"thiếu thiết lập {name}" for name in NEEDED if not self._set(name))

    def answer(self, enquiry: Enquiry) -> Answered:
        """A page to pay on, or how a payment stands."""
        is_page = enquiry.kind is EnquiryKind.PAYMENT
        message = self._init(enquiry) if is_page else self._query(enquiry)
        request = written(message)
        try:
            reply = self._http.call("POST", self._set("path"), body=request, headers=JSON)
            by_status = said_by_status(reply, may_repeat=not is_page)
            told = by_status or self._read(object_of(reply), enquiry)
        except Away as reason:
            return Answered(Unavailable(str(reason)), request)
        except (NoAnswer, Unreadable) as reason:
            return Answered(Doubtful(f"{type(reason).__name__}: {reason}"), request)
        return Answered(told, request, reply.body)

    def read(self, came: Arrival) -> Arrival:
        """A confirmation in neutral words. Raises SealWrong, Unreadable."""
        message = {str(key): text(value) for key, value in came.body.items()}
        given = message.get("MaXacThuc", "").lower()
        if not hmac.compare_digest(given.encode(), self._seal(message, CONFIRM).encode()):
            raise SealWrong("MaXacThuc", partner=self._connection.partner)
        if message.get("LoaiBanTin") != "CONFIRM" or not message.get("MaThamChieu"):
            raise Unreadable("no CONFIRM")
        return replace(came, kind="payment", key=given, body=_word(message))

    def _init(self, enquiry: Enquiry) -> dict[str, Any]:
        asked = enquiry.asked
        message: dict[str, Any] = {
            "LoaiBanTin": "INIT",
            "PhienBan": VERSION,
            "MaDoiTac": self._set("user"),
            "MaThamChieu": asked["reference"],
            "SoTien": str(asked["amount"]),
            "LoaiHinhThanhToan": "PAY",
            "MaKenhThanhToan": "1",
            "MaThietBi": "1",
            "NgonNgu": "vi-VN",
            "MaTienTe": "VND",
            "MaNganHang": "PAYMENT",
            "ThongTinGiaoDich": f"{asked['what']} {asked['code']}",
            "ThoiGianGD": _moment(enquiry.asked_at),
            "Ip": self._set("ip", "127.0.0.1"),
        }
        receipt = {
            "MaDichVu": "2",
            "MaDVC": f"{asked['procedure']}.01",
            "TenDVC": asked["procedure_name"][:LONGEST_NAME],
            "MaTTHC": asked["procedure"],
            "TenTTHC": asked["procedure_name"][:LONGEST_NAME],
            "MaDonVi": self._set("office"),
            "MaHoSo": asked["code"],
            "TKThuHuong": self._set("account"),
            "MaNHThuHuong": self._set("bank"),
            "TenTKThuHuong": self._set("account_name"),
            "NoiDungThanhToan": asked["what"],
            "HoTenNguoiNop": asked["payer"],
            "SoCMNDNguoiNop": asked["payer_number"],
            "DiaChiNguoiNop": asked["payer_address"],
            "PhiLePhi": [{"TenPhiLePhi": asked["what"], "SoTien": str(asked["amount"])}],
        }
        message["ThongTinBienLai"] = {key: value for key, value in receipt.items() if value}
        return message | {"MaXacThuc": self._seal(message, INIT)}

    def _query(self, enquiry: Enquiry) -> dict[str, Any]:
        message = {
            "LoaiBanTin": "QUERY",
            "PhienBan": VERSION,
            "MaDoiTac": self._set("user"),
            "MaThamChieu": enquiry.asked["reference"],
            "ThoiGianGD": _moment(enquiry.asked_at),
        }
        return message | {"MaXacThuc": self._seal(message, QUERY)}

    def _read(self, answer: Mapping[str, Any], enquiry: Enquiry) -> Told | Outcome:
        """What stands in `message`, a JSON text. Raises Unreadable."""
        told = json_of(text(answer.get("message")).encode())
        if not isinstance(told, dict) or not text(told.get("MaLoi")):
            raise Unreadable("no MaLoi")
        if enquiry.kind is EnquiryKind.PAYMENT:
            return self._page(told)
        return _state(told, enquiry)

    def _page(self, told: Mapping[str, Any]) -> Told | Outcome:
        code, reason = text(told["MaLoi"]), text(told.get("MoTaLoi"))
        if code == KNOWN:
            return Doubtful("it knows this reference, and tells its page only once")
        if code != DONE:
            return Refused(code, reason)
        url = text(told.get("UrlThanhToan"))
        try:
            self._http.require_ours(url)
        except HostNotRegistered as other:
            return Refused("host_not_registered", str(other))
        return Told({"url": url})

    def _seal(self, message: Mapping[str, Any], names: tuple[str, ...]) -> str:
        """SHA-256 over these fields and the secret, joined by bars."""
        parts = [str(message.get(name, "")) for name in names]
        parts.append(self._connection.secret("secret"))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _state(told: Mapping[str, Any], enquiry: Enquiry) -> Told | Outcome:
    code, reason = text(told["MaLoi"]), text(told.get("MoTaLoi"))
    reference = str(enquiry.asked["reference"])
    if code == UNPAID:
        return Told({"reference": reference, "state": PaymentState.OFFERED.value})
    if code == NOT_KNOWN:
        word = {"reference": reference, "state": PaymentState.FAILED.value}
        return Told(word | {"reason": f"{code} {reason}"})
    if text(told.get("MaThamChieu")) != reference:
        return Failed(f"{code} {reason}")
    return Told(_word(told))


def _word(told: Mapping[str, Any]) -> dict[str, Any]:
    """A result of the platform. Raises Unreadable."""
    amount, code = text(told.get("SoTien")), text(told.get("MaLoi"))
    if not amount.isdecimal():
        raise Unreadable("no SoTien")
    is_paid = code == DONE
    return {
        "reference": text(told.get("MaThamChieu")),
        "state": (PaymentState.PAID if is_paid else PaymentState.FAILED).value,
        "amount": int(amount),
        "transaction": text(told.get("MaGiaoDich")),
        "bank": text(told.get("MaNganHang")),
        "reason": "" if is_paid else code,
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"
