"""How a command tells: JSON for machines, lines for people, one line for a refusal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NoReturn, Protocol

from thongsuot.domain.refusal import Refusal
from thongsuot.words.refusals import sentence, told


class Writes(Protocol):
    """Where a command may write."""

    def write(self, text: str, /) -> object:
        """Write as it is."""


def as_text(value: object) -> str:
    """A value as one line of JSON, in letters as they are read."""
    return json.dumps(value, ensure_ascii=False)


def write(lines: Iterable[str], out: Writes) -> None:
    """Lines, each on its own; what the terminal cannot show does not stop the rest."""
    for line in lines:
        out.write(f"{_showable(line)}\n")


def refuse(
    refusal: Refusal, *, as_json: bool, out: Writes | None = None, err: Writes | None = None
) -> NoReturn:
    """Say what the rules refuse, and end with code 1."""
    if as_json:
        write([as_text(told(refusal))], out or sys.stdout)
    else:
        write([_line(refusal)], err or sys.stderr)
    sys.exit(1)


def _line(refusal: Refusal) -> str:
    """A refusal as one line, with its place where that is a place inside what was given."""
    inside = refusal.where if "." in refusal.where else ""
    return f"{sentence(refusal)} ({inside})" if inside else sentence(refusal)


def _showable(line: str) -> str:
    return line.encode(errors="replace").decode()
