"""What dashboards say: figures, channels, how each was counted."""

from __future__ import annotations

FIGURE = {
    "received": "Tiếp nhận",
    "resolved": "Đã giải quyết",
    "resolved_late": "Giải quyết quá hạn",
    "open": "Đang giải quyết",
    "near": "Sắp đến hạn",
    "late": "Đang quá hạn",
}
EXPLAINED = {
    "received": "Hồ sơ tiếp nhận trong các tháng này, theo cơ quan có thẩm quyền lúc tiếp nhận.",
    "resolved": (
        "Hồ sơ kết thúc giải quyết trong các tháng này, theo cơ quan giải quyết lúc đó; hồ sơ chuyển "
        "sang hệ thống của bộ không tính."
    ),
    "resolved_late": (
        "Hồ sơ kết thúc trong các tháng này sau ngày hẹn trả ban đầu (so theo ngày, như Biểu II.06); "
        "hồ sơ rút không tính."
    ),
    "open": "Hồ sơ chưa kết thúc lúc này.",
    "near": "Hồ sơ chưa kết thúc, còn không quá một ngày làm việc là đến hạn, không đang tạm dừng.",
    "late": "Hồ sơ chưa kết thúc, đã qua hạn lúc này (tính cả gia hạn), không đang tạm dừng.",
}
CHANNEL = {"online": "Trực tuyến", "other": "Trực tiếp, bưu chính"}
TABLE = {
    "offices": "Theo cơ quan",
    "fields": "Theo lĩnh vực",
    "channels": "Theo cách nộp",
    "systems": "Theo hệ thống nguồn",
}


def month(key: str) -> str:
    """A month in a table: 9/2025."""
    year, _, number = key.partition("-")
    return f"{int(number)}/{year}" if number.isdecimal() else key
