"""What was brought in is compared with the export that it came from, and spoilt rows are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests import cast
from tests.actions.test_migration import FIRST, TOLD_AT, export, read, row, signed
from thongsuot.actions import migration
from thongsuot.actions.reconciliation import (
    ExportNotBroughtIn,
    Reconciled,
    SideUnknown,
    reconcile,
)
from thongsuot.domain.reconciliation import Nature, ReconcileLevel
from thongsuot.records.access import RoleRow

AT = cast.moment("2026-01-05 09:00")
LATER = cast.moment("2026-01-06 09:00")


@pytest.fixture
def engineers(province: None) -> None:
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def compared(file: Path, level: ReconcileLevel = ReconcileLevel.MEANING) -> Reconciled:
    return reconcile(f"export:{file}", "records", level=level, at=LATER)


def spoil(change: str) -> None:
    """Change an event behind the back of the guard, as only an intruder or a fault could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_eventrow DISABLE TRIGGER USER")
        cursor.execute(change)
        cursor.execute("ALTER TABLE records_eventrow ENABLE TRIGGER USER")


@pytest.mark.parametrize("level", ReconcileLevel)
def test_what_was_loaded_with_all_defects_agrees_with_its_export_at_each_level(
    engineers: None, tmp_path: Path, level: ReconcileLevel
) -> None:
    file = tmp_path / "xuat.csv"
    migration.generate(
        file, layout="mau-chung", dossiers=120, defects="all", seed=2, told_at=TOLD_AT
    )
    run = read(file, layout="mau-chung")
    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    found = compared(file, level)

    assert found.is_equal, found.differences
    assert found.left == found.right == books.loaded + books.remarked
    assert found.looked_into == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("""body = jsonb_set(body, '{applicant,name}', '"Khác"') WHERE version = 1""", "applicant"),
        (
            """body = jsonb_set(body, '{competent_office}', '"H99.102"') WHERE version = 1""",
            "office",
        ),
        ("""body = jsonb_set(body, '{status}', '"9"') WHERE version = 2""", "status"),
        (
            "body = jsonb_set(body, '{due_at}', '\"2025-12-01T17:00:00+07:00\"') WHERE version = 1",
            "due_at",
        ),
        ("occurred_at = occurred_at + interval '1 day' WHERE version = 2", "path"),
    ],
)
def test_an_event_changed_after_loading_is_found_with_both_values(
    engineers: None, tmp_path: Path, change: str, field: str
) -> None:
    file = export(tmp_path, row(), row("H99.101-251110-0002"))
    migration.load(signed(read(file)), by=cast.NHUNG, at=AT)
    spoil(
        f"UPDATE records_eventrow SET {change} AND dossier_id ="  # noqa: S608 - our own text
        f" (SELECT id FROM records_dossierrow WHERE code = '{FIRST}')"
    )

    found = compared(file)

    assert {one.code for one in found.differences} == {FIRST}
    (difference,) = [one for one in found.differences if one.field == field]
    assert difference.left != difference.right
    assert found.looked_into == 1


def test_a_difference_names_the_rule_of_the_maps_that_made_the_value(
    engineers: None, tmp_path: Path
) -> None:
    file = export(tmp_path, row())
    run = read(file)
    migration.load(signed(run), by=cast.NHUNG, at=AT)
    maps = migration.as_csv(run.pk).replace("H99.101", "H99.102")
    migration.decide(run.pk, maps, by=cast.MINH, at=LATER)  # decided otherwise since

    found = compared(file, ReconcileLevel.FIELDS)

    (difference,) = [one for one in found.differences if one.field == "office"]
    assert (difference.left, difference.right) == ("H99.102", "H99.101")
    assert difference.rule == "người quyết định"


def test_what_is_here_besides_the_old_system_is_no_difference(
    engineers: None, tmp_path: Path
) -> None:
    file = export(tmp_path, row())
    migration.load(signed(read(file)), by=cast.NHUNG, at=AT)
    other = export(tmp_path, row("H99.101-251111-0001"), name="khac.csv")
    run = migration.read(
        other, layout="igate-excel", system="he-khac", told_at=TOLD_AT, by=cast.NHUNG, at=AT
    )
    migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert compared(file).is_equal
    assert compared(other).is_equal


def test_what_is_kept_can_be_compared_with_itself_at_an_earlier_moment(
    engineers: None, tmp_path: Path
) -> None:
    open_ = {"Trạng thái hồ sơ*": "Đang xử lý", "Ngày kết thúc xử lý": ""}
    migration.load(signed(read(export(tmp_path, row(**open_)))), by=cast.NHUNG, at=AT)
    newer = read(export(tmp_path, row(), name="moi.csv"))
    migration.load(signed(newer), by=cast.NHUNG, at=LATER)

    found = reconcile("records@2026-01-05 10:00", "records", level=ReconcileLevel.MEANING, at=LATER)

    (status,) = [one for one in found.differences if one.field == "status"]
    assert (status.left, status.right, status.nature) == ("4", "10", Nature.OTHER)


def test_a_dossier_that_is_gone_is_missing_on_the_right(engineers: None, tmp_path: Path) -> None:
    file = export(tmp_path, row())
    run = read(file)
    signed(run)

    found = compared(file, ReconcileLevel.KEYS)

    assert [(one.code, one.nature) for one in found.differences] == [(FIRST, Nature.MISSING)]
    assert (found.left, found.right) == (1, 0)


@pytest.mark.parametrize("side", ["partner:x", "export:", "archive:", "records@hôm qua", ""])
def test_a_side_that_is_none_is_refused(engineers: None, side: str) -> None:
    with pytest.raises(Exception, match="side"):
        reconcile(side, "records", level=ReconcileLevel.KEYS, at=AT)


def test_an_export_that_nobody_read_cannot_be_compared(engineers: None, tmp_path: Path) -> None:
    with pytest.raises(ExportNotBroughtIn):
        compared(export(tmp_path, row()))
    with pytest.raises(SideUnknown):
        reconcile("gì đó", "records", level=ReconcileLevel.KEYS, at=AT)
