"""Looking a dossier up without an account: what is told, what is not, and how often one may try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import builders, cast, life
from tests.web import pages
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant, Identifier
from thongsuot.domain.workflow import Act
from thongsuot.records.feedback import FeedbackRow
from thongsuot.records.looks import LookRow
from thongsuot.records.lookup import LookupTryRow

OLD_CODE = "000.00.01.H99-250601-0007"
DIGITS = cast.MY.number[-4:]


@pytest.fixture
def somebody(province: None) -> Client:
    """A browser that nobody signed in with; the province stands."""
    return Client()


def ask(client: Client, code: str, digits: str = DIGITS) -> Any:
    """Ask for a dossier, as the page does."""
    return client.post("/tra-cuu", {"ma": code, "so": digits})


def take_in(applicant: Applicant = cast.MY, *known: Identifier) -> Dossier:
    """A dossier of an applicant at the counter of Bản Mây."""
    submission = builders.submission(applicant=applicant, identifiers=known)
    request = life.request(submission=submission)
    return actions.receive(request=request, by=cast.HOA, at=submission.received_at)


def rate(client: Client, page: Any, **given: str) -> Any:
    """Rate from the page that the lookup answered."""
    proof = pages.typed(page, "ho-so")
    return client.post("/tra-cuu/danh-gia", {"ho-so": proof, **given})


def test_one_sentence_says_how_it_stands_who_has_it_and_when_it_will_be_ready(
    somebody: Client,
) -> None:
    dossier = life.assigned(life.received())

    page = pages.text(ask(somebody, dossier.code))

    assert (
        "UBND xã Bản Mây đang giải quyết hồ sơ; hẹn trả kết quả lúc 08 giờ 00, thứ Hai ngày "
        "15/09/2025, tại Quầy H99.101." in page
    )
    assert "thứ Bảy 13/09/2025 0 Nghỉ hằng tuần (thứ Bảy)" in page


def test_names_are_masked_and_numbers_are_not_told(somebody: Client) -> None:
    dossier = life.received()

    page = pages.text(ask(somebody, dossier.code))

    assert "G. T. Mỷ" in page
    assert cast.MY.name not in page
    assert cast.MY.number not in page
    assert cast.MY.phone not in page


def test_what_is_missing_is_said_while_the_clock_stands_still(somebody: Client) -> None:
    assigned = life.assigned(life.received())
    dossier = life.do(assigned, Act.ASK_SUPPLEMENT, cast.TAM, missing="Ảnh 4x6", reason="Thiếu")

    page = pages.text(ask(somebody, dossier.code))

    assert "Hồ sơ đang chờ ông/bà bổ sung: Ảnh 4x6. Thời hạn tạm dừng từ 08/09/2025" in page


def test_the_phone_proves_it_as_well(somebody: Client) -> None:
    dossier = take_in(Applicant(name="Sùng A Chu", phone="0912 34 5 678"))

    response = ask(somebody, dossier.code, "56 78")

    assert "S. A. Chu" in pages.text(response)


def test_an_unknown_code_and_wrong_digits_are_answered_alike(somebody: Client) -> None:
    dossier = life.received()

    wrong, unknown = ask(somebody, dossier.code, "0000"), ask(somebody, "H99.101-250908-0099")

    said = pages.beside(wrong, "ma")
    assert wrong.status_code == unknown.status_code == 404
    assert said == pages.beside(unknown, "ma") != ""
    assert pages.typed(wrong, "ma") == dossier.code


def test_whoever_left_no_number_is_not_found_by_empty_digits(somebody: Client) -> None:
    dossier = take_in(Applicant(name="Lý A Sử"))

    responses = [ask(somebody, dossier.code, digits) for digits in ("", "0000", "    ", "١٢٣٤")]

    assert [r.status_code for r in responses] == [422, 404, 422, 422]
    assert not LookRow.objects.exists()


def test_codes_of_other_systems_and_codes_typed_carelessly_lead_to_the_dossier(
    somebody: Client,
) -> None:
    dossier = take_in(cast.MY, Identifier("old-portal", OLD_CODE))

    for typed in (OLD_CODE, OLD_CODE.lower(), f" {dossier.code.lower()} "):
        assert dossier.code in pages.text(ask(somebody, typed))


def test_the_square_of_a_paper_fills_the_code_in(somebody: Client) -> None:
    response = somebody.get("/tra-cuu?ma=H99.101-250908-0001&so=0017")

    assert pages.typed(response, "ma") == "H99.101-250908-0001"
    assert pages.typed(response, "so") == ""


def test_every_successful_look_is_logged_and_no_other(somebody: Client) -> None:
    dossier = life.received()

    ask(somebody, dossier.code, "0000")
    ask(somebody, dossier.code)

    logged = LookRow.objects.values_list("account", "about", "purpose", "door")
    assert list(logged) == [("", dossier.code, "applicant", "public")]


def test_a_code_closes_after_some_wrong_tries_for_right_digits_too(somebody: Client) -> None:
    dossier = life.received()

    tried = [ask(somebody, dossier.code, f"{n:04d}").status_code for n in range(5)]
    closed = ask(somebody, dossier.code)

    assert tried == [404] * 5
    assert closed.status_code == 422
    assert "thử lại từ 10/09/2025 10:00" in pages.beside(closed, "ma")
    assert not LookRow.objects.exists()


def test_a_closed_code_opens_when_its_wrong_tries_are_old(
    somebody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = life.received()
    for n in range(5):
        ask(somebody, dossier.code, f"{n:04d}")

    later = cast.moment("2025-09-10 09:00") + timedelta(minutes=60)
    monkeypatch.setattr("thongsuot.web.door.now", lambda: later)

    assert ask(somebody, dossier.code).status_code == 200


def test_an_address_that_tries_many_codes_is_closed_for_a_while(somebody: Client) -> None:
    dossier = life.received()

    for n in range(30):
        ask(somebody, f"H99.101-250908-{n + 100:04d}", "0000")

    assert ask(somebody, dossier.code).status_code == 422
    elsewhere = somebody.post(
        "/tra-cuu", {"ma": dossier.code, "so": DIGITS}, REMOTE_ADDR="198.51.100.7"
    )
    assert elsewhere.status_code == 200


def test_odd_input_is_an_error_beside_its_field_and_keeps_nothing(somebody: Client) -> None:
    for code in ("", "x" * 61, "\x00", "<script>", "' or 1=1 --"):
        assert ask(somebody, code, "<b>").status_code == 422

    assert not LookupTryRow.objects.exists()


def test_a_dossier_that_is_done_is_rated_once(somebody: Client) -> None:
    dossier = life.issued(life.received())
    page = ask(somebody, dossier.code)

    first = rate(somebody, page, diem="4", **{"gop-y": "Nhanh"})
    again = rate(somebody, page, diem="1")

    assert first["Location"] == "/tra-cuu/cam-on"
    assert again.status_code == 409
    kept = FeedbackRow.objects.get()
    assert (kept.score, kept.comment, kept.office) == (4, "Nhanh", cast.BAN_MAY)


def test_a_rating_without_a_score_comes_back_with_what_was_written(somebody: Client) -> None:
    dossier = life.issued(life.received())
    page = ask(somebody, dossier.code)

    back = rate(somebody, page, **{"gop-y": "Phải chờ lâu"})

    assert back.status_code == 422
    assert pages.typed(back, "gop-y") == "Phải chờ lâu"
    assert not FeedbackRow.objects.exists()


def test_nobody_rates_without_the_proof_or_before_the_end(somebody: Client) -> None:
    running = ask(somebody, life.received().code)

    early = rate(somebody, running, diem="5")
    forged = somebody.post("/tra-cuu/danh-gia", {"ho-so": "H99.101-250908-0001", "diem": "5"})

    assert "Ông/bà thấy thế nào" not in pages.text(running)
    assert early.status_code == forged.status_code == 422
    assert not FeedbackRow.objects.exists()
