"""The square on the paper is the one that the address makes."""

from __future__ import annotations

import re

import segno

from thongsuot.paper import qr

ADDRESS = "https://tracuu.example.vn/h/H35.101-260703-0012"
BAR = re.compile(r"M(\d+) (\d+)h(\d+)")


def test_the_drawing_has_a_bar_for_every_run_of_dark_modules() -> None:
    matrix = segno.make_qr(ADDRESS, error="m", mask=qr.MASK).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}

    drawn = {
        (int(start) + step, int(y))
        for start, y, length in BAR.findall(qr.svg(ADDRESS))
        for step in range(int(length))
    }

    assert drawn == dark


def test_the_address_cannot_break_out_of_the_drawing() -> None:
    drawing = qr.svg('https://x.vn/"/><script>')

    assert "script" not in drawing


def test_two_addresses_make_two_squares() -> None:
    assert qr.svg(ADDRESS) != qr.svg(ADDRESS + "3")
