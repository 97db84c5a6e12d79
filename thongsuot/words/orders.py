"""How single orders are told."""

from __future__ import annotations

STATE = {
    "open": "chưa trả lời",
    "answered": "đã trả lời, chờ xem",
    "returned": "bị trả lại",
    "accepted": "đã chấp nhận",
}
STEP = {
    "order": "Ghi văn bản vào sổ",
    "answer": "Trả lời",
    "return": "Trả lại",
    "accept": "Chấp nhận",
    "close": "Kết thúc",
}
DONE = {
    "order": "Đã giao nhiệm vụ; mỗi đơn vị thấy ở mục Báo cáo và được nhắc trước hạn.",
    "answer": "Đã gửi trả lời.",
    "return": "Đã trả lại kèm ý kiến.",
    "accept": "Đã chấp nhận.",
    "close": "Đã kết thúc văn bản chỉ đạo.",
}
NO_DEADLINE = "văn bản không nêu hạn"
SHEET = "Tổng hợp thực hiện {number} ngày {day}"
COLUMNS = (
    ("Nhiệm vụ", 40),
    ("Hạn", 18),
    ("Đơn vị", 30),
    ("Tình trạng", 20),
    ("Đúng hạn", 24),
    ("Trả lời", 60),
    ("Người trả lời", 22),
)
GROUP = {
    "province": "Sở, ban, ngành tỉnh",
    "district": "Huyện, thành phố",
    "commune": "Xã, phường",
}
