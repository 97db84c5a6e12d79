"""The land software: it takes a dossier, and tells how it goes on by calling back.

Nothing can be asked there. That it "has it already" is believed of a message in doubt only.
Source: the services and callbacks of ILIS/VBDLIS as a province uses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import Acknowledged, Arrival, Failed, Outcome, Parcel, Refused
from thongsuot.exchange.connector import Connection, Sent, no_service, spoken
from thongsuot.exchange.dialects.payload import day_of, known, without_blanks, wrong_version
from thongsuot.exchange.transports.answers import text, written
from thongsuot.exchange.transports.http import Unreadable
from thongsuot.exchange.transports.session import Bearer, Session, token

NEEDED = ("username",)
EXISTS = "EXISTED"
# What each callback tells, and which of its moments is that of the fact.
STEPS = {
    "DongBoTrangThaiLuanChuyenHoSo": ("moved", "NgayChuyen"),
    "DongBoTrangThaiChoBoSung": ("waits_for_supplement", "NgayChoBoSung"),
    "DongBoTrangThaiDaBoSung": ("supplemented", "NgayNhanBoSung"),
    "DongBoTrangThaiKetThuc": ("ended", "NgayKetThuc"),
    "DongBoTrangThaiKetQuaThue": ("tax_known", "NgayCoKetQuaThue"),
}
NOT_AS_THEY_WANT = frozenset({"INVALID"})


class Land:
    """Settings: `username`, `token_path`; the secret `password`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._calls = Bearer(self._http, Session(self._sign_in))

    def send(self, parcel: Parcel, /) -> Sent:
        """A dossier, what came for it later, or that the result was handed over."""
        if wrong := wrong_version(parcel):
            return Sent(wrong)
        told = parcel.payload
        match told["event"]:
            case "received":
                return self._say(parcel, "TiepNhanHoSo", self._dossier(parcel))
            case "supplement_received":
                return self._say(parcel, "CapNhatTrangThaiBoSungHoSo", _supplemented(told))
            case "handed_over":
                return self._say(parcel, "CapNhatKetQuaTraHoSo", _handed_over(told))
            case _:
                return no_service(parcel)

    def read(self, came: Arrival, /) -> Arrival:
        """A word about how our dossier goes on there. Raises ValueMissing, Unreadable."""
        service = came.kind.rsplit("/", 1)[-1]
        if service not in STEPS:
            raise Unreadable(f"service {service}")
        step, moment = STEPS[service]
        told = came.body
        code = known(self._to, "SoBienNhan", text(told.get("SoBienNhan")))
        words = {
            "dossier": code,
            "step": step,
            "happened_at": known(self._to, moment, text(told.get(moment))),
            "by": text(told.get("MaCanBoChuyen") or told.get("MaCanBoXuLy")),
            "words": text(told.get("NoiDungXuLy") or told.get("GhiChu")),
        }
        return Arrival(came.partner, came.key, "land_step", words, came.said_at)

    def faults(self, _on: datetime, /) -> Iterable[str]:
        """What the settings lack."""
        return [f"thiếu cấu hình {name}" for name in NEEDED if not self._to.setting(name)]

    def _say(self, parcel: Parcel, service: str, words: Mapping[str, Any]) -> Sent:
        body = written(words)
        return spoken(
            lambda: self._calls.call("POST", f"/api/{service}", body=body),
            body,
            lambda answer: _meant(parcel, answer),
            may_repeat=False,
        )

    def _dossier(self, parcel: Parcel) -> dict[str, Any]:
        told, on = parcel.payload, day_of(parcel)
        who = told["applicant"]
        applicant = {
            "HoTen": known(self._to, "applicant.name", who["name"]),
            "SoChungMinh": known(self._to, "applicant.number", who["number"]),
            "DiaChiChiTiet": who["address"],
            "SoDienThoai": who["phone"],
            "Email": who["email"],
        }
        words = {
            "XaId": self._to.named("place", told["place"], on) if told["place"] else "",
            "SoBienNhan": told["code"],
            "MaHoSoMotCua": told["code"],
            "NguoiTiepNhan": told["by_name"],
            "NgayTiepNhan": known(self._to, "received_at", told["received_at"]),
            "NgayHenTra": known(self._to, "due_at", told["due_at"]),
            "ThongTinNguoiNopDon": without_blanks(applicant),
            "ThongTinQuyTrinh": {
                "MaQuyTrinh": self._to.named("procedure", told["procedure"], on),
                "TenQuyTrinh": told["procedure_name"],
            },
            "DanhSachGiayToDinhKem": [
                {"TenGiayTo": p["name"], "SoBanChinh": p["originals"], "SoBanSao": p["copies"]}
                for p in told["papers"]
            ],
        }
        return without_blanks(words)

    def _sign_in(self) -> str:
        form = {
            "grant_type": "password",
            "username": self._to.setting("username"),
            "password": self._to.secret("password"),
        }
        return token(self._http, self._to.setting("token_path", "/token"), form)


def _supplemented(told: Mapping[str, Any]) -> dict[str, Any]:
    last = told["supplements"][-1]
    words = {
        "SoBienNhan": told["code"],
        "NgayNhanBoSung": last["answered_at"],
        "NgayHenTraMoi": last["due_after"],
        "GhiChu": ", ".join(last["papers"]),
    }
    return without_blanks(words)


def _handed_over(told: Mapping[str, Any]) -> dict[str, Any]:
    return without_blanks({"SoBienNhan": told["code"], "NgayTra": told["handed_over_at"]})


def _meant(parcel: Parcel, answer: Mapping[str, Any]) -> Outcome:
    status = answer.get("status")
    if not isinstance(status, Mapping) or not isinstance(status.get("success"), bool):
        raise Unreadable("no status")
    code, message = text(status.get("code")), text(status.get("message"))
    if status["success"]:
        return Acknowledged()
    if code in NOT_AS_THEY_WANT:
        return Refused(code, message)
    if code == EXISTS and parcel.is_doubtful:
        return Acknowledged(code)
    return Failed(f"{code} {message}".strip())
