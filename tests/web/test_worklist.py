"""The work list: what waits, for whom, and how long it may wait."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests import builders, cast, life
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.workflow import Act


def test_a_line_says_code_person_procedure_step_who_and_time_left(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())

    page = pages.text(sign_in(cast.TAM).get("/"))

    for word in (dossier.code, cast.MY.name, "Thủ tục 1.000101", "Thụ lý", cast.TAM.name):
        assert word in page
    assert "Còn 4 ngày" in page


def test_the_counter_without_work_of_its_own_sees_its_office(sign_in: SignIn) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.HOA).get("/"))

    assert dossier.code in page
    assert "chưa phân công" in page


def test_another_office_does_not_see_it(sign_in: SignIn) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.SUNG).get("/?tab=office"))

    assert dossier.code not in page
    assert "không có hồ sơ nào đang giải quyết" in page


@pytest.mark.parametrize(
    ("at", "word"),
    [
        ("2025-09-15 09:00", "Quá hạn 1 giờ"),
        ("2025-09-15 07:00", "Còn 1 giờ"),
        ("2025-09-17 08:00", "Quá hạn 2 ngày"),
    ],
)
def test_time_left_is_said_in_words(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, at: str, word: str
) -> None:
    life.received()  # due on Monday 15/09 at 08:00
    monkeypatch.setattr("thongsuot.web.door.now", lambda: cast.moment(at))

    page = pages.text(sign_in(cast.HOA).get("/"))

    assert word in page


def test_a_dossier_becomes_near_in_word_and_shape(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = cast.moment("2025-09-12 16:00")
    life.received()
    actions.notice_due(at=at)
    monkeypatch.setattr("thongsuot.web.door.now", lambda: at)

    response = sign_in(cast.HOA).get("/?tab=near")

    assert "Sắp đến hạn còn 2 ngày" in pages.text(response)
    assert b"standing-near" in response.content


def test_a_paused_dossier_waits_in_its_own_tab(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())
    life.do(dossier, Act.ASK_SUPPLEMENT, cast.TAM, missing="Ảnh", reason="Thiếu")

    page = pages.text(sign_in(cast.TAM).get("/?tab=waiting"))

    assert "Đang tạm dừng hạn sẽ lùi lại" in page


def test_tabs_count_and_stop_counting(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("thongsuot.web.views.worklist.COUNTED_TO", 2)
    for minutes in range(3):
        life.received(at=cast.MONDAY + timedelta(minutes=minutes))

    page = pages.text(sign_in(cast.HOA).get("/"))

    assert "Cơ quan tôi 2+" in page
    assert "Của tôi 0" in page


def test_the_search_stays_in_the_address_of_every_page(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thongsuot.web.views.worklist.PAGE", 1)
    codes = [life.received(at=cast.MONDAY + timedelta(minutes=n)).code for n in range(3)]

    response = sign_in(cast.HOA).get("/?q=H99")

    assert f'href="?tab=office&amp;q=H99&amp;after={codes[0]}"' in response.content.decode()
    assert pages.typed(response, "q") == "H99"


def test_the_next_page_goes_on_where_this_one_ends(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thongsuot.web.views.worklist.PAGE", 1)
    first, second = (life.received(at=cast.MONDAY + timedelta(minutes=n)).code for n in range(2))

    page = pages.text(sign_in(cast.HOA).get(f"/?tab=office&after={first}"))

    assert second in page
    assert first not in page
    assert "Về đầu danh sách" in page


def test_a_search_without_a_hit_says_how_to_search(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).get("/?q=khong-co\x00"))

    assert "Không tìm thấy hồ sơ nào" in page
    assert "Xóa từ khóa" in page


def test_a_name_is_shown_as_it_was_typed_and_never_run(sign_in: SignIn) -> None:
    villain = Applicant(name='<script>alert("x")</script>')
    asked = life.request(submission=builders.submission(applicant=villain))
    actions.receive(request=asked, by=cast.HOA, at=cast.MONDAY)

    response = sign_in(cast.HOA).get("/")

    assert b"<script>" not in response.content
    assert villain.name in pages.text(response)


def test_the_page_says_whose_desk_it_is_and_what_the_database_is(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).get("/"))

    assert f"{cast.HOA.name} UBND xã Bản Mây" in page
    assert "09 giờ 00, thứ Tư ngày 10/09/2025" in page
    assert "Cơ sở dữ liệu thử nghiệm" in page


def test_more_dossiers_ask_no_more_questions(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    life.assigned(life.received())
    few = pages.questions(client, "/")
    for minutes in range(1, 12):
        life.assigned(life.received(at=cast.MONDAY + timedelta(minutes=minutes)))

    many = pages.questions(client, "/")

    assert many == few
