"""The land software: it takes a dossier, then calls back (the shape of ILIS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from thongsuot.simulators.calls import Answer, Call, Refused, said
from thongsuot.simulators.faults import Deed
from thongsuot.simulators.partner import SECRET, Partner, Route, needed, oauth

TAKEN = ("SoBienNhan", "MaHoSoMotCua", "NgayTiepNhan", "NgayHenTra", "ThongTinNguoiNopDon")
FOLLOWING = ("CapNhatTrangThaiBoSungHoSo", "CapNhatKetQuaTraHoSo", "PhanHoiHoSoSaiKetQua")
CALLBACKS = {
    "DongBoTrangThaiLuanChuyenHoSo",
    "DongBoTrangThaiChoBoSung",
    "DongBoTrangThaiDaBoSung",
    "DongBoTrangThaiKetThuc",
    "DongBoTrangThaiKetQuaThue",
}


@dataclass(slots=True)
class Land(Partner):
    """Addresses are the names of its services below `/api`; that prefix is ours."""

    name: ClassVar[str] = "land"
    title: ClassVar[str] = "Phần mềm đất đai (dạng ILIS)"

    def routes(self) -> tuple[Route, ...]:
        """Token, one service that takes, three that follow."""
        following = (
            Route("POST", f"/api/{name}", self._following(name), Deed.WRITE) for name in FOLLOWING
        )
        return (
            Route("POST", "/token", self._sign_in, Deed.SESSION),
            Route("POST", "/api/TiepNhanHoSo", self._take, Deed.WRITE),
            *following,
        )

    def troubled(self, call: Call) -> Answer:
        """The status in the body says so."""
        return _answer(call, "ERROR", "Lỗi hệ thống (giả lập)", is_well=False)

    def already(self, call: Call) -> Answer:
        """The status in the body again."""
        return _answer(call, "EXISTED", "Số biên nhận đã tồn tại (giả lập)", is_well=False)

    def send(self, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One of its callbacks: `service`, `SoBienNhan`, and what belongs to it."""
        service = str(asked.get("service"))
        if service not in CALLBACKS or needed(asked, "SoBienNhan"):
            names = ", ".join(sorted(CALLBACKS))
            raise Refused(said({"message": f"cần SoBienNhan và service, một trong {names}"}, 400))
        data = {key: value for key, value in asked.items() if key != "service"}
        message = {**data, "SecurityCode": SECRET}
        told = {"service": service, **self.push(f"/{service}", message)}
        self.book.add("callbacks", str(asked["SoBienNhan"]), {**told, "data": data})
        return [told]

    def _sign_in(self, call: Call) -> Answer:
        return said(oauth(self.token(call, "password")))

    def _take(self, call: Call) -> Answer:
        self.bearer(call)
        dossier = call.object()
        if missing := needed(dossier, *TAKEN):
            return _answer(call, "INVALID", f"Thiếu {', '.join(missing)}", is_well=False)
        self.book.add("dossiers", str(dossier["SoBienNhan"]), dossier)
        return _answer(
            call, "OK", "Tiếp nhận thành công", data={"SoBienNhan": dossier["SoBienNhan"]}
        )

    def _following(self, name: str) -> Any:
        def take(call: Call) -> Answer:
            self.bearer(call)
            told = call.object()
            if self.book.last("dossiers", str(told.get("SoBienNhan"))) is None:
                return _answer(call, "NOT_FOUND", "Không có số biên nhận", is_well=False)
            self.book.add(name, str(told["SoBienNhan"]), told)
            return _answer(call, "OK", "Thành công")

        return take


def _answer(
    call: Call, code: str, message: str, *, is_well: bool = True, data: Any = None
) -> Answer:
    status = {"success": is_well, "code": code, "type": "info" if is_well else "error"}
    return said(
        {"data": data, "status": {**status, "time": call.at.isoformat(), "message": message}}
    )
