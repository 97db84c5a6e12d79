"""The files of a report: each made of the frozen text alone, the same bytes each time, owed where it is entered."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import docx
import pytest

from tests import cast, life, reports
from tests.paper import pdftext
from thongsuot.actions import reporting as actions
from thongsuot.actions.reporting import OfReport
from thongsuot.domain.reporting.forms import NoSuchCell
from thongsuot.queries.reporting import files, frozen
from thongsuot.records.access import RoleRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.files import content_of
from thongsuot.records.reports import FrozenReportRow

pytestmark = pytest.mark.usefixtures("province")

SEPTEMBER = cast.moment("2025-09-15 08:00")
WEEK_OVER = cast.moment("2026-01-02 16:00")
REPORTER = cast.SON
AGAIN = """
import hashlib, sys
from thongsuot.paper import letters
from datetime import datetime
content = sys.stdin.buffer.read()
print(hashlib.sha256(letters.dated(content, at=datetime.fromisoformat("{at}"))).hexdigest())
"""


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office", "operator")).update(rights=["reports"])


@pytest.fixture
def third() -> OfReport:
    life.received()
    return reports.sent(cast.BAN_MAY, by=REPORTER, at=SEPTEMBER, period="2025-Q3")


def kept_of(report: OfReport) -> FrozenReportRow:
    return FrozenReportRow.objects.get(report__unit=report.unit)


def test_a_form_that_was_not_frozen_has_no_file(third: OfReport) -> None:
    with pytest.raises(NoSuchCell):
        files.table(kept_of(third).content, "II.99")


def test_every_file_is_in_the_freeze_and_a_changed_one_is_found(third: OfReport) -> None:
    kept = kept_of(third)

    assert {"II.06a", "II.06a/csv", "/pdf", "/docx", "government/enter"} <= kept.files.keys()
    assert frozen.is_whole(kept)
    kept.files["/docx"] = "0" * 64
    assert not frozen.is_whole(kept)


def test_what_was_frozen_before_there_were_other_files_stays_whole(third: OfReport) -> None:
    kept = kept_of(third)
    told = json.loads(kept.content)
    for name in ("name", "legal_bases", "place", "entries"):
        del told[name]
    kept.content = json.dumps(told, ensure_ascii=False)
    kept.sha256 = hashlib.sha256(kept.content.encode()).hexdigest()
    kept.files = {"II.06a": kept.files["II.06a"]}

    assert frozen.is_whole(kept)
    assert files.letter(kept.content)
    assert files.to_enter(kept.content) == ()


def test_the_files_carry_the_moment_of_the_figures_and_never_that_of_their_making(
    third: OfReport,
) -> None:
    kept = kept_of(third)

    letter, printed = files.letter(kept.content), files.pdf(kept.content)

    created = docx.Document(io.BytesIO(letter)).core_properties.created
    assert str(created) == "2025-09-15 01:00:00+00:00"
    with zipfile.ZipFile(io.BytesIO(letter)) as packed:
        assert {part.date_time[:4] for part in packed.infolist()} == {(2025, 9, 15, 1)}
    pdf = pdftext.opened(printed)
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250915010000Z")
    elsewhere = subprocess.run(
        [sys.executable, "-c", AGAIN.format(at="2025-09-15T08:00:00+07:00")],
        input=letter,
        capture_output=True,
        check=True,
    )
    assert elsewhere.stdout.decode().strip() == hashlib.sha256(letter).hexdigest()


def test_the_covering_report_has_the_figures_in_its_text(third: OfReport) -> None:
    text = docx.Document(io.BytesIO(files.letter(kept_of(third).content)))

    said = "\n".join(line.text for line in text.paragraphs)
    assert "Tổng số hồ sơ phải giải quyết: 1 hồ sơ" in said
    assert "quý III năm 2025" in said
    assert "Đang giải quyết 1 hồ sơ" in said
    assert "{" not in said
    assert cast.MY.name not in said


def test_the_print_has_every_form_in_its_layout(third: OfReport) -> None:
    pages = pdftext.pages(files.pdf(kept_of(third).content))

    assert len(pages) >= len(third.definition.forms)
    assert "Biểusố" in pages[0]
    assert "Đơnvịnhậnbáocáo" in pages[0]
    assert "THỦTRƯỞNGCƠQUAN" in pages[0]


def test_the_table_has_a_line_for_each_row_with_plain_numbers(third: OfReport) -> None:
    made = files.table(kept_of(third).content, "II.06a").decode("utf-8-sig")

    lines = list(csv.DictReader(io.StringIO(made)))
    assert lines[-1]["key"] == "total"
    assert lines[-1]["(3) Tổng số"] == "1"


def test_what_is_sent_is_owed_once_to_the_system_in_which_it_is_entered(third: OfReport) -> None:
    (owed,) = ErrandRow.objects.filter(partner="reports")

    content = content_of(owed.payload["sha256"])
    told = json.loads(content)
    total = told["forms"][0]["rows"][-1]
    assert owed.payload["system"] == "government"
    assert (told["layout"], total["TongTiepNhan"], total["DangXuLyTrongHan"]) == ("thongsuot", 1, 1)
    assert kept_of(third).files["government/enter"] == owed.payload["sha256"]
    assert "TongBoSung" not in total


def test_a_restatement_is_owed_anew(third: OfReport) -> None:
    life.received(at=SEPTEMBER - timedelta(days=2))
    later = SEPTEMBER + timedelta(hours=1)

    actions.restate(
        report=third,
        contents=reports.contents(third, at=later),
        reason="nhập muộn",
        by=REPORTER,
        at=later,
    )

    assert ErrandRow.objects.filter(partner="reports").count() == 2


def test_the_weekly_report_is_owed_to_the_system_of_the_province() -> None:
    week = reports.of(cast.BAN_MAY, key="weekly", period="2026-W01")
    actions.check(report=week, broken=(), by=REPORTER, at=WEEK_OVER)
    actions.submit(
        report=week, contents=reports.contents(week, at=WEEK_OVER), by=REPORTER, at=WEEK_OVER
    )
    assert ErrandRow.objects.get(partner="reports").payload["system"] == "province"
