"""Bodies are reminded once of each deadline: on the screen, and by e-mail where there is a mailbox."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast, reports
from thongsuot.actions import reporting as actions
from thongsuot.domain.reporting.orders import OrderDocument, OrderTask
from thongsuot.domain.spans import Span
from thongsuot.records.access import RoleRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.report_reminders import ReportReminderRow
from thongsuot.records.reports import ReportRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")

SUNDAY = cast.moment("2026-01-04 11:00")
FRIDAY = cast.moment("2026-01-02 17:00")
ONE_OFF = "use_of_ministry_systems"


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])
    OfficeContactRow.objects.create(
        office=cast.BAN_MAY,
        email="ban.may@vidu.test",
        valid=to_range(Span(date(2025, 1, 1), None)),
        source="bịa",
    )


def of(report: str) -> list[ReportReminderRow]:
    rows = ReportReminderRow.objects.filter(
        about__startswith=f"report:{report}:", unit=cast.BAN_MAY
    )
    return list(rows.order_by("pk"))


def test_a_deadline_on_a_sunday_is_reminded_of_on_the_last_working_day_and_said_to_be_a_day_off() -> (
    None
):
    actions.remind(at=cast.moment("2025-12-31 07:00"))
    assert of(ONE_OFF) == []

    actions.remind(at=cast.moment("2025-12-31 07:31"))

    (row,) = of(ONE_OFF)
    body = ErrandRow.objects.get(about__contains=ONE_OFF, kind="reminder").payload["body"]
    assert (row.kind, row.deadline) == ("before", SUNDAY)
    assert "ngày nghỉ" in body
    assert "11 giờ" in body


def test_each_is_said_once_and_whoever_sent_is_left_alone() -> None:
    at = SUNDAY + timedelta(minutes=1)
    ReportRow.objects.create(
        report=ONE_OFF,
        period="dung-he-thong-bo-2026-01",
        unit=cast.NAM_SUONG,
        state="submitted",
        submitted_at=SUNDAY,
    )

    first, again = actions.remind(at=at), actions.remind(at=at + timedelta(minutes=5))

    assert first > 0
    assert again == 0
    assert [row.name for row in of(ONE_OFF)] == ["late-0"]
    assert not ReportReminderRow.objects.filter(
        unit=cast.NAM_SUONG, about__startswith=f"report:{ONE_OFF}"
    ).exists()


def test_a_friday_that_is_a_day_off_keeps_its_deadline_and_the_late_are_reminded_the_day_after() -> (
    None
):
    actions.remind(at=FRIDAY + timedelta(minutes=1))
    actions.remind(at=FRIDAY + timedelta(hours=24, minutes=1))

    assert [row.name for row in of("weekly")] == ["late-0", "late-24"]


def test_a_deadline_that_the_letter_does_not_give_is_told_so() -> None:
    actions.remind(at=cast.moment("2025-09-15 00:01"))

    told = [row for row in of("quarterly") if ":2025-Q3:" in row.about]
    assert [(row.kind, row.deadline) for row in told] == [("undated", None)]
    body = ErrandRow.objects.get(about__contains="quarterly").payload["body"]
    assert "văn bản không nêu hạn gửi" in body


def test_a_body_without_a_mailbox_is_reminded_on_the_screen_alone() -> None:
    actions.remind(at=SUNDAY)

    assert ReportReminderRow.objects.filter(unit=cast.NAM_SUONG).exists()
    assert {row.payload["to"] for row in ErrandRow.objects.all()} == {"ban.may@vidu.test"}


def test_a_task_of_an_order_is_reminded_of_by_the_same_way() -> None:
    actions.order(
        document=OrderDocument("01/CĐ-UBND", "Công điện", "UBND tỉnh", date(2026, 1, 5)),
        tasks=[OrderTask(1, "Rà soát", cast.moment("2026-01-07 16:00"))],
        units=[cast.BAN_MAY, cast.NAM_SUONG],
        by=cast.NHUNG,
        at=cast.moment("2026-01-05 08:00"),
    )
    actions.remind(at=cast.moment("2026-01-07 14:30"))

    rows = ReportReminderRow.objects.filter(about__startswith="order:")
    assert {(row.unit, row.name) for row in rows} == {
        (cast.BAN_MAY, "before-2"),
        (cast.NAM_SUONG, "before-2"),
    }
