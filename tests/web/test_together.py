"""Many chosen on the work list: shown first, begun once, told line by line."""

from __future__ import annotations

import io
import re
import zipfile

from tests import cast, life
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import together
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Act
from thongsuot.records.dossier import DossierRow
from thongsuot.records.looks import LookRow
from thongsuot.records.together import BulkRow

NOW = cast.moment("2025-09-10 09:00")


def at_intake(count: int = 2) -> list[Dossier]:
    return [life.forwarded(life.received()) for _ in range(count)]


def seen(pair: list[Dossier]) -> list[str]:
    return [f"{each.code}:{each.version}" for each in pair]


def test_each_line_can_be_chosen_and_the_bar_offers_what_the_roles_allow(sign_in: SignIn) -> None:
    (dossier,) = at_intake(1)

    handler = sign_in(cast.TAM).get("/?tab=office")
    counter = sign_in(cast.HOA).get("/?tab=office")
    to_return = sign_in(cast.HOA).get("/?tab=to_return")

    assert f'name="code" value="{dossier.code}"' in handler.content.decode()
    assert {"Nhận việc", "Xác nhận đã nhận"} <= set(pages.buttons(handler))
    assert "Nhận việc" not in pages.buttons(counter)
    assert "Chuyển đi" in pages.buttons(counter)
    assert "Trả kết quả…" not in pages.buttons(to_return)  # the list is empty


def test_a_whole_page_is_chosen_without_a_script(sign_in: SignIn) -> None:
    at_intake()

    page = sign_in(cast.TAM).get("/?tab=office&chon=1").content.decode()

    assert len(re.findall(r'name="code"[^>]*checked', page)) == 2
    assert "Bỏ chọn tất cả" in page


def test_nothing_chosen_is_said_in_a_sentence(sign_in: SignIn) -> None:
    response = sign_in(cast.TAM).post("/hang-loat/moi", {"do": "claim"})

    assert response.status_code == 422
    assert "Chưa chọn hồ sơ nào" in pages.text(response)


def test_an_act_that_is_not_made_on_many_is_refused(sign_in: SignIn) -> None:
    response = sign_in(cast.TAM).post("/hang-loat/moi", {"do": "<b>x</b>", "code": "a"})

    assert response.status_code == 422
    assert b"<b>x</b>" not in response.content


def test_what_will_happen_is_shown_and_what_will_not_says_why(sign_in: SignIn) -> None:
    one, other = at_intake()
    life.do(other, Act.CLAIM, cast.TAM)

    response = sign_in(cast.TAM).post(
        "/hang-loat/moi", {"do": "claim", "code": [one.code, other.code]}
    )

    page = pages.text(response)
    assert "sẽ về danh sách việc của bạn" in page
    assert "đã có người xử lý" in page
    assert "Nhận việc 1 hồ sơ" in page
    assert f"{one.code}:{one.version}" in response.content.decode()
    assert f"{other.code}:" not in response.content.decode()
    assert BulkRow.objects.count() == 0


def test_begun_it_is_followed_on_its_page_and_made_by_the_worker(sign_in: SignIn) -> None:
    pair = at_intake()
    client = sign_in(cast.TAM)
    form = {"do": "claim", "action": "begin", "seen": seen(pair), "key": "web:1"}

    first = client.post("/hang-loat/moi", form)
    second = client.post("/hang-loat/moi", form)
    begun = pages.text(client.get(first["Location"]))
    assert first["Location"] == second["Location"]
    assert "Đang làm : 0/2 dòng" in begun
    assert "Hủy phần chưa làm" in begun
    assert set(DossierRow.objects.values_list("assignee", flat=True)) == {""}

    while together.do_next(run=BulkRow.objects.get().pk, at=NOW):
        pass

    over = client.get(first["Location"])
    assert "Xong : 2/2 dòng · 2 đã xong" in pages.text(over)
    assert 'data-live="over"' in over.content.decode()
    assert "Nhận việc nhiều hồ sơ" in pages.text(client.get("/hang-loat"))


def test_who_is_to_have_them_is_asked_before_anything_is_said(sign_in: SignIn) -> None:
    pair = at_intake()
    client = sign_in(cast.PAO)
    chosen = {"do": "assign", "code": [each.code for each in pair]}

    first = client.post("/hang-loat/moi", chosen)
    empty = client.post("/hang-loat/moi", chosen | {"action": "look", "reason": "Quen việc"})
    ready = client.post("/hang-loat/moi", chosen | {"action": "look", "official": cast.TAM.account})

    assert first.status_code == 200
    assert "nhập nội dung chung rồi xem trước" in pages.text(first)
    assert empty.status_code == 422
    assert pages.beside(empty, "official")
    assert "Quen việc" in pages.text(empty)
    assert "Phân công 2 hồ sơ" in pages.text(ready)


def test_what_was_not_done_is_told_exported_cancelled_and_done_again(sign_in: SignIn) -> None:
    pair = at_intake()
    client = sign_in(cast.TAM)
    form = {"do": "claim", "action": "begin", "seen": seen(pair), "key": "web:1"}
    where = client.post("/hang-loat/moi", form)["Location"]

    stopped = client.post(f"{where}/huy", follow=True)
    book = client.get(f"{where}/xlsx")
    again = client.post(f"{where}/lam-lai", follow=True)

    assert "Đã hủy 2 dòng chưa làm." in pages.text(stopped)
    assert "Làm lại 2 dòng chưa được" in pages.text(stopped)
    with zipfile.ZipFile(io.BytesIO(book.content)) as made:
        assert pair[0].code in made.read("xl/worksheets/sheet1.xml").decode()
    assert LookRow.objects.filter(about="list:together", purpose="export").exists()
    assert "Đang làm lại 2 dòng." in pages.text(again)


def test_somebody_elses_run_is_not_there(sign_in: SignIn) -> None:
    form = {"do": "claim", "action": "begin", "seen": seen(at_intake()), "key": "web:1"}
    where = sign_in(cast.TAM).post("/hang-loat/moi", form)["Location"]

    for answer in (
        sign_in(cast.SON).get(where),
        sign_in(cast.SON).get(f"{where}/xlsx"),
        sign_in(cast.SON).post(f"{where}/huy"),
    ):
        assert answer.status_code == 404


def test_the_questions_of_a_run_do_not_grow_with_its_lines(sign_in: SignIn) -> None:
    client = sign_in(cast.TAM)
    form = {"do": "claim", "action": "begin"}
    few = client.post("/hang-loat/moi", form | {"seen": seen(at_intake(1)), "key": "1"})
    many = client.post("/hang-loat/moi", form | {"seen": seen(at_intake(6)), "key": "2"})

    assert pages.questions(client, few["Location"]) == pages.questions(client, many["Location"])
