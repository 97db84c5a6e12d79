"""A page as it comes from the counter's scanner: invented, and it says so."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from thongsuot.actions.files import Upload
from thongsuot.paper.characters import FONTS

A4_AT_100_DPI = (827, 1169)
INK, FAINT = 40, 150
LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")
INVENTED = "Bản quét minh họa: người và giấy tờ đều bịa."


def scan(paper: str, owner: str) -> Upload:
    """A page of this paper in this person's name."""
    page = Image.new("L", A4_AT_100_DPI, 255)
    draw, letters = ImageDraw.Draw(page), _letters()
    for number, line in enumerate(LINES):
        draw.text((A4_AT_100_DPI[0] / 2, 90 + 30 * number), line, INK, letters, anchor="ma")
    for number, line in enumerate((*_wrapped(paper), "", f"Người nộp: {owner}")):
        draw.text((90, 220 + 34 * number), line, INK, letters)
    draw.text((90, 1090), INVENTED, FAINT, letters)
    made = io.BytesIO()
    page.save(made, "PNG")
    return Upload("ban-quet.png", made.getvalue())


def _wrapped(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _letters() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(FONTS.rglob("Tinos_400Regular.ttf"))), 22)
