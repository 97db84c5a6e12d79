"""How online services are spoken of."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.cutover.online import Journey, Way
from thongsuot.words.moments import short

LEVEL: dict[str, str] = {"whole": "Toàn trình", "part": "Một phần"}
STATE: dict[str, str] = {
    "registered": "Đã đăng ký, chưa công bố",
    "published": "Đã công bố",
    "withdrawn": "Đã rút",
}
STEP: dict[str, str] = {
    "register": "Đăng ký cung cấp trực tuyến",
    "publish": "Công bố lên Cổng Dịch vụ công quốc gia",
    "withdraw": "Rút khỏi Cổng Dịch vụ công quốc gia",
}
DONE: dict[str, str] = {
    "register": "Đã đăng ký; kiểm thử trọn vòng rồi mới công bố được.",
    "publish": "Đã quyết định công bố, chứng cứ kiểm thử được lưu; phía quốc gia đang được báo.",
    "withdraw": "Đã rút, có lý do.",
}
OBSTACLE: dict[str, str] = {
    "no_channel": "danh mục chưa có cách nộp trực tuyến",
    "originals": "thành phần hồ sơ còn đòi bản chính",
    "fee_unknown": "chưa rõ mức phí nộp trực tuyến",
    "no_result": "chưa có danh mục kết quả để trả bản điện tử",
}
WAY: dict[Way, str] = {
    Way.FROM_PORTAL: "Nộp từ Cổng quốc gia",
    Way.RECEIVED: "Tiếp nhận ở đây",
    Way.RESULT: "Có kết quả",
    Way.BACK_AT_PORTAL: "Cổng quốc gia đã nhận kết quả",
}
TOLD: dict[str, str] = {
    "waiting": "đang báo phía quốc gia, từ {at}",
    "done": "phía quốc gia đã nhận lúc {at}",
    "aside": "chưa báo được phía quốc gia, chờ người xử lý từ {at}",
    "skipped": "không báo phía quốc gia nữa, theo quyết định lúc {at}",
}
REASON_HINT = "bắt buộc khi chỉ cung cấp một phần và khi rút; được công khai"
TEST_HINT = (
    "hồ sơ nộp trực tuyến từ Cổng quốc gia, đã tiếp nhận, có kết quả và Cổng đã nhận lại kết quả"
)


def told(state: str, at: datetime, reason: str = "") -> str:
    """How it stands with telling the national side of a step."""
    said = TOLD[state].format(at=short(at))
    return f"{said}: {reason}" if reason else said


def way(known: Journey) -> tuple[tuple[str, bool, str], ...]:
    """Each part of the way: its name, whether it is behind, and what shows it."""
    shown = {
        Way.FROM_PORTAL: known.portal_code,
        Way.RECEIVED: short(known.received_at) if known.received_at else "",
        Way.RESULT: short(known.result_at) if known.result_at else "",
        Way.BACK_AT_PORTAL: _told(known),
    }
    return tuple((WAY[part], part not in known.missing, shown[part]) for part in Way)


def _told(known: Journey) -> str:
    if known.told_at is None:
        return ""
    at = short(known.told_at)
    return f"{at} (mã {known.reference})" if known.reference else at
