"""A long list is made row by row by a worker, tells how far it is, stops when cancelled, begins anew when killed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests import cast, life, reports
from thongsuot.actions.reporting import catch_up, exporting
from thongsuot.actions.reporting.exporting import ExportKindUnknown, OfCell, Rows
from thongsuot.queries.reporting import long_list
from thongsuot.queries.reporting.compiled import CellNotCounted, dossiers
from thongsuot.records import report_exports as records
from thongsuot.records.report_exports import NoSuchExport, ReportExportRow
from thongsuot.workers import tasks

pytestmark = pytest.mark.usefixtures("province")

NOW = cast.moment("2025-09-15 08:00")
CELL = OfCell("quarterly", "II.06a", "2025-Q3", "", "total", "3", NOW)


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    monkeypatch.setattr(tasks, "now", lambda: NOW)


def asked(kind: str = "csv", cell: OfCell = CELL) -> int:
    return exporting.ask(cell=cell, kind=kind, account="son", at=NOW)


def rows(many: int) -> Iterator[tuple[str, str]]:
    for number in range(many):
        yield (f"H-{number}", "=1+1")


def made(number: int, many: int) -> int:
    found = Rows(many, (("Mã", 20), ("Tên", 20)), rows(many))
    return exporting.make(number=number, of=lambda _: found, at=NOW, now=lambda: NOW)


def test_a_kind_of_file_that_nobody_makes_is_refused() -> None:
    with pytest.raises(ExportKindUnknown):
        asked("exe")
    assert not ReportExportRow.objects.exists()


def test_a_cell_that_is_filled_in_has_no_list() -> None:
    cell = OfCell("quarterly", "II.07b", "2025-Q3", "", "total", "4", NOW)
    number = asked(cell=cell)
    with pytest.raises(CellNotCounted):
        long_list.require(
            long_list.asked(ReportExportRow.objects.get(pk=number)), row="total", column="4"
        )

    tasks.make_long_list(export=number)

    line = long_list.export(number, account="son")
    assert line.state == "failed"
    assert "nhập" in line.wrong


def test_nobody_sees_or_fetches_the_list_of_another() -> None:
    number = asked()
    made(number, 1)

    with pytest.raises(NoSuchExport):
        long_list.export(number, account="tam")
    with pytest.raises(NoSuchExport):
        exporting.cancel(number=number, account="tam", at=NOW)


def test_a_list_that_was_cancelled_stops_within_some_thousand_rows_and_leaves_no_file() -> None:
    number = asked()
    begun = iter(range(50_000))

    def until_cancelled() -> Iterator[tuple[str, str]]:
        for row in begun:
            if row == 12_000:
                exporting.cancel(number=number, account="son", at=NOW)
            yield (str(row), "")

    found = Rows(50_000, (("Mã", 20), ("Tên", 20)), until_cancelled())
    exporting.make(number=number, of=lambda _: found, at=NOW, now=lambda: NOW)

    line = long_list.export(number, account="son")
    assert line.state == "cancelled"
    assert line.done == 10_000
    assert next(begun) <= 15_000
    with pytest.raises(NoSuchExport):
        records.opened(ReportExportRow.objects.get(pk=number))


def test_a_list_that_was_broken_off_is_made_anew_and_one_that_is_done_is_not_made_again() -> None:
    number = asked()

    def broken() -> Iterator[tuple[str, str]]:
        yield from rows(6_000)
        raise ConnectionError("killed")

    with pytest.raises(ConnectionError):
        found = Rows(9_000, (("Mã", 20), ("Tên", 20)), broken())
        exporting.make(number=number, of=lambda _: found, at=NOW, now=lambda: NOW)
    assert long_list.export(number, account="son").state == "running"

    assert made(number, 9_000) == 9_000
    assert made(number, 9_000) == 0
    with records.opened(ReportExportRow.objects.get(pk=number)) as file:
        text = file.read().decode("utf-8-sig")
    assert text.count("\r\n") == 9_001
    assert "'=1+1" in text


def test_a_list_has_the_dossiers_of_its_cell_and_nothing_of_their_applicants() -> None:
    codes = {life.received(at=NOW - timedelta(days=day)).code for day in (1, 2, 3)}
    number = asked()

    assert tasks.make_long_list(export=number) == 3

    row = ReportExportRow.objects.get(pk=number)
    with records.opened(row) as file:
        text = file.read().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert {line["Mã hồ sơ"] for line in lines} == codes
    assert cast.MY.name not in text
    assert (row.done, row.total) == (3, 3)


def test_the_list_says_of_every_dossier_what_the_page_of_the_cell_says() -> None:
    for day in (1, 2, 3):
        life.received(at=NOW - timedelta(days=day))
    catch_up()
    of = long_list.asked(ReportExportRow.objects.get(pk=asked()))

    for column in ("3", "4", "5", "12"):
        page = [one.code for one in dossiers(of, row="total", column=column)]
        listed = [line[0] for line in long_list.lines(of, row="total", column=column)]
        assert listed == page
        assert len(page) == long_list.many(of, row="total", column=column)


def test_lists_are_forgotten_with_their_files_after_some_days() -> None:
    number = asked("xlsx")
    made(number, 2)
    row = ReportExportRow.objects.get(pk=number)
    with records.opened(row) as file:
        assert file.read(2) == b"PK"

    assert exporting.forget(at=NOW + timedelta(days=2)) == 0
    assert exporting.forget(at=NOW + timedelta(days=4)) == 1
    with pytest.raises(NoSuchExport):
        records.opened(row)
