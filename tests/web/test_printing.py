"""Papers go out as PDF, filled from the events of the dossier, and each print is logged."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from tests import cast, life
from tests.paper.pdftext import pages, squeezed
from tests.web.conftest import SignIn
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Act
from thongsuot.records.looks import LookRow

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


@pytest.mark.parametrize(
    ("kind", "make", "said"),
    [
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
