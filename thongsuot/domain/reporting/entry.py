"""What is entered in a report system: which figures, under which names, in whose file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.spans import Span


@dataclass(frozen=True, slots=True)
class EntryField:
    """The name under which a report system takes the figures of a column."""

    column: str
    name: str


@dataclass(frozen=True, slots=True)
class EntryFile:
    """The file by which reports are entered in a system, while it takes it in this shape.

    Without `is_official` nobody has found how the system wants it: the shape is ours.
    """

    key: str
    name: str
    system: str
    partner: str
    reports: tuple[str, ...]
    fields: tuple[EntryField, ...]
    is_official: bool
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class ToEnter:
    """A file with which a report is entered in another system."""

    key: str
    partner: str
    system: str
    name: str
    content: bytes


def entered(files: Iterable[EntryFile], report: str, *, on: date) -> tuple[EntryFile, ...]:
    """The files by which a report of a window that ended on this day is entered, one a system."""
    fitting = {
        each.key: each for each in files if report in each.reports and each.valid.contains(on)
    }
    return tuple(fitting.values())
