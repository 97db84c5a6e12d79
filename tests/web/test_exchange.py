"""The exchange on the screen: what is owed, what came, names of values, connections, the ledger."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests import cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import inbox, messages
from thongsuot.actions.messages import Attempt
from thongsuot.domain.exchange import Arrival, Patience, Refused
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import ConnectionRow, LedgerRow, ValueMapRow
from thongsuot.records.looks import LookRow
from thongsuot.records.messages import InboxRow, OutboxRow

PORTAL = "national_portal"


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    return sign_in(cast.MINH)


@pytest.fixture
def aside(keeper: Client) -> int:
    """A message that the portal refused."""
    life.received()
    (parcel,) = messages.take(PORTAL, at=cast.MONDAY, lease=timedelta(minutes=5), limit=1)
    attempt = Attempt(parcel, Refused("-3", "thiếu mã"), cast.MONDAY)
    messages.note([attempt], patience=Patience(), at=cast.MONDAY)
    return parcel.number


@pytest.fixture
def held(keeper: Client) -> int:
    """Something that nobody here understands, with a person in it."""
    inbox.take_in(Arrival(PORTAL, "X-1", "la", {"ten": cast.MY.name}), at=cast.MONDAY)
    return InboxRow.objects.get().pk


def test_without_anything_owed_each_page_says_why_and_what_to_do(keeper: Client) -> None:
    assert "Chưa trao đổi gì" in pages.text(keeper.get("/trao-doi"))
    assert "Không có thông điệp nào" in pages.text(keeper.get("/trao-doi/thong-diep"))
    assert "Không có bản gửi nào đang giữ lại" in pages.text(keeper.get("/trao-doi/den"))
    assert "Chưa có bảng chuyển đổi nào" in pages.text(keeper.get("/trao-doi/bang-chuyen"))
    assert "chưa kết nối" in pages.text(keeper.get("/trao-doi/ket-noi"))
    assert "Chưa kết nối" in pages.text(keeper.get(f"/trao-doi/ket-noi/{PORTAL}"))
    assert "Sổ chưa có dòng nào" in pages.text(keeper.get("/trao-doi/so"))


def test_only_who_keeps_the_systems_of_the_whole_province_sees_it(
    keeper: Client, sign_in: SignIn
) -> None:
    assert sign_in(cast.HOA).get("/trao-doi").status_code == 403
    of_one_body = sign_in(cast.SON)
    assert of_one_body.get("/trao-doi/thong-diep").status_code == 403
    assert "Trao đổi" not in pages.text(of_one_body.get("/he-thong"))
    assert "Trao đổi" in pages.text(keeper.get("/he-thong"))


def test_messages_are_found_by_state_partner_kind_and_forgiving_words(
    keeper: Client, aside: int
) -> None:
    code = OutboxRow.objects.get().dossier.code

    for fits in (
        "trang-thai=aside",
        f"doi-tac={PORTAL}",
        "loai=dossier",
        f"q={code[-4:]}",
        "q=GIANG MY",
    ):
        assert code in pages.text(keeper.get(f"/trao-doi/thong-diep?{fits}")), fits
    for misses in ("trang-thai=waiting", "doi-tac=khac", "loai=result", "q=zzz"):
        assert "Không có thông điệp nào khớp" in pages.text(
            keeper.get(f"/trao-doi/thong-diep?{misses}")
        ), misses
    assert keeper.get("/trao-doi/thong-diep?trang-thai=la&sau=x&loai=la").status_code == 200


def test_what_a_message_says_is_shown_only_by_a_look_that_is_logged(
    keeper: Client, aside: int
) -> None:
    masked = keeper.get(f"/trao-doi/thong-diep/{aside}").content.decode()
    assert cast.MY.name not in masked
    assert not LookRow.objects.exists()

    whole = keeper.get(f"/trao-doi/thong-diep/{aside}?noi-dung=1").content.decode()

    assert cast.MY.name in whole
    assert LookRow.objects.get().purpose == "maintain"


def test_one_is_sent_again_only_with_a_reason(keeper: Client, aside: int) -> None:
    page = f"/trao-doi/thong-diep/{aside}"

    refused = keeper.post(page, {"do": "replay", "reason": " "})
    assert "còn trống" in pages.beside(refused, "reason")
    assert OutboxRow.objects.get().set_aside_at

    keeper.post(page, {"do": "replay", "reason": "đã bổ sung mã"})
    assert OutboxRow.objects.get().set_aside_at is None
    assert LedgerRow.objects.get(step="replayed").told == "đã bổ sung mã"


def test_many_are_sent_again_together_and_followed(keeper: Client, aside: int) -> None:
    refused = keeper.post("/trao-doi/thong-diep?trang-thai=aside", {"every": "1", "reason": ""})
    assert "còn trống" in pages.beside(refused, "reason")

    answer = keeper.post(
        "/trao-doi/thong-diep?trang-thai=aside",
        {"every": "1", "reason": "đã sửa bảng"},
        follow=True,
    )

    assert "Sẽ gửi lại 1 thông điệp" in pages.text(answer)
    assert "0 đối tác đã nhận, 1 chờ gửi, 0 lại để riêng" in pages.text(answer)


def test_what_is_not_set_aside_is_not_sent_again(keeper: Client) -> None:
    life.received()
    number = OutboxRow.objects.get().pk

    answer = keeper.post("/trao-doi/thong-diep", {"number": [str(number), "x"], "reason": "thử"})

    assert answer.status_code == 302
    assert not LedgerRow.objects.exists()


def test_a_content_is_mended_with_both_contents_kept_and_shown(keeper: Client, aside: int) -> None:
    page = f"/trao-doi/thong-diep/{aside}"
    written = OutboxRow.objects.get().payload

    broken = keeper.post(page, {"do": "mend", "payload": '{"code": ', "reason": "sửa"})
    assert "không đọc được" in pages.beside(broken, "payload")
    assert pages.typed(broken, "payload").strip() == '{"code":'

    other = json.dumps(written | {"code": "khác"})
    assert keeper.post(page, {"do": "mend", "payload": other, "reason": "sửa"}).status_code == 422

    mended = json.dumps(written | {"procedure": "1.999999"})
    keeper.post(page, {"do": "mend", "payload": mended, "reason": "mã thủ tục đổi"})
    shown = pages.text(keeper.get(f"{page}?noi-dung=1"))

    assert f"procedure {rows.FIVE_DAYS} 1.999999" in shown
    assert "mã thủ tục đổi" in shown


def test_a_message_that_is_skipped_says_why(keeper: Client, aside: int) -> None:
    page = f"/trao-doi/thong-diep/{aside}"
    keeper.post(page, {"do": "skip", "reason": "đối tác có rồi"})

    assert OutboxRow.objects.get().is_skipped
    assert "đối tác có rồi" in pages.text(keeper.get(page))
    assert "bỏ qua 1" in pages.text(keeper.get("/trao-doi"))


def test_an_unknown_message_or_act_changes_nothing(keeper: Client, aside: int) -> None:
    assert keeper.get("/trao-doi/thong-diep/999999").status_code == 404
    assert keeper.post(f"/trao-doi/thong-diep/{aside}", {"do": "la"}).status_code == 200
    assert OutboxRow.objects.get().set_aside_at


def test_quarantine_tells_why_and_shows_what_came_by_a_logged_look(
    keeper: Client, held: int
) -> None:
    page = f"/trao-doi/den/{held}"
    assert "X-1" in pages.text(keeper.get("/trao-doi/den"))
    assert cast.MY.name not in keeper.get(page).content.decode()

    assert cast.MY.name in keeper.get(f"{page}?noi-dung=1").content.decode()
    assert LookRow.objects.get().about == f"list:arrival:{held}"


def test_quarantine_is_tried_again_or_dropped_with_a_reason(keeper: Client, held: int) -> None:
    page = f"/trao-doi/den/{held}"

    again = keeper.post(page, {"do": "again"}, follow=True)
    assert "đang giữ lại" in pages.text(again)
    assert "còn trống" in pages.beside(keeper.post(page, {"do": "drop"}), "reason")

    keeper.post(page, {"do": "drop", "reason": "gửi nhầm tỉnh"})

    assert InboxRow.objects.get().state == "dropped"
    assert "gửi nhầm tỉnh" in pages.text(keeper.get(page))
    assert LedgerRow.objects.filter(step="dropped").exists()


def test_a_name_of_a_value_is_laid_down_from_a_day(keeper: Client) -> None:
    rows.translation(PORTAL, "channel", "online", "2")
    page = f"/trao-doi/bang-chuyen?doi-tac={PORTAL}"
    assert "Còn 2 giá trị" in pages.text(keeper.get(page))
    given = {"map": "channel", "ours": "online", "theirs": "7", "goes": "both"}

    refused = keeper.post(page, given | {"since": "mai", "source": ""})
    assert pages.typed(refused, "theirs") == "7"
    keeper.post(page, given | {"since": "2025-09-20", "source": "CV 12"})

    first, second = ValueMapRow.objects.order_by("valid")
    assert (first.theirs, second.theirs) == ("2", "7")
    assert str(first.valid.upper) == str(second.valid.lower) == "2025-09-20"
    earlier = keeper.post(page, given | {"theirs": "8", "since": "2025-09-01", "source": "CV 13"})
    assert earlier.status_code == 409
    assert ValueMapRow.objects.count() == 2


def test_a_name_that_would_mean_two_values_is_refused_whole(keeper: Client) -> None:
    rows.translation(PORTAL, "channel", "online", "2")
    page = f"/trao-doi/bang-chuyen?doi-tac={PORTAL}"
    given = {"map": "channel", "ours": "post", "theirs": "2", "since": "2025-09-20", "source": "CV"}

    assert keeper.post(page, given).status_code == 422
    assert ValueMapRow.objects.count() == 1


def test_a_connection_is_frozen_and_opened_and_no_secret_is_shown(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONG_MAT_KHAU", "mat-khau-that")
    rows.connected(PORTAL, secrets={"password": "CONG_MAT_KHAU"})
    page = f"/trao-doi/ket-noi/{PORTAL}"

    shown = keeper.get(page).content.decode()
    assert "CONG_MAT_KHAU" in shown
    assert "mat-khau-that" not in shown

    assert "còn trống" in pages.beside(keeper.post(page, {"do": "freeze"}), "reason")
    keeper.post(page, {"do": "freeze", "reason": "bảo trì"})
    assert keeper.post(page, {"do": "freeze", "reason": "nữa"}).status_code == 409
    keeper.post(page, {"do": "open", "reason": "xong"})

    assert [row.state for row in ConnectionRow.objects.order_by("version")] == [
        "live",
        "frozen",
        "live",
    ]
    assert keeper.get("/trao-doi/ket-noi/la").status_code == 404


def test_the_ledger_balances_and_a_line_that_was_changed_is_found(
    keeper: Client, aside: int
) -> None:
    assert "Phải gửi 1 = đã nhận 0 + bỏ qua 0 + chờ gửi 0 + để riêng 1: khớp." in pages.text(
        keeper.get("/trao-doi/so")
    )
    assert "nguyên vẹn" in pages.text(keeper.get("/trao-doi/so?kiem-tra=1"))

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE records_ledgerrow SET told = 'khác' WHERE message = %s", [aside])

    assert "dòng 1: dòng đã bị sửa" in pages.text(keeper.get("/trao-doi/so?kiem-tra=1"))


def test_the_ledger_and_its_balance_are_workbooks_too(keeper: Client, aside: int) -> None:
    for address in ("/trao-doi/so/tep.xlsx", "/trao-doi/so/tep.xlsx?can-doi=1"):
        assert keeper.get(address).content[:2] == b"PK"


def test_the_number_of_questions_does_not_grow_with_the_messages(keeper: Client) -> None:
    life.received()
    inbox.take_in(Arrival(PORTAL, "X-0", "la", {}), at=cast.MONDAY)
    addresses = ("/trao-doi", "/trao-doi/thong-diep", "/trao-doi/den?trang-thai=", "/trao-doi/so")
    few = [pages.questions(keeper, address) for address in addresses]
    for number in range(1, 12):
        life.received()
        inbox.take_in(Arrival(PORTAL, f"X-{number}", "la", {}), at=cast.MONDAY)

    assert [pages.questions(keeper, address) for address in addresses] == few


def test_what_a_partner_may_take_twice_is_sent_again_from_a_moment(
    keeper: Client, aside: int
) -> None:
    rows.connected(PORTAL, settings={"send_in_doubt": True})
    OutboxRow.objects.update(sent_at=cast.MONDAY, set_aside_at=None)
    page = f"/trao-doi/ket-noi/{PORTAL}"
    given = {"do": "again", "reason": "mất dữ liệu"}

    assert "còn trống" in pages.beside(keeper.post(page, given | {"since": ""}), "since")
    keeper.post(page, given | {"since": "2025-09-01T00:00"})

    assert OutboxRow.objects.get().sent_at is None
