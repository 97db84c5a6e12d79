"""What differs is mended by people with a reason, then both sides are compared again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests import cast
from tests.actions.test_migration import FIRST, export, read, row, signed
from tests.spoiling import keep, spoil
from thongsuot.actions import archive, migration
from thongsuot.actions import reconciliation as actions
from thongsuot.actions.access import open_reading
from thongsuot.actions.reconciliation.repairing import NotHere, NothingChosen, NotMendedByAnEvent
from thongsuot.domain.dossier.events import ProgressReported
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.looks import Purpose
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records import dossier
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow, differences
from thongsuot.records.migration import LegacyDossierRow
from thongsuot.records.reconciliation import DifferenceRow, ReconciliationRow
from thongsuot.words.reading import FieldNeeded

AT = cast.moment("2026-01-05 09:00")
LATER = cast.moment("2026-01-06 09:00")
WHY = "Đối chiếu hồ sơ giấy, biên bản 05/BB-TTHC"


@pytest.fixture(autouse=True)
def engineers(province: None) -> None:
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def compared(left: str, right: str = "records") -> list[DifferenceRow]:
    """What is still undecided after a comparison, and its number with each."""
    number = actions.make(left, right, level=ReconcileLevel.MEANING, by=cast.NHUNG, at=LATER)
    return list(DifferenceRow.objects.filter(reconciliation=number, act="").order_by("pk"))


def mended(found: list[DifferenceRow], *fields: str) -> int:
    chosen = [one.pk for one in found if not fields or one.field in fields]
    number = found[0].reconciliation_id
    return actions.mend(number, chosen, reason=WHY, by=cast.MINH, at=LATER)


def left(found: list[DifferenceRow]) -> int:
    chosen = [one.pk for one in found]
    number = found[0].reconciliation_id
    return actions.leave(number, chosen, reason=WHY, by=cast.MINH, at=LATER)


def brought_in(folder: Path) -> int:
    run = read(export(folder, row(), row("H99.101-251110-0002")))
    migration.load(signed(run), by=cast.NHUNG, at=AT)
    return run.pk


def archived(file: Path) -> str:
    look = open_reading(by=cast.NHUNG, about=archive.ABOUT, purpose=Purpose.EXPORT, at=AT)
    archive.export(file, system="", by=cast.NHUNG, at=AT, reading=look)
    return f"archive:{file}"


def test_how_a_dossier_stands_is_told_again_as_an_event_with_its_reason(tmp_path: Path) -> None:
    run = brought_in(tmp_path)
    there = archived(tmp_path / "kho.zip")
    _changed_since(FIRST)

    found = compared(there)
    assert {one.field for one in found} >= {"status", "is_handed_over"}
    mended(found, "status")

    kept = dossier.find(FIRST)
    last = dossier.entries_of(kept)[-1]
    assert isinstance(last.event, ProgressReported)
    assert (last.event.reason, last.event.status, last.by) == (WHY, "10", cast.MINH.account)
    assert differences(kept, list(kept.events.order_by("version"))) == []
    again = compared(there)
    assert {one.field for one in again} == {"path"}  # what was told meanwhile stays told
    assert left(again) == 1
    assert compared(there) == []
    assert compared(f"run:{run}")  # of another comparison nothing is decided by that


def _changed_since(code: str) -> None:
    """Somebody reported that the dossier is being worked on again."""
    row_, now, _ = dossier.load(code)
    event = ProgressReported("igate-cu", "Đang xử lý", status="4", reason="báo nhầm")
    entry = dossier.entries_of(row_)[-1]
    dossier.append(
        row_,
        now,
        [type(entry)(event, AT, AT, "igate-cu", entry.office, "igate-cu")],
        next_check=lambda _: None,
    )


def test_a_dossier_that_is_missing_comes_in_from_the_rows_that_were_read(tmp_path: Path) -> None:
    run = read(export(tmp_path, row()))
    signed(run)
    found = compared(f"run:{run.pk}")

    assert [(one.code, one.nature) for one in found] == [(FIRST, "missing")]
    assert mended(found) == 1

    assert DossierRow.objects.get().code == FIRST
    assert LegacyDossierRow.objects.get().code == FIRST
    assert compared(f"run:{run.pk}") == []


def test_a_dossier_that_is_missing_comes_in_from_an_archive(tmp_path: Path) -> None:
    codes = keep(range(3))
    there = archived(tmp_path / "kho.zip")
    spoil("row missing", codes[:1])

    assert mended(compared(there)) == 1

    assert compared(there) == []
    assert DossierRow.objects.count() == 3


def test_a_scan_that_is_missing_is_added_again(tmp_path: Path) -> None:
    codes = keep(range(2))
    there = archived(tmp_path / "kho.zip")
    spoil("file missing", codes[:1])
    _counted_anew(codes[0])

    found = compared(there)
    assert {one.field for one in found} == {"Đơn#1"}
    mended(found)

    assert compared(there) == []


def _counted_anew(code: str) -> None:
    """As if the scan had never been there: the last event takes the number of the gap."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_eventrow DISABLE TRIGGER USER")
        for table in ("event", "dossier"):
            which = {"event": "dossier_id", "dossier": "id"}[table]
            gap = "version = version - 1 WHERE version > 6 AND"
            cursor.execute(
                f"UPDATE records_{table}row SET {gap} {which} ="  # noqa: S608 - our own text
                " (SELECT id FROM records_dossierrow WHERE code = %s)",
                [code],
            )
        cursor.execute("ALTER TABLE records_eventrow ENABLE TRIGGER USER")


