"""Why a paper of an online application is not here yet, in one sentence each."""

from __future__ import annotations

TO_FETCH = "Đang chờ tải từ nơi gửi."
WHY: dict[str, str] = {
    "host": "Không tải: địa chỉ tệp không thuộc máy chủ đã đăng ký của nơi gửi.",
    "away": "Chưa tải được: nơi gửi không trả lời; hệ thống tự thử lại.",
    "large": "Không tải: tệp lớn hơn mức cho phép.",
    "refused": "Chưa tải được: nơi gửi không đưa tệp ra; hệ thống tự thử lại.",
    "not_connected": "Không tải: nơi gửi không có kết nối đang chạy; hệ thống tự thử lại.",
}
AGAIN = "Các tệp còn thiếu được tải lại trong một phút."
