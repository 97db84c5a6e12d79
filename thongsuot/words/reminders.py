"""What reminders say, on the screen and by e-mail."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.reporting.reminders import ReminderKind
from thongsuot.words import moments, reporting

SUBJECT = {
    ReminderKind.BEFORE: "Sắp đến hạn: {what}",
    ReminderKind.LATE: "Quá hạn: {what}",
    ReminderKind.UNDATED: "Đã hết kỳ, chưa gửi: {what}",
}
SAID = {
    ReminderKind.BEFORE: "Phải gửi trước {deadline}; còn {left}.",
    ReminderKind.LATE: "Phải gửi trước {deadline}; đến nay đã muộn {left}.",
    ReminderKind.UNDATED: "Kỳ đã kết thúc; văn bản không nêu hạn gửi.",
}
DAY_OFF = "Hạn rơi vào ngày nghỉ và không được lùi."
NO_MAILBOX = "chưa có hộp thư công vụ, chỉ nhắc trên màn hình"
BODY = """Kính gửi đơn vị,

{what}
{said}

Mở mục Báo cáo trên hệ thống để gửi. Nếu đã gửi, xin bỏ qua thư này.
Thư này gửi tự động, xin không trả lời.
"""


def report(name: str, period: str) -> str:
    """A report of a period, as a reminder names it."""
    return f"Báo cáo {reporting.period(period)}: {name}"


def task(order: str, number: int, text: str) -> str:
    """A task of an order, as a reminder names it."""
    return f"Nhiệm vụ {number} theo {order}: {text}"


def said(
    kind: ReminderKind, deadline: datetime | None, *, at: datetime, is_day_off: bool = False
) -> str:
    """What is said of the deadline."""
    if deadline is None:
        return SAID[ReminderKind.UNDATED]
    left = reporting.lasting(abs(deadline - at))
    told = SAID[kind].format(deadline=moments.moment(deadline), left=left)
    return f"{told} {DAY_OFF}" if is_day_off else told


def letter(
    kind: ReminderKind, what: str, deadline: datetime | None, *, at: datetime, is_day_off: bool
) -> tuple[str, str]:
    """Subject and body of the e-mail."""
    subject = SUBJECT[kind].format(what=what)
    short = subject if len(subject) <= 150 else f"{subject[:149]}…"
    body = BODY.format(what=what, said=said(kind, deadline, at=at, is_day_off=is_day_off))
    return " ".join(short.split()), body
