"""A report goes from hand to hand; what was sent stays as it was, and is restated in the open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from tests import builders, cast, life, reports
from thongsuot.actions import dossier as dossiers
from thongsuot.actions import reporting as actions
from thongsuot.actions.reporting import OfReport, ReportChangedMeanwhile
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.reporting.course import (
    NothingToRestate,
    RemarksNeeded,
    ReportDoesNotAgree,
    ReportIsLocked,
    ReportStepNotNow,
    SecondPersonNeeded,
    WindowNotOver,
)
from thongsuot.domain.reporting.forms import Broken, Identity, TextInNumberCell
from thongsuot.queries.reporting import frozen
from thongsuot.queries.reporting import life as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.reports import FilledCellRow, FrozenReportRow, ReportRow

pytestmark = pytest.mark.usefixtures("province")

SEPTEMBER = cast.moment("2025-09-15 08:00")
LATER = SEPTEMBER + timedelta(days=3)
REPORTER, RECEIVER, SECOND = cast.SON, cast.NHUNG, cast.MINH


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])


@pytest.fixture
def third() -> OfReport:
    return reports.of(cast.BAN_MAY, period="2025-Q3")


def frozen_of(report: OfReport) -> list[FrozenReportRow]:
    return list(FrozenReportRow.objects.filter(report__unit=report.unit).order_by("version"))


def late_entry() -> str:
    """A dossier of the quarter that is entered after the quarter's report was sent."""
    at = SEPTEMBER + timedelta(days=1)
    submission = builders.submission(
        received_at=cast.moment("2025-09-12 09:00"), late_entry_reason="mất điện"
    )
    return dossiers.receive(request=life.request(submission=submission), by=cast.HOA, at=at).code


def test_only_the_body_that_reports_and_the_one_that_receives_take_its_steps(
    third: OfReport,
) -> None:
    with pytest.raises(NotYourRight):
        actions.check(report=third, broken=(), by=cast.TAM, at=SEPTEMBER)
    elsewhere = replace(third, unit=cast.NAM_SUONG)
    with pytest.raises(NotYourRight):
        actions.check(report=elsewhere, broken=(), by=REPORTER, at=SEPTEMBER)
    reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")
    with pytest.raises(NotYourRight):
        actions.accept(report=third, by=REPORTER, at=SEPTEMBER)


def test_a_report_whose_columns_do_not_agree_is_not_checked(third: OfReport) -> None:
    fault = Broken("total", Identity("[3]", "[7] + [11]"), None, None)

    with pytest.raises(ReportDoesNotAgree):
        actions.check(report=third, broken=(fault,), by=REPORTER, at=SEPTEMBER)

    assert not ReportRow.objects.exclude(state="open").exists()


def test_a_report_is_sent_once_its_window_is_over_and_it_was_checked(third: OfReport) -> None:
    early = third.window.end - timedelta(minutes=1)
    actions.check(report=third, broken=(), by=REPORTER, at=early)
    with pytest.raises(WindowNotOver):
        actions.submit(
            report=third, contents=reports.contents(third, at=early), by=REPORTER, at=early
        )

    fourth = replace(third, unit="")
    with pytest.raises(ReportStepNotNow):
        actions.submit(
            report=fourth, contents=reports.contents(fourth, at=LATER), by=RECEIVER, at=LATER
        )


def test_text_in_a_cell_for_a_number_is_refused_and_keeps_nothing(third: OfReport) -> None:
    cell = ("II.07b", "total", "4")

    with pytest.raises(TextInNumberCell):
        actions.fill(report=third, cells={cell: "mười"}, source="QĐ 1", by=REPORTER, at=SEPTEMBER)
    with pytest.raises(RemarksNeeded):
        actions.fill(report=third, cells={cell: "10"}, source="", by=REPORTER, at=SEPTEMBER)

    assert not FilledCellRow.objects.exists()


def test_what_is_filled_in_goes_into_the_formulas_with_its_source(third: OfReport) -> None:
    cells = {
        ("II.07b", "total", key): text for key, text in (("4", "1.200"), ("5", "0"), ("6", "88,5"))
    }
    actions.fill(report=third, cells=cells, source="QĐ 1", by=REPORTER, at=SEPTEMBER)

    page = queries.page("quarterly", period="2025-Q3", unit=cast.BAN_MAY, by=REPORTER, at=SEPTEMBER)
    form = next(form for form in page.forms if form.key == "II.07b")
    made = queries.figures(page, form, at=SEPTEMBER)

    assert made.rows[-1].cells["3"] == 1288.5
    assert queries.sources_of(page, form)["total", "4"] == "QĐ 1"


