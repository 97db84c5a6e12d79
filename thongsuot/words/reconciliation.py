"""How differences between two accounts are told, and what would mend them."""

from __future__ import annotations

from thongsuot.domain.reconciliation import Difference, Nature, ReconcileLevel, Repair
from thongsuot.words.migration import FIELD as OLD_FIELD

LEVEL: dict[str, str] = {
    ReconcileLevel.COUNTS: "số lượng",
    ReconcileLevel.KEYS: "mã hồ sơ",
    ReconcileLevel.FIELDS: "từng ô",
    ReconcileLevel.FILES: "tệp (SHA-256)",
    ReconcileLevel.MEANING: "ý nghĩa: diễn biến, hạn, người giữ, khoản thu",
}
NATURE: dict[str, str] = {
    Nature.OTHER: "khác nhau",
    Nature.MISSING: "bên phải không có",
    Nature.EXTRA: "chỉ bên phải có",
    Nature.DOUBLED: "số lần có khác nhau",
    Nature.SWAPPED: "nội dung bị tráo với hồ sơ khác",
    Nature.FORM: "cùng chữ, khác dạng Unicode",
    Nature.CUT: "một bên bị cụt",
    Nature.ORDER: "khác thứ tự",
    Nature.REPEATED: "có việc bị ghi lặp",
    Nature.GAP: "thiếu việc",
    Nature.LISTED: "diễn biến khớp, danh sách hiện khác",
    Nature.UNREADABLE: "diễn biến của một bên không đọc được",
}
REPAIR: dict[str, str] = {
    Repair.LOAD_AGAIN: "nạp lại hồ sơ này",
    Repair.TELL_AGAIN: "ghi lại điều hệ thống cũ báo, kèm lý do",
    Repair.FETCH_FILE: "lấy lại tệp gốc và kiểm mã băm",
    Repair.ASK_PEOPLE: "người đối chiếu bản giấy rồi quyết định",
    Repair.REMOVE_DOUBLE: "bỏ bản thừa ở nguồn rồi chạy lại",
    Repair.SEND_AGAIN: "gửi lại cho đối tác tin gần nhất của hồ sơ",
    Repair.SHOW_AGAIN: "dựng lại dòng danh sách từ diễn biến",
}
FIELD: dict[str, str] = OLD_FIELD | {
    "case": "trường hợp",
    "identifiers": "mã ở hệ thống khác",
    "outcome": "kết quả giải quyết",
    "promised_at": "ngày hẹn trả ban đầu",
    "due_at": "hạn",
    "handed_over_at": "lúc trả kết quả",
    "is_handed_over": "đã trả kết quả",
    "holder": "cơ quan và người giữ",
    "fees": "tổng tiền đã thu",
    "pauses": "các lần tạm dừng",
    "path": "diễn biến",
}
SHOWN = 60


def difference(one: Difference) -> str:
    """One difference in a line: where, how, both values, by which rule, what would mend it."""
    where = FIELD.get(one.field, one.field)
    values = f" (“{_short(one.left)}” ↔ “{_short(one.right)}”)" if one.left or one.right else ""
    rule = f"; quy tắc: {one.rule}" if one.rule else ""
    about = f" {where}:" if where else ""
    return f"{one.code} –{about} {NATURE[one.nature]}{values}{rule}. Đề nghị: {REPAIR[one.repair]}."


def side(text: str) -> str:
    """A side as people call it."""
    kind, _, rest = text.partition(":")
    name, _, moment = kind.partition("@")
    if name == "records" and not rest:
        return f"hồ sơ ở đây, như lúc {moment}" if moment else "hồ sơ ở đây"
    return f"{SIDE.get(name, name)} {rest}" if rest else text


def _short(text: str) -> str:
    line = text.replace("\n", " · ")
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


SIDE: dict[str, str] = {
    "records": "cơ sở dữ liệu",
    "run": "đợt chuyển",
    "export": "tệp xuất",
    "archive": "kho lưu trữ",
    "partner": "đối tác",
}
STATE: dict[str, str] = {
    "waiting": "Chờ máy đối chiếu",
    "done": "Đã đối chiếu",
    "failed": "Không đối chiếu được",
}
ACT: dict[str, str] = {
    "taken": "đã ghi lại theo bên kia",
    "kept": "giữ như ở đây",
}
ACTS: dict[str, str] = {
    "mend": "Ghi lại theo bên kia",
    "leave": "Giữ như ở đây",
}
ASKED = "Đã xếp hàng; máy đang đối chiếu."
DECIDED = "Đã xử lý {many} khác biệt."
