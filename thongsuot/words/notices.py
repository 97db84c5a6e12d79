"""The notice board of a unit, and how offices are reached, in words."""

from __future__ import annotations

NOT_ANNOUNCED = "chưa công bố"
NO_ADDRESS = "Địa chỉ: chưa công bố"
WEEKDAYS = "Thứ Hai đến thứ Sáu"
IN_PART = "{name} (một phần)"
HEAD_OF_OFFICE = "THỦ TRƯỞNG CƠ QUAN"

# A field's label and its hint.
FIELD: dict[str, tuple[str, str]] = {
    "hotline": ("Đường dây nóng", "ví dụ 0213 000 0000"),
    "mailbox": ("Thư điện tử", "hộp thư chung của cơ quan, không phải của một người"),
    "first": ("Áp dụng từ ngày", "cách liên hệ trước đó giữ đến hết hôm trước"),
    "source": ("Nguồn", "số, ngày văn bản công bố"),
}
ANNOUNCED = "Đã ghi; trang thông báo của {office} hiện cách liên hệ này từ {day}."
