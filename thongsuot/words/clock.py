"""The clock of the law in words: why a day counts, and how a due moment came about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from thongsuot.domain.deadline import LedgerDay, Reason, ReasonCode, Why
from thongsuot.domain.refusal import Fact
from thongsuot.words.labels import PAUSE
from thongsuot.words.moments import WEEKDAYS, day, short

WHY: dict[Why, str] = {
    Why.COUNTED: "Ngày làm việc, {counted}",
    Why.WORKING_SATURDAY: "{name}: {counted}",
    Why.HALF_DAY: "{name} (làm việc nửa ngày, vẫn là một ngày làm việc): {counted}",
    Why.CALENDAR_DAY: "Ngày lịch, {counted} (cả ngày nghỉ)",
    Why.START_DAY: "Ngày bắt đầu tính, chưa tính là một ngày",
    Why.AFTER_CLOSING: "Tiếp nhận sau giờ làm việc: tính từ ngày làm việc tiếp theo",
    Why.AFTER_15H: "Tiếp nhận từ 15 giờ trở đi: tính từ ngày làm việc tiếp theo",
    Why.WEEKEND: "Nghỉ hằng tuần ({weekday})",
    Why.HOLIDAY: "Nghỉ lễ: {name}",
    Why.COMPENSATORY: "Nghỉ bù: {name}",
    Why.SWAP_OFF: "Nghỉ hoán đổi: {name}",
    Why.SUPPLEMENT: "Tạm dừng từ {from} đến {to}: " + PAUSE["supplement"],
    Why.FINANCIAL_DUTY: "Tạm dừng từ {from} đến {to}: " + PAUSE["financial_duty"],
    Why.OPINION: "Tạm dừng từ {from} đến {to}: " + PAUSE["opinion"],
    Why.SYSTEM_INCIDENT: "Tạm dừng từ {from} đến {to}: " + PAUSE["system_incident"],
    Why.MOVED_HERE: "Hạn rơi vào ngày nghỉ nên chuyển đến ngày làm việc này",
}

STATUS: dict[str, str] = {
    "projected": " (dự kiến, chưa có thông báo chính thức)",
    "official_check": " (cần kiểm tra văn bản)",
}

REASON: dict[ReasonCode, str] = {
    ReasonCode.STARTS_AT_RECEIPT: "Tính từ lúc nhận đủ hồ sơ: {received}",
    ReasonCode.STARTS_AT_OPENING: "Nhận lúc {received}, trước giờ làm việc: tính từ {starts}",
    ReasonCode.STARTS_AFTER_BREAK: "Nhận lúc {received}, trong giờ nghỉ: tính từ {starts}",
    ReasonCode.STARTS_AFTER_CLOSING: "Nhận lúc {received}, sau giờ làm việc: tính từ {starts}",
    ReasonCode.STARTS_AFTER_DAY_OFF: "Nhận lúc {received}, ngày nghỉ: tính từ {starts}",
    ReasonCode.STARTS_AFTER_15H: (
        "Nhận lúc {received}, từ 15 giờ trở đi, thủ tục quy định tính từ ngày làm việc "
        "tiếp theo: {starts}"
    ),
    ReasonCode.TERM: "Thời hạn giải quyết: {term}",
    ReasonCode.PAUSED: "Tạm dừng từ {from} đến {to} ({kinds}): hạn lùi thêm {moved}",
    ReasonCode.PAUSE_BEFORE_START: (
        "Tạm dừng từ {from} đến {to} ({kinds}) đã hết trước khi bắt đầu tính: hạn không đổi"
    ),
    ReasonCode.PAUSE_AFTER_DUE: (
        "Tạm dừng từ {from} đến {to} ({kinds}) bắt đầu khi đã đến hạn: hạn không đổi"
    ),
    ReasonCode.END_ON_DAY_OFF: (
        "Thời hạn kết thúc vào ngày nghỉ ({from}): chuyển sang ngày làm việc tiếp theo, {to}"
    ),
    ReasonCode.END_BEFORE_OPENING: "Thời hạn kết thúc trước giờ làm việc: lấy giờ mở cửa, {to}",
    ReasonCode.END_IN_BREAK: "Thời hạn kết thúc trong giờ nghỉ: lấy giờ mở cửa buổi sau, {to}",
    ReasonCode.END_AFTER_CLOSING: "Thời hạn kết thúc sau giờ làm việc: lấy giờ đóng cửa, {to}",
    ReasonCode.RESTS_ON_PROJECTED: (
        "Có ngày trong lịch mới là dự kiến, chưa có thông báo chính thức: {days}"
    ),
    ReasonCode.RESTS_ON_UNCHECKED: "Có ngày trong lịch cần kiểm tra văn bản: {days}",
}

_MOMENTS = ("from", "to", "received", "starts")


def why(entry: LedgerDay) -> str:
    """Why a day of the ledger is counted, or is not."""
    words = {
        "weekday": WEEKDAYS[entry.day.weekday()],
        "name": "ngày làm việc",
        "counted": _counted(entry),
        **_facts(entry.facts),
    }
    return WHY[entry.why].format_map(words) + STATUS.get(words.get("status", ""), "")


def reason(step: Reason) -> str:
    """One step of the count as a sentence."""
    return REASON[step.code].format_map(_facts(step.facts))


def _counted(entry: LedgerDay) -> str:
    if entry.minutes is not None:
        hours, minutes = divmod(entry.minutes, 60)
        return f"tính {hours} giờ {minutes:02d} phút"
    return "tính nửa ngày" if entry.counted == 0.5 else "tính 1 ngày"


def _facts(facts: Mapping[str, Fact]) -> dict[str, str]:
    words = {key: _said(key, value) for key, value in facts.items()}
    if isinstance(days := facts.get("days"), float):
        words["moved"] = _moved(days, facts.get("worked"))
    if isinstance(minutes := facts.get("minutes"), int):
        words["moved"] = f"{minutes // 60} giờ {minutes % 60:02d} phút"
    return words


def _moved(days: float, worked: Fact) -> str:
    """Whole and half days as such; any other part of a day in the hours that were worked."""
    if (2 * days).is_integer() or not isinstance(worked, int):
        return f"{days:g} ngày làm việc".replace(".", ",")
    whole, rest = divmod(worked, 60)
    parts = (f"{whole} giờ" if whole else "", f"{rest} phút" if rest else "")
    return f"{' '.join(part for part in parts if part)} làm việc"


def _said(key: str, value: Fact) -> str:
    if key in _MOMENTS:
        return short(datetime.fromisoformat(str(value)))
    if isinstance(value, list):
        say = PAUSE.get if key == "kinds" else _day
        return ", ".join(str(say(item)) for item in value)
    return str(value)


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))
