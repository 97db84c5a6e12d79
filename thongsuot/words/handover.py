"""How hand-overs of dossiers to ministries are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange.shape import Misfit, Unfit
from thongsuot.words.labels import HANDOVER_STATE as STATE
from thongsuot.words.labels import HANDOVER_STEP as STEP
from thongsuot.words.labels import STATUS
from thongsuot.words.moments import short

__all__ = ["ASKED", "DOING", "LINE", "STATE", "STEP", "STEPS", "misfit"]

STEPS = (
    "Đóng băng danh sách",
    "Kiểm tra theo mẫu của bộ",
    "Người thứ hai duyệt",
    "Gửi, chờ từng hồ sơ được xác nhận",
    "Đóng khi không còn hồ sơ chờ",
)
DOING: dict[str, str] = {"check": "kiểm tra", "send": "gửi"}
ASKED: dict[str, str] = {
    "check": "Đã giao máy kiểm tra từng hồ sơ; trang này cho thấy kết quả.",
    "approve": "Đã duyệt; danh sách không đổi được nữa.",
    "send": "Đã giao máy gửi; tiến độ ở trang này.",
    "close": "Đã đóng đợt bàn giao.",
    "withdraw": "Đã rút; mọi hồ sơ vẫn ở nơi đang giữ.",
}
LINE: dict[str, str] = {
    "listed": "Chưa kiểm tra",
    "fit": "Đủ để đi",
    "kept": "Ở lại đây",
    "owed": "Đang trên đường",
    "there": "Bộ đã nhận",
    "returned": "Bộ không nhận, đã trở lại",
    "withdrawn": "Đã rút",
}
DONE: dict[str, str] = {
    "plan": "Đóng băng danh sách",
    "check": "Kiểm tra",
    "approve": "Duyệt",
    "send": "Gửi",
    "close": "Đóng",
    "withdraw": "Rút",
}
PLANNED = "Đã đóng băng {many} hồ sơ; bước tiếp theo là kiểm tra."
LINES_TITLE = "Hồ sơ của đợt bàn giao {number}"
LINES_COLUMNS = (
    ("Mã hồ sơ", 24),
    ("Thủ tục", 50),
    ("Cơ quan giải quyết", 34),
    ("Tình trạng", 22),
    ("Mã ở bộ", 26),
    ("Lý do", 80),
)
_WHY: dict[Unfit, str] = {
    Unfit.MISSING: "còn trống mà bộ bắt buộc; ghi vào hồ sơ rồi lập đợt mới",
    Unfit.TYPE: "không đúng kiểu mà bộ nhận; xem lại bảng chuyển đổi",
    Unfit.TOO_LONG: "dài hơn {allowed} ký tự mà bộ nhận; rút gọn rồi lập đợt mới",
    Unfit.PATTERN: "không đúng dạng mà bộ nhận; sửa trong hồ sơ rồi lập đợt mới",
    Unfit.NOT_ONE_OF: "không thuộc các giá trị mà bộ nhận ({allowed}); xem lại bảng chuyển đổi",
}


def misfit(one: Misfit) -> str:
    """Why the ministry would not take a value, and what to do; without the value itself."""
    name = one.name[:1].upper() + one.name[1:]
    return f"{name} {_WHY[one.why].format(allowed=one.allowed)}."


def certified(
    told: Mapping[str, Any], *, procedure: str, office: str, system: str
) -> tuple[tuple[str, str], ...]:
    """What the certificate of a dossier says of it, line by line, codes with their names."""
    return (
        ("Thủ tục", f"{told['procedure']}: {procedure}"),
        ("Cơ quan giải quyết", f"{told['office']}: {office}"),
        ("Trạng thái khi rời đây", STATUS.get(told["status"], str(told["status"]))),
        ("Tiếp nhận", _moment(told["received_at"])),
        ("Hạn giải quyết", _moment(told["due_at"])),
        ("Bộ xác nhận lúc", _moment(told["acknowledged_at"])),
        ("Hệ thống nhận", f"{told['system']}: {system}"),
        ("Mã ở hệ thống nhận", str(told["reference"]) or "không cho biết"),
        ("Tệp kèm theo", str(len(told["files"]))),
    )


def _moment(told: str) -> str:
    return short(datetime.fromisoformat(told)) if told else "không có"
