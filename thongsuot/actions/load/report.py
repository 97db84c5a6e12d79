"""What became of the lines of a file: loaded, already there, or refused and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from thongsuot.actions.load.reading import Line
from thongsuot.domain.refusal import Refusal
from thongsuot.records.codec import Json
from thongsuot.words.refusals import sentence

Value = TypeVar("Value")
Read = list[tuple[Line, Value]]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not loaded, with the rule's name and its sentence."""

    line: int
    code: str
    message: str
    content: Json


@dataclass(slots=True)
class Sheet:
    """A file while its lines are judged; every line ends in exactly one of three counts."""

    file: str
    sha256: str
    lines: tuple[Line, ...]
    loaded: int = 0
    unchanged: int = 0
    refused: list[RefusedLine] = field(default_factory=list)

    def read(self, parse: Callable[[Line], Value]) -> Read[Value]:
        """The lines that can be read, as values; the others are refused."""
        found = []
        for line in self.lines:
            try:
                found.append((line, parse(line)))
            except Refusal as refusal:
                self.refuse(line, refusal)
        return found

    def beside(self, only: Callable[[Line], bool] = lambda _: True) -> Sheet:
        """A sheet for rows that lines make besides their own; it is not reported."""
        return Sheet(self.file, self.sha256, tuple(line for line in self.lines if only(line)))

    def settle(self, new: Iterable[Line]) -> None:
        """Count lines that are kept inside other rows: these as loaded, the rest as unchanged."""
        self.loaded += len(list(new))
        self.unchanged = len(self.lines) - self.loaded - len(self.refused)

    def refuse(self, line: Line, refusal: Refusal) -> None:
        """Keep a line that cannot be loaded with its reason."""
        content = {name: _kept(cell) for name, cell in line.cells.items()}
        self.refused.append(RefusedLine(line.number, refusal.code, sentence(refusal), content))

    def report(self) -> Report:
        """The counts and the refused lines, in the order of the file."""
        return Report(
            file=self.file,
            sha256=self.sha256,
            read=len(self.lines),
            loaded=self.loaded,
            unchanged=self.unchanged,
            refused=tuple(sorted(self.refused, key=lambda line: line.line)),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file."""

    file: str
    sha256: str
    read: int
    loaded: int
    unchanged: int
    refused: tuple[RefusedLine, ...]
    is_known: bool = False  # this very content was loaded before, and nothing was done


def _kept(cell: object) -> Json:
    """A cell as it was, but for the zero byte, which PostgreSQL does not keep."""
    return cell.replace("\x00", "·") if isinstance(cell, str) else repr(cell)
