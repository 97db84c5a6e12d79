"""What the doctor found, in words: sound, or what is wrong and how to mend it."""

from __future__ import annotations

SOUND: dict[str, str] = {
    "mark": "Cơ sở dữ liệu là “{detail}”.",
    "calendar": "Lịch làm việc có {count} năm, gồm cả năm {detail}.",
    "office_hours": "Giờ làm việc của tỉnh có hiệu lực.",
    "offices": "{count} cơ quan đang hoạt động.",
    "provisional_codes": "{count} cơ quan dùng mã tạm, chưa có nguồn.",
    "places": "{count} tỉnh, xã đang có hiệu lực.",
    "procedures": "{count} thủ tục đang có hiệu lực.",
    "refused_lines": "{count} dòng dữ liệu không nạp được; lý do còn lưu.",
    "processes": "{count} quy trình đều dùng được.",
    "sample_processes": "{count} quy trình là mẫu, chưa phê duyệt.",
    "code_gaps": "{count} số hồ sơ đã lấy mà không dùng. {detail}",
    "notices_owed": "{count} thư báo đang chờ gửi, {detail} thư không gửi được và đã để riêng.",
}

UNSOUND: dict[str, str] = {
    "calendar": "Chưa có lịch làm việc của năm {detail}; nạp lịch năm đó.",
    "office_hours": "Cần đúng một bộ giờ làm việc của tỉnh, nhưng có {count}; sửa dữ liệu giờ.",
    "offices": "Không có cơ quan nào đang hoạt động; nạp dữ liệu cơ quan.",
    "places": "Không có địa bàn nào đang có hiệu lực; nạp dữ liệu địa bàn.",
    "procedures": "Không có thủ tục nào đang có hiệu lực; nạp danh mục thủ tục.",
    "notices_owed": "{count} thư báo chưa gửi vì chưa có máy chủ thư; đặt THONGSUOT_SMTP_HOST.",
    "processes": "Quy trình chưa dùng được: {detail}; xem thongsuot catalogue check.",
}


def finding(key: str, *, is_sound: bool, count: int, detail: str) -> str:
    """One finding as a sentence."""
    said = SOUND[key] if is_sound else UNSOUND[key]
    return said.format(count=count, detail=detail).strip()
