"""What is said of one act on many: its name, what each line will come to, and what it came to."""

from __future__ import annotations

TITLE: dict[str, str] = {
    "claim": "Nhận việc nhiều hồ sơ",
    "assign": "Phân công nhiều hồ sơ",
    "arrive": "Xác nhận đã nhận nhiều hồ sơ",
    "forward": "Chuyển nhiều hồ sơ đến cơ quan giải quyết",
    "hand_over": "Trả kết quả nhiều hồ sơ",
    "receive": "Tiếp nhận nhiều hồ sơ: {procedure}",
}
BUTTON: dict[str, str] = {
    "claim": "Nhận việc",
    "assign": "Phân công…",
    "arrive": "Xác nhận đã nhận",
    "forward": "Chuyển đi",
    "hand_over": "Trả kết quả…",
}
WILL: dict[str, str] = {
    "claim": "sẽ về danh sách việc của bạn",
    "assign": "sẽ được phân công",
    "arrive": "sẽ được xác nhận đã nhận; thời hạn bắt đầu tính",
    "forward": "sẽ được chuyển đến cơ quan giải quyết",
    "hand_over": "sẽ trả cho {to}",
    "receive": "hẹn trả {due}",
}
DONE: dict[str, str] = {
    "claim": "Đã nhận việc.",
    "assign": "Đã phân công cho {official}.",
    "arrive": "Đã xác nhận nhận hồ sơ.",
    "forward": "Đã chuyển.",
    "hand_over": "Đã trả cho {to}.",
    "receive": "Đã tiếp nhận, hẹn trả {due}.",
}
STATE: dict[str, str] = {
    "waiting": "Đang chờ",
    "done": "Đã xong",
    "refused": "Chưa được",
    "cancelled": "Đã hủy",
}
RUN_STATE: dict[str, str] = {
    "running": "Đang làm",
    "cancelled": "Đã hủy phần còn lại",
    "partly": "Xong, có dòng chưa được",
    "done": "Xong",
}
HAND_OVER_TO = "Người nhận chung"
HAND_OVER_TO_HINT = "để trống thì trả cho người nộp (hoặc người nộp thay) của từng hồ sơ"
REASON_HINT = "bắt buộc với hồ sơ đã có người xử lý"
FAULT = "Hệ thống gặp lỗi ở dòng này và không ghi gì; hãy làm lại, nếu vẫn vậy thì báo quản trị."
LATE_ENTRY = "Nhận cùng lúc với nhiều hồ sơ khác, hệ thống ghi lần lượt ngay sau đó."
BEGUN = "Đã giao việc cho hệ thống: {count} dòng. Trang này tự cập nhật."
CANCELLED = "Đã hủy {count} dòng chưa làm."
AGAIN = "Đang làm lại {count} dòng."
EXPORT_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Dòng", 8),
    ("Mã hồ sơ", 24),
    ("Người nộp", 30),
    ("Thủ tục", 50),
    ("Kết quả", 14),
    ("Ghi chú", 60),
    ("Lúc", 18),
)
PEOPLE: dict[str, str] = {
    "name": "Họ và tên",
    "number": "Số định danh",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "proxy": "Người nộp thay",
}
PEOPLE_HINT = "Mỗi dòng thành một hồ sơ, có mã, giấy tiếp nhận và ngày hẹn riêng."
TEMPLATE_TITLE = "Danh sách người nộp – mỗi dòng một hồ sơ"
ROWS_READ = "Đã đọc {count} dòng từ tệp; xem lại rồi bấm “Xem trước”."
