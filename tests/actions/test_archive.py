"""What goes out in an archive comes in again as it was, and nothing is written over."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from tests import cast, life, rows, scans
from tests.actions.test_migration import TOLD_AT, assert_verified, signed
from tests.actions.test_migration import read as read_in
from thongsuot.actions import archive, migration
from thongsuot.actions.access import open_reading
from thongsuot.actions.archive import ArchiveChanged, Archived, ArchiveDisagrees, ArchiveUnreadable
from thongsuot.actions.dossier.papers import add_scans
from thongsuot.actions.files import Upload
from thongsuot.actions.reconciliation import reconcile
from thongsuot.domain.looks import Purpose, ReadingNotOpened
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records import files
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.looks import LookRow

AT = cast.moment("2026-01-05 09:00")


@pytest.fixture
def engineers(province: None) -> None:
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def exported(file: Path, *, system: str = "") -> Archived:
    look = open_reading(by=cast.NHUNG, about=archive.ABOUT, purpose=Purpose.EXPORT, at=AT)
    return archive.export(file, system=system, by=cast.NHUNG, at=AT, reading=look)


def emptied() -> None:
    """As a new installation: the same catalogue and directory, no dossier."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE records_dossierrow, records_migrationrow CASCADE")
        cursor.execute("TRUNCATE records_codemaprow")


def brought_in(folder: Path, *, seed: int = 1) -> None:
    file = folder / f"xuat-{seed}.csv"
    migration.generate(
        file, layout="mau-chung", dossiers=60, defects="all", seed=seed, told_at=TOLD_AT
    )
    run = read_in(file, layout="mau-chung")
    migration.load(signed(run), by=cast.NHUNG, at=AT)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_out_and_in_and_out_again_is_the_same_to_the_byte(
    engineers: None, store: Path, tmp_path: Path, seed: int
) -> None:
    brought_in(tmp_path, seed=seed)
    add_scans(
        code=life.received().code,
        paper="Tờ khai",
        uploads=[Upload("to-khai.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )
    life.issued(life.received())
    out = exported(tmp_path / "ra.zip")
    emptied()

    came = archive.bring_in(tmp_path / "ra.zip", by=cast.MINH, at=AT)
    exported(tmp_path / "lai.zip")

    assert (tmp_path / "ra.zip").read_bytes() == (tmp_path / "lai.zip").read_bytes()
    assert (came.dossiers, came.events, came.files) == (out.dossiers, out.events, out.files)
    assert out.files == 1
    assert_verified()


def test_an_archive_is_read_with_nothing_of_ours(engineers: None, tmp_path: Path) -> None:
    brought_in(tmp_path)
    made = exported(tmp_path / "ra.zip")

    with zipfile.ZipFile(tmp_path / "ra.zip") as packed:
        lines = [json.loads(line) for line in packed.read("dossiers.jsonl").splitlines()]
        manifest = json.loads(packed.read("manifest.json"))

    assert len(lines) == made.dossiers == manifest["dossiers"]
    assert all(line["events"][0]["name"] in ("received", "declined") for line in lines)
    assert all(line["told_by"][0]["content"]["told"]["code"] for line in lines)


def test_what_is_here_already_stays_and_an_archive_twice_changes_nothing(
    engineers: None, tmp_path: Path
) -> None:
    brought_in(tmp_path)
    made = exported(tmp_path / "ra.zip")
    before = rows.count("records_eventrow")

    came = archive.bring_in(tmp_path / "ra.zip", by=cast.MINH, at=AT)

    assert (came.dossiers, came.already_there) == (0, made.dossiers)
    assert rows.count("records_eventrow") == before


def test_a_dossier_with_another_history_is_not_written_over(
    engineers: None, tmp_path: Path
) -> None:
    dossier = life.received()
    exported(tmp_path / "ra.zip")
    life.forwarded(dossier)

    with pytest.raises(ArchiveDisagrees) as refused:
        archive.bring_in(tmp_path / "ra.zip", by=cast.MINH, at=AT)

    assert refused.value.facts["code"] == dossier.code


@pytest.mark.parametrize("spoil", ["cut", "changed", "other", "newer"])
def test_a_spoilt_archive_is_refused_before_anything_is_kept(
    engineers: None, tmp_path: Path, spoil: str
) -> None:
    life.received()
    file = tmp_path / "ra.zip"
    exported(file)
    emptied()
    spoilt(file, spoil)

    with pytest.raises((ArchiveUnreadable, ArchiveChanged)):
        archive.bring_in(file, by=cast.MINH, at=AT)

    assert DossierRow.objects.count() == 0


def spoilt(file: Path, how: str) -> None:
    if how == "cut":
        file.write_bytes(file.read_bytes()[:-200])
        return
    if how == "other":
        file.write_text("không phải kho lưu trữ")
        return
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    if how == "changed":
        parts["dossiers.jsonl"] = parts["dossiers.jsonl"].replace(b"H99.101", b"H99.102", 1)
    else:
        parts["manifest.json"] = parts["manifest.json"].replace(b"archive-1", b"archive-9")
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def test_an_archive_is_compared_with_what_is_kept(engineers: None, tmp_path: Path) -> None:
    brought_in(tmp_path)
    exported(tmp_path / "ra.zip")
    sides = (f"archive:{tmp_path / 'ra.zip'}", "records")

    assert reconcile(*sides, level=ReconcileLevel.MEANING, at=AT).is_equal
    life.received()

    found = reconcile(*sides, level=ReconcileLevel.KEYS, at=AT)
    assert [one.nature.value for one in found.differences] == ["extra"]


def test_only_the_dossiers_of_one_old_system_go_out_when_asked(
    engineers: None, tmp_path: Path
) -> None:
    life.received()
    brought_in(tmp_path)

    everything, some = exported(tmp_path / "a.zip"), exported(tmp_path / "b.zip", system="igate-cu")

    assert some.dossiers == everything.dossiers - 1


def test_a_content_that_is_gone_from_the_store_is_named(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    dossier = add_scans(
        code=life.received().code,
        paper="Tờ khai",
        uploads=[Upload("to-khai.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )
    (scan,) = dossier.scans
    assert scan.file
    (store / files.place_of(scan.file.sha256)).unlink()

    assert exported(tmp_path / "ra.zip").missing_files == (scan.file.sha256,)


def test_whoever_takes_an_archive_away_leaves_a_look_in_the_log(
    engineers: None, tmp_path: Path
) -> None:
    other = open_reading(by=cast.NHUNG, about="list:register", purpose=Purpose.EXPORT, at=AT)
    with pytest.raises(ReadingNotOpened):
        archive.export(tmp_path / "ra.zip", system="", by=cast.NHUNG, at=AT, reading=other)

    exported(tmp_path / "ra.zip")

    assert LookRow.objects.filter(about=archive.ABOUT, account="nhung").exists()
