"""An online application on the screen: papers that are not here say why, and are asked for again."""

from __future__ import annotations

from tests import cast, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import applications, inbox
from thongsuot.records.applications import ApplicationRow


def test_a_paper_that_is_not_here_says_why_and_is_asked_for_again(sign_in: SignIn) -> None:
    counter = sign_in(cast.HOA)
    papers = [{"name": "don.pdf", "url": "http://ke-la.example/x"}, {"name": "anh.pdf"}]
    inbox.take_in(rows.application(papers=papers), at=cast.MONDAY)
    number = ApplicationRow.objects.get().pk
    page = f"/truc-tuyen/{number}"
    assert "don.pdf Đang chờ tải từ nơi gửi." in pages.text(counter.get(page))

    (paper,) = applications.to_fetch(at=cast.MONDAY)
    applications.note_fetched(paper, content=b"", why="host", at=cast.MONDAY)

    told = counter.get(page)
    assert "địa chỉ tệp không thuộc máy chủ đã đăng ký" in pages.text(told)
    assert "ke-la.example" not in told.content.decode()
    assert counter.get(f"{page}/1").status_code == 404

    again = counter.post(page, {"do": "fetch"}, follow=True)
    assert "tải lại trong một phút" in pages.text(again)
    assert applications.to_fetch(at=cast.MONDAY) == (paper,)


def test_an_application_whose_papers_came_along_asks_for_nothing(sign_in: SignIn) -> None:
    counter = sign_in(cast.HOA)
    inbox.take_in(rows.application(), at=cast.MONDAY)

    page = pages.text(counter.get(f"/truc-tuyen/{ApplicationRow.objects.get().pk}"))

    assert "Tải lại" not in page
    assert "don.pdf" in page
