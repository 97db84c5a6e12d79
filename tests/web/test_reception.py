"""The counter takes a dossier in with one form, once, and loses nothing that was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests import builders, cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.domain.catalogue import Channel, Paper, TermRule
from thongsuot.domain.deadline import Term
from thongsuot.domain.dossier.reasons import fold
from thongsuot.records.calendar import PolicyRow
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.cutover import SentElsewhereRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.looks import LookRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_range

Response = Any  # Django types the answer of its test client under a name of its own
FORM = f"/tiep-nhan/{rows.FIVE_DAYS}"
KEY = "web:4cde7cf0-0000-4000-8000-000000000001"
FILLED = {
    "key": KEY,
    "case_shown": "",
    "channel": "in_person",
    "applicant.name": "Giàng Thị Mỷ",
    "applicant.number": "012190000017",
    "place": cast.OLD_PLACE,
    "has-0": "on",
    "originals-0": "1",
    "copies-0": "2",
    "action": "receive",
}


def send(client: Client, address: str = FORM, **given: str) -> Response:
    """The form as Hoa filled it in, but for what is given; "" leaves a field empty."""
    named = {name.replace("__", "."): value for name, value in given.items()}
    return client.post(address, FILLED | named)


def test_a_procedure_is_found_by_words_without_accents_in_any_order(sign_in: SignIn) -> None:
    name = "Đăng ký khai sinh"
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).update(name=name, search=" ".join(fold(name)))

    page = pages.text(sign_in(cast.HOA).get("/tiep-nhan?q=SINH dang"))

    assert name in page
    assert rows.FIVE_DAYS in page
    assert rows.NO_TERM not in page


def test_a_search_without_a_hit_says_what_to_try(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).get("/tiep-nhan?q=phi thuyền"))

    assert "Không có thủ tục nào" in page
    assert "Thử ít chữ hơn" in page


def test_what_the_counter_takes_in_often_stands_first(sign_in: SignIn) -> None:
    life.received()

    page = pages.text(sign_in(cast.HOA).get("/tiep-nhan"))

    assert "Quầy này hay tiếp nhận Thủ tục 1.000101" in page


@pytest.mark.parametrize("address", ["/tiep-nhan", FORM])
def test_only_a_counter_takes_dossiers_in(sign_in: SignIn, address: str) -> None:
    response = sign_in(cast.TAM).get(address)

    assert response.status_code == 403
    assert "không được giao việc “Tiếp nhận”" in pages.text(response)


def test_the_card_says_who_resolves_by_when_and_why(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).get(FORM))

    assert "Cơ quan giải quyết UBND xã Bản Mây" in page
    assert "09 giờ 00, thứ Tư ngày 17/09/2025" in page
    assert "Thời hạn giải quyết: 5 ngày làm việc" in page
    assert "Trực tuyến: 5 ngày làm việc" in page
    assert "không có nghĩa là miễn phí" in page


def test_a_filled_in_form_makes_a_dossier_and_shows_it(sign_in: SignIn) -> None:
    response = send(sign_in(cast.HOA))

    row = DossierRow.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/ho-so/{row.code}"
    assert (row.applicant_name, row.place_given, row.place_today) == (
        "Giàng Thị Mỷ",
        cast.OLD_PLACE,
        cast.PLACE,
    )


def test_the_dossier_made_greets_with_its_code_and_its_papers(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    page = pages.text(client.get(send(client, more_papers="Sổ hộ khẩu cũ\n")["Location"]))

    assert f"Đã tiếp nhận hồ sơ {DossierRow.objects.get().code}" in page
    assert "Tờ khai 1 bản chính, 2 bản sao" in page
    assert "Sổ hộ khẩu cũ 1 bản chính" in page
    assert "Bản Mây người nộp ghi: Bản Cũ" in page


def test_a_form_sent_twice_makes_one_dossier(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    first, second = send(client), send(client)

    assert DossierRow.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_form_sent_again_with_other_content_makes_no_second_dossier(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    send(client)

    response = send(client, applicant__name="Người khác")

    assert response.status_code == 422
    assert DossierRow.objects.count() == 1


def test_everything_wrong_is_said_at_once_beside_its_field(sign_in: SignIn) -> None:
    wrong = {
        "applicant__name": "",
        "applicant__number": "123",
        "applicant__phone": "0" * 30,
        "copies-0": "hai",
        "received_at": "hôm qua",
    }

    response = send(sign_in(cast.HOA), **wrong)

    assert response.status_code == 422
    assert "còn trống" in pages.beside(response, "applicant.name")
    assert "12 chữ số" in pages.beside(response, "applicant.number")
    assert "dài quá" in pages.beside(response, "applicant.phone")
    assert "“hai”" in pages.beside(response, "copies-0")
    assert "hôm qua" in pages.beside(response, "received_at")
    assert "còn 5 chỗ phải sửa" in pages.text(response)
    assert not DossierRow.objects.exists()


def test_the_summary_of_errors_takes_the_focus_and_links_to_each_field(sign_in: SignIn) -> None:
    page = send(sign_in(cast.HOA), applicant__name="").content.decode()

    assert 'role="alert" tabindex="-1" autofocus' in page
    assert 'href="#f-applicant-name"' in page
    assert 'id="f-applicant-name"' in page


def test_what_was_typed_is_kept_when_something_is_wrong(sign_in: SignIn) -> None:
    response = send(
        sign_in(cast.HOA),
        applicant__name="",
        applicant__address="Bản Nà <Đon>",
        more_papers="Sổ hộ khẩu",
        return_point=cast.AT_CENTRE,
    )

    assert pages.typed(response, "applicant.address") == "Bản Nà <Đon>"
    assert pages.typed(response, "more_papers") == "Sổ hộ khẩu"
    assert pages.typed(response, "return_point") == cast.AT_CENTRE
    assert pages.typed(response, "place") == cast.OLD_PLACE
    assert pages.typed(response, "key") == KEY
    assert pages.typed(response, "copies-0") == "2"
    assert b'name="has-0" value="on" checked' in response.content


def test_to_look_again_at_the_term_refuses_nothing(sign_in: SignIn) -> None:
    response = send(sign_in(cast.HOA), action="look", applicant__name="", channel="online")

    assert response.status_code == 200
    assert "phải sửa" not in pages.text(response)
    assert b'value="online" checked' in response.content


def test_a_procedure_of_the_province_asks_for_the_body_that_resolves(sign_in: SignIn) -> None:
    address = f"/tiep-nhan/{rows.AT_PROVINCE}"

    response = send(sign_in(cast.HOA), address)

    assert response.status_code == 422
    assert "còn trống" in pages.beside(response, "competent_office")


def test_a_dossier_for_another_body_counts_from_its_latest_arrival(sign_in: SignIn) -> None:
    address, body = f"/tiep-nhan/{rows.AT_PROVINCE}", cast.DEPARTMENT

    page = pages.text(send(sign_in(cast.HOA), address, action="look", competent_office=body))

    assert "Sở Nông nghiệp và Môi trường" in page
    assert "chậm nhất 17 giờ 00, thứ Tư ngày 10/09/2025" in page


def test_without_a_legal_term_the_official_gives_the_appointment(sign_in: SignIn) -> None:
    address = f"/tiep-nhan/{rows.NO_TERM}"
    client = sign_in(cast.HOA)

    refused = send(client, address)
    given = {"appointment": "2025-09-19T16:00", "appointment_basis": "Công văn 12/UBND"}
    taken_in = send(client, address, **given)

    assert refused.status_code == 422
    assert pages.beside(refused, "appointment")
    assert taken_in.status_code == 302


def test_another_case_is_shown_before_anything_is_taken_in(sign_in: SignIn) -> None:
    _procedure_with_cases()
    address = "/tiep-nhan/1.000909"
    client = sign_in(cast.HOA)

    unchosen = send(client, address)
    changed = send(client, address, case="Làm lại")
    accepted = send(client, address, case="Làm lại", case_shown="Làm lại")

    assert "còn trống" in pages.beside(unchosen, "case")
    assert "giấy tờ và hạn đã tính lại" in pages.beside(changed, "case")
    assert "Đơn xin làm lại" in pages.text(changed)
    assert "Đơn xin làm mới" not in pages.text(changed)
    assert accepted.status_code == 302
    assert DossierRow.objects.get().case == "Làm lại"


def test_a_case_that_has_papers_but_no_term_is_refused_beside_the_case(sign_in: SignIn) -> None:
    _procedure_with_cases(Paper("Đơn xin đổi", case="Đổi tên"))
    address, case = "/tiep-nhan/1.000909", "Đổi tên"

    response = send(sign_in(cast.HOA), address, case=case, case_shown=case)

    assert response.status_code == 422
    assert "Làm mới, Làm lại" in pages.beside(response, "case")
    assert "Đơn xin đổi" in pages.text(response)


def test_an_earlier_receipt_needs_its_reason(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    refused = send(client, received_at="2025-09-09T08:00")
    kept = send(client, received_at="2025-09-09T08:00", late_entry_reason="Mất điện cả ngày")

    assert pages.beside(refused, "late_entry_reason")
    assert kept.status_code == 302


def test_a_receipt_in_the_future_is_refused_beside_its_field(sign_in: SignIn) -> None:
    response = send(sign_in(cast.HOA), received_at="2025-09-11T08:00")

    assert response.status_code == 422
    assert pages.beside(response, "received_at")


def test_reorganisation_is_no_reason_not_to_take_a_dossier_in(sign_in: SignIn) -> None:
    reason = "Xã đang sáp nhập đơn vị, chưa nhận"

    response = send(sign_in(cast.HOA), action="decline", reason=reason)

    assert response.status_code == 422
    assert "NQ 190/2025/QH15" in pages.beside(response, "reason")
    assert pages.typed(response, "reason") == reason
    assert not DossierRow.objects.exists()


def test_a_dossier_not_taken_in_is_kept_with_its_reason(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    response = send(client, action="decline", reason="Không đúng đối tượng")

    page = pages.text(client.get(response["Location"]))
    assert "Không được tiếp nhận" in page
    assert "Không đúng đối tượng" in page


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("1.999999", 404, "1.999999"),
        ("khai-sinh", 422, "không phải mã thủ tục"),
        (rows.REPEALED, 422, "01/07/2025"),
    ],
)
def test_a_procedure_that_cannot_be_taken_in_says_why(
    sign_in: SignIn, code: str, status: int, words: str
) -> None:
    response = sign_in(cast.HOA).get(f"/tiep-nhan/{code}")

    assert response.status_code == status
    assert words in pages.text(response)


def test_a_character_that_no_database_keeps_is_left_out(sign_in: SignIn) -> None:
    response = send(sign_in(cast.HOA), applicant__name="Giàng\x00 Thị Mỷ")

    assert response.status_code == 302
    assert DossierRow.objects.get().applicant_name == "Giàng Thị Mỷ"


def test_more_procedures_ask_no_more_questions(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    few = pages.questions(client, "/tiep-nhan"), pages.questions(client, FORM)
    for number in range(10):
        rows.procedure(builders.procedure(f"2.00{number:04}"))

    many = pages.questions(client, "/tiep-nhan"), pages.questions(client, FORM)

    assert many == few


def _procedure_with_cases(*more: Paper) -> None:
    """A procedure of two cases, each with papers of its own."""
    one = builders.procedure("1.000909")
    terms = tuple(
        TermRule(Channel.IN_PERSON, Term.parse(term), case)
        for case, term in (("Làm mới", "5 ngày làm việc"), ("Làm lại", "2 ngày làm việc"))
    )
    papers = (Paper("Đơn xin làm mới", case="Làm mới"), Paper("Đơn xin làm lại", case="Làm lại"))
    value = replace(one, terms=terms, papers=(*papers, *more))
    save_procedure(value, search="", source=rows.SOURCE)


def test_the_card_says_who_resolves_by_place_and_shows_it_before_it_is_sent(
    sign_in: SignIn,
) -> None:
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    client = sign_in(cast.SUNG)

    unseen = pages.text(send(client, office_shown=cast.NAM_SUONG))
    taken = send(client, office_shown=cast.BAN_MAY)

    assert "cơ quan giải quyết là UBND xã Bản Mây; xem lại hạn" in unseen
    assert "nơi đã chọn nay thuộc UBND xã Bản Mây" in unseen
    assert taken.status_code == 302
    assert DossierRow.objects.get().competent_office == cast.BAN_MAY


def test_the_body_named_for_a_field_resolves_unless_the_official_chooses(sign_in: SignIn) -> None:
    CompetenceRow.objects.create(
        field="Hộ tịch", office=cast.DEPARTMENT, valid=to_range(rows.ALWAYS), source="QĐ 7"
    )

    page = pages.text(sign_in(cast.HOA).get(f"/tiep-nhan/{rows.AT_PROVINCE}"))

    assert "Theo quy tắc: Sở Nông nghiệp và Môi trường" in page
    assert "Được giao lĩnh vực Hộ tịch (nguồn: QĐ 7)." in page


def test_a_person_is_found_by_number_and_what_was_typed_stays(sign_in: SignIn) -> None:
    before = life.received()
    number = before.applicant.number

    page = sign_in(cast.HOA).post(
        FORM, {"action": "person", "applicant.number": number, "applicant.phone": "0900"}
    )

    assert before.code in pages.text(page)
    assert f'value="{before.applicant.name}"' in page.content.decode()
    assert 'value="0900"' in page.content.decode()
    assert LookRow.objects.get().purpose == "receive"


def test_nobody_is_looked_for_without_a_number_or_a_phone(sign_in: SignIn) -> None:
    page = sign_in(cast.HOA).post(FORM, {"action": "person"})

    assert page.status_code == 422
    assert not LookRow.objects.exists()


def test_a_person_never_seen_is_said_to_be_new(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).post(FORM, FILLED | {"action": "person"}))

    assert "Chưa có hồ sơ nào" in page


def test_the_same_dossier_twice_is_pointed_out_and_taken_in_knowingly(sign_in: SignIn) -> None:
    PolicyRow.objects.create(
        key="duplicate_days", value="30", valid=to_range(rows.ALWAYS), source="bịa", certainty="bịa"
    )
    client = sign_in(cast.HOA)
    send(client)
    first = DossierRow.objects.get().code

    warned = send(client, key=f"{KEY}2")
    taken = send(client, key=f"{KEY}2", knows_of="on")

    assert "Đã nộp thủ tục này gần đây" in pages.text(warned)
    assert first in pages.text(warned)
    assert taken.status_code == 302
    assert DossierRow.objects.count() == 2


def test_after_the_days_of_the_policy_it_is_no_second_time(sign_in: SignIn) -> None:
    PolicyRow.objects.create(
        key="duplicate_days", value="0", valid=to_range(rows.ALWAYS), source="bịa", certainty="bịa"
    )
    client = sign_in(cast.HOA)
    send(client)
    DossierRow.objects.update(received_at=cast.moment("2025-08-01 08:00"))

    taken = send(client, key=f"{KEY}2")

    assert taken.status_code == 302


def test_a_procedure_whose_name_begins_with_the_words_comes_first(sign_in: SignIn) -> None:
    for base, name in ((rows.FIVE_DAYS, "Cải chính, đăng ký lại"), (rows.NO_TERM, "Đăng ký lại")):
        ProcedureRow.objects.filter(base=base).update(name=name, search=" ".join(fold(name)))

    page = pages.text(sign_in(cast.HOA).get("/tiep-nhan?q=dang ky lai"))

    assert page.index(rows.NO_TERM) < page.index(rows.FIVE_DAYS)


@pytest.fixture
def switched(province: None) -> None:
    """The field moved to another system this morning."""
    rows.reception_system()
    rows.moved("2025-09-10 00:00")


def test_the_card_says_where_a_moved_procedure_is_received_and_counts_who_was_told(
    sign_in: SignIn, switched: None
) -> None:
    hoa = sign_in(cast.HOA)

    card = pages.text(hoa.get(FORM))
    refused = send(hoa)
    told = send(hoa, action="elsewhere")

    assert "Nhận ở hệ thống khác từ 10/09/2025 00:00" in card
    assert "https://motcua.bo-x.example" in card
    assert refused.status_code == 422
    assert "Hệ thống bo-x" in pages.text(refused)
    assert "Giàng Thị Mỷ" in refused.content.decode()
    assert told.status_code == 302
    assert SentElsewhereRow.objects.using("codes").count() == 1
    assert not DossierRow.objects.exists()


def test_a_paper_of_yesterday_is_still_received_after_the_switch(
    sign_in: SignIn, switched: None
) -> None:
    earlier = {"received_at": "2025-09-09T23:59", "late_entry_reason": "mất điện"}

    sent = send(sign_in(cast.HOA), **earlier)
    not_theirs = send(sign_in(cast.HOA), action="elsewhere", **earlier)

    assert sent.status_code == 302
    assert DossierRow.objects.count() == 1
    assert not_theirs.status_code == 422
    assert not SentElsewhereRow.objects.using("codes").exists()
