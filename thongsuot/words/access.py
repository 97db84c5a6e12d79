"""Signing in, passwords, sessions, accounts, in words."""

from __future__ import annotations

from collections.abc import Mapping

# A field's label and its hint.
FIELD: dict[str, tuple[str, str]] = {
    "code": ("Mã xác nhận", "6 chữ số trong ứng dụng, hoặc một mã khôi phục"),
    "old": ("Mật khẩu hiện tại", ""),
    "new": ("Mật khẩu mới", "ít nhất 10 ký tự, không chỉ là số, không dễ đoán"),
    "again": ("Nhập lại mật khẩu mới", ""),
    "username": ("Tên đăng nhập", "chữ thường không dấu, số, dấu chấm; ví dụ thuly.binhlu"),
    "name": ("Họ và tên", ""),
    "office": ("Cơ quan", ""),
    "reception_point": ("Quầy", ""),
    "role": ("Vai trò", ""),
    "where": ("Tại", ""),
    "first": ("Từ ngày", ""),
    "last": ("Đến hết ngày", "để trống nếu chưa định"),
}
CHOOSE = "— chọn —"
NO_COUNTER = "không ngồi quầy"
EVERY_OFFICE = "Mọi cơ quan"

IDLE = "Bạn đã không làm gì một thời gian, nên cần đăng nhập lại. Những gì đã ghi vẫn còn."
NEW_WORD_HOLDS = "Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc."
ACCOUNT_CHANGED = "Đã ghi nhận; người này cần đăng nhập lại."
OTHERS_ENDED = "Đã đăng xuất khỏi {count} phiên khác."
NO_OTHERS = "Không có phiên nào khác."

CHANGE: dict[str, str] = {
    "opened": "Mở tài khoản",
    "closed": "Đóng tài khoản",
    "reopened": "Mở lại tài khoản",
    "password_reset": "Cấp mật khẩu mới",
    "factor_reset": "Đặt lại lớp bảo mật thứ hai",
    "signed_out": "Kết thúc mọi phiên đăng nhập",
    "token_revoked": "Thu hồi khóa của phần mềm",
    "post_given": "Giao nhiệm vụ",
    "post_ended": "Kết thúc nhiệm vụ",
    "absence_recorded": "Ghi vắng mặt và người thay",
    "absence_ended": "Kết thúc vắng mặt",
}
DETAIL: dict[str, str] = {
    "role": "vai trò",
    "office": "tại",
    "reception_point": "quầy",
    "valid": "thời gian",
    "name": "khóa",
    "substitute": "người thay",
}


def details(told: Mapping[str, str]) -> str:
    """What a change was about: vai trò handler; tại H35.101."""
    return "; ".join(f"{label} {told[name]}" for name, label in DETAIL.items() if name in told)
