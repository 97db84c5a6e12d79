"""How a dossier stands in time: a word, a shape and a colour together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from thongsuot.words.moments import moment, time_left
from thongsuot.words.screens import STANDING, brief


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
    """The word, the shape, a little more in small print, and the exact moment on hover."""

    shape: Shape
    word: str
    detail: str = ""
    exactly: str = ""


def standing(
    *,
    due_at: datetime | None,
    at: datetime,
    noted: str,
    is_paused: bool,
    is_open: bool,
    step_due_at: datetime | None = None,
) -> StandingLine:
    """How a dossier stands at a moment; `noted` is what was last noticed about it.

    The term of the step, where the process gives it one, is told beside the legal one.
    """
    line = _standing(due_at=due_at, at=at, noted=noted, is_paused=is_paused, is_open=is_open)
    if step_due_at is None or not is_open:
        return line
    late = STANDING["step_late"] if step_due_at < at and not is_paused else STANDING["step"]
    step = late.format(moment=brief(step_due_at, at=at))
    exactly = "; ".join(filter(None, (line.exactly, step)))
    return replace(line, detail=" · ".join(filter(None, (line.detail, step))), exactly=exactly)


def _standing(
    *, due_at: datetime | None, at: datetime, noted: str, is_paused: bool, is_open: bool
) -> StandingLine:
    due = brief(due_at, at=at) if due_at else ""
    exactly = STANDING["exactly"].format(moment=moment(due_at)) if due_at else ""
    if not is_open:
        return StandingLine(Shape.DONE, STANDING["done"], due, exactly)
    if is_paused:
        return StandingLine(Shape.PAUSED, STANDING["paused"], STANDING["paused_detail"])
    if due_at is None:
        return StandingLine(Shape.NONE, STANDING["none"])
    if due_at < at:
        return StandingLine(Shape.LATE, time_left(due_at, at), due, exactly)
    if noted == "near":
        return StandingLine(Shape.NEAR, STANDING["near"], time_left(due_at, at).lower(), exactly)
    return StandingLine(Shape.GOOD, time_left(due_at, at), due, exactly)
