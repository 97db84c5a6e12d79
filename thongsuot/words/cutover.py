"""Where a dossier is received and why, in the office's words."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.cutover import Because, Ground
from thongsuot.words.moments import short

HOME = "Hệ thống thông tin giải quyết TTHC của tỉnh"
SENT_ELSEWHERE = "Đã ghi nhận việc hướng dẫn người nộp đến {system}."
SETTLED = "Đã ghi để lại, có lý do; hai giá trị vẫn lưu."
GROUND: dict[Ground, str] = {
    Ground.PROVINCIAL: "Thủ tục đặc thù của tỉnh, luôn nhận trên hệ thống của tỉnh",
    Ground.INTERNAL: "Thủ tục nội bộ, luôn nhận trên hệ thống của tỉnh",
    Ground.NO_RULE: "Chưa có quyết định chuyển lĩnh vực {fact} sang hệ thống của bộ",
    Ground.NOT_YET: "{fact} chỉ chuyển sang hệ thống của bộ từ {at}; nhận trước lúc đó thì làm ở tỉnh",
    Ground.NO_LONGER: "{fact} đã hết thời gian nhận trên hệ thống của bộ từ {at}",
    Ground.RULE_OF_PROCEDURE: "Thủ tục {fact} nhận trên hệ thống này từ {at}",
    Ground.RULE_OF_FIELD: "Lĩnh vực {fact} nhận trên hệ thống này từ {at}",
    Ground.STARTED: "Lĩnh vực {fact} được bắt đầu chuyển từ {at}",
    Ground.FROZEN: "Lĩnh vực {fact} tạm giữ từ {at}: nơi nhận giữ nguyên như trước lúc đó",
    Ground.ROLLED_BACK: "Lĩnh vực {fact} được đưa về tỉnh từ {at}",
}
REMOTE_STATE: dict[str, str] = {
    "": "Tất cả",
    "open": "Đang giải quyết",
    "late": "Quá hạn",
    "over": "Đã xong",
    "apart": "Khác với ở đây",
}
ASPECT: dict[str, str] = {
    "procedure": "Thủ tục",
    "received": "Lúc nhận",
    "due": "Hạn trả",
    "ended": "Đã xong hay chưa",
    "place": "Nơi tiếp nhận",
}
_OVER = {"open": "chưa xong", "over": "đã xong", "": "không có"}


def because(reason: Because) -> str:
    """One reason as a sentence without its full stop, with its decision and source."""
    at = short(reason.at) if reason.at else ""
    said = GROUND[reason.ground].format(fact=reason.fact, at=at)
    # A source that only repeats the decision says nothing new.
    told = reason.source if reason.decision in reason.source else reason.decision
    return f"{said} (căn cứ: {told})" if told else said


def told(aspect: str, value: str) -> str:
    """A value in which two systems disagree, as people read it."""
    if aspect in ("received", "due") and value:
        return short(datetime.fromisoformat(value))
    return HOME if (aspect, value) == ("place", "provincial") else _OVER.get(value, value)
