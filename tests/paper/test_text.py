"""What people typed is printed as they typed it, and never does anything else."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper import pdftext
from tests.paper.world import AT, form, receipt
from thongsuot.paper import characters, press
from thongsuot.paper.sheets import TextNotPrintable, sheet

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} | set("đĐ₫–—…“”’")


def printed(name: str, procedure: str = "") -> str:
    pdf = press.pdf(form("receipt"), [sheet(receipt(name, procedure))], at=AT)
    return "".join(pdftext.pages(pdf))


@pytest.mark.parametrize(
    "typed",
    [
        '#import "@preview/cetz:0.3.0"',
        '#read("/etc/passwd")',
        "*đậm* _nghiêng_ $x^2$",
        "\\u{41} \\# \\ ",
        "] #panic() [",
        '"); #sys.inputs ("',
        "= Tiêu đề // chú thích /* mở",
        "- một + hai / ba: bốn",
        "@nhãn <nhãn> ~ `mã` --- ...",
        "</svg><script>alert(1)</script>",
    ],
)
def test_code_in_a_name_is_printed_letter_by_letter(typed: str) -> None:
    assert pdftext.squeezed(typed) in printed(typed)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="#*_$\\[](){}<>@`~\"'/-=+: ăẾđ1a", min_size=1, max_size=40))
def test_no_mixture_of_signs_is_taken_for_code(typed: str) -> None:
    assert pdftext.squeezed(typed) in printed(f"a{typed}b")


def test_long_names_are_printed_whole() -> None:
    name = " ".join(["Công Tằng Tôn Nữ Thị Hoàng Anh"] * 3)
    procedure = ("Cấp giấy chứng nhận đăng ký hoạt động " * 8)[:300]

    text = printed(name, procedure)

    assert len(name) > 60
    assert pdftext.squeezed(name) in text
    assert pdftext.squeezed(procedure) in text


def test_a_long_name_without_a_space_may_be_broken_and_is_printed_whole() -> None:
    name = "Đặng" * 80

    shown = characters.breakable(name)

    assert max(len(piece) for piece in shown.split("\u200b")) == 32
    assert shown.replace("\u200b", "") == name
    assert name in printed(name)


def test_letters_and_their_marks_apart_are_put_together() -> None:
    apart = unicodedata.normalize("NFD", "Tẩn Mẩy Đường Huế")

    assert sheet(receipt(apart)).read("addressee.name") == "Tẩn Mẩy Đường Huế"


def test_characters_that_show_nothing_are_dropped() -> None:
    hidden = "Lò\u200b \u202eThị\x00\ufeff\tHoa"

    assert sheet(receipt(hidden)).read("addressee.name") == "Lò Thị Hoa"


def test_the_end_of_a_line_stays() -> None:
    lines = replace(receipt(), point="Tầng 1\r\nPhòng 2")

    assert sheet(lines).read("point") == "Tầng 1\nPhòng 2"


def test_our_typeface_has_every_vietnamese_letter() -> None:
    assert len(LETTERS) > 140
    assert characters.unprintable("".join(LETTERS)) == []


def test_a_character_that_we_cannot_draw_is_named_and_not_dropped() -> None:
    with pytest.raises(TextNotPrintable) as refused:
        sheet(receipt("Lò 李 Hoa 😀"))

    assert refused.value.facts == {"text": "Lò 李 Hoa 😀", "characters": "李, 😀"}
