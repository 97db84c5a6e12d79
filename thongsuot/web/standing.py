"""How a dossier stands in time: a word, a shape and a colour together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.words.moments import time_left
from thongsuot.words.screens import brief


class Shape(StrEnum):
    """The shape drawn beside the word; its colour is the stylesheet's."""

    GOOD = "good"
    NEAR = "near"
    LATE = "late"
    PAUSED = "paused"
    DONE = "done"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StandingLine:
    """The word, the shape, and the exact moment in small print."""

    shape: Shape
    word: str
    detail: str = ""


def standing(
    *, due_at: datetime | None, at: datetime, noted: str, is_paused: bool, is_open: bool
) -> StandingLine:
    """How a dossier stands at a moment; `noted` is what was last noticed about it."""
    due = brief(due_at, at=at) if due_at else ""
    if not is_open:
        return StandingLine(Shape.DONE, "Đã giải quyết xong", due)
    if is_paused:
        return StandingLine(Shape.PAUSED, "Đang tạm dừng", "hạn sẽ lùi lại")
    if due_at is None:
        return StandingLine(Shape.NONE, "Chưa có hạn")
    if due_at < at:
        return StandingLine(Shape.LATE, time_left(due_at, at), due)
    if noted == "near":
        left = time_left(due_at, at).lower()
        return StandingLine(Shape.NEAR, "Sắp đến hạn", f"{left} · {due}")
    return StandingLine(Shape.GOOD, time_left(due_at, at), due)
