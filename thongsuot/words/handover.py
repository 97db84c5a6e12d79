"""How hand-overs of dossiers to ministries are told."""

from __future__ import annotations

from thongsuot.domain.exchange.shape import Misfit, Unfit
from thongsuot.words.labels import HANDOVER_STATE as STATE
from thongsuot.words.labels import HANDOVER_STEP as STEP

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
PLANNED = "Đã đóng băng {many} hồ sơ; bước tiếp theo là kiểm tra."
LINES_TITLE = "Hồ sơ của đợt bàn giao {number}"
LINES_COLUMNS = ("Mã hồ sơ", "Thủ tục", "Đang giữ", "Kết quả", "Mã ở bộ", "Lý do")
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
