"""Whoever handles next what a reorganisation handed over is told once, and finds exactly that."""

from __future__ import annotations

from tests import cast, life, switches
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.domain.duties import Person
from thongsuot.records.custody import PassedSeenRow

KEY = switches.PLAN.id
TOLD = "1 hồ sơ của UBND xã Bản Mây đã bàn giao về cơ quan bạn từ 10/09/2025"


def test_a_plan_that_nobody_knows_is_not_looked_at(sign_in: SignIn) -> None:
    assert sign_in(cast.HOA).post("/ban-giao/khong-co").status_code == 404
    assert sign_in(cast.HOA).get("/ban-giao/khong-co").status_code == 405


def test_nobody_is_told_before_the_switch_nor_where_nothing_came(sign_in: SignIn) -> None:
    life.received()
    switches.approved()
    assert "đã bàn giao" not in pages.text(sign_in(cast.HOA).get("/"))

    switching.switch(key=KEY, at=switches.AT)

    assert "đã bàn giao" not in pages.text(sign_in(cast.DUNG).get("/"))


def test_who_may_take_it_up_is_told_how_many_from_whom_by_which_plan(sign_in: SignIn) -> None:
    life.received()
    switches.switched()

    page = pages.text(sign_in(cast.HOA).get("/"))

    assert TOLD in page
    assert f"theo phương án “{switches.PLAN.title}”" in page
    assert "0 đã phân công cho bạn, 1 chưa phân công" in page


def test_a_look_is_recorded_and_leads_to_exactly_those_dossiers(sign_in: SignIn) -> None:
    passed = life.received()
    switches.switched()
    own = switches.received_by_the_heir()
    client = sign_in(cast.HOA)

    listed = pages.text(client.post(f"/ban-giao/{KEY}", follow=True))

    assert passed.code in listed
    assert own.code not in listed
    assert f"Bàn giao theo phương án: {switches.PLAN.title}" in listed
    assert PassedSeenRow.objects.get().account.username == cast.HOA.account
    assert TOLD not in pages.text(client.get("/"))
    assert TOLD in pages.text(sign_in(cast.SUNG).get("/"))  # who has not looked


def test_what_comes_after_a_look_is_told_anew(sign_in: SignIn) -> None:
    life.received()
    switches.switched()
    client = sign_in(cast.HOA)
    client.post(f"/ban-giao/{KEY}")
    life.received()  # on paper before, entered after

    switching.catch_up(KEY, at=switches.LATER)

    assert "2 hồ sơ của UBND xã Bản Mây" in pages.text(client.get("/"))


def test_what_was_taken_back_is_told_no_more(sign_in: SignIn) -> None:
    life.received()
    switches.switched()

    undoing.undo(key=KEY, operation=None, by=Person(cast.NHUNG.account, ""), at=switches.LATER)

    assert "đã bàn giao" not in pages.text(sign_in(cast.HOA).get("/"))


def test_more_that_was_handed_over_asks_no_more_questions(sign_in: SignIn) -> None:
    life.received()
    switches.approved()
    for _ in range(4):
        life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG, competent=cast.NAM_SUONG)
    switching.switch(key=KEY, at=switches.AT)
    client = sign_in(cast.HOA)
    few = pages.questions(client, "/")
    life.received()
    switching.catch_up(KEY, at=switches.LATER)

    assert pages.questions(client, "/") == few
