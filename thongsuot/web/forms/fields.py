"""A field as a form shows it: its label, what was typed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from thongsuot.web.refusals import Problem, anchor


class Widget(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    PASSWORD = "password"  # noqa: S105 - the name of a kind of field
    LINES = "lines"
    NUMBER = "number"
    MOMENT = "moment"
    DAY = "day"
    FLAG = "flag"
    SELECT = "select"
    RADIO = "radio"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a form."""

    name: str
    label: str
    widget: Widget = Widget.TEXT
    value: str = ""
    options: tuple[Option, ...] = ()
    empty: str = ""
    hint: str = ""
    is_required: bool = False
    keys: str = ""
    error: str = ""

    @property
    def id(self) -> str:
        """The field's place on the page, to which the summary of errors points."""
        return anchor(self.name)


def with_errors(lines: Iterable[FieldLine], found: Iterable[Problem]) -> tuple[FieldLine, ...]:
    """The fields, each with the first thing that is wrong with it."""
    sentences: dict[str, str] = {}
    for problem in found:
        sentences.setdefault(problem.field, problem.sentence)
    return tuple(replace(line, error=sentences.get(line.name, "")) for line in lines)
