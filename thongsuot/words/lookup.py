"""A dossier in one sentence for its applicant: how it stands, who has it, when it will be ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.state import Outcome, Status
from thongsuot.words.labels import PAUSE
from thongsuot.words.moments import moment, short

ENDED: dict[Outcome, str] = {
    Outcome.GRANTED: "Kết quả đã có; mời ông/bà đến nhận tại {place}.",
    Outcome.REFUSED: "Hồ sơ bị từ chối giải quyết; văn bản nêu lý do nhận tại {place}.",
    Outcome.WITHDRAWN: "Hồ sơ đã dừng theo yêu cầu của ông/bà; giấy tờ nhận lại tại {place}.",
    Outcome.NOT_RECEIVED: "Hồ sơ không được tiếp nhận; lý do ghi trong văn bản {office} đã đưa.",
}
MOVED = "Hồ sơ đã được bàn giao sang {system}, nơi đó giải quyết tiếp và hẹn trả; xem tại {link}."
ON_ITS_WAY = "Hồ sơ đang được chuyển sang {system} để giải quyết tiếp; thời hạn đã hẹn không đổi."
RETURNED = "Ông/bà đã nhận kết quả của hồ sơ này."
CLOSED = "Hồ sơ đã đóng, giấy tờ đã được trả lại."
SUPPLEMENT = (
    "Hồ sơ đang chờ ông/bà bổ sung: {missing}. Thời hạn tạm dừng từ {since}; mang đến {place}."
)
PAYMENT = "Hồ sơ đang chờ ông/bà nộp tiền; thời hạn tạm dừng từ {since}."
PAUSED = "{office} đang giữ hồ sơ; thời hạn tạm dừng từ {since} vì {why}."
LATE = "{office} đang giải quyết hồ sơ và đã quá hạn trả ({due})."
EXTENDED = "{office} đang giải quyết hồ sơ; đã xin lỗi và hẹn lại: {due}, tại {place}."
RUNNING = "{office} đang giải quyết hồ sơ; hẹn trả kết quả lúc {due}, tại {place}."
AT_THE_COUNTER = "{office} đã nhận hồ sơ; hẹn trả kết quả lúc {due}, tại {place}."
WITHOUT_DUE = "{office} đang giải quyết hồ sơ; chưa có ngày hẹn."


def sentence(it: Dossier, *, office: str, place: str, missing: Sequence[str], at: datetime) -> str:
    """How a dossier stands, who has it and when it will be ready."""
    words = {
        "office": office,
        "place": place or office,
        "due": moment(it.due_at) if it.due_at else "",
        "missing": "; ".join(missing),
        "since": short(it.open_pauses[0].start) if it.open_pauses else "",
        "system": it.held_by or it.offered_to,
        "link": it.held_link or it.held_by,
        "why": ", ".join(PAUSE[pause.kind.value] for pause in it.open_pauses),
    }
    pattern = ON_ITS_WAY if it.offered_to else _pattern(it, at)
    return pattern.format_map(words)


def _pattern(it: Dossier, at: datetime) -> str:
    if it.outcome is not None:
        return _ended(it, it.outcome)
    if it.is_paused:
        return {
            Status.WAITING_SUPPLEMENT: SUPPLEMENT,
            Status.WAITING_PAYMENT: PAYMENT,
        }.get(it.status, PAUSED)
    if it.due_at is None:
        return WITHOUT_DUE
    if it.due_at < at:
        return LATE
    if it.extended_to is not None:
        return EXTENDED
    return AT_THE_COUNTER if it.status is Status.RECEIVED else RUNNING


def _ended(it: Dossier, outcome: Outcome) -> str:
    if outcome is Outcome.MOVED:
        return MOVED
    if it.is_handed_over and outcome is Outcome.GRANTED:
        return RETURNED
    if it.is_handed_over and outcome is not Outcome.NOT_RECEIVED:
        return CLOSED
    return ENDED[outcome]
