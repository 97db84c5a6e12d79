"""What is said where our figures stand beside a partner's."""

from __future__ import annotations

KIND = {
    "dossier": "Hồ sơ tiếp nhận trong tháng",
    "result": "Hồ sơ tiếp nhận trong tháng, đã có kết quả",
}
GAP = {
    "not_owed": "không có tin phải gửi",
    "skipped": "đã quyết định không gửi",
    "aside": "gửi bị lỗi hoặc bị từ chối, chờ người xử lý",
    "on_the_way": "đang chờ gửi",
}


def unexplained(many: int) -> str:
    """What the partner acknowledged and does not count, or counts without us."""
    if many > 0:
        return f"Đối tác đã báo nhận mà không đếm {many} hồ sơ: có thể đã mất ở đó, cần hỏi lại từng hồ sơ."
    if many < 0:
        return f"Đối tác đếm thừa {-many} hồ sơ so với số đã báo nhận: có thể do nơi khác gửi, hoặc đếm trùng."
    return ""