def test_what_was_sent_stays_as_it_was_known_whatever_comes_later(third: OfReport) -> None:
    life.received()
    reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")
    late_entry()

    (kept,) = frozen_of(third)
    again = reports.contents(third, at=LATER)
    as_known_then = reports.contents(third, at=kept.known_at)

    assert as_known_then.text == kept.content
    assert as_known_then.files == kept.files
    assert frozen.is_whole(kept)
    assert again.text != kept.content
    assert frozen.rows(kept.content, "II.06a")[-1].cells["3"] == 1


def test_a_restatement_is_a_new_version_with_its_differences_and_the_dossiers_behind_them(
    third: OfReport,
) -> None:
    life.received()
    reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")
    with pytest.raises(NothingToRestate):
        actions.restate(
            report=third,
            contents=reports.contents(third, at=SEPTEMBER),
            reason="thử",
            by=REPORTER,
            at=SEPTEMBER,
        )
    code = late_entry()

    number = actions.restate(
        report=third,
        contents=reports.contents(third, at=LATER),
        reason="nhập muộn",
        by=REPORTER,
        at=LATER,
    )

    first, second = frozen_of(third)
    changed = {
        one.column: (one.before, one.after)
        for one in frozen.changes(first.content, second.content)
        if one.form == "II.06a" and one.row == "total"
    }
    page = queries.page("quarterly", period="2025-Q3", unit=cast.BAN_MAY, by=REPORTER, at=LATER)
    assert number == 2
    assert changed == dict.fromkeys(("3", "5", "11", "12"), (Fraction(1), Fraction(2)))
    assert [one.code for one in queries.causes(page, first, second)] == [code]
    assert frozen.is_whole(first)


def test_a_report_is_given_back_mended_accepted_locked_and_unlocked_by_a_second_person(
    third: OfReport,
) -> None:
    reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")
    with pytest.raises(RemarksNeeded):
        actions.return_(report=third, remarks=" ", by=RECEIVER, at=SEPTEMBER)
    actions.return_(report=third, remarks="thiếu biểu", by=RECEIVER, at=SEPTEMBER)
    reports.sent(cast.BAN_MAY, by=REPORTER, at=LATER, period="2025-Q3")
    actions.accept(report=third, by=RECEIVER, at=LATER)
    actions.lock(report=third, by=RECEIVER, at=LATER)

    with pytest.raises(ReportIsLocked):
        actions.restate(
            report=third,
            contents=reports.contents(third, at=LATER),
            reason="x",
            by=REPORTER,
            at=LATER,
        )
    with pytest.raises(ReportStepNotNow):
        actions.unlock(report=third, by=RECEIVER, at=LATER)
    actions.ask_unlock(report=third, reason="sai dòng", by=RECEIVER, at=LATER)
    with pytest.raises(SecondPersonNeeded):
        actions.unlock(report=third, by=RECEIVER, at=LATER)
    actions.unlock(report=third, by=SECOND, at=LATER)

    row = ReportRow.objects.get(unit=cast.BAN_MAY)
    assert row.state == "returned"
    assert row.course().versions == 2
    assert row.submitted_at == SEPTEMBER


def test_what_somebody_else_did_meanwhile_makes_the_figures_void(third: OfReport) -> None:
    actions.check(report=third, broken=(), by=REPORTER, at=SEPTEMBER)
    seen = reports.contents(third, at=SEPTEMBER)
    cell = {("II.07b", "total", "4"): "1"}
    actions.fill(report=third, cells=cell, source="QĐ 1", by=REPORTER, at=SEPTEMBER)
    actions.check(report=third, broken=(), by=REPORTER, at=SEPTEMBER)

    with pytest.raises(ReportChangedMeanwhile):
        actions.submit(report=third, contents=seen, by=REPORTER, at=SEPTEMBER)


@pytest.mark.parametrize("table", ["reportsteprow", "frozenreportrow"])
def test_steps_and_what_was_frozen_are_never_changed(third: OfReport, table: str) -> None:
    reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE records_{table} SET by = 'x'")  # noqa: S608 - a name of ours


def test_who_has_reported_and_who_in_time_is_told_of_every_body_that_must() -> None:
    early = cast.moment("2025-12-26 16:30")
    for unit, at in ((cast.BAN_MAY, early), (cast.NAM_SUONG, early + timedelta(hours=2))):
        report = reports.of(unit, key="weekly", period="2025-W52")
        actions.check(report=report, broken=(), by=RECEIVER, at=at)
        actions.submit(report=report, contents=reports.contents(report, at=at), by=RECEIVER, at=at)

    found = queries.completeness("weekly", period="2025-W52", at=early + timedelta(days=1))

    told = {line.unit: line.timeliness for line in found.lines}
    assert (found.expected, found.sent, found.in_time) == (4, 2, 1)
    assert told[cast.BAN_MAY].late_by is None
    assert told[cast.NAM_SUONG].late_by == timedelta(hours=1, minutes=30)
    assert told[cast.DEPARTMENT].is_missing
