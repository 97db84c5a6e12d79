"""A body's document is attached to its duty, and its figures stand beside ours."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import builders, cast, life, reports, rows, scans
from thongsuot.actions import dossier as dossiers
from thongsuot.actions.files import FileTypeUnknown, Upload
from thongsuot.actions.load.reporting import read
from thongsuot.actions.reporting import OfReport, own
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.forms import NoSuchCell, TextInNumberCell
from thongsuot.domain.reporting.own import CellIsFilledIn, DocumentNeeded, Reading
from thongsuot.queries.reporting import life as report_life
from thongsuot.queries.reporting import own as queries
from thongsuot.queries.reporting import rules
from thongsuot.records import report_own, report_rules
from thongsuot.records.access import RoleRow
from thongsuot.records.documents import AXIS, IN, DocumentRow
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.report_own import OwnFigureRow, ReportDocumentRow
from thongsuot.records.reporting import catch_up
from thongsuot.records.spans import to_range

AT = cast.moment("2025-09-18 08:00")
THEIRS = "000.00.08.H99"
BY_DOCUMENT = f"""
kind = "report"
key = "by_document"
name = "Công tác kiểm soát thủ tục hành chính"
forms = ["II.06a"]
source = "thử"

[[reporters]]
key = "alone"
name = "Cơ quan báo cáo bằng văn bản"
offices = ["{cast.CONSTRUCTION}"]

[[window]]
series = "quarter"
period = "Q3"
opens = "15/6"
closes = "hết 14/9"
valid_from = 2020-12-15
source = "thử"

