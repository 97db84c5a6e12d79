"""What the leader's screen says."""

from __future__ import annotations

APPROVED = "Đã phê duyệt {count} hồ sơ."
NOTHING_CHOSEN = "Chưa chọn hồ sơ nào; đánh dấu những hồ sơ đã xem rồi bấm duyệt."
NOT_APPROVED = "{code}: {why}"
NOBODY = "chưa phân công"
