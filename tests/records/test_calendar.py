"""Calendars as they were when an appointment was given by them."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast, rows
from tests.cast import moment
from thongsuot.domain.dossier.policies import BadPolicy, NoPolicyForDay
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus
from thongsuot.records import calendar as records
from thongsuot.records.calendar import CalendarRow, NoCalendar, OfficeHoursRow, PolicyRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")

THURSDAY = date(2025, 9, 11)
STORM = CalendarDay(THURSDAY, DayKind.HOLIDAY, "Nghỉ bão", DayStatus.OFFICIAL, "CĐ 1")


def test_the_newest_calendar_counts_and_an_older_one_is_still_there() -> None:
    rows.calendar("thu-2", extra=[STORM])

    assert records.current_version() == "thu-2"
    assert not records.calendar(office=cast.BAN_MAY).is_working_day(THURSDAY)
    assert records.calendar(office=cast.BAN_MAY, version="thu-1").is_working_day(THURSDAY)
    with pytest.raises(NoCalendar):
        records.calendar(office=cast.BAN_MAY, version="thu-3")


def test_an_office_with_hours_of_its_own_keeps_them() -> None:
    OfficeHoursRow.objects.create(
        office=cast.NAM_SUONG,
        valid=to_range(Span(date(2018, 6, 21))),
        intervals=[["07:00", "11:00"]],
        source="",
    )
    rows.calendar("thu-2")

    assert records.calendar(office=cast.NAM_SUONG).closing_of(THURSDAY) == moment(
        "2025-09-11 11:00"
    )
    assert records.calendar(office=cast.BAN_MAY).closing_of(THURSDAY) == moment("2025-09-11 17:00")


def test_hours_changed_later_wait_for_the_next_version() -> None:
    OfficeHoursRow.objects.update(intervals=[["09:00", "12:00"]])
    before = records.calendar(office=cast.BAN_MAY).opening_of(THURSDAY)

    rows.calendar("thu-2")

    assert before == moment("2025-09-11 07:30")
    assert records.calendar(office=cast.BAN_MAY).opening_of(THURSDAY) == moment("2025-09-11 09:00")
    old = records.calendar(office=cast.BAN_MAY, version="thu-1")
    assert old.opening_of(THURSDAY) == moment("2025-09-11 07:30")


def test_a_calendar_without_any_hours_is_refused() -> None:
    CalendarRow.objects.update(hours={})

    with pytest.raises(records.NoOfficeHours):
        records.calendar(office=cast.BAN_MAY)


def test_the_numbers_of_the_law_are_those_of_the_day() -> None:
    new_year = date(2026, 1, 1)
    old = PolicyRow.objects.get(key="supplements_at_most")
    old.valid = to_range(Span(date(2020, 1, 1), new_year))
    old.save()
    PolicyRow.objects.create(
        key=old.key, value="2", valid=to_range(Span(new_year)), source="", certainty=""
    )

    assert records.policies(on=date(2025, 12, 31)).supplements_at_most == 1
    assert records.policies(on=new_year).supplements_at_most == 2


def test_a_missing_or_unreadable_number_of_the_law_is_refused_by_its_name() -> None:
    with pytest.raises(NoPolicyForDay) as refused:
        records.policies(on=date(2019, 1, 1))
    assert refused.value.facts["day"] == "2019-01-01"

    PolicyRow.objects.filter(key="supplements_at_most").update(value="nhiều")
    with pytest.raises(BadPolicy):
        records.policies(on=THURSDAY)
