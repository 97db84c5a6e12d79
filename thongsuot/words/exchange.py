"""How the exchange with other systems is told."""

from __future__ import annotations

FAULT = {
    "missing": "thiếu một dòng",
    "edited": "dòng đã bị sửa",
    "moved": "dòng không nối với dòng trước",
    "cut_off": "cuối sổ đã bị cắt hoặc thêm",
}


def told_of(waiting: int, doubtful: int, aside: int) -> str:
    """What is owed to a partner, in one phrase."""
    parts = [f"chờ gửi {waiting}"]
    if doubtful:
        parts.append(f"trong đó chưa rõ đã đến chưa {doubtful}")
    parts.append(f"để riêng {aside}")
    return ", ".join(parts)