[[duty]]
series = "quarter"
reporters = "alone"
to = "province"
way = "document"
before = "17/9"
valid_from = 2020-12-15
source = "thử"
"""


@pytest.fixture(autouse=True)
def known(province: None, store: object) -> None:
    reports.known()
    stated, faults = read(BY_DOCUMENT)
    assert isinstance(stated, ReportDefinition), faults
    report_rules.save(stated.key, stated, sha256="x", by="", at=AT)
    RoleRow.objects.filter(code__in=("leader", "office")).update(rights=["reports"])
    ValueMapRow.objects.create(
        partner=AXIS,
        map="office",
        ours=cast.CONSTRUCTION,
        theirs=THEIRS,
        valid=to_range(builders.ALWAYS),
        source=rows.SOURCE,
    )


def came(
    subject: str = "Báo cáo quý III năm 2025", *, sender: str = THEIRS, name: str = "d"
) -> DocumentRow:
    return DocumentRow.objects.create(
        name=name, way=IN, sender=sender, receivers=["H99"], notation="9/BC", subject=subject, at=AT
    )


def report() -> OfReport:
    return reports.of(cast.CONSTRUCTION, key="by_document", period="2025-Q3")


def of_commune() -> OfReport:
    return reports.of(cast.BAN_MAY, period="2025-Q3")


def attached(of: OfReport) -> None:
    own.attach(
        report=of,
        document=None,
        notation="12/BC-UBND",
        issued_on=None,
        upload=Upload("bao cao.pdf", scans.pdf()),
        by=cast.NHUNG,
        at=AT,
    )


def tell(of: OfReport, **cells: str) -> None:
    own.tell(
        report=of,
        form=rules.form("II.06a", on=of.window.last_day),
        cells={("total", column.removeprefix("c")): (text, "") for column, text in cells.items()},
        by=cast.NHUNG,
        at=AT,
    )


def test_a_report_that_comes_over_the_axis_is_attached_to_the_duty_of_its_sender() -> None:
    assert own.attach_arrived(came(), at=AT)

    row = ReportDocumentRow.objects.get()
    assert (row.report.report, row.report.period, row.report.unit) == (
        "by_document",
        "2025-Q3",
        cast.CONSTRUCTION,
    )
    assert (row.notation, row.by) == ("9/BC", "")


def test_what_meets_no_duty_or_one_that_is_met_already_waits_for_people() -> None:
    assert not own.attach_arrived(came("Giấy mời", name="a"), at=AT)
    assert not own.attach_arrived(came(sender="000.00.99.H99", name="b"), at=AT)
    assert not own.attach_arrived(came("Báo cáo quý II năm 2025", name="c"), at=AT)
    assert own.attach_arrived(came(name="d"), at=AT)
    assert not own.attach_arrived(came(name="e"), at=AT)
    assert ReportDocumentRow.objects.count() == 1

    page = report_life.page(
        "by_document", period="2025-Q3", unit=cast.CONSTRUCTION, by=cast.NHUNG, at=AT
    )
    waiting = queries.page(page, page.forms[0], at=AT).waiting
    assert [row.name for row in waiting] == ["e", "c", "a"]


def test_a_document_that_waits_is_attached_by_the_province_once() -> None:
    row = came("Công văn")
    for _ in range(2):
        own.attach(
            report=report(),
            document=row.pk,
            notation="",
            issued_on=None,
            upload=None,
            by=cast.NHUNG,
            at=AT,
        )

    assert ReportDocumentRow.objects.get().document == row


def test_figures_need_the_document_in_which_they_stand() -> None:
    with pytest.raises(DocumentNeeded):
        tell(of_commune(), c3="1")
    with pytest.raises(DocumentNeeded):
        own.attach(
            report=of_commune(),
            document=None,
            notation="12/BC",
            issued_on=None,
            upload=None,
            by=cast.NHUNG,
            at=AT,
        )
    with pytest.raises(FileTypeUnknown):
        own.attach(
            report=of_commune(),
            document=None,
            notation="12/BC",
            issued_on=None,
            upload=Upload("bao cao.exe", b"MZ" + bytes(100)),
            by=cast.NHUNG,
            at=AT,
        )
    assert not ReportDocumentRow.objects.exists()


def test_text_for_a_number_or_a_cell_that_is_none_leaves_nothing_behind() -> None:
    of = of_commune()
    attached(of)

    with pytest.raises(TextInNumberCell):
        tell(of, c3="12", c4="mười")
    with pytest.raises(NoSuchCell):
        tell(of, c99="1")
    with pytest.raises(CellIsFilledIn):
        own.tell(
            report=of,
            form=rules.form("II.07b", on=of.window.last_day),
            cells={("total", "4"): ("1", "")},
            by=cast.NHUNG,
            at=AT,
        )
    assert not OwnFigureRow.objects.exists()


def test_one_who_neither_keeps_nor_receives_the_report_is_kept_out() -> None:
    with pytest.raises(NotYourRight):
        own.attach(
            report=report(),
            document=came().pk,
            notation="",
            issued_on=None,
            upload=None,
            by=cast.SON,
            at=AT,
        )


def test_the_newest_figure_of_a_cell_holds_and_an_empty_one_takes_it_back() -> None:
    of = of_commune()
    attached(of)
    tell(of, c3="1.250", c4="2")
    tell(of, c3="", c4="3")

    page = report_life.page("quarterly", period="2025-Q3", unit=cast.BAN_MAY, by=cast.NHUNG, at=AT)
    assert [(one.column, one.value) for one in report_own.told(page.row, "II.06a")] == [
        ("4", Fraction(3))
    ]


def test_a_difference_by_what_was_entered_late_is_told_with_the_dossier() -> None:
    life.received()
    request = life.request(
        submission=builders.submission(
            received_at=cast.moment("2025-09-12 09:00"), late_entry_reason="mất điện"
        )
    )
    late = dossiers.receive(request=request, by=cast.HOA, at=cast.moment("2025-09-16 08:00"))
    catch_up()
    of = of_commune()
    attached(of)
    tell(of, c3="1", c5="7", c13="0")

    page = report_life.page("quarterly", period="2025-Q3", unit=cast.BAN_MAY, by=cast.NHUNG, at=AT)
    form = next(form for form in page.forms if form.key == "II.06a")
    found = {one.column: one for one in queries.page(page, form, at=AT).apart}
    behind = queries.between(page, form, Reading.KNOWN_THEN, row="total", column="3", at=AT)

    assert set(found) == {"3", "5"}
    assert (found["3"].told, found["3"].computed) == (Fraction(1), Fraction(2))
    assert Reading.KNOWN_THEN in found["3"].readings
    assert found["5"].readings == ()
    assert [one.code for one in behind] == [late.code]
