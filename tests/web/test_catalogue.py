"""The catalogue on the screens: what is in force, what is drafted, what a change touches."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests import builders, cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records import catalogue
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.decisions import ProcedureDraftRow

DECISION = {
    "number": "QĐ 30/QĐ-UBND",
    "issued_on": "2025-09-09",
    "issuer": "Chủ tịch UBND tỉnh",
    "valid_from": "2025-10-01",
}
DRAFT = {
    "code": "3.000901.H99",
    "name": "Hỗ trợ làm nhà cho hộ nghèo",
    "field": "Bảo trợ xã hội",
    "origin": "provincial",
    "levels": ["commune"],
    "terms.0.channel": "in_person",
    "terms.0.term": "5 ngày làm việc",
    "papers.0.name": "Đơn đề nghị",
    "papers.0.originals": "1",
    "results.0.name": "Quyết định hỗ trợ",
}


def test_the_list_is_found_by_any_words_and_says_since_when(sign_in: SignIn) -> None:
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).update(search="dang ky khai sinh ho tich")

    found = pages.text(sign_in(cast.HOA).get("/danh-muc?q=sinh đăng"))
    nothing = pages.text(sign_in(cast.HOA).get("/danh-muc?q=xyz"))

    assert "1.000101" in found
    assert rows.AT_PROVINCE not in found
    assert "01/01/2020" in found
    assert "Không có thủ tục nào khớp" in nothing


def test_what_is_no_more_in_force_is_listed_apart(sign_in: SignIn) -> None:
    ended = pages.text(sign_in(cast.HOA).get("/danh-muc?xem=ended"))
    in_force = pages.text(sign_in(cast.HOA).get("/danh-muc"))

    assert rows.REPEALED in ended
    assert "01/07/2025" in ended
    assert rows.REPEALED not in in_force


def test_the_list_asks_as_much_of_the_database_however_long_it_is(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)
    few = pages.questions(client, "/danh-muc")
    for number in range(30):
        rows.procedure(builders.procedure(f"1.0009{number:02}"))

    assert pages.questions(client, "/danh-muc") == few


def test_a_draft_is_published_by_a_decision(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)

    drafted = client.post("/danh-muc/du-thao", DRAFT)
    page = pages.text(client.get("/danh-muc/3.000901"))
    published = client.post("/danh-muc/3.000901/cong-bo", DECISION)
    after = pages.text(client.get("/danh-muc/3.000901"))

    assert drafted["Location"] == "/danh-muc/3.000901"
    assert "dự thảo, chưa có hiệu lực" in page
    assert published.status_code == 302
    assert "Công bố, từ 01/10/2025" in after
    assert catalogue.versions("3.000901")[0].decision == "QĐ 30/QĐ-UBND"


def test_what_is_wrong_stands_beside_its_cell_and_what_was_typed_is_still_there(
    sign_in: SignIn,
) -> None:
    given = DRAFT | {"terms.0.term": "năm ngày"}

    answer = sign_in(cast.NHUNG).post("/danh-muc/du-thao", given)

    assert answer.status_code == 422
    assert pages.beside(answer, "terms.0.term")
    assert pages.typed(answer, "terms.0.term") == "năm ngày"
    assert pages.typed(answer, "papers.0.name") == "Đơn đề nghị"
    assert not ProcedureDraftRow.objects.exists()


def test_more_rows_keep_what_was_typed(sign_in: SignIn) -> None:
    answer = sign_in(cast.NHUNG).post("/danh-muc/du-thao", DRAFT | {"action": "more"})

    assert answer.status_code == 200
    assert pages.typed(answer, "papers.0.name") == "Đơn đề nghị"
    assert 'name="papers.6.name"' in answer.content.decode()


def test_a_change_shows_what_it_touches_before_it_is_done(sign_in: SignIn) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.NHUNG).get(f"/danh-muc/{rows.FIVE_DAYS}/bai-bo"))

    assert "1 hồ sơ đang giải quyết" in page
    assert dossier.code in page
    assert "chung@1" in page
    assert "lien-thong@1" in page
    assert len(catalogue.versions(rows.FIVE_DAYS)) == 1


def test_a_decision_without_a_number_is_asked_for_again(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)

    answer = client.post(f"/danh-muc/{rows.FIVE_DAYS}/bai-bo", DECISION | {"number": ""})

    assert answer.status_code == 422
    assert "Quyết định phải có số" in pages.beside(answer, "number")
    assert pages.typed(answer, "issuer") == "Chủ tịch UBND tỉnh"
    assert catalogue.versions(rows.FIVE_DAYS)[0].valid.end is None


def test_two_versions_are_shown_side_by_side(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)
    client.post("/danh-muc/du-thao", DRAFT | {"code": rows.FIVE_DAYS})
    client.post(f"/danh-muc/{rows.FIVE_DAYS}/sua-doi", DECISION)

    page = pages.text(client.get(f"/danh-muc/{rows.FIVE_DAYS}"))

    assert "So sánh phiên bản 1 và 2" in page
    assert "Tờ khai – 1 bản chính" in page
    assert "Đơn đề nghị – 1 bản chính" in page


def test_whoever_does_not_keep_the_catalogue_sees_it_and_changes_nothing(sign_in: SignIn) -> None:
    client = sign_in(cast.SON)

    assert client.get(f"/danh-muc/{rows.FIVE_DAYS}").status_code == 200
    assert client.get("/danh-muc/du-thao").status_code == 403
    assert client.post(f"/danh-muc/{rows.FIVE_DAYS}/bai-bo", DECISION).status_code == 403
    assert client.get("/danh-muc/9.999999").status_code == 404
    assert sign_in(cast.NHUNG).get(f"/danh-muc/{rows.FIVE_DAYS}/bay-len").status_code == 404


def test_the_workbook_says_when_and_by_whom(sign_in: SignIn) -> None:
    answer = sign_in(cast.HOA).get("/danh-muc/tep.xlsx")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert "bởi Lò Thị Hoa" in sheet
    assert "ngày 10 tháng 9 năm 2025" in sheet
    assert rows.FIVE_DAYS in sheet


def test_the_file_of_one_installation_becomes_drafts_of_another(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)
    told = client.get("/danh-muc/tep.json").content

    answer = client.post("/danh-muc/nhap", {"file": io.BytesIO(told)})

    assert answer["Location"] == "/danh-muc?xem=drafts"
    assert ProcedureDraftRow.objects.count() == len(json.loads(told)["procedures"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Tệp"),
        (b"\x89PNG\r\n", "JSON"),
        (b'{"format": "thongsuot.catalogue"', "JSON"),
        (b'{"format": "thongsuot.catalogue", "format_version": 9}', "phiên bản 9"),
        (b'{"format": "khac"}', "tệp danh mục thủ tục"),
    ],
)
def test_a_bad_file_is_one_clear_sentence(sign_in: SignIn, content: bytes, says: str) -> None:
    answer = sign_in(cast.NHUNG).post("/danh-muc/nhap", {"file": io.BytesIO(content)})

    assert answer.status_code == 422
    assert says in pages.text(answer)
    assert not ProcedureDraftRow.objects.exists()
