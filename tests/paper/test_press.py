"""What the press makes is an archive PDF with our typeface alone, the same every time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.paper import pdftext
from tests.paper.world import AT, FORMS, drawn, form, receipt, register
from thongsuot.paper import press, specimens
from thongsuot.paper.forms import Form, FormFieldMissing, FormFieldUnknown
from thongsuot.paper.press import FormDoesNotCompile, NothingToPrint, TooManyLines, TooManySheets
from thongsuot.paper.sheets import sheet

OLD_DAY = date(2025, 9, 14)
every_form = pytest.mark.parametrize("one", FORMS, ids=lambda one: one.name)


@every_form
def test_every_form_prints_a_full_and_a_nearly_empty_paper(one: Form) -> None:
    pages = pdftext.pages(press.proof(one, at=AT))

    sign = "Sốliệunhưđãbiết" if one.key == "report" else "Độclập-Tựdo-Hạnhphúc"
    heads = [page for page in pages if sign in page]
    assert len(heads) == 2
    assert "\ufffd" not in "".join(pages)


@every_form
def test_every_paper_declares_pdf_a_2b_with_its_colours_and_its_language(one: Form) -> None:
    pdf = pdftext.opened(press.proof(one, at=AT))

    with pdf.open_metadata() as declared:
        assert declared["pdfaid:part"] == "2"
        assert declared["pdfaid:conformance"] == "B"
    intents = pdf.Root.OutputIntents
    assert [str(intent.S) for intent in intents] == ["/GTS_PDFA1"]
    assert intents[0].DestOutputProfile.read_bytes()
    assert str(pdf.Root.Lang).startswith("vi")


@every_form
def test_every_font_of_a_paper_is_ours_and_embedded(one: Form) -> None:
    fonts = pdftext.fonts(press.proof(one, at=AT))

    assert fonts
    assert all("+Tinos-" in name for name in fonts)
    assert all(embedded > 0 for embedded in fonts.values())


def test_the_date_of_the_pdf_is_the_moment_of_the_paper() -> None:
    pdf = pdftext.opened(press.pdf(form("receipt"), [sheet(receipt())], at=AT))

    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260703010500Z")
    with pdf.open_metadata() as declared:
        assert datetime.fromisoformat(str(declared["xmp:CreateDate"])) == AT


def test_a_paper_of_any_moment_is_dated_with_its_whole_second() -> None:
    full, _ = specimens.of("receipt")
    at = AT.replace(microsecond=999_999)

    made = press.pdf(form("receipt"), [sheet(full)], at=at)

    assert made == press.pdf(form("receipt"), [sheet(full)], at=AT)


def test_the_same_paper_gives_the_same_bytes() -> None:
    one, other = receipt(), receipt("Sùng A Chứ")

    first = press.pdf(form("receipt"), [sheet(one)], at=AT)
    press.pdf(form("receipt"), [sheet(other)], at=AT)

    assert press.pdf(form("receipt"), [sheet(one)], at=AT) == first


def test_the_pdf_says_which_form_it_is_and_that_its_layout_was_not_found() -> None:
    pdf = pdftext.opened(press.pdf(form("receipt"), [sheet(receipt())], at=AT))

    keywords = str(pdf.docinfo["/Keywords"])
    assert "receipt/tt03-2025" in keywords
    assert "Mẫu số 01" in keywords
    assert "03/2025/TT-VPCP" in keywords
    assert "bố cục chính thức chưa tìm thấy" in keywords
    assert str(pdf.docinfo["/Title"]).endswith("H35.101-260703-0012")


def test_a_layout_that_was_not_found_claims_nothing_on_its_face() -> None:
    new = pdftext.pages(press.pdf(form("receipt"), [sheet(receipt())], at=AT))
    old = pdftext.pages(press.pdf(form("receipt", OLD_DAY), [sheet(receipt())], at=AT))

    assert "Banhànhkèmtheo" not in new[0]
    assert "BanhànhkèmtheoThôngtưsố01/2018/TT-VPCPngày23tháng11năm2018" in old[0]


def test_a_receipt_says_when_it_was_received_and_when_the_answer_is_promised() -> None:
    page = pdftext.pages(press.pdf(form("receipt"), [sheet(receipt())], at=AT))[0]

    assert "Thờigiannhậnhồsơ:08giờ05phút,ngày03tháng7năm2026" in page
    assert "Thờigiandựkiếntrảkếtquả:16giờ30phút,ngày17tháng7năm2026" in page
    assert "Mãhồsơ:H35.101-260703-0012" in page


def test_the_control_slip_has_a_block_for_each_hand_over() -> None:
    full = specimens.of("control")[0]

    text = "".join(pdftext.pages(press.pdf(form("control"), [sheet(full)], at=AT)))

    assert text.count("1.Giao:") == text.count("2.Nhận:") == 3
    assert text.count("Ngườigiao") == text.count("Ngườinhận") == 3


def test_every_picture_tells_what_it_shows() -> None:
    told = pdftext.told_of_pictures(press.pdf(form("receipt"), [sheet(receipt())], at=AT))

    assert told == [
        "Mã QR tra cứu hồ sơ H35.101-260703-0012: https://tracuu.example.vn/h/H35.101-260703-0012"
    ]


def test_many_receipts_are_one_pdf_and_each_begins_on_its_own_page() -> None:
    names = [f"Giàng A {chr(ord('A') + i)}" for i in range(12)]

    pages = pdftext.pages(press.pdf(form("receipt"), [sheet(receipt(n)) for n in names], at=AT))

    assert len(pages) == len(names)
    for page, name in zip(pages, names, strict=True):
        assert pdftext.squeezed(name) in page


def test_pages_are_numbered_anew_on_each_sheet_from_its_second_page() -> None:
    long = replace(receipt(), enclosures=receipt().enclosures * 20)
    short = receipt()

    pages = pdftext.pages(
        press.pdf(form("receipt"), [sheet(s) for s in (long, short, long)], at=AT)
    )

    starts = [page[0] if page[0].isdigit() else "" for page in pages]
    assert len(pages) >= 5
    assert starts.count("") == 3
    assert starts[1] == "2"
    assert starts[starts.index("", 1) + 2] == "2"


def test_nothing_is_not_printed() -> None:
    with pytest.raises(NothingToPrint):
        press.pdf(form("receipt"), [], at=AT)


def test_more_sheets_than_one_pdf_bears_are_refused_at_once() -> None:
    many = [sheet(receipt())] * (press.MOST_SHEETS + 1)

    with pytest.raises(TooManySheets) as refused:
        press.pdf(form("receipt"), many, at=AT)

    assert refused.value.facts == {"count": 201, "most": 200}


def test_a_register_longer_than_a_pdf_bears_is_refused_at_once() -> None:
    long = replace(register(), lines=register().lines * press.MOST_LINES)

    with pytest.raises(TooManyLines) as refused:
        press.pdf(form("register"), [sheet(long)], at=AT)

    assert refused.value.facts == {"count": 3000, "most": 1500}


def test_a_long_register_repeats_its_titles_on_every_page() -> None:
    long = replace(register(), lines=register().lines * 60)

    pages = pdftext.pages(press.pdf(form("register"), [sheet(long)], at=AT))

    assert len(pages) > 3
    assert all("Mãhồsơ" in page for page in pages)
    assert "Có120hồsơ.Lậplúc16giờ30phút,ngày24tháng7năm2026,bởiVàngThịMỷ." in pages[-1]


def test_a_field_that_the_form_asks_for_may_not_be_empty() -> None:
    nameless = sheet(replace(receipt(), received_by=""))

    with pytest.raises(FormFieldMissing) as refused:
        press.pdf(form("receipt"), [sheet(receipt()), nameless], at=AT)

    assert refused.value.facts == {"form": "receipt/tt03-2025", "field": "received_by"}


@pytest.mark.parametrize("path", ["addressee.shoe_size", "hotline.number", "nothing"])
def test_a_form_that_asks_for_a_field_we_do_not_have_is_refused(path: str) -> None:
    one = replace(form("notice"), required=(path,))

    with pytest.raises(FormFieldUnknown) as refused:
        press.proof(one, at=AT)

    assert refused.value.facts == {"form": "notice/v1", "field": path}


@pytest.mark.parametrize(
    "template",
    [
        "#let paper(d) = [#d.shoe_size]",
        '#let paper(d) = [#d.at("shoe_size")]',
        "#let paper(d) = [#d.head.shoe_size]",
        '#let paper(d) = if d.hotline == none [] else if d.hotline == "" [#d.shoe_size]',
    ],
)
def test_a_template_with_an_unknown_field_is_refused_before_it_is_used(template: str) -> None:
    with pytest.raises(FormFieldUnknown) as refused:
        press.proof(drawn(template), at=AT)

    assert refused.value.facts == {"form": "notice/thu", "field": "shoe_size"}


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("#let paper(d) = [", "template.typ:1"),
        ("\n#let paper(d) = [\n#blob]", "template.typ:3"),
        ('#let paper(d) = image("/etc/passwd")', "template.typ:1"),
        ('#let paper(d) = read("../../settings.py")', "template.typ:1"),
        ('\n#import "@preview/cetz:0.3.0"\n#let paper(d) = []', "template.typ:2"),
        ("#let paper(d) = [☐]", "template.typ:1"),
    ],
)
def test_a_template_that_is_not_right_is_refused_with_its_line(template: str, place: str) -> None:
    with pytest.raises(FormDoesNotCompile) as refused:
        press.proof(drawn(template), at=AT)

    assert refused.value.facts["form"] == "notice/thu"
    assert refused.value.facts["place"] == place


def test_a_fault_in_the_common_part_is_told_of_the_common_part() -> None:
    one = replace(drawn("#let paper(d) = []"), parts="#let ok = 1\n#let bad = [")

    with pytest.raises(FormDoesNotCompile) as refused:
        press.proof(one, at=AT)

    assert refused.value.facts["place"] == "parts.typ:2"


def test_a_template_may_not_bring_a_typeface_of_the_machine() -> None:
    one = drawn('#let paper(d) = text(font: "DejaVu Sans")[Nậm Loỏng]')

    fonts = pdftext.fonts(press.proof(one, at=AT))

    assert [name.partition("+")[2] for name in fonts] == ["Tinos-Regular"]


def test_several_threads_may_print_at_once() -> None:
    expected = [press.pdf(form("receipt"), [sheet(receipt(f"Lò {i}"))], at=AT) for i in range(4)]
    made: dict[int, bytes] = {}

    def work(i: int) -> None:
        made[i] = press.pdf(form("receipt"), [sheet(receipt(f"Lò {i}"))], at=AT)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [made[i] for i in range(4)] == expected
