"""The words of the covering report: what is said of figures in the text."""

from __future__ import annotations

NOTHING = "không có"
BLANK = "……"
NO_ROWS = "Không có số liệu chi tiết."
NO_GAP = "Không có khoảng thời gian nào nằm ngoài kỳ."
GAP = (
    "Giữa lúc chốt kỳ trước và lúc mở kỳ này: tiếp nhận {received} hồ sơ, giải quyết {resolved} hồ "
    "sơ, đã chuyển sang cột từ kỳ trước của kỳ này."
)
ROW = (
    "- {name}: tiếp nhận {received}, đã giải quyết {resolved}, đang giải quyết {open}, trong đó quá "
    "hạn {late}."
)
FORM = "- {number}: {told}."
NO_FIGURES = "chưa có số liệu"
EMPTY = "–"


def share(percent: float) -> str:
    """A share as it is written in Vietnam."""
    return f"{percent:.1f}%".replace(".", ",")
