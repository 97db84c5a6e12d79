"""What the house itself writes on a paper that no template writes for it."""

from __future__ import annotations

REGISTER_SHEET = "Sổ theo dõi"
REGISTER_FIELD = "Lĩnh vực: {field} – Quyển số: {book}"
REGISTER_DAYS = "Từ {first} đến {last}"
REGISTER_OPEN_DAYS = "Từ {first} đến nay"
REGISTER_MADE = "Có {count} hồ sơ. Lập lúc {at}, bởi {by}."
EMPTY = "……"

LIST_SHEET = "Danh sách"
LIST_MADE = "Kết xuất từ hệ thống Thông Suốt lúc {at}, bởi {by}"

SIGNER = "THỦ TRƯỞNG CƠ QUAN"
SENT_TO = ("Như trên", "Lưu: VT")
UNTIL = "đến hết ngày {day}"
HANDED_LATE = "chuyển muộn so với quy định"
