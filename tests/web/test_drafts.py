"""What is typed at the counter is there again, for the one who typed it, until it is sent."""

from __future__ import annotations

from tests import cast, rows
from tests.web import pages
from tests.web.conftest import SignIn
from tests.web.test_reception import FILLED, FORM
from thongsuot.records.drafts import DraftRow

DRAFT = FILLED | {"action": "draft"}


def test_a_draft_is_there_again_and_listed_for_its_official_alone(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    client.post(FORM, DRAFT)
    again = client.get(FORM)

    assert "Đã mở lại bản nháp" in pages.text(again)
    assert 'value="Giàng Thị Mỷ"' in again.content.decode()
    assert "Bản nháp của bạn" in pages.text(client.get("/tiep-nhan"))
    assert "G. T. Mỷ" in pages.text(client.get("/tiep-nhan"))
    assert "Đã mở lại bản nháp" not in pages.text(sign_in(cast.SUNG).get(FORM))


def test_a_script_is_told_when_the_draft_was_saved(sign_in: SignIn) -> None:
    answer = sign_in(cast.HOA).post(FORM, DRAFT, headers={"accept": "application/json"})

    assert answer.json()["said"].startswith("Đã lưu nháp lúc ")
    assert DraftRow.objects.get().procedure == rows.FIVE_DAYS


def test_what_was_taken_in_is_no_draft_any_more_even_if_it_is_saved_late(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    client.post(FORM, DRAFT)

    client.post(FORM, FILLED)
    client.post(FORM, DRAFT)

    assert not DraftRow.objects.exists()


def test_a_draft_is_thrown_away_when_asked(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    client.post(FORM, DRAFT)

    client.post(FORM, DRAFT | {"action": "forget"})

    assert not DraftRow.objects.exists()
