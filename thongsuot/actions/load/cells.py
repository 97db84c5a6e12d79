"""Cells of a line as values; each refusal names the column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from thongsuot.actions.load.reading import Line
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.words import reading

Choice = TypeVar("Choice", bound=StrEnum)


class ChoiceUnknown(Refusal):
    """A cell holds none of the values that its column knows."""

    code = "choice_unknown"
    kind = Kind.MALFORMED


class HoursUnreadable(Refusal):
    """Opening hours are written as 07:30-11:30 13:30-17:00."""

    code = "hours_unreadable"
    kind = Kind.MALFORMED


def text(line: Line, column: str, *, longest: int) -> str:
    """A cell that must hold something. Raises FieldNeeded, FieldTooLong, BadField."""
    return reading.text(column, line[column], longest=longest)


def text_if_any(line: Line, column: str, *, longest: int) -> str:
    """A cell that may be empty. Raises FieldTooLong, BadField."""
    return text(line, column, longest=longest) if line[column] else ""


def number(line: Line, column: str) -> int:
    """A whole number; an empty cell is none. Raises BadField."""
    return reading.number(column, line[column]) if line[column] else 0


def is_set(line: Line, column: str) -> bool:
    """Yes or no; an empty cell is no. Raises BadField."""
    return reading.flag(column, line[column]) if line[column] else False


def day(line: Line, column: str) -> date:
    """A day. Raises FieldNeeded, BadField."""
    return reading.day(column, line[column])


def span(line: Line, start: str = "valid_from", end: str = "valid_to") -> Span:
    """From a day until before another; an empty end is for ever.

    Raises FieldNeeded, BadField, SpanEndsBeforeItStarts.
    """
    return Span(day(line, start), day(line, end) if line[end] else None)


def choice(line: Line, column: str, kind: type[Choice]) -> Choice:
    """One of the values that a column knows. Raises ChoiceUnknown."""
    return one_of(column, line[column], kind)


def one_of(column: str, given: str, kind: type[Choice]) -> Choice:
    """One of the values of a kind. Raises ChoiceUnknown."""
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(kind)
        raise ChoiceUnknown(column, column=column, given=given, known=known) from None


def choices(line: Line, column: str, kind: type[Choice], between: str) -> list[Choice]:
    """Several of the values that a column knows, in the order written. Raises ChoiceUnknown."""
    return [one_of(column, part, kind) for part in parts(line, column, between)]


def parts(line: Line, column: str, between: str) -> list[str]:
    """What a cell holds, divided at a mark; nothing in an empty cell."""
    return [part.strip() for part in line[column].split(between) if part.strip()]


def intervals(column: str, written: Iterable[str]) -> tuple[tuple[time, time], ...]:
    """Opening hours, each interval as 07:30-11:30. Raises HoursUnreadable."""
    found = []
    for interval in written:
        opens, _, closes = interval.partition("-")
        try:
            found.append((time.fromisoformat(opens), time.fromisoformat(closes)))
        except ValueError:
            raise HoursUnreadable(column, given=interval) from None
    return tuple(found)
