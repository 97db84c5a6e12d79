"""The page of a dossier: who may see it, what it says, and what it keeps to itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import builders, cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions import dossier as actions
from thongsuot.actions import inbox
from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant, Identifier
from thongsuot.domain.dossier.submission import Submission
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.workflow import Act
from thongsuot.records.directory import OfficeRow
from thongsuot.records.land_steps import ReportedStepRow
from thongsuot.records.messages import PartnerRow
from thongsuot.records.spans import to_range

OLD_CODE = "000.00.01.H99-250601-0007"


def take_in(submission: Submission) -> Dossier:
    """A dossier at the counter of Bản Mây."""
    request = life.request(submission=submission)
    return actions.receive(request=request, by=cast.HOA, at=submission.received_at)


def address(dossier: Dossier) -> str:
    """Where a dossier's page is."""
    return f"/ho-so/{dossier.code}"


def test_the_head_says_who_wants_what_and_who_has_it_until_when(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())

    page = pages.text(sign_in(cast.TAM).get(address(dossier)))

    assert f"Hồ sơ {dossier.code}" in page
    assert "Thủ tục 1.000101 Đang xử lý" in page
    assert "Đang giữ hồ sơ UBND xã Bản Mây Nguyễn Minh Tâm" in page
    assert "Thời hạn Còn 4 ngày 15/09 08:00" in page


def test_each_day_of_the_clock_says_whether_it_counts_and_why(sign_in: SignIn) -> None:
    dossier = life.received()

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "T7 13/09 0 nghỉ tuần" in page
    assert "T4 10/09 1 làm việc hôm nay" in page
    assert "T2 15/09 ½ đến hạn" in page
    assert "thứ Bảy 13/09/2025 0 Nghỉ hằng tuần (thứ Bảy)" in page
    assert "Tính từ lúc nhận đủ hồ sơ: 08/09/2025 08:00." in page


def test_while_the_clock_stands_still_it_says_what_would_be_if_it_ran_on(sign_in: SignIn) -> None:
    assigned = life.assigned(life.received())
    dossier = life.do(assigned, Act.ASK_SUPPLEMENT, cast.TAM, missing="Ảnh", reason="Thiếu")

    page = pages.text(sign_in(cast.TAM).get(address(dossier)))

    assert "Đồng hồ đang dừng: chờ bổ sung hồ sơ từ 08/09/2025 08:30" in page
    assert "Nếu chạy tiếp ngay lúc này, hạn là 17/09/2025 08:30" in page
    assert "T3 09/09 0 bổ sung" in page


def test_before_the_competent_body_has_it_the_clock_says_when_it_starts(sign_in: SignIn) -> None:
    dossier = life.received(rows.AT_PROVINCE, competent=cast.DEPARTMENT)

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "Đồng hồ chưa chạy: thời hạn 10 ngày làm việc tính từ lúc Sở Nông nghiệp" in page


def test_an_appointment_by_hand_says_that_the_law_gives_no_term(sign_in: SignIn) -> None:
    asked = builders.submission(
        appointment=cast.moment("2025-09-19 16:00"), appointment_basis="Công văn 12/UBND"
    )
    request = life.request(rows.NO_TERM, submission=asked)
    dossier = actions.receive(request=request, by=cast.HOA, at=cast.MONDAY)

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "hạn là lịch hẹn đã ghi lúc tiếp nhận" in page
    assert "Căn cứ hẹn Công văn 12/UBND" in page


def test_the_story_says_who_did_what_and_how_long_after(sign_in: SignIn) -> None:
    dossier = life.issued(life.received())

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "Phát hành kết quả sau 10 phút 08/09/2025 08:50 · Tẩn Mẩy Lai" in page
    assert "Số văn bản kết quả 12/GCN" in page
    assert "Người xử lý Nguyễn Minh Tâm" in page
    assert page.index("Phát hành kết quả sau") < page.index("Phân công xử lý sau")


def test_a_dossier_handed_over_says_that_nothing_is_left_to_do(sign_in: SignIn) -> None:
    dossier = life.handed_over(life.received())

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "Hồ sơ đã đóng, không còn việc phải làm." in page
    assert "Đã giải quyết xong" in page


def test_a_person_number_is_masked(sign_in: SignIn) -> None:
    dossier = life.received()

    page = sign_in(cast.HOA).get(address(dossier)).content.decode()

    assert cast.MY.number not in page
    assert "012•••••••17" in page


def test_whatever_was_typed_is_shown_and_never_run(sign_in: SignIn) -> None:
    villain = Applicant(name="<img src=x onerror=alert(1)>", address='"><script>1</script>')
    dossier = take_in(builders.submission(applicant=villain))
    life.do(life.forwarded(dossier), Act.SEND_BACK, cast.PAO, reason="<b>thiếu</b>")

    response = sign_in(cast.HOA).get(address(dossier))

    page = response.content.decode()
    assert "<img src=x" not in page
    assert "<script" not in page
    assert "<b>thiếu" not in page
    assert villain.name in page.replace("&lt;", "<").replace("&gt;", ">")


