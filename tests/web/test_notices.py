"""The notice board of a unit, and what applicants said, as each is shown."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast, life, rows
from tests.paper import pdftext
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.feedback import save_feedback
from thongsuot.records.spans import to_range


@pytest.fixture
def somebody(province: None) -> Client:
    """A browser that nobody signed in with; the province stands."""
    return Client()


def test_a_board_says_where_to_go_when_and_what_moved(somebody: Client) -> None:
    page = pages.text(somebody.get(f"/thong-bao/{cast.BAN_MAY}"))

    assert "Quầy H99.101" in page
    assert "Thứ Hai đến thứ Sáu, 07:30–11:30 và 13:30–17:00" in page
    assert "Đường dây nóng chưa công bố" in page
    assert "UBND xã Bản Cũ, từ 01/07/2025" in page


def test_an_announced_hotline_can_be_called_from_the_page(somebody: Client) -> None:
    OfficeContactRow.objects.create(
        office=cast.BAN_MAY, hotline="02133000000", valid=to_range(rows.ALWAYS), source=rows.SOURCE
    )

    page = somebody.get(f"/thong-bao/{cast.BAN_MAY}").content.decode()

    assert '<a href="tel:02133000000">02133000000</a>' in page


@pytest.mark.parametrize("code", [cast.PLACE, cast.OLD_PLACE, "H99.01.01"])
def test_codes_of_communes_and_older_codes_lead_to_the_unit_of_today(
    somebody: Client, code: str
) -> None:
    assert "UBND xã Bản Mây" in pages.text(somebody.get(f"/thong-bao/{code}"))


def test_a_unit_that_has_closed_leads_to_who_carries_on(somebody: Client) -> None:
    response = somebody.get(f"/thong-bao/{cast.BAN_CU}")

    assert "UBND xã Bản Cũ đã sắp xếp lại; nay mời đến: UBND xã Bản Mây" in pages.text(response)
    assert f'href="/thong-bao/{cast.BAN_MAY}"' in response.content.decode()


@pytest.mark.parametrize("words", ["ban cu", "cu ban", "BẢN CŨ", "xa ban cu"])
def test_an_old_name_finds_the_unit_of_today_without_accents_in_any_order(
    somebody: Client, words: str
) -> None:
    page = pages.text(somebody.get("/thong-bao", {"q": words}))

    assert "UBND xã Bản Cũ nay đến UBND xã Bản Mây" in page


@pytest.mark.parametrize("words", ["khong co noi nay", "<script>", "\x00", "%"])
def test_what_is_not_found_is_said_and_stays_typed(somebody: Client, words: str) -> None:
    response = somebody.get("/thong-bao", {"q": words})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
    assert "nay đến" not in pages.text(response)


@pytest.mark.parametrize("code", ["99999", "khong-co", "..", "H99.999"])
def test_an_unknown_unit_is_said_to_be_unknown(somebody: Client, code: str) -> None:
    response = somebody.get(f"/thong-bao/{code}")

    assert response.status_code in (404, 422)
    assert "Tìm nơi nộp hồ sơ" in pages.text(response)


def test_a_leader_reads_what_was_said_of_the_own_office_without_who_said_it(
    sign_in: SignIn,
) -> None:
    RoleRow.objects.filter(code="leader").update(rights=["feedback"])
    dossier = life.issued(life.received())
    row = DossierRow.objects.get(code=dossier.code)
    save_feedback(row, score=2, comment="Phải chờ lâu", at=cast.MONDAY)

    own = pages.text(sign_in(cast.SON).get("/danh-gia"))
    others = pages.text(sign_in(cast.LONG).get("/danh-gia"))

    assert "2 – Không hài lòng Phải chờ lâu" in own
    assert cast.MY.name not in own
    assert dossier.code not in own
    assert "Chưa có đánh giá nào" in others


def test_whoever_does_not_answer_for_an_office_reads_nothing(sign_in: SignIn) -> None:
    assert sign_in(cast.TAM).get("/danh-gia").status_code == 403


def test_the_sheet_for_the_board_is_one_page_of_a4_with_a_square_that_leads_to_the_lookup(
    somebody: Client,
) -> None:
    answer = somebody.get(f"/thong-bao/{cast.BAN_MAY}/pdf")

    assert answer["Content-Type"] == "application/pdf"
    made = pdftext.opened(answer.content)
    width, height = (round(float(side)) for side in made.pages[0].mediabox[2:])
    (said,) = pdftext.pages(answer.content)
    assert (width, height) == (595, 842)
    for told in ("Quầy H99.101", "07:30–11:30", "chưa công bố", "/tra-cuu"):
        assert pdftext.squeezed(told) in said


@pytest.mark.parametrize("code", [cast.BAN_CU, "99999", "khong-co"])
def test_no_sheet_is_made_for_a_unit_that_is_not_there(somebody: Client, code: str) -> None:
    response = somebody.get(f"/thong-bao/{code}/pdf")

    assert response.status_code in (404, 409, 422)
    assert "Tìm nơi nộp hồ sơ" in pages.text(response)


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    """Nhung of the Office, who announces how offices are reached."""
    RoleRow.objects.filter(code="office").update(rights=["contacts"])
    return sign_in(cast.NHUNG)


def test_the_office_announces_a_hotline_from_a_day_and_the_one_before_holds_until_then(
    office: Client, somebody: Client
) -> None:
    address = f"/duong-day-nong/{cast.BAN_MAY}"
    office.post(address, {"hotline": "0213 000 0001", "first": "2025-09-01", "source": "CV 1"})
    office.post(address, {"hotline": "0213 000 0002", "first": "2025-09-20", "source": "CV 2"})

    page = pages.text(somebody.get(f"/thong-bao/{cast.BAN_MAY}"))
    kept = OfficeContactRow.objects.order_by("valid").values_list("hotline", "valid")

    assert "0213 000 0001" in page
    assert [(number, str(days)) for number, days in kept] == [
        ("0213 000 0001", "[2025-09-01, 2025-09-20)"),
        ("0213 000 0002", "[2025-09-20, None)"),
    ]
    assert "0213 000 0001 01/09/2025 CV 1" in pages.text(office.get("/duong-day-nong"))


def test_what_was_announced_for_the_same_day_is_said_anew(office: Client) -> None:
    address = f"/duong-day-nong/{cast.BAN_MAY}"
    for number in ("0213 000 0001", "0213 000 0009"):
        office.post(address, {"hotline": number, "first": "2025-09-01", "source": "CV 1"})

    assert OfficeContactRow.objects.get().hotline == "0213 000 0009"


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"hotline": "", "mailbox": ""}, "hotline", "số điện thoại, hoặc địa chỉ thư"),
        ({"hotline": "<script>"}, "hotline", "không phải số điện thoại"),
        ({"mailbox": "motcua"}, "mailbox", "ten@co-quan"),
        ({"first": "32/13"}, "first", "ngày"),
        ({"source": ""}, "source", "còn trống"),
    ],
)
def test_an_announcement_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    office: Client, given: dict[str, str], field: str, said: str
) -> None:
    whole = {"hotline": "0213", "mailbox": "a@b.vn", "first": "2025-09-01", "source": "CV 1"}

    refused = office.post(f"/duong-day-nong/{cast.BAN_MAY}", whole | given)

    assert said in pages.beside(refused, field)
    assert pages.typed(refused, "source") == (whole | given)["source"]
    assert not OfficeContactRow.objects.exists()


def test_whoever_does_not_announce_sees_no_form(sign_in: SignIn) -> None:
    assert sign_in(cast.HOA).get("/duong-day-nong").status_code == 403
