"""How addresses of files are spoken of."""

from __future__ import annotations

STATES: dict[str, str] = {
    "": "Tất cả",
    "broken": "Tệp hỏng, thiếu",
    "over": "Hết hạn",
    "revoked": "Đã thu hồi",
}
RENEWED = "Đã gia hạn địa chỉ tệp đến {at}; địa chỉ không đổi."
REVOKED = "Đã thu hồi địa chỉ tệp; lần gửi sau có địa chỉ mới."
