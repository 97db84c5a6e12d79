"""How far the story has come, with numbers: on one line in a terminal, else a line a day."""

from __future__ import annotations

import sys
from typing import TextIO

from thongsuot.cli.story.teller import Beat
from thongsuot.words.moments import WEEKDAYS


class Progress:
    """Tells each hour in a terminal, and the end of each day elsewhere."""

    def __init__(self, out: TextIO = sys.stderr) -> None:
        self._out = out
        self._last: Beat | None = None
        self._told = 0

    def __call__(self, beat: Beat) -> None:
        """Tell how far it has come."""
        is_new_day = self._last is not None and self._last.at.date() != beat.at.date()
        if self._out.isatty():
            self._out.write(f"{chr(10) if is_new_day else chr(13)}{_line(beat)}")
        elif is_new_day:
            self._tell_day()
        self._out.flush()
        self._last = beat

    def end(self) -> None:
        """The last line, whole."""
        if self._out.isatty():
            self._out.write("\n")
        else:
            self._tell_day()

    def _tell_day(self) -> None:
        """A day on which nothing was done is not told."""
        if self._last is not None and self._last.acts > self._told:
            self._out.write(f"{_line(self._last)}\n")
            self._told = self._last.acts


def _line(beat: Beat) -> str:
    day = f"{WEEKDAYS[beat.at.weekday()]} {beat.at:%d/%m/%Y %H giờ}"
    return (
        f"  {day:<28} {beat.received:>4} hồ sơ nhận, {beat.acts:>5} việc,"
        f" {beat.noticed:>4} lần nhắc hạn"
    )
