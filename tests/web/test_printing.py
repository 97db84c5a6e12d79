"""Papers go out as PDF, filled from the events of the dossier, and each print is logged."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from tests import builders, cast, life, rows, switches
from tests.paper.pdftext import pages, squeezed
from tests.web.conftest import SignIn
from tests.web.pages import beside, text, typed
from thongsuot.actions import dossier as actions
from thongsuot.domain.catalogue import Channel, Fee
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Act
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.looks import LookRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")


def says(pdf: bytes, words: str) -> bool:
    return squeezed(words) in squeezed("".join(pages(pdf)))


def asked() -> Dossier:
    return life.do(
        life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing=["Ảnh 4x6"], reason="thiếu ảnh"
    )


def declined() -> Dossier:
    return actions.decline(
        request=life.request(), reason="Không thuộc thẩm quyền", by=cast.HOA, at=cast.MONDAY
    )


def stopped() -> Dossier:
    return life.do(life.received(), Act.STOP, cast.HOA, reason="Không còn nhu cầu")


def apologised() -> Dossier:
    return life.do(
        life.assigned(life.received()),
        Act.APOLOGISE,
        cast.TAM,
        reason="Chờ ý kiến",
        new_day="2025-09-22T16:00",
    )


def refused() -> Dossier:
    return life.do(
        life.proposed(life.received()),
        Act.REFUSE,
        cast.SON,
        reason="Đất không đủ điều kiện",
        basis="Luật Đất đai",
    )


@pytest.mark.parametrize(
    ("kind", "make", "said"),
    [
        ("refusal", refused, "thông báo từ chối giải quyết hồ sơ này"),
        ("refusal", refused, "Đất không đủ điều kiện"),
        ("apology", apologised, "Hoàng Văn Sơn"),
        ("receipt", life.received, "Tờ khai"),
        ("supplement", asked, "Ảnh 4x6"),
        ("decline", declined, "Không thuộc thẩm quyền"),
        ("apology", apologised, "Chờ ý kiến"),
        ("control", lambda: life.issued(life.received()), "Tâm"),
        ("result_handover", lambda: life.issued(life.received()), "12/GCN"),
    ],
)
def test_a_paper_says_what_happened_to_its_dossier(
    kind: str, make: Callable[[], Dossier], said: str, sign_in: SignIn
) -> None:
    d = make()

    shown = sign_in(cast.HOA).get(f"/ho-so/{d.code}/in/{kind}")

    assert shown["Content-Type"] == "application/pdf"
    assert says(shown.content, d.code)
    assert says(shown.content, said)
    assert LookRow.objects.filter(about=d.code, purpose="print").count() == 1


def test_a_paper_is_printed_only_when_there_is_something_to_say(sign_in: SignIn) -> None:
    d = life.received()

    shown = sign_in(cast.HOA).get(f"/ho-so/{d.code}/in/apology")

    assert shown.status_code == 422
    assert "chưa có nội dung để in giấy này" in shown.content.decode()


def test_the_notice_of_a_stop_has_no_form_before_its_law(sign_in: SignIn) -> None:
    d = stopped()

    shown = sign_in(cast.HOA).get(f"/ho-so/{d.code}/in/stop")

    assert shown.status_code == 404


def test_several_receipts_come_in_one_pdf(sign_in: SignIn) -> None:
    codes = [life.received().code for _ in range(3)]

    shown = sign_in(cast.HOA).get("/in", {"codes": ",".join(codes)})

    assert len(pikepdf.open(io.BytesIO(shown.content)).pages) == 3
    assert all(says(shown.content, code) for code in codes)


def test_one_dossier_without_the_paper_does_not_keep_the_others_from_being_printed(
    sign_in: SignIn,
) -> None:
    done, waiting = life.issued(life.received()), life.received()
    client = sign_in(cast.HOA)
    wanted = {"code": [done.code, waiting.code, "H99.101-250101-9999"], "kind": "result_handover"}

    shown = client.get("/in/xem-truoc", wanted)
    sent_there = client.get("/in", {"code": wanted["code"][:2], "kind": "result_handover"})
    printed = client.get("/in", {"code": done.code, "kind": "result_handover"})

    page = shown.content.decode()
    assert "1 hồ sơ có giấy này; 2 hồ sơ chưa có" in page
    assert page.index(waiting.code) < page.index("hồ sơ chưa đến việc cần giấy này")
    assert "không có hồ sơ này ở cơ quan của bạn" in page
    assert LookRow.objects.filter(about=waiting.code, purpose="print").count() == 0
    assert sent_there.status_code == 302
    assert sent_there["Location"].startswith("/in/xem-truoc?")
    assert says(printed.content, done.code)


def test_the_preview_of_a_print_tells_nothing_of_dossiers_of_others(sign_in: SignIn) -> None:
    d = life.received()

    shown = sign_in(cast.SUNG).get("/in/xem-truoc", {"code": d.code})

    assert cast.MY.name not in shown.content.decode()
    assert "không có hồ sơ này ở cơ quan của bạn" in shown.content.decode()


def test_a_paper_of_no_kind_is_refused_with_its_sentence(sign_in: SignIn) -> None:
    d = life.received()

    assert sign_in(cast.HOA).get("/in/xem-truoc", {"code": d.code, "kind": "x"}).status_code == 422


def test_nothing_is_printed_for_whom_it_does_not_concern(sign_in: SignIn) -> None:
    d = life.received()

    assert sign_in(cast.SUNG).get(f"/ho-so/{d.code}/in/receipt").status_code == 403
    assert sign_in(cast.HOA).get("/in").status_code == 422


def test_the_page_of_a_dossier_offers_what_may_be_printed(sign_in: SignIn) -> None:
    d = life.received()

    page = sign_in(cast.HOA).get(f"/ho-so/{d.code}").content.decode()

    assert f"/ho-so/{d.code}/in/receipt" in page
    assert f"/ho-so/{d.code}/in/apology" not in page


def test_the_register_of_the_office_lists_what_it_received_in_those_days(sign_in: SignIn) -> None:
    inside = life.received()
    later = life.received(at=cast.moment("2025-09-09 08:00"))
    days = {"tu": "2025-09-08", "den": "2025-09-08"}

    shown = sign_in(cast.HOA).get("/so-theo-doi", days)

    assert says(shown.content, inside.code)
    assert not says(shown.content, later.code)
    assert LookRow.objects.filter(about="list:register", purpose="print").count() == 1


def test_the_register_comes_as_a_workbook_too(sign_in: SignIn) -> None:
    life.received()

    shown = sign_in(cast.HOA).get("/so-theo-doi", {"dang": "xlsx"})

    assert shown.content.startswith(b"PK")
    assert "so-theo-doi.xlsx" in shown["Content-Disposition"]


def test_days_in_the_wrong_order_are_refused(sign_in: SignIn) -> None:
    shown = sign_in(cast.HOA).get("/so-theo-doi", {"tu": "2025-09-10", "den": "2025-09-08"})

    assert shown.status_code == 422


def test_the_register_asks_for_its_days_and_says_what_is_wrong_with_them(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    asked = client.get("/so-theo-doi")
    wrong = client.get("/so-theo-doi", {"tu": "hôm qua", "den": "2025-09-08"})

    assert typed(asked, "tu") == "2025-09-01"
    assert typed(asked, "den") == "2025-09-10"
    assert wrong.status_code == 422
    assert "một ngày, ví dụ" in beside(wrong, "tu")
    assert typed(wrong, "den") == "2025-09-08"


def test_the_register_of_a_body_that_ended_stands_in_that_of_its_heir(sign_in: SignIn) -> None:
    ended = life.received()
    switches.switched()
    client = sign_in(cast.NHUNG)
    asked = {"structure": "2025-09-10", "tu": "2025-09-01"}

    bodies = client.get("/so-theo-doi", asked | {"dang": "co-cau"})
    heirs = client.get("/so-theo-doi", asked | {"office": switches.NEW})
    others = client.get("/so-theo-doi", asked | {"office": cast.DEPARTMENT})
    other_day = asked | {"structure": "2025-09-09", "office": cast.BAN_MAY}
    eve = client.get("/so-theo-doi", other_day)

    assert "UBND xã Mây Sương" in text(bodies)
    assert says(heirs.content, ended.code)
    assert says(heirs.content, "cơ cấu tổ chức ngày 10/09/2025")
    assert not says(others.content, ended.code)
    assert says(eve.content, ended.code)


def test_the_register_of_a_day_to_come_is_refused_beside_the_field(sign_in: SignIn) -> None:
    wrong = sign_in(cast.HOA).get("/so-theo-doi", {"structure": "2026-01-01", "dang": "pdf"})

    assert wrong.status_code == 422
    assert "từ hôm nay trở về trước" in beside(wrong, "structure")


def test_the_columns_of_the_return_stay_empty_until_it_was_returned(sign_in: SignIn) -> None:
    done = life.issued(life.received())
    client = sign_in(cast.HOA)

    before = client.get("/so-theo-doi", {"dang": "pdf"}).content
    life.do(done, Act.HAND_OVER, cast.HOA, to=cast.MY.name)
    after = client.get("/so-theo-doi", {"dang": "pdf"}).content

    assert says(after, "Trực tiếp")
    assert not says(before, "Trực tiếp")


def test_the_control_slip_names_both_bodies_of_a_hand_over_by_reorganisation(
    sign_in: SignIn,
) -> None:
    d = life.assigned(life.received())
    switches.switched()

    shown = sign_in(cast.NHUNG).get(f"/ho-so/{d.code}/in/control").content

    told = squeezed("".join(pages(shown)))
    assert squeezed("Bàn giao do sắp xếp bộ máy (phương án may-trang-2025)") in told
    assert squeezed("UBND xã Bản Mây") in told
    assert squeezed("UBND xã Mây Sương") in told
    assert squeezed(cast.TAM.name) in told


def test_receipts_of_two_laws_come_in_one_pdf_each_in_the_form_of_its_day(sign_in: SignIn) -> None:
    old = life.received()
    new = life.received(at=cast.moment("2025-09-16 08:00"))

    shown = sign_in(cast.HOA).get("/in", {"codes": f"{old.code},{new.code}"})

    first, second = (squeezed(page) for page in pages(shown.content))
    assert squeezed(old.code) in first and squeezed(new.code) in second
    assert squeezed("Thời gian dự kiến trả kết quả") in second
    assert squeezed("Thời gian dự kiến trả kết quả") not in first


def test_a_receipt_says_the_fee_that_is_asked_until_it_was_paid(sign_in: SignIn) -> None:
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).delete()
    fee = Fee(Channel.IN_PERSON, 30_000, "Lệ phí")
    save_procedure(replace(builders.procedure(), fees=(fee,)), source="bịa", search="")
    d = life.received(at=cast.moment("2025-09-16 08:00"))
    client = sign_in(cast.HOA)

    before = client.get(f"/ho-so/{d.code}/in/receipt").content
    life.do(
        d, Act.COLLECT_FEE, cast.HOA, what="Lệ phí", amount=30_000, how="cash", receipt_number="7"
    )
    after = client.get(f"/ho-so/{d.code}/in/receipt").content

    assert says(before, "Lệ phí: 30.000 đồng (chưa thu)")
    assert says(after, "Lệ phí: 30.000 đồng")
    assert not says(after, "chưa thu")


def test_a_letter_says_where_it_was_written_and_whom_to_call(sign_in: SignIn) -> None:
    OfficeContactRow.objects.create(
        office=cast.BAN_MAY, hotline="0213 000 111", valid=to_range(rows.ALWAYS), source="bịa"
    )

    shown = sign_in(cast.HOA).get(f"/ho-so/{asked().code}/in/supplement").content

    assert says(shown, "Bản Mây, ngày 08 tháng 9 năm 2025")
    assert says(shown, "0213 000 111")


def test_the_slip_says_how_the_resolving_body_did_against_its_day(sign_in: SignIn) -> None:
    d = life.issued(life.received())

    shown = sign_in(cast.HOA).get(f"/ho-so/{d.code}/in/control").content

    assert len(pikepdf.open(io.BytesIO(shown)).pages) >= 1


def test_right_after_reception_the_receipt_is_one_key_away(sign_in: SignIn) -> None:
    d = life.received()
    client = sign_in(cast.HOA)
    session = client.session
    session["fresh"] = d.code
    session.save()

    fresh = client.get(f"/ho-so/{d.code}").content.decode()

    assert "autofocus" in fresh and f"/ho-so/{d.code}/in/receipt" in fresh
    assert "Nhận tiếp thủ tục này" in fresh
    assert "Giao cho người nộp" not in client.get(f"/ho-so/{d.code}").content.decode()


def test_one_kind_of_paper_of_several_dossiers_is_one_pdf(sign_in: SignIn) -> None:
    codes = [life.issued(life.received()).code for _ in range(2)]
    client = sign_in(cast.HOA)

    made = client.get("/in", {"kind": "control", "code": codes})
    unknown = client.get("/in", {"kind": "khong-co", "code": codes})

    assert all(says(made.content, code) for code in codes)
    assert unknown.status_code == 422