def test_who_applied_and_for_what_is_not_changed_afterwards(tmp_path: Path) -> None:
    codes = keep(range(2))
    there = archived(tmp_path / "kho.zip")
    spoil("wrong body", codes[:1])
    found = compared(there)

    with pytest.raises(NotMendedByAnEvent):
        mended(found, "office")
    assert left(found) == len(found)

    again = actions.make(there, "records", level=ReconcileLevel.MEANING, by=cast.NHUNG, at=LATER)
    rows = DifferenceRow.objects.filter(reconciliation=again)
    assert {(one.act, one.reason, one.by) for one in rows} == {("kept", WHY, cast.MINH.account)}


def test_what_is_decided_needs_a_reason_a_choice_and_a_right(tmp_path: Path) -> None:
    codes = keep(range(2))
    there = archived(tmp_path / "kho.zip")
    spoil("wrong holder", codes[:1])
    (found, *_) = compared(there)
    number, chosen = found.reconciliation_id, [found.pk]

    with pytest.raises(FieldNeeded):
        actions.leave(number, chosen, reason=" ", by=cast.MINH, at=LATER)
    with pytest.raises(NothingChosen):
        actions.leave(number, [0], reason=WHY, by=cast.MINH, at=LATER)
    with pytest.raises(NotYourRight):
        actions.leave(number, chosen, reason=WHY, by=cast.HOA, at=LATER)
    with pytest.raises(NotYourRight):
        actions.ask("records", there, level=ReconcileLevel.KEYS, by=cast.HOA, at=LATER)
    assert set(DifferenceRow.objects.values_list("act", flat=True)) == {""}


def test_only_what_is_kept_here_can_be_mended(tmp_path: Path) -> None:
    codes = keep(range(2))
    before, after = (tmp_path / name for name in ("truoc.zip", "sau.zip"))
    archived(before)
    spoil("wrong holder", codes[:1])
    archived(after)
    found = compared(f"archive:{before}", f"archive:{after}")

    with pytest.raises(NotHere):
        mended(found)


def test_a_worker_keeps_why_a_comparison_could_not_be_made() -> None:
    number = actions.ask(
        "records", "archive:khong-co.zip", level=ReconcileLevel.KEYS, by=cast.NHUNG, at=AT
    )

    assert actions.do_asked(number, at=AT) == 0

    row_ = ReconciliationRow.objects.get(pk=number)
    assert row_.state == "failed"
    assert "khong-co.zip" in row_.said
