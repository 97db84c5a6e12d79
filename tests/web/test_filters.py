"""The work list narrowed: chips in the address, filters kept by name, a list on paper."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests import cast, life, switches
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.looks import LookRow
from thongsuot.records.worklist import SavedFilterRow


@pytest.mark.parametrize(
    "narrow",
    [
        "q=my+giang",
        "status=2",
        "standing=on_time",
        "procedure=1.000101",
        "office=H99.101",
        "assignee=-",
        "channel=in_person",
        "from=2025-09-08&to=2025-09-08",
    ],
)
def test_what_fits_a_filter_is_listed(sign_in: SignIn, narrow: str) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.HOA).get(f"/?{narrow}"))

    assert dossier.code in page


@pytest.mark.parametrize(
    "narrow",
    [
        "q=tam",
        "status=5",
        "standing=late",
        "standing=near",
        "standing=paused",
        "field=Khac",
        "procedure=1.000202",
        "office=H99.102",
        "assignee=tam",
        "channel=post",
        "from=2025-09-09",
        "to=2025-09-07",
    ],
)
def test_what_does_not_fit_is_left_out(sign_in: SignIn, narrow: str) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.HOA).get(f"/?{narrow}"))

    assert dossier.code not in page
    assert "Không tìm thấy hồ sơ nào" in page


def test_a_chip_says_what_it_narrows_and_leads_to_the_list_without_it(sign_in: SignIn) -> None:
    life.received()

    response = sign_in(cast.HOA).get("/?tab=office&channel=in_person&assignee=-")

    assert "Người xử lý: chưa phân công" in pages.text(response)
    assert 'href="?tab=office&amp;assignee=-" title="Bỏ' in response.content.decode()


@pytest.mark.parametrize("narrow", ["status=99", "standing=x", "from=hôm+qua", "channel=bay"])
def test_a_filter_that_does_not_exist_is_refused_in_a_sentence(
    sign_in: SignIn, narrow: str
) -> None:
    response = sign_in(cast.HOA).get(f"/?{narrow}")

    assert response.status_code == 422


def test_the_panel_offers_what_may_be_chosen(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.HOA).get("/?loc=1"))

    assert "Lĩnh vực" in page
    assert cast.TAM.name in page


def test_a_filter_is_kept_by_its_name_and_forgotten(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    kept = client.post("/bo-loc", {"tab": "late", "q": "mỷ", "name": "Bà Mỷ"}, follow=True)
    row = SavedFilterRow.objects.get()

    gone = client.post(f"/bo-loc/{row.pk}/xoa", follow=True)

    assert "Đã lưu bộ lọc “Bà Mỷ”" in pages.text(kept)
    assert row.asked == "?tab=late&q=m%E1%BB%B7"
    assert "Đã xóa bộ lọc “Bà Mỷ”" in pages.text(gone)
    assert SavedFilterRow.objects.count() == 0


def test_a_filter_of_somebody_else_is_not_mine_to_forget(sign_in: SignIn) -> None:
    sign_in(cast.HOA).post("/bo-loc", {"q": "an", "name": "Của Hoa"})

    response = sign_in(cast.TAM).post(f"/bo-loc/{SavedFilterRow.objects.get().pk}/xoa")

    assert response.status_code == 404
    assert SavedFilterRow.objects.count() == 1


def test_a_list_without_end_of_filters_is_refused(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thongsuot.actions.worklist.FILTERS_AT_MOST", 1)
    client = sign_in(cast.HOA)
    client.post("/bo-loc", {"q": "an", "name": "Một"})

    response = client.post("/bo-loc", {"q": "an", "name": "Hai"})

    assert "Bạn đã lưu 1 bộ lọc" in pages.text(response)


def test_the_printed_list_is_the_narrowed_one_and_its_look_is_logged(sign_in: SignIn) -> None:
    dossier = life.received()
    client = sign_in(cast.HOA)

    page = pages.text(client.get("/danh-sach/in?tab=office&q=my"))

    assert dossier.code in page
    assert f"{cast.HOA.name} · Tìm: my" in page
    assert LookRow.objects.filter(about="list:worklist", account="hoa", purpose="print").exists()


def test_the_exported_list_is_the_narrowed_one_and_no_cell_is_a_formula(sign_in: SignIn) -> None:
    dossier = life.received()
    client = sign_in(cast.HOA)

    answer = client.get("/danh-sach/xlsx?tab=office&q=my")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert dossier.code in sheet
    assert cast.HOA.name in sheet
    assert "<f>" not in sheet
    assert LookRow.objects.filter(about="list:worklist", account="hoa", purpose="print").exists()


def test_a_head_turns_the_order_and_the_address_keeps_it(sign_in: SignIn) -> None:
    life.received()
    client = sign_in(cast.HOA)

    usual = client.get("/?tab=office").content.decode()
    by_person = client.get("/?tab=office&order=person&size=20").content.decode()
    unknown = client.get("/?tab=office&order=drop").status_code

    assert 'aria-sort="ascending"><a class="head-sort" href="?tab=office&amp;order=-due"' in usual
    assert 'href="?tab=office&amp;size=20&amp;order=-person"' in by_person
    assert '<input type="hidden" name="order" value="person">' in by_person
    assert unknown == 200


def test_the_size_of_a_page_is_one_of_three(sign_in: SignIn) -> None:
    response = sign_in(cast.HOA).get("/?size=20&q=an")

    page = response.content.decode()

    assert '<a href="?tab=office&amp;q=an&amp;size=20" aria-current="true">20</a>' in page


def test_a_list_can_be_asked_by_the_bodies_of_a_past_day(sign_in: SignIn) -> None:
    dossier = life.received()
    switches.switched()
    client = sign_in(cast.NHUNG)
    eve = "structure=2025-09-09"

    then = client.get(f"/?tab=office&office={cast.BAN_MAY}&{eve}&loc=1")
    other = client.get(f"/?tab=office&office={cast.NAM_SUONG}&{eve}")
    sheet = client.get(f"/danh-sach/xlsx?tab=office&office={cast.BAN_MAY}&{eve}")

    assert dossier.code in pages.text(then)
    assert "Tính theo cơ cấu ngày: 09/09/2025" in pages.text(then)
    assert f'<option value="{cast.BAN_MAY}" selected>' in then.content.decode()
    assert dossier.code not in pages.text(other)
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        told = b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")
    assert "Bản Mây" in told
    assert "Tính theo cơ cấu ngày: 09/09/2025" in told


def test_the_bodies_of_a_day_to_come_are_refused_in_a_sentence(sign_in: SignIn) -> None:
    response = sign_in(cast.HOA).get("/?structure=2025-12-31")

    assert response.status_code == 422
    assert "từ hôm nay trở về trước" in pages.text(response)
