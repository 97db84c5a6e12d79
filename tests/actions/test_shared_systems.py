"""What passes through a body that is gone is followed until it is done, or waived by name."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction

from tests import cast, rows
from thongsuot import env
from thongsuot.actions import shared_systems as actions
from thongsuot.actions.load import Report
from thongsuot.actions.load.reading import FileCut, NotWorkbook
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.shared_systems import FindingState, FindingStep, FindingStepNotNow
from thongsuot.queries import shared_systems as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.catalogue import RefusedLineRow
from thongsuot.records.shared_systems import FindingRow, FindingStepRow, SystemEntryRow
from thongsuot.words.reading import FieldNeeded

NOW = cast.moment("2025-09-10 09:00")
DAY = NOW.date()
HEAD = "system,kind,key,name,office,other,via,valid_from,valid_to,source"


@pytest.fixture(autouse=True)
def systems(province: None) -> None:
    """Minh keeps the registers of the province, Sơn those of Bản Mây; one flow goes wrong."""
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    rows.shared_system()
    rows.system_entry("flow", "BC-1", cast.BAN_MAY, other=cast.PROVINCE, via=[cast.BAN_CU])


def _step(step: FindingStep, reason: str = "theo công văn", by: object = cast.MINH) -> FindingState:
    number = FindingRow.objects.get().pk
    return actions.step(number=number, step=step, reason=reason, by=by, at=NOW)  # type: ignore[arg-type]  # of the cast


def test_whoever_does_not_keep_the_registers_records_nothing() -> None:
    for person in (cast.HOA, cast.SON):
        with pytest.raises(NotYourRight):
            actions.record_findings(by=person, at=NOW)

    assert not FindingRow.objects.exists()


def test_recording_twice_records_once() -> None:
    assert actions.record_findings(by=cast.MINH, at=NOW) == 1
    assert actions.record_findings(by=cast.MINH, at=NOW) == 0


def test_a_finding_done_ends_the_entry_and_sets_up_the_direct_way() -> None:
    actions.record_findings(by=cast.MINH, at=NOW)
    _step(FindingStep.PROPOSE)
    _step(FindingStep.ACCEPT, by=cast.SON)

    _step(FindingStep.FINISH, "đã cấu hình", by=cast.SON)

    (now,) = SystemEntryRow.objects.filter(valid__contains=DAY)
    assert (now.key, now.office, now.other, now.via) == (
        "BC-1",
        cast.BAN_MAY,
        cast.PROVINCE,
        [],
    )
    assert queries.findings(on=DAY) == ()
    assert list(FindingStepRow.objects.order_by("id").values_list("step", flat=True)) == [
        "find",
        "propose",
        "accept",
        "finish",
    ]


def test_a_unit_does_not_waive_and_a_waiver_needs_its_reason() -> None:
    actions.record_findings(by=cast.MINH, at=NOW)

    with pytest.raises(NotYourRight):
        _step(FindingStep.WAIVE, by=cast.SON)
    with pytest.raises(FieldNeeded):
        _step(FindingStep.WAIVE, " ")
    with pytest.raises(FindingStepNotNow):
        _step(FindingStep.FINISH)
    assert FindingRow.objects.get().state == "found"


def test_what_is_waived_is_told_and_no_longer_open() -> None:
    actions.record_findings(by=cast.MINH, at=NOW)

    _step(FindingStep.WAIVE, "mạng dự phòng, giữ đến 31/12/2025")

    (line,) = queries.findings(on=DAY)
    assert (line.state, line.is_open) == ("waived", False)


def test_steps_are_never_changed_or_removed() -> None:
    actions.record_findings(by=cast.MINH, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        FindingStepRow.objects.update(by="ai đó")
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingStepRow.objects.all().delete()


def _imported(name: str, content: bytes, as_of: date | None = None) -> Report:
    (report,) = actions.import_entries(
        name=name,
        content=content,
        folder=env.ROOT / "data",
        by=cast.MINH,
        at=NOW,
        as_of=as_of,
    )
    return report


def _table(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def test_each_bad_line_is_refused_with_its_sentence_and_kept() -> None:
    report = _imported(
        "bang.csv",
        _table(
            f"bao-cao,unit,DV-1,Một,{cast.BAN_MAY},,,2025-07-01,,bịa",
            f"la,unit,DV-2,Hai,{cast.BAN_MAY},,,2025-07-01,,bịa",
            f"bao-cao,flow,DV-3,Ba,{cast.BAN_MAY},,,2025-07-01,,bịa",
            "bao-cao,unit,DV-4,Bốn,H99.999,,,2025-07-01,,bịa",
            f"bao-cao,vay,DV-5,Năm,{cast.BAN_MAY},,,2025-07-01,,bịa",
            "bao-cao,unit,DV-6,Sáu,H99.01.01,,,2025-07-01,,bịa",
        ),
    )

    assert (report.read, report.loaded) == (6, 2)
    assert [line.code for line in report.refused] == [
        "no_such_system",
        "entry_leads_nowhere",
        "office_unknown",
        "choice_unknown",
    ]
    assert RefusedLineRow.objects.filter(code="entry_leads_nowhere").exists()
    assert SystemEntryRow.objects.get(key="DV-6").office == cast.BAN_MAY, "an old code resolves"


def test_a_workbook_is_read_like_a_table_of_text() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_row(2, 0, ["bao-cao", "unit", 17, "Một", cast.BAN_MAY, "", ""])
        sheet.write_datetime(2, 7, NOW.replace(tzinfo=None, hour=0), day)
        sheet.write_row(2, 8, ["", "bịa"])

    report = _imported("bang.xlsx", made.getvalue())

    assert (report.read, report.loaded, report.refused) == (1, 1, ())
    row = SystemEntryRow.objects.get(key="17")
    assert row.valid.lower == DAY


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"khong phai bang tinh"])
def test_a_workbook_that_is_none_is_refused_whole(content: bytes) -> None:
    with pytest.raises(NotWorkbook):
        _imported("bang.xlsx", content)


def test_a_cut_table_is_refused_whole() -> None:
    with pytest.raises(FileCut):
        _imported("bang.csv", _table("bao-cao,unit"))
