"""What differs from the national database is seen before anything changes."""

from __future__ import annotations

from tests import cast, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records import mirror

TOLD = {
    "code": rows.FIVE_DAYS,
    "name": "Tên khác",
    "is_live": True,
    "decision": "",
    "terms": [],
    "fees": [],
    "papers": [],
    "results": [],
}


def test_before_the_first_reading_the_page_says_what_will_be_here(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.NHUNG).get("/danh-muc/doi-chieu"))

    assert "Chưa đọc CSDL quốc gia lần nào" in page


def test_both_sides_stand_beside_each_other_and_narrow_by_kind(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)
    mirror.keep("new", rows.FIVE_DAYS, TOLD, TOLD, at=cast.MONDAY)

    page = pages.text(client.get("/danh-muc/doi-chieu?khac=name"))

    assert "Thủ tục 1.000101" in page
    assert "Tên khác" in page
    assert rows.AT_PROVINCE not in page
    assert rows.AT_PROVINCE in pages.text(client.get("/danh-muc/doi-chieu?khac=x&trang=x"))
