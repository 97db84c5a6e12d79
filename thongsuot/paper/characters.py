"""Text as it may stand on a paper: one spelling, nothing hidden, only what our typeface has."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"

# A run without a space would leave its column; a soft place to break shows nothing.
_LONG_RUN = re.compile(r"\S{32}(?=\S)")
_BREAK = "\u200b"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """The text composed (NFC), without control and invisible characters; line ends stay."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    if composed.isprintable():
        return composed
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in _HIDDEN)


def breakable(text: str) -> str:
    """The text with invisible places to break inside very long words."""
    return _LONG_RUN.sub(rf"\g<0>{_BREAK}", text)


def unprintable(text: str) -> list[str]:
    """The characters of the text that our typeface cannot draw, each once."""
    return sorted(set(text) - _drawable())


@cache
def _drawable() -> frozenset[str]:
    """What every face of the typeface draws, and the end of a line."""
    faces = [_mapped(path.read_bytes()) for path in FONTS.glob("**/*.ttf")]
    return frozenset(map(chr, frozenset.intersection(*faces))) | {"\n"}


def _mapped(font: bytes) -> frozenset[int]:
    """The characters in the font's table of characters (`cmap`, format 4)."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">L", font, start + 8 + 8 * index)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            return _segments(font, start + offset)
    return frozenset()


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _sum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag!r} in the font")


def _segments(font: bytes, start: int) -> frozenset[int]:
    (double,) = struct.unpack_from(">H", font, start + 6)
    array = f">{double // 2}H"
    ends = struct.unpack_from(array, font, start + 14)
    starts = struct.unpack_from(array, font, start + 16 + double)
    runs = zip(starts, ends, strict=True)
    return frozenset(c for first, last in runs for c in range(first, last + 1) if c != 0xFFFF)
