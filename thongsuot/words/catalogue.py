"""The catalogue in words: what is in a procedure, what two versions say differently."""

from __future__ import annotations

from collections.abc import Iterable

from thongsuot.domain.catalogue import Fee, Paper, Result, TermRule
from thongsuot.domain.simplification import Burden
from thongsuot.words.labels import CHANNEL, LEVEL, ORIGIN
from thongsuot.words.screens import money

SAMPLE = "mẫu, chưa phê duyệt"
NO_DECISION = frozenset({"", SAMPLE})
NO_TERM = "không quy định thời hạn"
UNKNOWN_FEE = "chưa rõ mức, không phải miễn phí"
NOTHING_FOUND = (
    "Không có thủ tục nào khớp.",
    "Thử ít chữ hơn, không cần dấu; hoặc xem “Hết hiệu lực” và “Dự thảo”.",
)
YES, NO = "có", "không"


def said(item: object) -> str:
    """One part of a procedure in words."""
    match item:
        case TermRule():
            case_ = f" ({item.case})" if item.case else ""
            return f"{CHANNEL[item.channel]}{case_}: {item.term or item.note or NO_TERM}"
        case Paper():
            counts = f"{item.originals} bản chính, {item.copies} bản sao"
            return f"{item.name} – {counts}" + (f" ({item.case})" if item.case else "")
        case Fee():
            amount = UNKNOWN_FEE if item.amount is None else money(item.amount)
            return f"{CHANNEL[item.channel]}: {amount}" + (f" – {item.note}" if item.note else "")
        case Result():
            return f"{item.name} ({item.code})" if item.code else item.name
        case bool():
            return YES if item else NO
        case _:
            text = str(item)
            return LEVEL.get(text, ORIGIN.get(text, text))


def each(items: Iterable[object]) -> tuple[str, ...]:
    """Several parts in words."""
    return tuple(said(item) for item in items)


def burden(value: Burden) -> tuple[str, ...]:
    """What a procedure asks of people, in words."""
    return (
        f"Thời hạn: {value.term or 'không tính'}",
        f"Giấy tờ: {value.papers}",
        f"Chi phí tuân thủ: {money(value.cost)}/năm",
        f"Điều kiện kinh doanh: {value.conditions}",
    )
