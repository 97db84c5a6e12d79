"""Files as they come over the counter: good ones, and every way in which they go wrong."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image


def pdf(pages: int = 1, *, password: str = "", about: str = "") -> bytes:
    """A PDF of so many empty pages, locked if a password is given."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.docinfo["/Title"] = about
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        document.save(made, encryption=locked, deterministic_id=not password)
    return made.getvalue()


def picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.effect_noise(size, 60).save(made, kind)
    return made.getvalue()


HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 56 + b"\x80\x00\x00\x00" + b"PE\x00\x00" * 8
