"""What a partner's answer means to whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thongsuot.domain.dossier.payments import PaymentState
from thongsuot.domain.exchange import EnquiryKind, EnquiryState, Verdict

TITLE: Mapping[str, str] = {
    EnquiryKind.PERSON: "Cơ sở dữ liệu quốc gia về dân cư",
    EnquiryKind.PAPERS: "Kho dữ liệu điện tử",
    EnquiryKind.PAPER_FILE: "Kho dữ liệu điện tử",
    EnquiryKind.PAYMENT: "Nền tảng thanh toán",
    EnquiryKind.PAYMENT_STATE: "Nền tảng thanh toán",
    EnquiryKind.SET_UP: "Cấu hình ở hệ thống của bộ",
}
VERDICT: Mapping[str, str] = {
    Verdict.AGREES: "Họ tên khớp với số định danh.",
    Verdict.SPELLED_OTHERWISE: (
        "Số định danh đúng, họ tên khác dấu so với dữ liệu dân cư: hỏi lại và ghi đúng dấu."
    ),
    Verdict.DIFFERS: "Họ tên không khớp với số định danh: xem lại giấy tờ tùy thân.",
    Verdict.UNKNOWN: (
        "Không tìm thấy người có họ tên, năm sinh và số định danh này: xem lại giấy tờ tùy thân."
    ),
}
WAITING = "Đang hỏi…"
GO_ON: Mapping[str, str] = {
    EnquiryKind.PERSON: "cứ tiếp tục, dùng giấy tờ người nộp đưa",
    EnquiryKind.PAPERS: "cứ tiếp tục, nhận giấy tờ người nộp đưa",
    EnquiryKind.PAPER_FILE: "cứ tiếp tục, quét bản người nộp đưa hoặc lấy lại sau",
    EnquiryKind.PAYMENT: "cứ tiếp tục, thu tại quầy hoặc thử lại sau",
    EnquiryKind.PAYMENT_STATE: "kết quả được tự hỏi lại cho đến khi rõ",
    EnquiryKind.SET_UP: "đọc lại sau, hoặc nạp tệp JSON bộ gửi",
}
REFUSED = "Nơi được hỏi không nhận câu hỏi này; {go_on}."
AWAY = "Không có trả lời; {go_on}."
POST_DONE: Mapping[str, str] = {
    "post": "Đã ghi đơn bưu điện; đơn được gửi đi trong vài phút.",
    "unpost": "Đã ghi việc hủy đơn bưu điện.",
}
OFFERED = "Kho có {count} giấy tờ của người này; chọn giấy tờ dùng được, không yêu cầu nộp lại."
NOTHING_OFFERED = "Kho chưa có giấy tờ nào của người này."
FETCHED = "Đã lấy “{paper}” vào hồ sơ."
READ_BACK = "Đã đọc {bodies} cơ quan qua kết nối: {differences} điểm khác với bản đã xuất."
PAGE = "Trang thanh toán đã sẵn sàng; mở trang hoặc đưa người nộp."
PAYMENT: Mapping[str, str] = {
    PaymentState.BEGUN: "đang lấy trang thanh toán",
    PaymentState.OFFERED: "chờ người nộp thanh toán",
    PaymentState.UNCLEAR: "chưa rõ, hệ thống đang hỏi lại; có thể thu cách khác",
    PaymentState.PAID: "đã nộp",
    PaymentState.FAILED: "không thành",
    PaymentState.LAPSED: "quá hai ngày chưa nộp, không chờ nữa",
}


def said(kind: EnquiryKind, state: EnquiryState, answer: Mapping[str, Any]) -> str:
    """One sentence for the screen."""
    match state:
        case EnquiryState.WAITING:
            return WAITING
        case EnquiryState.REFUSED:
            return REFUSED.format(go_on=GO_ON[kind])
        case EnquiryState.AWAY:
            return AWAY.format(go_on=GO_ON[kind])
        case EnquiryState.ANSWERED:
            return _answered(kind, answer)


def _answered(kind: EnquiryKind, answer: Mapping[str, Any]) -> str:
    match kind:
        case EnquiryKind.PERSON:
            return VERDICT[answer["verdict"]]
        case EnquiryKind.PAPERS:
            count = len(answer["offers"])
            return OFFERED.format(count=count) if count else NOTHING_OFFERED
        case EnquiryKind.PAPER_FILE:
            refused = answer.get("refused")
            return str(refused) if refused else FETCHED.format(paper=answer["paper"])
        case EnquiryKind.PAYMENT:
            return PAGE
        case EnquiryKind.PAYMENT_STATE:
            return f"{PAYMENT[answer['state']].capitalize()}."
        case EnquiryKind.SET_UP:
            return str(answer.get("refused") or READ_BACK.format_map(answer))
