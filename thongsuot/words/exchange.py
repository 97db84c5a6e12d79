"""How the exchange with other systems is told."""

from __future__ import annotations

FAULT = {
    "missing": "thiếu một dòng",
    "edited": "dòng đã bị sửa",
    "moved": "dòng không nối với dòng trước",
    "cut_off": "cuối sổ đã bị cắt hoặc thêm",
}


def told_of(waiting: int, doubtful: int, aside: int) -> str:
    """What is owed to a partner, in one phrase."""
    parts = [f"chờ gửi {waiting}"]
    if doubtful:
        parts.append(f"trong đó chưa rõ đã đến chưa {doubtful}")
    parts.append(f"để riêng {aside}")
    return ", ".join(parts)


# Who is no partner of the register, and is owed messages all the same.
PARTNER: dict[str, str] = {"email": "Thư điện tử báo người nộp"}
KIND: dict[str, str] = {
    "dossier": "hồ sơ",
    "progress": "tiến độ",
    "result": "kết quả",
    "notice": "thư báo",
    "declared": "hồ sơ khai trong thống kê tháng, so với đã đồng bộ",
    "remote_dossier": "hồ sơ ở hệ thống của bộ",
    "application": "hồ sơ nộp trực tuyến",
    "document": "văn bản",
    "payment": "thanh toán",
    "land_step": "bước của phần mềm đất đai",
    "catalogue": "danh mục thủ tục",
    "postal": "chặng của bưu chính",
}
OWED: dict[str, str] = {
    "waiting": "chờ gửi",
    "doubt": "chưa rõ đã đến chưa",
    "aside": "để riêng",
    "acknowledged": "đối tác đã nhận",
    "skipped": "bỏ qua, có lý do",
}
SIGN: dict[str, str] = {
    "waiting": "near",
    "doubt": "near",
    "aside": "late",
    "acknowledged": "good",
    "skipped": "good",
    "came": "near",
    "quarantined": "late",
    "taken_in": "good",
    "dropped": "good",
    "live": "good",
    "test": "near",
    "frozen": "late",
}
ARRIVAL: dict[str, str] = {
    "came": "mới đến, chờ đọc",
    "quarantined": "đang giữ lại",
    "taken_in": "đã nhận",
    "dropped": "bỏ, có lý do",
}
CONNECTION: dict[str, str] = {
    "live": "đang dùng",
    "test": "chỉ thử bằng tay",
    "frozen": "tạm ngừng",
}
WAY: dict[str, str] = {"both": "gửi và nhận", "out": "chỉ khi gửi", "in": "chỉ khi nhận"}
MAP: dict[str, str] = {
    "status": "trạng thái",
    "channel": "kênh tiếp nhận",
    "field": "lĩnh vực",
    "procedure": "thủ tục",
    "office": "cơ quan",
    "applicant_kind": "loại người nộp",
}
STEP: dict[str, str] = {
    "begun": "bắt đầu gửi",
    "acknowledged": "đối tác đã nhận",
    "refused": "đối tác từ chối",
    "failed": "đối tác báo lỗi",
    "unavailable": "không liên lạc được",
    "doubtful": "chưa rõ đã đến chưa",
    "asked": "đã hỏi đối tác",
    "set_aside": "để riêng",
    "edited": "đã sửa nội dung",
    "replayed": "gửi lại",
    "skipped": "bỏ qua",
    "arrived": "đến",
    "repeated": "đến lần nữa",
    "quarantined": "giữ lại",
    "taken_in": "đã nhận",
    "dropped": "bỏ, có lý do",
    "looked_up": "tra cứu",
}
LEDGER_TITLE = "Sổ trao đổi với đối tác"
LEDGER_COLUMNS = (
    ("Đối tác", 22),
    ("Dòng", 8),
    ("Thời điểm", 18),
    ("Việc", 22),
    ("Số thông điệp", 12),
    ("Mã hồ sơ", 26),
    ("Nội dung", 50),
    ("Người", 16),
    ("Mã băm của dòng", 66),
)
BALANCE_COLUMNS = (
    ("Đối tác", 40),
    ("Phải gửi từ trước đến nay", 14),
    ("Đã nhận", 12),
    ("Bỏ qua", 12),
    ("Chờ gửi", 12),
    ("Để riêng", 12),
    ("Chênh lệch", 12),
)


def balance(ever: int, acknowledged: int, skipped: int, waiting: int, aside: int) -> str:
    """The balance of what was ever owed, in one sentence that must close."""
    parts = acknowledged + skipped + waiting + aside
    told = (
        f"Phải gửi {ever} = đã nhận {acknowledged} + bỏ qua {skipped} + chờ gửi {waiting}"
        f" + để riêng {aside}"
    )
    return f"{told}: khớp." if parts == ever else f"{told}: lệch {ever - parts}, cần tìm ngay."