def test_a_code_of_an_older_system_leads_to_the_dossier(sign_in: SignIn) -> None:
    old = Identifier("old-portal", OLD_CODE)
    dossier = take_in(builders.submission(identifiers=(old,)))
    client = sign_in(cast.HOA)

    response = client.get(f"/ho-so/{OLD_CODE}")

    assert response.status_code == 302
    assert response["Location"] == address(dossier)
    assert f"Mã ở old-portal {OLD_CODE}" in pages.text(client.get(address(dossier)))


@pytest.mark.parametrize("code", ["H99.101-250908-0099", "khong-co", "H99%00", "..."])
def test_an_unknown_code_is_said_to_be_unknown_and_can_be_searched(
    sign_in: SignIn, code: str
) -> None:
    response = sign_in(cast.HOA).get(f"/ho-so/{code}")

    assert response.status_code == 404
    assert "Không tìm thấy" in pages.text(response)
    assert b'name="q"' in response.content


def test_whoever_has_no_duty_in_its_offices_does_not_see_it(sign_in: SignIn) -> None:
    dossier = life.received()

    response = sign_in(cast.SUNG).get(address(dossier))

    assert response.status_code == 403
    page = pages.text(response)
    assert "không có nhiệm vụ" in page
    assert cast.MY.name not in page


def test_what_is_not_approved_or_provisional_is_marked(sign_in: SignIn) -> None:
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(is_provisional=True)
    sample = builders.process("mau", decision="")
    rows.process(sample, procedure=rows.REORGANISING, level=Level.COMMUNE)
    dossier = life.received(rows.REORGANISING)

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "quy trình mẫu, chưa phê duyệt" in page
    assert "UBND xã Bản Mây mã tạm" in page


def test_the_only_thing_to_do_comes_first_and_says_what_it_means(sign_in: SignIn) -> None:
    dossier = life.forwarded(life.received())

    response = sign_in(cast.PAO).get(address(dossier))

    assert pages.buttons(response)[1:3] == ["Phân công", "Trả lại để làm lại"]
    assert "Giao hồ sơ cho một người xử lý." in pages.text(response)


def test_whoever_has_nothing_to_do_is_told_where_it_waits(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())

    page = pages.text(sign_in(cast.LAI).get(address(dossier)))

    assert "Bạn không có việc phải làm ở bước này" in page
    assert "“Thụ lý”" in page


def test_a_longer_story_asks_no_more_questions(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    short, long = life.forwarded(life.received()), life.received(at=cast.MONDAY + life.PACE)
    few = pages.questions(client, address(short))
    long = life.forwarded(long)
    for _ in range(4):
        life.do(long, Act.SEND_BACK, cast.PAO, reason="Thiếu chữ ký")
        long = life.do(long, Act.FORWARD, cast.HOA)

    many = pages.questions(client, address(long))

    assert many == few


def test_a_clock_of_many_months_draws_its_ends_and_tells_every_day(sign_in: SignIn) -> None:
    rows.procedure(builders.procedure("1.000919", term="4 tháng"))
    dossier = life.received("1.000919", at=cast.MONDAY + timedelta(minutes=5))

    page = pages.text(sign_in(cast.HOA).get(address(dossier)))

    assert "ngày … " in page
    assert "thứ Bảy 01/11/2025" in page


def reported(about: Dossier, number: int, **said: object) -> str:
    """A word of the land software about a dossier."""
    body = {"dossier": about.code, "step": "moved", "happened_at": "2025-09-09T10:00:00", **said}
    return inbox.take_in(Arrival("land", f"buoc-{number}", "land_step", body), at=cast.MONDAY)


def test_what_the_land_software_reports_stands_there_as_reported_with_its_own_time(
    sign_in: SignIn,
) -> None:
    dossier = life.assigned(life.received())
    PartnerRow.objects.create(
        code="land", name="Phần mềm đất đai", kinds=[], valid=to_range(rows.ALWAYS)
    )
    reported(dossier, 1, by="cb.bia", words="Chuyển <đo đạc>")
    reported(dossier, 2, step="ended", happened_at="ngày 10")

    page = pages.text(sign_in(cast.TAM).get(address(dossier)))

    assert "Theo Phần mềm đất đai báo: 09/09/2025 10:00 · cb.bia" in page
    assert "Kết thúc Theo Phần mềm đất đai báo: ngày 10" in page
    assert "Đang xử lý" in page  # the word of another system is no step of ours


def test_a_word_of_no_dossier_or_without_its_time_waits_and_is_shown_nowhere(
    sign_in: SignIn,
) -> None:
    dossier = life.received()
    reader = sign_in(cast.HOA)

    assert reported(dossier, 1, happened_at="") == inbox.QUARANTINED
    assert reported(dossier, 2, dossier="H99.0-250101-0001") == inbox.QUARANTINED
    assert not ReportedStepRow.objects.exists()
    assert "Phần mềm khác báo" not in pages.text(reader.get(address(dossier)))


def test_however_much_is_reported_the_page_asks_as_often(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dossier = life.received()
    reader = sign_in(cast.HOA)
    reader.get(address(dossier))
    with CaptureQueriesContext(connection) as before:
        reader.get(address(dossier))
    for number in range(9):
        reported(dossier, number)

    with django_assert_num_queries(len(before)):
        reader.get(address(dossier))
