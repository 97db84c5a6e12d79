"""Reads from a PDF what it declares and what it says, the way a strict reader would."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

_CHARS = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF, ready to be looked into."""
    return pikepdf.open(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without spaces and line ends."""
    return ["".join(_said(page)) for page in opened(pdf).pages]


def fonts(pdf: bytes) -> dict[str, int]:
    """The name of every font that some page uses, and how many bytes of it are embedded."""
    inside = opened(pdf)
    return {
        str(font.BaseFont): _embedded(font.DescendantFonts[0])
        for page in inside.pages
        for font in page.resources.get("/Font", {}).values()
    }


def told_of_pictures(pdf: bytes) -> list[str]:
    """What is said in words of each picture."""
    inside = opened(pdf)
    return [
        str(one.Alt)
        for one in inside.objects
        if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
    ]


def squeezed(text: str) -> str:
    """A text as `pages` gives it: without any space."""
    return re.sub(r"[\s\u200b\u00a0]", "", text)


def _embedded(font: pikepdf.Object) -> int:
    return len(font.FontDescriptor.FontFile2.read_bytes())


def _said(page: pikepdf.Page) -> Iterator[str]:
    meanings = {name: _meaning(font) for name, font in page.resources.get("/Font", {}).items()}
    meaning: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "Tf":
            meaning = meanings[str(step.operands[0])]
        elif str(step.operator) in {"Tj", "TJ"}:
            for code in _codes(step.operands[0]):
                yield squeezed(meaning.get(code, "\ufffd"))


def _codes(shown: object) -> Iterator[int]:
    runs = shown if isinstance(shown, pikepdf.Array) else [shown]
    for run in runs:
        if isinstance(run, pikepdf.String):
            raw = bytes(run)
            yield from (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2))


def _meaning(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    known = {
        int(code, 16): _text(text)
        for block in _BLOCK.findall(table)
        for code, text in _CHARS.findall(block)
    }
    for block in _RANGES.findall(table):
        for first, last, text in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                known[int(first, 16) + step] = chr(int(text, 16) + step)
    return known


def _text(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode("utf-16-be")
