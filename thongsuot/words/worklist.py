"""What the work list says: its filters, its sizes, its exports, its acts on many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

FILTER: dict[str, str] = {
    "q": "Tìm",
    "status": "Trạng thái",
    "standing": "Thời hạn",
    "field": "Lĩnh vực",
    "procedure": "Mã thủ tục",
    "office": "Cơ quan đang giữ",
    "assignee": "Người xử lý",
    "stage": "Mã bước",
    "channel": "Cách nộp",
    "from": "Nhận từ ngày",
    "to": "Nhận đến hết ngày",
    "structure": "Tính theo cơ cấu ngày",
    "plan": "Bàn giao theo phương án",
}
STANDING: dict[str, str] = {
    "late": "Quá hạn",
    "near": "Sắp đến hạn",
    "on_time": "Còn hạn",
    "paused": "Đang tạm dừng",
}
STRUCTURE_HINT = "Để trống: hôm nay. Một ngày đã qua: cơ quan của ngày đó."
STRUCTURE_TOLD = (
    "Đang tính theo cơ cấu tổ chức ngày {day}: hồ sơ thuộc cơ quan đang giữ nó khi lần sắp xếp kế "
    "tiếp bắt đầu; hồ sơ nhận sau đó thuộc cơ quan mà nơi đang giữ kế tục (xếp đầu theo mã). Mỗi "
    "hồ sơ được tính đúng một lần, tổng bằng tổng theo cơ cấu hôm nay."
)
NOBODY = "chưa phân công"
ANY = "– tất cả –"
NOTHING_FOUND = (
    "Không tìm thấy hồ sơ nào khớp.",
    "Bỏ bớt một điều kiện lọc hoặc gõ ít chữ hơn; không cần dấu, không cần đúng thứ tự.",
)
FILTER_KEPT = "Đã lưu bộ lọc “{name}”."
FILTER_FORGOTTEN = "Đã xóa bộ lọc “{name}”."
EXPORT_TITLE = "Danh sách hồ sơ – {tab}"
EXPORT_CUT = "Chỉ gồm {shown} hồ sơ đầu tiên; thu hẹp bằng bộ lọc để có đủ."
EXPORT_FILTERS = "Lọc theo: {filters}"
EXPORT_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Mã hồ sơ", 24),
    ("Người nộp", 28),
    ("Thủ tục", 50),
    ("Bước", 22),
    ("Trạng thái", 20),
    ("Cơ quan đang giữ", 30),
    ("Người xử lý", 22),
    ("Ngày nhận", 18),
    ("Hạn", 18),
)


BODIES_NAMED = 3


def handed_over_told(
    *, many: int, mine: int, free: int, bodies: Sequence[str], title: str, since: date
) -> str:
    """What a plan handed over to somebody's bodies: how many, from whom, by which plan."""
    named = ", ".join(bodies[:BODIES_NAMED])
    if len(bodies) > BODIES_NAMED:
        named += f" và {len(bodies) - BODIES_NAMED} cơ quan khác"
    return (
        f"{many} hồ sơ của {named} đã bàn giao về cơ quan bạn từ {since:%d/%m/%Y} theo phương án "
        f"“{title}”: {mine} đã phân công cho bạn, {free} chưa phân công."
    )


def structure_told(day: date | None) -> str:
    """What it means that a list is asked by the bodies of a day; "" where it is not."""
    return STRUCTURE_TOLD.format(day=f"{day:%d/%m/%Y}") if day else ""
