"""Many of one kind at the counter: a table or a file, shown first, each with a code of its own."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import together
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkRow
from thongsuot.web.forms import many

WHERE = f"/tiep-nhan/{rows.FIVE_DAYS}/nhieu"
NOW = cast.moment("2025-09-10 09:00")
TWO = {
    "channel": "in_person",
    "has-0": "on",
    "originals-0": "1",
    "key": "web:nhieu",
    "people.0.name": "Giàng Thị Mỷ",
    "people.0.phone": "0900000017",
    "people.1.name": "Sùng A Chứ",
}


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(cast.HOA)


def sent(client: Client, content: bytes, name: str = "a.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(WHERE, {"action": "upload", "file": file, **more})


def test_only_a_counter_takes_in(sign_in: SignIn) -> None:
    assert sign_in(cast.TAM).get(WHERE).status_code == 403
    assert sign_in(cast.TAM).get(f"{WHERE}/mau").status_code == 403


def test_an_empty_table_is_said_beside_its_first_line(client: Client) -> None:
    response = client.post(WHERE, {"action": "look", "channel": "in_person"})

    assert response.status_code == 422
    assert pages.beside(response, "people.0.name")


def test_each_bad_line_has_its_sentence_and_keeps_what_was_typed(client: Client) -> None:
    bad = {
        "people.1.number": "123",
        "people.2.phone": "0911",
        "people.0.number": "012190000017",
        "people.3.name": "Ai Đó",
        "people.3.number": "012190000017",
    }

    response = client.post(WHERE, TWO | bad | {"action": "begin"})

    assert response.status_code == 422
    assert pages.beside(response, "people.1.number")
    assert pages.beside(response, "people.2.name")
    assert "đã có ở dòng 1" in pages.beside(response, "people.3.number")
    assert pages.typed(response, "people.1.number") == "123"
    assert BulkRow.objects.count() == 0


def test_what_is_shown_beforehand_has_the_appointment_and_takes_no_number(client: Client) -> None:
    response = client.post(WHERE, TWO | {"action": "look"})

    page = pages.text(response)
    assert "Sẽ tiếp nhận 2 hồ sơ" in page
    assert "Sùng A Chứ : hẹn trả 17/09/2025" in page
    assert "Tiếp nhận 2 hồ sơ" in pages.buttons(response)
    assert (DossierRow.objects.count(), rows.count("records_codesequencerow")) == (0, 0)


def test_begun_twice_each_line_becomes_one_dossier_and_all_papers_can_be_printed(
    client: Client,
) -> None:
    first = client.post(WHERE, TWO | {"action": "begin"})
    client.post(WHERE, TWO | {"action": "begin"})
    while together.do_next(run=BulkRow.objects.get().pk, at=NOW):
        pass

    page = client.get(first["Location"])

    taken = DossierRow.objects.order_by("code")
    assert [row.applicant_name for row in taken] == ["Giàng Thị Mỷ", "Sùng A Chứ"]
    assert "hẹn trả 17/09/2025" in pages.text(page)
    codes = ",".join(row.code for row in taken)
    assert f'href="/in?codes={codes}"' in page.content.decode()
    assert client.get(f"/in?codes={codes}").content.startswith(b"%PDF")
    joint = client.get(f"{first['Location']}/phieu")
    assert joint.content.startswith(b"%PDF")


def test_the_template_filled_in_is_read_back(client: Client) -> None:
    made = client.get(f"{WHERE}/mau")

    with zipfile.ZipFile(io.BytesIO(made.content)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    response = sent(client, made.content, "mau.xlsx")
    assert "Đã đọc 0 dòng" in pages.text(response)


def test_lines_of_a_file_come_below_what_was_typed(client: Client) -> None:
    text = "dia chi;HỌ VÀ TÊN;Số định danh;lạ\nBản Mây;Lò Văn An;012190000017;x\n;;;\n"

    response = sent(client, text.encode(), **TWO)

    assert pages.typed(response, "people.0.name") == "Giàng Thị Mỷ"
    assert pages.typed(response, "people.2.name") == "Lò Văn An"
    assert pages.typed(response, "people.2.address") == "Bản Mây"
    assert "Đã đọc 1 dòng" in pages.text(response)


def book(cells: dict[tuple[int, int], object]) -> bytes:
    """A workbook with these cells, by row and column from 0."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet()
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return made.getvalue()


def with_sheet(text: str) -> bytes:
    """A workbook whose sheet is this text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book({}))) as whole, zipfile.ZipFile(made, "w") as packed:
        for name in whole.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            packed.writestr(name, text if is_sheet else whole.read(name))
    return made.getvalue()


FAR_RIGHT, FAR_BELOW = book({(0, 16_383): "x"}), book({(1_048_575, 0): "x"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp"),
        (b"PK\x03\x04 cut off", "Không đọc được tệp"),
        (b"\xff\xfe\x00binary", "Không đọc được tệp"),
        ("tên\nAn\n".encode(), "Không thấy cột “Họ và tên”"),
        (FAR_RIGHT, "Không đọc được tệp"),
        (FAR_BELOW, "Không đọc được tệp"),
        (with_sheet("<worksheet"), "Không đọc được tệp"),
        (with_sheet('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;'), "Không thấy cột"),
        (b"Ho va ten\n" + b"An\n" * (many.MOST + 1), "nhiều nhất"),
    ],
)
def test_a_bad_file_is_one_sentence_and_what_was_typed_is_still_there(
    client: Client, content: bytes, said: str
) -> None:
    response = sent(client, content, **TWO)

    assert response.status_code == 422
    assert said in pages.text(response)
    assert pages.typed(response, "people.1.name") == "Sùng A Chứ"


def test_a_workbook_is_read_cell_by_cell_whatever_is_left_out(client: Client) -> None:
    titles = {(1, 0): "Họ và tên", (1, 2): "Điện thoại"}
    filled = book(titles | {(2, 0): "Vàng A Páo", (2, 2): 912345678.0})

    response = sent(client, filled, "a.xlsx", channel="in_person")

    assert pages.typed(response, "people.0.name") == "Vàng A Páo"
    assert pages.typed(response, "people.0.phone") == "912345678"
